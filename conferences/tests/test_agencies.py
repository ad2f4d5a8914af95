"""What counts as one agency when agencies give their view of a child."""

import pytest

from conferences.meeting.actions import attendance
from conferences.meeting.actions.decisions import GivenView, record_child_views
from conferences.meeting.models import AgencyView
from conferences.meeting.queries.agencies import agency_name
from conferences.tests.meeting import an_open_sitting, mark
from cpc.core.accounts.tests.builders import an_agency
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
