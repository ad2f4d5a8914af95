"""People for the tests of pages, and a browser on a practice copy."""

import pytest
from django.utils import timezone

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import RoleHeld, User
from cpc.core.accounts.permissions import Permission, system
from cpc.core.audit.door import acting

PASSWORD = "three unlikely words"


def make_user(email, *roles):
    """A person who can sign in."""
    user = User(email=email, first_name="Alex", last_name="Example")
    user.set_password(PASSWORD)
    with acting(system(on=timezone.localdate()), Permission.SET_UP):
        user.save()
        for role in roles:
            RoleHeld.objects.create(user=user, role=role)
    return user


@pytest.fixture
def worker(db):
    return make_user("alex@example.org", Role.SOCIAL_WORKER)


@pytest.fixture
def other(db):
    return make_user("robin@example.org", Role.CHAIR)


@pytest.fixture
def practice(settings):
    """The gallery is there in a practice copy only."""
    settings.CPC_DEMO = True
