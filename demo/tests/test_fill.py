"""The invented council: every family lives its life by the real actions, or nobody has anything to look at."""

from collections import Counter

import pytest
from django.utils import timezone

from conferences.convening.choices import ConferenceState, Outcome
from conferences.convening.models import Conference, Dispute, FamilyGroupMeeting, SafetyPlan
from conferences.meeting.models import Decision
from conferences.plans.models import ProtectionPlan
from cpc.core.kernel.refusals import WrongState
from demo.cases import CASES
from demo.fill import fill
from families.cases.models import Family
from reports.incoming.models import Report
from reports.outgoing.models import ConferenceRecord

pytestmark = pytest.mark.django_db
SPECIAL = tuple(case for case in CASES if case.special)  # one of them goes the whole way, from enquiry to plan ended


@pytest.mark.long
def test_each_special_life_is_lived_and_a_second_filling_changes_nothing(settings):
    settings.CPC_DEMO = True
    fill(timezone.localdate(), tell=lambda line: None, cases=SPECIAL)
    states = Counter(Conference.objects.values_list("state", flat=True))
    assert states[ConferenceState.DECLINED] == 2 and Dispute.objects.count() == 1
    assert states[ConferenceState.CANCELLED] == 1
    assert SafetyPlan.objects.filter(ended_at=None).exists() and SafetyPlan.objects.filter(ended_with__isnull=False)
    assert not SafetyPlan.objects.filter(ended_at=None, review_on__lt=timezone.localdate()).exists()
    assert FamilyGroupMeeting.objects.filter(held_on__isnull=False).exists()
    decided = set(Decision.objects.values_list("outcome", flat=True))
    assert decided >= {Outcome.CHILD_IN_NEED, Outcome.NOT_DECIDED, Outcome.PROTECTION_PLAN}
    assert ProtectionPlan.objects.filter(ended_on__isnull=False).exists() and ConferenceRecord.objects.exists()
    assert Report.objects.filter(submitted_at__isnull=False).exists()
    assert Family.objects.count() == len(SPECIAL)
    said = []
    fill(timezone.localdate(), tell=said.append)
    assert said == ["  The invented council is here already."] and Family.objects.count() == len(SPECIAL)


def test_an_install_that_is_no_demonstration_is_not_filled(settings):
    settings.CPC_DEMO = False
    with pytest.raises(WrongState, match="not a demonstration"):
        fill(timezone.localdate(), cases=SPECIAL)
    assert not Family.objects.exists()
