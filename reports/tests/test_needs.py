"""What a copy lacks of what its reader needs: the rule, and what the chair must do about it before approving."""

import pytest
from django.urls import reverse

from conferences.convening.models import Invitation
from conferences.meeting.actions import attendance
from conferences.plans.actions import outline
from conferences.tests.meeting import a_quorate_sitting
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.letters import flowing_text
from cpc.core.kernel.refusals import Invalid
from families.people.models import Relationship
from reports.outgoing.actions.copies import narrow, widen
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.letters.decision_family import build
from reports.outgoing.letters.lacks import copies_that_lack, invited_and_given_nothing
from reports.outgoing.models import Copy
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.facts import facts_of
from reports.outgoing.rules.copies import COMES_WITH_SOMEBODY, NOT_THEIRS
from reports.outgoing.rules.needs import CHILD, FAMILY, LETTER, PROFESSIONAL, RECORD, Lack, Need, Recorded, lacking
from reports.tests.builders import (
    CHILDREN,
    a_drafted_record,
    a_held_sitting,
    approve_letters,
    approve_record,
    closed_and_drafted,
    copy_for,
    tell_no_child_now,
)

BOTH = ["decision_letter", "record"]


# The rule


def test_a_copy_lacks_what_was_recorded_for_its_reader_and_is_not_in_its_words():
    recorded = [Recorded(Need.PLAN, ("Walk to school", "Anna"), "Rosa"), Recorded(Need.REASONS, ("She was alone.",))]
    assert lacking(FAMILY, LETTER, recorded, "She was\n alone. Walk to school: Anna.") == ()
    (lack,) = lacking(FAMILY, LETTER, recorded, "She was alone. Walk to school.")
    assert lack.sentence == "This copy lacks the plan about Rosa, or part of it."


def test_each_kind_of_reader_has_its_own_list():
    worries = [Recorded(Need.WORRIES, ("He was cold.",), "Theo")]
    assert [bool(lacking(kind, RECORD, worries, "")) for kind in (FAMILY, PROFESSIONAL)] == [True, True]
    assert [bool(lacking(kind, LETTER, worries, "")) for kind in (FAMILY, PROFESSIONAL, CHILD)] == [False] * 3
    assert lacking(CHILD, LETTER, [Recorded(Need.PHONE, ("020",))], "")


def test_what_no_copy_can_hold_is_always_lacking_and_a_need_is_named_once_a_child():
    assert lacking(FAMILY, LETTER, [Recorded(Need.ABOUT_CHILD, child="Theo")] * 2, "Theo") == lacking(
        FAMILY, LETTER, [Recorded(Need.ABOUT_CHILD, child="Theo")], ""
    )


# The chair is told


def lacks(record) -> dict:
    """By reader and kind, what their copies lack."""
    found = copies_that_lack(facts_of(record), BOTH, TODAY)
    return {(one.copy.invitation.name, one.copy.kind): one.sentences for one in found}


@pytest.mark.django_db
def test_a_text_for_both_children_that_names_the_other_is_left_out_and_the_chair_must_say_why_or_correct_it():
    sitting = a_quorate_sitting(children=CHILDREN)
    children = [row.child for row in sitting.children]
    outline.add_action(
        by=sitting.chair, conference=sitting.conference, outcome="Safe", action="Take Rosa and Theo to school",
        who="Anna Marlow", due_on=TODAY, measure="Seen", children=children,
    )  # fmt: skip
    record = closed_and_drafted(sitting)
    told = lacks(record)
    assert told["Dan Pryce", "record"] == ("This copy lacks the plan about Rosa, or part of it.",)
    assert ("Anna Marlow", "record") not in told
    with pytest.raises(Invalid, match="not complete"):
        approve_letters(by=sitting.chair, record=record)
    record.refresh_from_db()
    assert record.letters_approved_at is None
    approve_record(by=sitting.chair, record=record, reason="The worker tells each father.")
    dans, annas = copy_for(sitting, record, "rosas_father"), copy_for(sitting, record, "mother")
    assert "Theo" not in str(dans.document.values)
    assert dans.lacking_reason == "The worker tells each father." and "the plan about Rosa" in dans.lacking
    assert annas.lacking == "" == annas.lacking_reason


@pytest.mark.django_db
def test_the_owner_of_an_action_reads_it_though_it_is_for_a_child_that_their_copy_does_not_cover():
    sitting = a_quorate_sitting(children=CHILDREN)
    school = sitting.invitations["school"]
    outline.add_action(
        by=sitting.chair, conference=sitting.conference, outcome="Safe", action="Keep a place at breakfast club",
        who=school.name, due_on=TODAY, measure="Seen", children=[sitting.marlows.theo],
    )  # fmt: skip
    record = closed_and_drafted(sitting)
    approve_record(by=sitting.chair, record=record)
    assert "Keep a place" in str(copy_for(sitting, record, "school").document.values)
    assert "Keep a place" not in str(copy_for(sitting, record, "rosas_father").document.values)


@pytest.mark.django_db
def test_a_reader_who_was_invited_about_a_child_and_whose_copy_lost_it_is_named_until_the_chair_gives_it_back():
    sitting, record = a_drafted_record()
    approve_record(by=sitting.chair, record=record)
    copy = copy_for(sitting, record, "gp")
    narrow(by=sitting.chair, copy=copy, child=sitting.marlows.theo, reason="He has another GP.")
    copy.refresh_from_db()
    assert copy.lacking == "Was invited about Theo, and this copy has nothing about Theo."
    assert "He has another GP." in copy.lacking_reason
    widen(by=sitting.chair, copy=copy, child=sitting.marlows.theo, reason="A mistake.")
    copy.refresh_from_db()
    assert copy.lacking == "" == copy.lacking_reason


