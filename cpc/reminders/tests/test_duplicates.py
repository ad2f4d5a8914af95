"""Two records that may be one person's are on the work list of a manager who may see both, until one has looked."""

import pytest

from cpc.core.accounts.tests.builders import viewer
from cpc.reminders.queries import duties, duties_of
from families.finding.actions import settle_duplicate
from families.people.models import PossibleDuplicate
from families.tests.builders import a_child, a_family, restrict, the_marlows

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


def asked(user):
    return [duty.says for duty in duties_of(viewer(user), duties()) if duty.kind == "likely_duplicate"]


def again(marlows, worker):
    """Rosa is recorded once more, in another family of this worker's team."""
    family = a_family(marlows.council, name="Stone", worker=worker)
    a_child(family, "Rosa", last_name="Marlow", born_on=marlows.rosa.born_on)
    return family


def test_the_manager_of_both_families_is_asked():
    marlows = the_marlows()
    users = marlows.council.users
    again(marlows, marlows.worker)
    assert asked(users.team_manager) == ["Check whether two records are the same person: Rosa Marlow"]
    assert asked(users.social_worker) == [] and asked(users.other_manager) == [] and asked(users.service_manager) == []
    settle_duplicate(by=viewer(users.team_manager), pair=PossibleDuplicate.objects.get(), reason="Cousins")
    assert asked(users.team_manager) == []


def test_where_no_manager_runs_both_the_service_manager_is_asked():
    marlows = the_marlows()
    users = marlows.council.users
    again(marlows, users.other_worker)
    assert len(asked(users.service_manager)) == 1
    assert asked(users.team_manager) == [] and asked(users.other_manager) == []


def test_nobody_is_asked_about_a_record_that_is_closed_to_them():
    marlows = the_marlows()
    users = marlows.council.users
    family = again(marlows, marlows.worker)
    restrict(family, to=[marlows.worker])
    assert asked(users.team_manager) == [] and asked(users.service_manager) == []
