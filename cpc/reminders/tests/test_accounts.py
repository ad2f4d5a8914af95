"""An account that somebody else must look at is on the list and in the message of those who may, and of nobody else."""

import pytest
from django.utils import timezone

from cpc.core.accounts import actions
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import system
from cpc.core.accounts.tests.builders import a_council, a_user, viewer
from cpc.reminders.queries import duties, duties_of

pytestmark = pytest.mark.django_db


def test_each_account_is_looked_at_by_those_who_may_decide():
    council, today = a_council(), timezone.localdate()
    second = a_user(Role.SYSTEM_ADMINISTRATOR, first_name="Ada")
    actions.add_user(
        by=viewer(council.users.system_administrator, today), email="other@example.org", first_name="Lee",
        last_name="Stone", roles=[Role.CHAIR], why_second="Chairs on Mondays",
    )  # fmt: skip
    found = duties()
    kinds = {
        user.pk: [duty.says for duty in duties_of(viewer(user, today), found)]
        for user in (council.users.service_manager, second, council.users.system_administrator, council.users.chair)
    }
    assert kinds == {
        council.users.service_manager.pk: ["Check an account with wide rights: Lee Stone"],
        second.pk: ["Agree to a second account: Lee Stone"],
        council.users.system_administrator.pk: [],
        council.users.chair.pk: [],
    }


def test_the_system_administrator_is_asked_to_find_who_vouches_for_the_first_manager():
    today = timezone.localdate()
    administrator = viewer(a_user(Role.SYSTEM_ADMINISTRATOR), today)
    first = actions.add_user(
        by=administrator, email="ruth@example.org", first_name="Ruth", last_name="Vane", roles=[Role.SERVICE_MANAGER]
    )
    found = duties()
    [duty] = duties_of(administrator, found)
    assert duty.says.endswith("that no manager can check: Ruth Vane") and duty.path == "/people/"
    assert duties_of(viewer(first, today), found) == []
    actions.vouch_for_account(by=system(today), user=first, vouched_by="Jo Bright, director")
    assert duties_of(administrator, duties()) == []
