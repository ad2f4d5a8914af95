"""The stages on the way to a conference, each with its own day counted back from the last one."""

from datetime import date, timedelta

import pytest

from conferences.convening import deadlines
from conferences.convening.actions.request import decline_request
from conferences.convening.queries.clock import (
    first_last_day_in_time,
    stage_due,
    stages_of,
    stages_of_enquiry,
    stages_on_the_way,
)
from conferences.convening.queries.enquiries import enquiry_row
from conferences.tests.builders import an_agreed_conference, an_invited_conference
from conferences.tests.enquiries import an_enquiry
from conferences.tests.test_request import a_request
from cpc.core.accounts.tests.builders import TODAY
from cpc.core.kernel.duties import Asked, Harm
from cpc.core.policy.actions import set_local_limit
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db
LAST = date(2026, 11, 30)  # the fifteenth working day after Monday 9 November


def days(stages):
    return {stage.name: stage.on for stage in stages}


def test_the_days_are_counted_back_from_the_fifteenth_working_day_and_the_notice_of_the_family():
    marlows = the_marlows()
    row = enquiry_row(an_enquiry(marlows.council.by("social_worker"), marlows.family, marlows.children))
    assert days(stages_of_enquiry(row.enquiry, row.due)) == {
        "Outcome of the enquiry": date(2026, 11, 17),
        "Request": date(2026, 11, 18),
        "Decision": date(2026, 11, 19),
        "Booking": date(2026, 11, 20),
        "Invitations": date(2026, 11, 23),
        "Reports to the family": date(2026, 11, 26),
        "Conference": LAST,
    }


def test_a_longer_notice_for_the_family_brings_every_stage_forward():
    council = an_agreed_conference().council
    before = stage_due("conference_booking", LAST).on
    set_local_limit(
        by=council.by("system_administrator"), key="invitation_initial", amount=7, unit="working days",
        from_on=TODAY, on=TODAY, reason="Families asked for more time",
    )  # fmt: skip
    assert before == date(2026, 11, 20) and stage_due("conference_booking", LAST).on == date(2026, 11, 18)


def test_the_working_of_a_stage_says_what_it_was_counted_from():
    working = " ".join(stage_due("conference_decision", LAST).working)
    assert "2 working days before the last day to send the invitations" in working
    assert (
        "Start: Monday 23 November 2026 (" in working
        and "That day does not count." in working
        and "a default, to be set by the service" in working
    )


def test_each_step_falls_due_at_its_stage_and_knows_the_statutory_date_that_it_leads_to():
    marlows = the_marlows()
    conference = a_request(marlows, marlows.council.by("social_worker"))
    [duty] = [one for one in deadlines.duties() if one.kind == "agree_conference"]
    assert (duty.due_on, duty.last_on, duty.harm) == (date(2026, 11, 19), conference.due_on, Harm.STATUTORY)
    assert not duty.misses_statutory_date(date(2026, 11, 30)) and duty.misses_statutory_date(date(2026, 12, 1))


def test_the_manager_of_the_service_is_told_from_the_first_late_day_on():
    convened = an_agreed_conference()
    service, last = convened.council.users.service_manager.pk, convened.conference.due_on
    stage = stage_due("conference_booking", last).on

    def found(on):
        asked = Asked(frozenset({service}), on, 51)
        return [one.id for one in deadlines.duties(asked) if one.kind == "book_conference" and one.is_for(service, on)]

    assert found(stage) == [] and found(stage + timedelta(days=1)) == [convened.conference.pk]
    for on in (stage, stage + timedelta(days=1)):
        earliest = first_last_day_in_time("conference_booking", on)
        assert stage_due("conference_booking", earliest).on >= on
        assert stage_due("conference_booking", earliest - timedelta(days=1)).on < on


def test_the_page_of_an_enquiry_follows_its_conference_and_stops_once_it_is_decided():
    marlows = the_marlows()
    by = marlows.council.by("social_worker")
    conference = a_request(marlows, by)
    stages = {stage.name: stage for stage in stages_on_the_way(enquiry_row(conference.enquiry))}
    assert stages["Request"].done_on == by.on and stages["Decision"].done_on is None
    decline_request(by=marlows.council.by("team_manager"), conference=conference, reason="Enough support")
    assert stages_on_the_way(enquiry_row(conference.enquiry)) == []


def test_a_booked_conference_counts_its_notice_back_from_its_own_day_and_says_what_is_done():
    convened = an_invited_conference()
    convened.conference.refresh_from_db()
    stages = {stage.name: stage for stage in stages_of(convened.conference)}
    assert stages["Booking"].is_done and stages["Decision"].done_on == TODAY
    assert stages["Invitations"].on == date(2026, 11, 25) and stages["Invitations"].done_on == TODAY
    assert stages["Conference"].done_on is None and stages["Conference"].on == convened.conference.due_on