@pytest.mark.django_db
def test_the_chair_reads_what_copies_lack_before_approving_and_gives_a_reason_on_the_same_page(client):
    sitting = a_quorate_sitting(children=CHILDREN)
    outline.add_action(
        by=sitting.chair, conference=sitting.conference, outcome="Safe", action="Take Rosa and Theo to school",
        who="Anna Marlow", due_on=TODAY, measure="Seen", children=[row.child for row in sitting.children],
    )  # fmt: skip
    record = closed_and_drafted(sitting)
    client.force_login(sitting.council.users.chair)
    tell_no_child_now(sitting.chair, record)
    url = reverse("reports:approve_letters", args=[sitting.conference.pk])
    page = client.get(url).content.decode()
    assert "This copy lacks the plan about Rosa" in page and "Why may these copies be sent as they are?" in page
    assert client.post(url).status_code == 200
    assert client.post(url, {"reason": "The worker tells them."}).status_code == 302
    record.refresh_from_db()
    assert record.letters_approved_at is not None


# Who gets a letter


@pytest.mark.django_db
def test_an_agency_that_came_without_an_invitation_gets_both_copies_about_the_children_it_knows():
    sitting = a_quorate_sitting(children=CHILDREN)
    came = attendance.add_newcomer(
        by=sitting.chair, conference=sitting.conference, name="Bo Nurse", role="school_nurse",
        agency=sitting.council.agencies.school, children=[sitting.marlows.rosa],
    )  # fmt: skip
    record = closed_and_drafted(sitting)
    for kind in BOTH:
        copy = Copy.objects.get(record=record, invitation=came, kind=kind)
        assert copy.withheld_reason == ""
        assert [one.child_id for one in copy.children.all()] == [sitting.marlows.rosa.pk]


@pytest.mark.django_db
def test_an_agency_that_was_invited_and_did_not_come_gets_both_copies():
    sitting = a_held_sitting()
    with setting_up():
        Invitation.objects.filter(pk=sitting.invitations["gp"].pk).update(attendance="absent")
    record = draft_record(by=sitting.chair, conference=sitting.conference)
    found = Copy.objects.filter(record=record, invitation=sitting.invitations["gp"])
    assert [copy.withheld_reason for copy in found] == ["", ""]


@pytest.mark.django_db
def test_the_chair_reads_before_approving_who_was_invited_about_a_child_and_gets_nothing(client):
    sitting = a_held_sitting()
    with setting_up():
        Relationship.objects.filter(adult=sitting.marlows.rosas_father).update(
            parental_responsibility=False, main_carer=False
        )
    record = draft_record(by=sitting.chair, conference=sitting.conference)
    tell_no_child_now(sitting.chair, record)
    client.force_login(sitting.council.users.chair)
    page = client.get(reverse("reports:approve_record", args=[sitting.conference.pk])).content.decode()
    assert "Invited about a child, and given nothing" in page
    after = page.partition("Invited about a child, and given nothing")[2]
    assert "Dan Pryce" in after and NOT_THEIRS in after and "Lewis Hart" not in after


@pytest.mark.django_db
def test_a_parent_without_responsibility_gets_a_letter_and_no_record_and_the_chair_sees_that():
    sitting = a_held_sitting()
    with setting_up():
        Relationship.objects.filter(adult=sitting.marlows.rosas_father).update(
            parental_responsibility=False, main_carer=False
        )
    record = draft_record(by=sitting.chair, conference=sitting.conference)
    assert copy_for(sitting, record, "rosas_father", "decision_letter").withheld_reason == ""
    copy = copy_for(sitting, record, "rosas_father")
    assert copy.withheld_reason == NOT_THEIRS
    assert invited_and_given_nothing(record, BOTH) == [copy]
    letters = {name: copy_for(sitting, record, name, "decision_letter") for name in ("rosas_father", "mother")}
    facts, delivery = facts_of(record), delivery_of(copy.invitation, TODAY)
    words = {name: flowing_text(build(facts, one, on=TODAY, delivery=delivery)) for name, one in letters.items()}
    assert "our copy of the record" in words["mother"] and "our copy of the record" not in words["rosas_father"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["supporter", "interpreter", "solicitor", "minute_taker"])
def test_who_comes_for_somebody_else_gets_none(role):
    sitting = a_held_sitting()
    with setting_up():
        invitation = sitting.invitations["gp"]
        invitation.refresh_from_db()
        invitation.role = role
        invitation.save()
    record = draft_record(by=sitting.chair, conference=sitting.conference)
    found = Copy.objects.filter(record=record, invitation=invitation).values_list("withheld_reason", flat=True)
    assert set(found) == {COMES_WITH_SOMEBODY}
    assert not [one for one in invited_and_given_nothing(record, BOTH) if one.invitation_id == invitation.pk]


def test_each_lack_is_a_sentence_that_says_about_once():
    for need in set(Need) - {Need.ABOUT_CHILD}:
        assert Lack(need, "Rosa").sentence.count("about") == 1, need
