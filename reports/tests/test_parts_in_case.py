"""A chair’s declaration of independence is compared with reports, visits and the management of the team."""

import pytest

from conferences.convening.permissions import why_chair_knows
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


def test_only_a_time_that_overlaps_counts():
    assert overlap([(at(TODAY, 9), at(TODAY, 10))], [(at(TODAY, 8), None)])
    assert not overlap([(at(TODAY, 9), at(TODAY, 10))], [(at(TODAY, 11), None)])
    assert not overlap([(at(TODAY, 12), None)], [(at(TODAY, 9), at(TODAY, 11))])
