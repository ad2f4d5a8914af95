"""What counts as one agency when agencies give their view of a child."""

import pytest

from conferences.meeting.actions import attendance
from conferences.meeting.actions.decisions import GivenView, record_child_views
from conferences.meeting.models import AgencyView
from conferences.meeting.queries.agencies import agency_name
from conferences.meeting.queries.board import expected_quorum, invited, known_children
from conferences.tests.meeting import an_open_sitting, mark
from cpc.core.accounts.tests.builders import an_agency, setting_up
from cpc.core.kernel.refusals import Invalid

pytestmark = pytest.mark.django_db


def test_social_care_of_another_authority_gives_one_view_of_its_own():
    sitting, other = mark(an_open_sitting(), absent=[]), an_agency("social_care", "Eastwick children’s services")
    theirs, manager = (
        attendance.add_newcomer(
            by=sitting.chair, conference=sitting.conference, name=name, role=role, agency=other,
            children=[sitting.marlows.rosa],
        )
        for name, role in (("Ola West", "social_worker"), ("Tess Ward", "team_manager"))
    )  # fmt: skip
    ours = sitting.invitations["social_worker"]

    def gives(invitation):
        view = GivenView(invitation.pk, "plan", "Hungry")
        record_child_views(by=sitting.chair, conference_child=sitting.rows["rosa"], views=[view], participation="PN6")

    gives(ours)
    gives(theirs)
    with pytest.raises(Invalid, match="Ola West has already given the view of Eastwick children’s services"):
        gives(manager)
    assert AgencyView.objects.count() == 2
    assert (agency_name(ours), agency_name(theirs)) == ("Children’s social care", "Eastwick children’s services")


def test_social_care_of_another_authority_counts_as_another_agency_and_not_as_ours():
    sitting, other = an_open_sitting(), an_agency("social_care", "Eastwick children’s services")
    for name, role in (("Ola West", "social_worker"), ("Tess Ward", "team_manager")):
        attendance.add_newcomer(
            by=sitting.chair, conference=sitting.conference, name=name, role=role, agency=other,
            children=[sitting.marlows.rosa],
        )  # fmt: skip
    with setting_up():
        sitting.conference.invitations.filter(agency=other).update(reply="coming")
        sitting.conference.invitations.filter(agency=None).update(reply="not_coming")
    found = expected_quorum(invited(sitting.conference), known_children(sitting.conference))
    assert found.reasons[0] == "Children’s social care is not present."
    assert "1 other agency that knows the children is present (Eastwick children’s services)" in found.reasons[1]
