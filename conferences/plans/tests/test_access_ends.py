"""A professional sees a conference from the invitation until their work ends, and not a day longer."""

from datetime import date, timedelta

import pytest

from conferences.convening.choices import Outcome
from conferences.convening.models import Conference
from conferences.plans.tests.closing import a_closed_sitting, close
from conferences.tests.meeting import a_quorate_sitting, decide
from cpc.core.accounts.permissions import can_see
from cpc.core.accounts.tests.builders import viewer

pytestmark = pytest.mark.django_db
LAST = date(2027, 1, 20)  # two months after Friday 20 November 2026


def sees(sitting, on):
    return can_see(viewer(sitting.council.professionals.school, on), sitting.conference)


def test_without_a_plan_the_professionals_see_it_until_the_record_can_be_corrected():
    sitting = a_quorate_sitting()
    decide(sitting, ["rosa", "theo", "unborn"], Outcome.NO_PLAN)
    close(sitting)
    assert sees(sitting, LAST) and not sees(sitting, LAST + timedelta(days=1))


def test_while_a_plan_goes_on_they_keep_their_access():
    sitting = a_closed_sitting()
    assert Conference.objects.get(pk=sitting.conference.pk).invitations.filter(ends_on__isnull=False).count() == 0
    assert sees(sitting, LAST + timedelta(days=100))
