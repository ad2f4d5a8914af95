"""A chair’s declaration of independence is compared with reports, visits and the management of the team."""

import pytest

from conferences.convening.models import Conference
from conferences.convening.permissions.independence import why_chair_knows
from conferences.convening.rules.booking import overlap
from conferences.plans.models import EarlierEvent
from conferences.tests.builders import at
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.tests.builders import TODAY, setting_up
from reports.tests.builders import a_report

pytestmark = pytest.mark.django_db


def test_who_wrote_or_approved_a_report_recorded_a_visit_or_managed_the_team_has_a_part_in_the_case():
    sitting = a_booked_sitting(TODAY)
    conference, users, family = sitting.conference, sitting.council.users, sitting.marlows.family
    chair = users.other_chair
    assert why_chair_knows(conference, chair.pk) == ""
    with setting_up():
        visit = EarlierEvent.objects.create(
            child=sitting.marlows.rosa, family=family, kind="visit", happened_on=TODAY, entered_by=chair
        )
    assert why_chair_knows(conference, chair.pk) == "recorded a visit to the children"
    with setting_up():
        visit.delete()
        report = a_report(sitting)
        report.approved_by, report.approved_at = chair, at(TODAY)
        report.save()
        report.approved_by = report.approved_at = None  # returned since: it was still their part
        report.save()
    assert why_chair_knows(conference, chair.pk) == "wrote, entered or approved a report about the family"
    service = users.service_manager
    with setting_up():
        team, was = family.team, family.team.manager
        team.manager = service
        team.save()
        team.manager = was
        team.save()
    assert why_chair_knows(conference, service.pk) == "managed the team while it worked with the family"


def test_who_decided_on_another_request_or_another_date_has_a_part_in_the_case():
    sitting = a_booked_sitting(TODAY)
    conference, users, family = sitting.conference, sitting.council.users, sitting.marlows.family
    part = "asked for or decided on another request, or another date, for this family"
    for name, decided in (("other_chair", "declined_by"), ("service_manager", "agreed_by")):
        user = getattr(users, name)
        assert why_chair_knows(conference, user.pk) == ""
        with setting_up():
            other = Conference.objects.create(
                family=family, kind="initial", anchor_on=TODAY, due_on=TODAY, requested_at=at(TODAY),
                requested_by=users.social_worker, **{decided: user, decided.replace("_by", "_at"): at(TODAY)},
            )  # fmt: skip
        assert why_chair_knows(conference, user.pk) == part
        with setting_up():  # the chair of a conference requests and agrees the next one by closing it
            other.previous = conference
            other.save()
        assert why_chair_knows(conference, user.pk) == ""


def test_only_a_time_that_overlaps_counts():
    assert overlap([(at(TODAY, 9), at(TODAY, 10))], [(at(TODAY, 8), None)])
    assert not overlap([(at(TODAY, 9), at(TODAY, 10))], [(at(TODAY, 11), None)])
    assert not overlap([(at(TODAY, 12), None)], [(at(TODAY, 9), at(TODAY, 11))])
