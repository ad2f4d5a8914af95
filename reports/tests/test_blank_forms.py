"""The blank form of each kind of report, word for word: what a practitioner without a computer is asked."""

import pytest

from conferences.convening.choices import ConferenceKind, InviteeRole
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.choices import AgencyKind
from cpc.core.accounts.tests.builders import TODAY, setting_up
from families.people.models import Person
from reports.incoming.queries.requested import covered_children
from reports.outgoing.letters.report_blank import report_blank
from reports.tests.builders import a_report, ask_for_reports
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


def test_a_report_asks_about_no_child_who_had_died_when_it_was_begun_beside_living_ones():
    sitting = ask_for_reports(a_booked_sitting())
    rosa, gp = sitting.marlows.rosa, sitting.invitations["gp"]
    a_report(sitting, "gp", about={rosa.pk: "She sleeps badly."})
    with setting_up():
        Person.objects.filter(pk=rosa.pk).update(died_on=TODAY)
    worker = sitting.invitations["social_worker"]
    assert rosa.full_name not in report_blank(worker, TODAY).about and len(covered_children(worker)) > 1
    assert rosa in covered_children(gp), "what was written about her would be lost"
    assert covered_children(sitting.invitations["school"]) == [rosa], "she was the only one"
