"""Whether everything is ready for a conference: on its own page, and for all conferences of a week."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions.support import record_support
from conferences.convening.choices import Attendance, Reply
from conferences.convening.models import ChairTalk, Conference, Invitation, Support
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    a_room,
    an_invited_conference,
    at,
    booking,
    everything_leaves,
)
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.kernel.phrases import listed
from cpc.work.readiness import next_seven_days, readiness_of
from families.people.models import Person
from reports.incoming.actions import writing
from reports.incoming.actions.contributions import record_chair_talk
from reports.incoming.actions.talks import plan_talk
from reports.incoming.choices import ReportKind, ReportState, SharedHow
from reports.incoming.models import Contribution, Report, ReportChild, ReportSharing
from reports.incoming.queries.requested import people_to_tell
from reports.tests.builders import ask_for_reports
from reports.tests.test_reading_pack import a_copy_for_dan

pytestmark = pytest.mark.django_db
SOON = HELD_ON - timedelta(days=3)
HELD_AT_NOON = at(HELD_ON, 12)


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def ready(convened):
    [found] = readiness_of([Conference.objects.get(pk=convened.conference.pk)], SOON)
    return found


def names(rows):
    return {row.name for row in rows}


def change(row, **values):
    with setting_up():
        Invitation.objects.filter(pk=row.pk).update(**values)


def said(found):
    return " ".join(step.text for step in found.steps)


def test_everybody_is_in_the_list_of_what_they_answered():
    convened = an_invited_conference()
    professionals, anna = convened.council.professionals, convened.invitation(convened.marlows.mother)
    change(anna, reply=Reply.COMING, replied_at=timezone.now())
    change(convened.invitation(professionals.gp), reply=Reply.NOT_COMING, replied_at=timezone.now())
    change(convened.invitation(professionals.police), attendance=Attendance.EXCLUDED)
    change(convened.invitation(professionals.midwifery), mode="report")
    found = ready(convened)
    assert names(found.write_only) == {"Sam Midwifery"} and "Sam Midwifery" not in names(found.unanswered)
    assert names(found.coming) == {"Anna Marlow"} and names(found.not_coming) == {"Sam Gp"}
    assert "Sam School" in names(found.unanswered) and "Sam Police" not in names(found.unanswered)
    assert not found.not_invited_yet
    assert f"Ask {len(found.unanswered)} people whether they are coming." in said(found)


def test_who_was_not_invited_yet_comes_before_everything_but_the_chair():
    convened = a_booked_conference()
    found = ready(convened)
    assert "Anna Marlow" in names(found.not_invited_yet) and not found.unanswered
    assert [step.text for step in found.steps if "Send invitations to" in step.text]
    with setting_up():
        Conference.objects.filter(pk=convened.conference.pk).update(chair_independent=None, chair_declared_at=None)
    assert "must declare whether they are independent" in ready(convened).steps[0].text


def test_a_report_is_missing_until_it_is_submitted_and_not_shared_until_each_person_was_told_or_it_is_said_why_not():
    convened = an_invited_conference()
    school = convened.invitation(convened.council.professionals.school)
    assert "Sam School" in names(ready(convened).reports_missing)
    with setting_up():
        report = Report.objects.create(
            conference=convened.conference, invitation=school, kind=ReportKind.AGENCY, author="Sam School",
            entered_by=convened.council.users.administrator,
        )  # fmt: skip
        ReportChild.objects.create(report=report, child=convened.marlows.rosa)
    assert "Sam School" in names(ready(convened).reports_missing)
    with setting_up():
        Report.objects.filter(pk=report.pk).update(state=ReportState.SUBMITTED, submitted_at=timezone.now())
    found = ready(convened)
    assert "Sam School" not in names(found.reports_missing) and "Sam School" in names(found.reports_not_shared)
    with setting_up():
        ReportSharing.objects.create(
            report=report, parent=convened.marlows.mother, shared_on=SOON, how=SharedHow.READ_TOGETHER
        )
    asked = f"Share the report of Sam School with {listed([one.full_name for one, _ in people_to_tell(report)][1:])}"
    assert "Anna Marlow" not in asked and f"{asked}, or record why not." in said(ready(convened))
    with setting_up():
        for one, _ in people_to_tell(report)[1:]:
            ReportSharing.objects.create(report=report, parent=one, not_shared_reason="Nobody can reach him.")
    assert "Sam School" not in names(ready(convened).reports_not_shared)
    with setting_up():
        Person.objects.filter(pk=convened.marlows.rosa.pk).update(born_on=HELD_ON - timedelta(days=365 * 15))
    assert "Share the report of Sam School with Rosa Marlow" in said(ready(convened)), "a child of fifteen is asked too"


def test_children_and_parents_are_not_heard_until_something_of_theirs_is_there():
    convened = an_invited_conference()
    with setting_up():
        Person.objects.filter(pk=convened.marlows.rosa.pk).update(born_on=HELD_ON.replace(year=HELD_ON.year - 10))
    before = ready(convened).not_heard
    assert {"Rosa Marlow", "Anna Marlow"} <= set(before) and not {"Theo Marlow", "Unborn Marlow"} & set(before)
    with setting_up():
        Contribution.objects.create(
            conference=convened.conference, person=convened.marlows.rosa, received_on=SOON,
            entered_by=convened.council.users.administrator,
        )  # fmt: skip
    assert set(before) - set(ready(convened).not_heard) == {"Rosa Marlow"}


def test_a_child_too_young_for_a_form_is_heard_through_the_social_workers_report():
    convened = an_invited_conference()
    found = ready(convened)
    assert found.life_not_written == ["Rosa Marlow", "Theo Marlow"], "eight and two years old, and nobody unborn"
    worker = convened.invitation(convened.council.users.social_worker)
    change(worker, report_asked=False)
    assert "Ask the social worker to write what life is like for Rosa Marlow and Theo Marlow." in said(ready(convened))
    change(worker, report_asked=True)
    with setting_up():
        report = Report.objects.create(
            conference=convened.conference, invitation=worker, kind=ReportKind.SOCIAL_WORK, author="Priya Nandra",
            entered_by=convened.council.users.administrator, state=ReportState.SUBMITTED, submitted_at=timezone.now(),
        )  # fmt: skip
        ReportChild.objects.create(report=report, child=convened.marlows.rosa)
    found = ready(convened)
    assert found.life_not_written == [] and "what life is like" not in said(found)


def test_the_quorum_is_expected_from_the_replies():
    convened = an_invited_conference()
    assert not ready(convened).quorum.is_quorate and "would not be quorate" in said(ready(convened))
    for name in ("school", "health_visiting", "police", "gp", "midwifery"):
        change(
            convened.invitation(getattr(convened.council.professionals, name)),
            reply=Reply.COMING, replied_at=timezone.now(),
        )  # fmt: skip
    assert ready(convened).quorum.is_quorate and "would not be quorate" not in said(ready(convened))


@pytest.mark.parametrize("who", ["chair", "administrator", "social_worker", "team_manager", "service_manager"])
def test_those_who_run_the_conference_open_the_page_and_others_do_not(client, who):
    convened = an_invited_conference()
    client.force_login(getattr(convened.council.users, who))
    page = client.get(reverse("work:readiness", args=[convened.conference.pk]))
    assert page.status_code == 200 and "Anna Marlow" in text(page) and "for their report." in text(page)


@pytest.mark.parametrize("who", ["other_worker", "school"])
def test_nobody_else_opens_it(client, who):
    convened = an_invited_conference()
    people = convened.council
    client.force_login(getattr(people.users, who, None) or getattr(people.professionals, who))
    for url in (reverse("work:readiness", args=[convened.conference.pk]), reverse("work:next_seven_days")):
        page = client.get(url)
        assert "Anna Marlow" not in text(page)
        assert page.status_code == 404 or (who == "other_worker" and "No conferences are booked" in text(page))


def test_the_week_shows_the_conferences_of_seven_days_and_no_more():
    convened = an_invited_conference()
    chair = convened.council.users.chair
    assert [one.conference.pk for one in next_seven_days(viewer(chair, HELD_ON))] == [convened.conference.pk]
    assert next_seven_days(viewer(chair, HELD_ON - timedelta(days=6))) != []
    assert next_seven_days(viewer(chair, HELD_ON - timedelta(days=7))) == []
    assert next_seven_days(viewer(chair, HELD_ON + timedelta(days=1))) == []


def test_the_week_shows_all_that_is_missing_and_what_to_do_in_order(client):
    convened = an_invited_conference()
    dan = convened.invitation(convened.marlows.rosas_father)
    change(dan, arrives_at=HELD_AT_NOON, entrance="side door", leaves_at=HELD_AT_NOON + timedelta(hours=1))
    with time_machine.travel(HELD_AT_NOON - timedelta(days=2), tick=False):
        client.force_login(convened.council.users.chair)
        shown = text(client.get(reverse("work:next_seven_days")))
        steps = [step.text for step in ready(convened).steps]
    assert "Last day:" in shown and "Not quorate yet" in shown
    assert "Reports missing Sam Gp, Sam Health_Visiting" in shown and " 0 coming" not in shown
    assert "Not heard from yet Anna Marlow" in shown and "To arrange Interpreter" not in shown
    assert "What life is like is not written yet for Rosa Marlow, Theo Marlow" in shown
    assert "Dan Pryce arrives at midday, side door and leaves at 1pm" in shown
    places = [shown.find(step.replace("'", "&#x27;")) for step in steps]
    assert len(steps) > 2 and -1 not in places and places == sorted(places)


def test_a_week_takes_as_many_queries_for_more_conferences_as_for_one():
    convened = an_invited_conference()

    def count(conferences):
        with CaptureQueriesContext(connection) as captured:
            readiness_of(conferences, SOON)
        return len(captured)

    one = Conference.objects.select_related("family", "chair").get(pk=convened.conference.pk)
    count([one])
    with setting_up():
        other = Conference.objects.get(pk=one.pk)
        other.pk, other.anchor_on = None, other.anchor_on - timedelta(days=300)
        other.starts_at, other.ends_at = other.starts_at + timedelta(days=1), other.ends_at + timedelta(days=1)
        other.save()
        for row in convened.conference.invitations.all():
            row.pk, row.conference, row.user, row.person = None, other, row.user, row.person
            row.save()
    assert count([one, other]) == count([one])


def test_what_the_family_needs_is_to_be_arranged_until_it_is():
    convened, needs = an_invited_conference(), {"kind": "interpreter", "what": "Polish"}
    with setting_up():
        one = Support.objects.create(conference=convened.conference, person=convened.marlows.mother, **needs)
    assert "interpreter for Anna" in said(ready(convened))
    record_support(by=convened.by("administrator"), support=one, state="declined", why_not="Her English is good")
    assert "interpreter for Anna" not in said(ready(convened))


def test_who_has_not_been_asked_how_they_take_part_and_whose_form_came_after_the_talk_are_named():
    convened = an_invited_conference()
    mother = convened.invitation(convened.marlows.mother)
    assert "Talk with" in said(ready(convened)) and "Anna Marlow" in ready(convened).to_talk_with
    change(mother, talked_by="Priya Nandra", talked_on=SOON, wanted_mode="video", mode="room")
    assert "Change how they are invited, or explain why not: Anna Marlow (by video)." in said(ready(convened))
    talk = {
        "conference": convened.conference, "person": mother.person, "held_on": SOON, "what_was_said": "Hello",
        "recorded_by": convened.council.users.chair,
    }  # fmt: skip
    with setting_up():
        talk = ChairTalk.objects.create(**talk, form="not_there")
        assert "Look at the form" not in said(ready(convened))
        Contribution.objects.create(
            conference=convened.conference, person=mother.person, received_on=SOON,
            entered_by=convened.council.users.administrator,
        )  # fmt: skip
        assert "Look at the form together with Anna Marlow." in said(ready(convened))
        ChairTalk.objects.filter(pk=talk.pk).update(form="together")
    assert "Look at the form" not in said(ready(convened))


def test_a_copy_for_one_reader_does_not_count_as_the_report_that_is_missing():
    sitting = ask_for_reports(a_booked_sitting())
    report, _, _ = a_copy_for_dan(sitting)
    [ready] = readiness_of([sitting.conference], TODAY)
    assert sitting.invitations["school"] not in ready.reports_missing
    writing.revise_report(by=sitting.council.by("school"), report=report)
    [ready] = readiness_of([sitting.conference], TODAY)
    assert sitting.invitations["school"] in ready.reports_missing


def test_the_chairs_conversations_are_to_be_planned_then_held_at_their_time(client):
    convened = an_invited_conference()
    chair, mother = convened.by("chair"), convened.marlows.mother
    assert mother.full_name in ready(convened).talks_to_plan
    assert f"Plan when the chair speaks with {mother.full_name}" in said(ready(convened))
    early = convened.conference.starts_at - timedelta(minutes=30)
    plan_talk(by=chair, conference=convened.conference, person=mother, at=early, how="By phone")
    assert mother.full_name not in ready(convened).talks_to_plan
    client.force_login(convened.council.users.chair)
    shown = text(client.get(reverse("work:readiness", args=[convened.conference.pk])))
    assert f"{mother.full_name}: Wednesday 2 December 2026 at 9:30am, By phone" in shown
    record_chair_talk(by=chair, conference=convened.conference, person=mother, not_held_reason="She was ill.")
    assert ready(convened).talks == [] and mother.full_name not in ready(convened).talks_to_plan


def test_the_page_names_who_has_not_been_told_how_it_is_now(client):
    convened = an_invited_conference()
    client.force_login(convened.council.users.administrator)
    label, url = "not yet told the current time and place", reverse("work:readiness", args=[convened.conference.pk])

    def not_told():
        page = client.get(url)
        found = page.context["not_told"]
        to_do = "letter or email with the current time and place reaches"
        assert (label in text(page)) == (to_do in text(page)) == bool(found)
        return {one.name for one in found}

    everybody = {one.name for one in convened.conference.invitations.filter(sent_at__isnull=False)}
    assert not_told() == everybody  # nothing has left yet
    everything_leaves()
    assert not_told() == set()
    booking_actions.move(
        by=convened.by("administrator"), conference=convened.conference, reason="venue", agreed_by="Ann",
        **booking(convened.council, room=a_room(convened.council, "Room 9", "Town Hall")),
    )  # fmt: skip
    # Nobody is told of another room who takes part by video, or is asked for a written report alone.
    assert not_told() == everybody - {convened.marlows.rosas_father.full_name, "Sam Gp"}
