"""People who read the rules and one who sets them."""

from datetime import date

import pytest

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import RoleHeld, User
from cpc.core.accounts.permissions import Permission, system, viewer_of
from cpc.core.audit.door import acting

TODAY = date(2026, 3, 10)


@pytest.fixture
def person(db):
    """Makes a user who holds a role."""

    def make(role: Role) -> User:
        with acting(system(TODAY), Permission.SET_UP):
            user = User.objects.create(email=f"{role}@example.org", first_name="Pat", last_name=role.label)
            RoleHeld.objects.create(user=user, role=role)
        return user

    return make


@pytest.fixture
def administrator(person):
    """The system administrator, today."""
    return viewer_of(person(Role.SYSTEM_ADMINISTRATOR), TODAY)


@pytest.fixture
def social_worker(person):
    """A social worker, today."""
    return viewer_of(person(Role.SOCIAL_WORKER), TODAY)
