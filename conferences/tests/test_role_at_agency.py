"""How the role of an invited professional is said together with their agency."""

import pytest

from conferences.convening.choices import InviteeRole
from conferences.convening.models import Invitation
from cpc.core.accounts.models import Agency


@pytest.mark.parametrize(
    ("name", "role", "agency", "said"),
    [
        (
            "Des Arkwright",
            InviteeRole.POLICE,
            "Police child abuse investigation team",
            "Police child abuse investigation team",
        ),
        ("Piers Halloran", InviteeRole.SCHOOL, "Larkfield Primary School", "School, Larkfield Primary School"),
        ("Moira Keane", InviteeRole.MIDWIFE, "Midwifery", "Midwife, Midwifery"),
        ("Acorn Nursery", InviteeRole.NURSERY, "Acorn Nursery", "Nursery"),
        ("Sam Okafor", InviteeRole.SOCIAL_WORKER, "", "Social worker"),
    ],
)
def test_neither_the_role_nor_the_agency_is_said_twice(name, role, agency, said):
    invitation = Invitation(name=name, role=role, agency=Agency(name=agency) if agency else None)
    assert invitation.role_at_agency == said
