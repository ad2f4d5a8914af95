"""Reports: written, submitted, shared, approved or returned; what the family sent in; the chair's talk."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conferences.convening.models import ChairTalk
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import seen_by
from cpc.core.accounts.tests.builders import TODAY, a_user, setting_up, viewer
from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale, WrongState
from reports.incoming.actions import writing
from reports.incoming.actions.contributions import record_chair_talk, record_contribution
from reports.incoming.actions.writing import Shared
from reports.incoming.choices import ReportKind, ReportState
from reports.incoming.models import Contribution, Report, ReportSharing
from reports.incoming.queries.requested import VERBAL, requested_reports
from reports.tests.builders import a_report, ask_for_reports, submit_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting():
    return ask_for_reports(a_booked_sitting())


def last_event():
    return Event.objects.order_by("-at", "-id").first()


def test_a_professional_begins_a_report_for_exactly_the_children_of_the_invitation(sitting):
    report = a_report(
        sitting, "gp", about={sitting.marlows.rosa.pk: "Her cough.", sitting.marlows.unborn.pk: "Not mine."}
    )
    assert set(report.children.values_list("child", flat=True)) == {sitting.marlows.rosa.pk, sitting.marlows.theo.pk}
    assert report.state == ReportState.DRAFT and report.kind == ReportKind.GP and report.version == 1
    event = Event.objects.filter(act="write a report").latest("at")
    assert event.by_name == "Sam Gp" and event.about_id == sitting.conference.pk


def test_two_people_who_save_the_same_report_both_keep_their_words(sitting):
    a_report(sitting, "school", worried="The first.")
    with pytest.raises(Stale) as refused:
        a_report(sitting, "school", worried="The second.", by=sitting.council.by("administrator"))
    assert "The second." in refused.value.mine and "The first." in refused.value.theirs
    assert Report.objects.get().worried == "The first."


def test_nobody_writes_another_agencys_report(sitting):
    for name in ("gp", "social_worker", "team_manager", "chair"):
        with pytest.raises(NotPermitted):
            a_report(sitting, "school", by=sitting.council.by(name))
    assert not Report.objects.exists()


def test_an_administrator_enters_it_for_the_author_and_both_are_named(sitting):
    report = a_report(sitting, "school", by=sitting.council.by("administrator"))
    assert report.author == sitting.invitations["school"].name
    assert report.author_user == sitting.invitations["school"].user
    assert report.entered_by == sitting.council.users.administrator


def test_a_withdrawn_invitation_can_no_longer_be_written_for(sitting):
    invitation = sitting.invitations["school"]
    with setting_up():
        invitation.withdrawn_at = sitting.conference.starts_at
        invitation.save()
    with pytest.raises(NotPermitted):
        a_report(sitting, "school")


def test_it_is_submitted_only_with_each_parent_of_its_children_accounted_for(sitting):
    report, by, marlows = a_report(sitting, "school"), sitting.council.by("school"), sitting.marlows
    both = [
        Shared(marlows.mother, TODAY, "by_hand"),
        Shared(marlows.rosas_father, not_shared_reason="Next week, by hand."),
    ]
    with pytest.raises(Invalid, match="Dan Pryce"):
        writing.submit_report(by=by, report=report, sharings=both[:1])
    with pytest.raises(Invalid, match="nobody else"):
        writing.submit_report(by=by, report=report, sharings=[*both, Shared(marlows.theos_father, TODAY, "post")])
    with pytest.raises(Invalid, match="in the past"):
        writing.submit_report(
            by=by, report=report, sharings=[Shared(marlows.mother, TODAY + timedelta(days=1), "post"), both[1]]
        )
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT and not ReportSharing.objects.exists()
    writing.submit_report(by=by, report=report, sharings=both)
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED and report.submitted_at
    assert ReportSharing.objects.get(parent=marlows.rosas_father).not_shared_reason == "Next week, by hand."
    writing.record_sharing(by=by, report=report, shared=Shared(marlows.rosas_father, TODAY, "read_together"))
    assert ReportSharing.objects.get(parent=marlows.rosas_father).shared_on == TODAY


def test_an_empty_report_cannot_be_submitted_and_one_submitted_cannot_be_changed(sitting):
    report = a_report(sitting, "school", worried="")
    with pytest.raises(Invalid, match="Write the report"):
        submit_report(report)
    a_report(sitting, "school", worried="Now.", version=1)
    submit_report(Report.objects.get())
    with pytest.raises(WrongState, match="is submitted, so it cannot be changed"):
        a_report(sitting, "school", worried="Later.", version=2)


def test_what_the_police_write_is_recorded_as_shared_by_word_of_mouth_where_the_service_does_so(sitting, settings):
    report = a_report(sitting, "police")
    writing.submit_report(by=sitting.council.by("police"), report=report, sharings=[])
    assert {one.not_shared_reason for one in report.sharings.all()} == {VERBAL} and report.sharings.count() == 3


def test_the_team_manager_approves_the_social_work_report_and_nobody_else_does(sitting):
    report = submit_report(a_report(sitting, "social_worker"))
    assert report.kind == ReportKind.SOCIAL_WORK
    for name in ("social_worker", "other_manager", "chair", "administrator", "school"):
        with pytest.raises(NotPermitted):
            writing.approve_report(by=sitting.council.by(name), report=report)
    writing.approve_report(by=sitting.council.by("team_manager"), report=report)
    assert report.state == ReportState.APPROVED and report.approved_by == sitting.council.users.team_manager
    assert last_event().act == "approve a social work report"


def test_a_manager_never_approves_what_they_wrote_or_entered_themselves(sitting):
    report = submit_report(a_report(sitting, "social_worker"))
    with setting_up():
        report.entered_by = sitting.council.users.team_manager
        report.save()
    with pytest.raises(NotPermitted):
        writing.approve_report(by=sitting.council.by("team_manager"), report=report)
    assert Report.objects.get().state == ReportState.SUBMITTED


def test_nobody_approves_a_report_that_they_may_write_for_somebody_who_is_away(sitting):
    report, manager = submit_report(a_report(sitting, "social_worker")), sitting.council.by("team_manager")
    covers = replace(manager, stands_in_for=frozenset({report.author_user_id}))
    with pytest.raises(NotPermitted):
        writing.approve_report(by=replace(covers, roles=covers.roles | {Role.SOCIAL_WORKER}), report=report)
    assert Report.objects.get().state == ReportState.SUBMITTED
    writing.approve_report(by=covers, report=report)  # a manager alone writes no reports


def test_sent_back_with_a_reason_it_can_be_written_on_and_submitted_again(sitting):
    report, manager = submit_report(a_report(sitting, "social_worker")), sitting.council.by("team_manager")
    with pytest.raises(Invalid):
        writing.return_report(by=manager, report=report, reason="  ")
    writing.return_report(by=manager, report=report, reason="Say what Theo said.")
    assert report.state == ReportState.RETURNED and report.return_reason == "Say what Theo said."
    again = a_report(sitting, "social_worker", version=report.version, child_views="Theo points at the door.")
    submit_report(again)
    again.refresh_from_db()
    assert again.state == ReportState.SUBMITTED and again.return_reason == ""


def test_an_agencys_report_is_not_approved_by_anybody(sitting):
    report = submit_report(a_report(sitting, "school"))
    with pytest.raises(WrongState):
        writing.approve_report(by=sitting.council.by("team_manager"), report=report)


def test_a_professional_sees_no_report_that_covers_a_child_but_theirs_and_no_draft(sitting):
    submit_report(a_report(sitting, "school"))
    submit_report(a_report(sitting, "gp"))
    a_report(sitting, "health_visiting")
    seen = {name: seen_by(sitting.council.by(name), Report).count() for name in ("school", "gp", "health_visiting")}
    assert seen == {"school": 1, "gp": 2, "health_visiting": 1}
    assert seen_by(sitting.council.by("midwifery"), Report).count() == 0
    assert seen_by(sitting.council.by("social_worker"), Report).count() == 2
    assert seen_by(sitting.council.by("other_worker"), Report).count() == 0
    assert seen_by(viewer(a_user()), Report).count() == 0


def test_the_list_of_reports_takes_the_same_number_of_queries_for_one_and_for_five(sitting, django_assert_num_queries):
    by = sitting.council.by("administrator")
    submit_report(a_report(sitting, "school"))
    # Invitations, reports, which may be read, how they were shared, which came as files that have gone, the steps to
    # get them, and when the first file came.
    with django_assert_num_queries(7):
        assert len(requested_reports(by, sitting.conference)) == 6
    submit_report(a_report(sitting, "gp"))
    submit_report(a_report(sitting, "health_visiting"))
    with django_assert_num_queries(7):
        rows = requested_reports(by, sitting.conference)
    assert sum(row.may_read for row in rows) == 3
    assert [row.invitation.name for row in requested_reports(sitting.council.by("midwifery"), sitting.conference)] == [
        "Sam Midwifery"
    ]


def test_a_contribution_is_typed_in_as_it_came_and_two_typists_lose_nothing(sitting):
    by, mother = sitting.council.by("administrator"), sitting.marlows.mother
    send = {"by": by, "conference": sitting.conference, "person": mother, "received_on": TODAY}
    record_contribution(**send, version=0, worried="Money.")
    with pytest.raises(Stale) as refused:
        record_contribution(**send, version=0, worried="The dark.")
    assert refused.value.theirs == "Money."
    record_contribution(**send, version=1, worried="The dark.")
    assert Contribution.objects.get().worried == "The dark."
    assert last_event().act == "enter a family member’s contribution"
    for wrong in ({"worried": ""}, {"worried": "x", "received_on": TODAY + timedelta(days=1)}):
        with pytest.raises(Invalid):
            record_contribution(**{**send, "version": 2, **wrong})
    with pytest.raises(NotPermitted):
        record_contribution(**{**send, "by": sitting.council.by("school")}, version=2, worried="x")


def test_somebody_of_another_family_contributes_nothing_here(sitting):
    from families.tests.builders import a_family, an_adult

    stranger = an_adult(a_family(sitting.council, name="Other"), "Eve")
    with pytest.raises(Invalid, match="not of this family"):
        record_contribution(
            by=sitting.council.by("administrator"), conference=sitting.conference, person=stranger, received_on=TODAY,
            version=0, worried="x",
        )  # fmt: skip


def test_the_chair_talks_with_a_child_who_is_not_invited(sitting):
    theo = sitting.marlows.theo
    assert not sitting.conference.invitations.filter(person=theo).exists()
    said = {"held_on": TODAY, "what_was_said": "He likes cars.", "form": "not_wanted"}
    record_chair_talk(by=sitting.chair, conference=sitting.conference, person=theo, **said)
    assert ChairTalk.objects.get().person == theo


def test_the_chairs_talk_is_recorded_or_why_there_was_none(sitting):
    talk = {"by": sitting.chair, "conference": sitting.conference, "person": sitting.marlows.mother}
    with pytest.raises(Invalid, match="why there was no conversation"):
        record_chair_talk(**talk)
    with pytest.raises(Invalid, match="what was said"):
        record_chair_talk(**talk, held_on=TODAY)
    record_chair_talk(**talk, not_held_reason="She did not answer.")
    with pytest.raises(Invalid, match="looked at their form"):
        record_chair_talk(**talk, held_on=TODAY, what_was_said="She is nervous.")
    record_chair_talk(**talk, held_on=TODAY, what_was_said="She is nervous.", form="together")
    assert ChairTalk.objects.count() == 2
    for name in ("other_chair", "administrator", "social_worker"):
        with pytest.raises(NotPermitted):
            record_chair_talk(**{**talk, "by": sitting.council.by(name)}, not_held_reason="x")
