"""The blank form of each kind of report, word for word: what a practitioner without a computer is asked."""

import pytest

from conferences.convening.choices import ConferenceKind, InviteeRole
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.choices import AgencyKind
from cpc.core.accounts.tests.builders import TODAY
from reports.outgoing.letters.report_blank import report_blank
from reports.tests.builders import ask_for_reports
from reports.tests.test_letters import is_golden

pytestmark = pytest.mark.django_db
# Of agencies that are not on the list, the kind of agency decides which form it is.
OTHERS = {"probation": AgencyKind.PROBATION, "adult_services": AgencyKind.MENTAL_HEALTH, "agency": AgencyKind.HOUSING}
INVITED = {
    "social_work": "social_worker", "school": "school", "gp": "gp", "health_visitor": "health_visiting",
    "midwife": "midwifery", "police": "police",
}  # fmt: skip


@pytest.mark.parametrize("is_review", [False, True], ids=["initial", "review"])
def test_the_blank_form_of_each_kind_of_report_says_exactly_this(is_review):
    sitting = ask_for_reports(a_booked_sitting())
    for kind in (*INVITED, *OTHERS):
        invitation = sitting.invitations[INVITED.get(kind, "gp")]
        if kind in OTHERS:
            invitation.role, invitation.agency.kind = InviteeRole.OTHER, OTHERS[kind]
        if is_review:
            invitation.conference.kind = ConferenceKind.REVIEW
        is_golden(f"report_blank_{kind}{'_review' if is_review else ''}", report_blank(invitation, TODAY))
