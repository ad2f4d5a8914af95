"""The page that says what was done about a family: who may read it, and what it never says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.permissions import Permission as P
from cpc.core.accounts.tests.builders import a_council, viewer
from cpc.core.audit.door import acting
from families.actions.emergency import open_in_emergency
from families.tests.builders import a_child, a_family, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return a_council()


def seen_by(client, user, family):
    client.force_login(user)
    return client.get(reverse("work:trail", args=[family.pk]))


def test_the_service_manager_reads_who_did_what_in_as_many_queries_for_one_act_as_for_three(client, council):
    family = a_family(council)
    seen_by(client, council.users.service_manager, family)
    with CaptureQueriesContext(connection) as for_one:
        page = seen_by(client, council.users.service_manager, family)
    a_child(family, "Rosa")
    a_child(family, "Theo")
    with CaptureQueriesContext(connection) as for_three:
        seen_by(client, council.users.service_manager, family)
    assert "Priya Nandra" in page.content.decode()
    assert "Record a family" in page.content.decode()
    assert len(for_three) == len(for_one)


@pytest.mark.parametrize("role", ["social_worker", "team_manager", "chair", "administrator", "system_administrator"])
def test_nobody_else_reads_it(client, council, role):
    page = seen_by(client, getattr(council.users, role), a_family(council))
    assert page.status_code == 403
    assert "Record a family" not in page.content.decode()


def test_a_restricted_family_has_no_trail_for_who_is_not_named_for_it(client, council):
    family = a_family(council)
    restrict(family)
    page = seen_by(client, council.users.service_manager, family)
    assert page.status_code == 404
    assert "Marlow" not in page.content.decode()


def test_a_reason_that_may_say_where_somebody_lives_is_left_out_for_who_may_not_read_addresses(client, council):
    family = a_family(council)
    worker = viewer(council.users.social_worker)
    for act, why in ((P.RECORD_CONTACT_DETAILS, "Fled to Quarry Street"), (P.RECORD_FAMILY, "The name was wrong")):
        with acting(worker, act, on=family, reason=why):
            pass
    page = seen_by(client, council.users.service_manager, family).content.decode()
    assert "Record contact details" in page and "The name was wrong" in page
    assert "Quarry Street" not in page


def test_the_trail_says_that_a_family_was_opened_in_an_emergency_and_why(client, council):
    family = a_family(council)
    by = viewer(council.users.other_worker, on=timezone.localdate())
    open_in_emergency(by=by, number=family.case_number, reason="A neighbour rang us late tonight")
    page = seen_by(client, council.users.service_manager, family).content.decode()
    assert "Open a family in an emergency" in page and "A neighbour rang us late tonight" in page
