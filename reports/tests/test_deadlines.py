"""Which written work is due, for which person, and when it is done."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from conferences.convening.models import Conference, Invitation, InvitationChild
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.choices import Role
from cpc.core.accounts.tests.builders import TODAY, a_user, setting_up, viewer
from cpc.core.documents.models import Document
from cpc.core.kernel.duties import Asked
from families.people.models import Person
from families.tests.builders import the_marlows
from reports.incoming.actions.writing import approve_report
from reports.incoming.queries.arrived import is_in
from reports.outgoing.actions.approving import reopen
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.actions.file_copies import prepare_file, take_back
from reports.outgoing.actions.releasing import ask_for_override, decide_override, open_copy, record_check, release_all
from reports.outgoing.deadlines import duties
from reports.outgoing.models import Copy
from reports.outgoing.tasks import draft_missing_records
from reports.tests.builders import (
    a_held_sitting,
    a_report,
    all_looked_at,
    approve_letters,
    approve_record,
    ask_for_reports,
    copy_for,
    protected_again,
    submit_report,
)
from reports.tests.test_checking import ADDRESS, approved_with, check, unprotected
from reports.tests.test_file_copies import ready, sitting, upload
from reports.tests.test_stale_judgements import keep_the_school_from_the_father

pytestmark = pytest.mark.django_db
__all__ = ["sitting"]


def kinds(user):
    return sorted(duty.kind for duty in duties() if user.pk in duty.owners)


def test_an_author_owes_the_report_and_the_manager_its_approval():
    sitting = ask_for_reports(a_booked_sitting())
    users = sitting.council.users
    assert kinds(users.social_worker) == ["hand_in_report"] and kinds(users.team_manager) == []
    report = submit_report(a_report(sitting, "social_worker"))
    assert kinds(users.social_worker) == [] and kinds(users.team_manager) == ["approve_report"]
    approve_report(by=sitting.council.by("team_manager"), report=report)
    assert kinds(users.team_manager) == []


def test_no_report_is_chased_that_was_asked_for_about_a_child_who_has_died_alone():
    sitting = ask_for_reports(a_booked_sitting())
    school, marlows = sitting.invitations["school"], sitting.marlows
    with setting_up():
        InvitationChild.objects.filter(invitation=school).exclude(child=marlows.rosa).delete()
        InvitationChild.objects.get_or_create(invitation=school, child=marlows.rosa)

    def chased():
        return {one.id for one in duties() if one.kind == "hand_in_report"}

    def dies(child):
        with setting_up():
            Person.objects.filter(pk=child.pk).update(died_on=TODAY)

    dies(marlows.theo)
    assert school.pk in chased()
    dies(marlows.rosa)
    assert school.pk not in chased() and chased(), "the others still write about the unborn child"
    assert Invitation.objects.filter(is_in(), pk=school.pk).exists(), "it counts as missing on no list"


def test_the_chair_owes_letters_and_record_and_the_administrator_their_release():
    sitting = a_held_sitting()
    chair, administrator = sitting.council.users.chair, sitting.council.users.administrator
    assert kinds(chair) == ["approve_letters", "approve_record"] and kinds(administrator) == []
    record = draft_record(by=sitting.chair, conference=sitting.conference)
    approve_letters(by=sitting.chair, record=record)
    assert kinds(chair) == ["approve_record"] and kinds(administrator) == ["release_letters"]
    worker = sitting.council.users.social_worker
    assert kinds(worker) == ["check_letters"]  # something is protected: a second person looks first
    all_looked_at(sitting, record)
    assert kinds(worker) == []
    release_all(by=sitting.council.by("administrator"), record=record)
    assert kinds(administrator) == []
    approve_record(by=sitting.chair, record=record)
    assert kinds(chair) == [] and kinds(administrator) == ["release_record"]
    assert kinds(worker) == ["check_record"]
    assert all(duty.due_on >= TODAY for duty in duties())


@pytest.mark.parametrize("found_first", ["the worker’s own", "another’s"])
def test_the_worker_owes_the_second_check_whichever_copy_the_database_finds_first(found_first):
    sitting = a_held_sitting()
    record = draft_record(by=sitting.chair, conference=sitting.conference)
    approve_letters(by=sitting.chair, record=record)
    theirs = Copy.objects.filter(record=record, invitation=sitting.invitations["social_worker"])
    assert theirs.exists(), "nobody checks the copy that they get themselves"
    written_again = Copy.objects.exclude(pk__in=theirs) if found_first == "the worker’s own" else theirs
    with setting_up():  # a row that is written again is found after the others
        Document.objects.filter(copy__in=written_again.values("pk")).update(title=F("title"))
        Copy.objects.filter(pk__in=list(written_again.values_list("pk", flat=True))).update(kind=F("kind"))
    assert kinds(sitting.council.users.social_worker) == ["check_letters"]


def test_the_list_of_duties_takes_the_same_number_of_queries_for_one_conference_and_for_two(
    django_assert_max_num_queries,
):
    sitting = a_held_sitting()
    with django_assert_max_num_queries(40) as counted:
        duties()
    one = len(counted)
    a_held_sitting(marlows=the_marlows(sitting.council, name="Tarrant"), on=TODAY - timedelta(days=1))
    with django_assert_max_num_queries(40) as counted:
        duties()
    # The rules are read again for each date unless a request or a job holds them; that is two a date.
    assert len(counted) <= one + 4


def duty_of(kind):
    return next((one for one in duties() if one.kind == kind), None)


def test_a_file_that_waits_for_a_second_check_is_on_the_list_of_those_who_may_give_it_until_one_has(sitting):
    copy, users, worker = ready(sitting, upload(sitting)), sitting.council.users, sitting.council.by("social_worker")
    assert duty_of("check_file") is None  # nothing in the family is kept
    protected_again()
    duty = duty_of("check_file")
    assert duty.owners == {users.social_worker.pk} and duty.then == {users.team_manager.pk}
    assert duty.path == reverse("reports:for_reader", args=[copy.file_id, copy.invitation_id])
    mine = [one.kind for one in duties(Asked(frozenset({users.social_worker.pk}), TODAY))]
    assert "check_file" in mine and "check_file" not in [
        one.kind for one in duties(Asked(frozenset({users.chair.pk}), TODAY))
    ]
    open_copy(by=worker, copy=copy)
    assert duty_of("check_file") is not None  # to have it open is not to have said so
    record_check(by=worker, copy=copy)
    assert duty_of("check_file") is None
    keep_the_school_from_the_father(sitting)
    assert duty_of("check_file") is not None
    take_back(by=sitting.council.by("administrator"), copy=copy, reason="The wrong one.")
    assert duty_of("check_file") is None


def test_who_wrote_a_file_is_never_asked_to_be_its_second_pair_of_eyes(sitting):
    protected_again()
    ready(sitting, upload(sitting, who="social_worker"))
    assert duty_of("check_file").owners == {sitting.council.users.team_manager.pk}


def test_a_look_at_one_file_or_letter_takes_no_other_off_the_list(sitting):
    protected_again()
    one, other = ready(sitting, upload(sitting)), ready(sitting, upload(sitting, "Rosa reads well."))
    worker = sitting.council.by("social_worker")
    open_copy(by=worker, copy=other)
    record_check(by=worker, copy=other)
    assert [duty.id for duty in duties() if duty.kind == "check_file"] == [one.pk]


def test_what_is_to_be_written_up_is_what_was_held_and_has_no_record_whichever_way_it_is_drafted():
    council = a_booked_sitting(TODAY + timedelta(days=4)).council
    held, by_hand = (
        a_held_sitting(TODAY - timedelta(days=ago), marlows=the_marlows(council, name=name))
        for ago, name in ((0, "Birch"), (7, "Colley"))
    )
    said = Conference.objects.filter(to_write_up=True).order_by("pk").values_list("pk", flat=True)
    assert list(said) == [held.conference.pk, by_hand.conference.pk]
    draft_record(by=by_hand.chair, conference=by_hand.conference)
    assert list(said.all()) == [held.conference.pk]
    waiting = [duty.id for duty in duties() if duty.kind == "approve_record"]
    assert sorted(waiting) == [held.conference.pk, by_hand.conference.pk]  # with its record and without, each once
    assert draft_missing_records() == 1
    assert not said.all().exists()


def test_who_checked_a_file_and_then_made_it_ready_again_is_no_second_pair_of_eyes_any_more(sitting):
    protected_again()
    colleague = viewer(a_user(Role.ADMINISTRATOR, team=sitting.council.users.administrator.team))
    copy = ready(sitting, upload(sitting))
    open_copy(by=colleague, copy=copy)
    record_check(by=colleague, copy=copy)
    assert duty_of("check_file") is None
    take_back(by=sitting.council.by("administrator"), copy=copy, reason="The wrong one.")
    prepare_file(by=colleague, file=copy.file, reader=copy.invitation)
    assert duty_of("check_file") is not None


def asked_to_override(sitting, copy, by="administrator"):
    row = check(copy).stops[0]
    return ask_for_override(
        by=sitting.council.by(by), copy=copy, finding_key=row.finding.key, reason="She lives there."
    )


def test_an_override_that_was_asked_for_waits_for_the_team_manager_until_it_is_decided_or_the_text_is_another():
    held, record = approved_with(ADDRESS)
    unprotected(held)
    users, manager = held.council.users, held.council.by("team_manager")
    copy, other = copy_for(held, record, "mother"), copy_for(held, record, "gp")
    assert duty_of("decide_override") is None
    override = asked_to_override(held, copy)
    duty = duty_of("decide_override")
    assert (duty.id, duty.owners, duty.then) == (override.pk, {users.team_manager.pk}, {users.service_manager.pk})
    assert duty.path == reverse("reports:decide_override", args=[copy.document_id, override.finding_key])
    decide_override(by=manager, copy=copy, override=override, agreed=True, reason="She may know.")
    assert duty_of("decide_override") is None
    asked_to_override(held, other)
    assert duty_of("decide_override") is not None
    reopen(by=held.chair, record=record, reason="A word.")
    assert duty_of("decide_override") is None


def test_a_manager_who_asked_for_it_does_not_decide_an_override():
    held, record = approved_with(ADDRESS)
    unprotected(held)
    with setting_up():
        held.marlows.family.team.manager = held.council.users.administrator
        held.marlows.family.team.save()
    asked_to_override(held, copy_for(held, record, "mother"))
    assert duty_of("decide_override").owners == {held.council.users.service_manager.pk}
