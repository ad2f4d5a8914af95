"""Who can be named as the duty manager who agreed to an emergency."""

import pytest

from cpc.core.accounts.actions import add_user, check_account
from cpc.core.accounts.choices import Role
from cpc.core.accounts.tests.builders import a_council
from cpc.core.kernel.refusals import Invalid
from families.access.actions.emergency import open_in_emergency
from families.access.queries.access import duty_managers
from families.tests.builders import a_family
from families.tests.builders_access import WHY

pytestmark = pytest.mark.django_db


def test_a_manager_whose_account_nobody_has_looked_at_is_no_duty_manager():
    council = a_council()
    by, family = council.by("other_worker"), a_family(council)
    invented = add_user(
        by=council.by("system_administrator"), email="una@example.org", first_name="Una", last_name="Rowe",
        roles=[Role.SERVICE_MANAGER],
    )  # fmt: skip
    assert invented not in duty_managers(by)
    with pytest.raises(Invalid, match="Choose a team manager"):
        open_in_emergency(by=by, number=family.case_number, reason=WHY, agreed_by=invented)
    check_account(by=council.by("service_manager"), check=invented.checks.get(), is_right=True)
    assert open_in_emergency(by=by, number=family.case_number, reason=WHY, agreed_by=invented)
