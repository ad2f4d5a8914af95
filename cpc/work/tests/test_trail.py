"""The page that says what was done about a family: who may read it, and what it never says."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.permissions import Permission as P
from cpc.core.accounts.permissions import system
from cpc.core.accounts.tests.builders import a_council, viewer
from cpc.core.audit.door import acting
from families.access.actions import restrictions
from families.access.actions.emergency import open_in_emergency
from families.cases.models import FamilyAccess
from families.people.actions.people import add_person
from families.tests.builders import a_child, a_family, restrict
from reports.outgoing.actions.releasing import release
from reports.tests.builders import a_drafted_record, approve_record, copy_for, looked_at
from reports.tests.test_checking import unprotected

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return a_council()


def seen_by(client, user, family):
    client.force_login(user)
    return client.get(reverse("work:trail", args=[family.pk]))


def test_the_service_manager_reads_who_did_what_in_as_many_queries_for_one_act_as_for_three(client, council):
    family = a_family(council)
    a_child(family, "Ines")
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


def test_the_trail_says_what_was_done_and_who_it_was_done_to(client, council):
    family, users = a_family(council), council.users
    for name in ("Rosa", "Theo", "Ines"):
        add_person(
            by=viewer(users.social_worker, on=timezone.localdate()), family=family, part="child", first_name=name,
            last_name="Marlow", born_on=date(2018, 5, 14),
        )  # fmt: skip
    page = seen_by(client, users.service_manager, family).content.decode()
    assert all(f"Added: {name} Marlow" in page for name in ("Rosa", "Theo", "Ines"))


def test_restricting_naming_ending_and_lifting_are_told_apart(client, council):
    family, users, on = a_family(council), council.users, timezone.localdate()
    manager, until = viewer(users.team_manager, on=on), on + timedelta(days=30)
    given = {"by": manager, "access": FamilyAccess.objects.get(pk=family.pk), "reason": "A relative of the team"}
    named = [users.social_worker, users.team_manager, users.service_manager]
    restrictions.restrict_family(**given, kind="staff", named=named, until_on=until)
    grant = restrictions.name_for(**given, user=users.chair, until_on=until)
    restrictions.end_access(**given, grant=grant)
    said = seen_by(client, users.service_manager, family).content.decode()
    assert "Restricted the family and named Priya Nandra, Dele Okoro, Ruth Vane" in said
    assert "Named Gwen Ashby until" in said and "Ended the access of Gwen Ashby" in said
    restrictions.lift_restriction(**given)
    assert "Lifted the restriction" in seen_by(client, users.service_manager, family).content.decode()


def test_the_trail_names_nobody_its_reader_may_not_see(client, council):
    family, other = a_family(council), a_family(council, name="Stone")
    hidden = a_child(other, "Zelda")
    restrict(other)
    with acting(system(on=timezone.localdate()), P.RECORD_FAMILY, about=family):
        hidden.known_as = "Zee"
        hidden.save()
    page = seen_by(client, council.users.service_manager, family).content.decode()
    assert "Changed: person" in page and "Zelda" not in page and "Zee" not in page


def test_a_release_says_what_went_to_each_reader(client):
    sitting, record = a_drafted_record()
    unprotected(sitting)
    approve_record(by=sitting.chair, record=record)
    copy = looked_at(sitting, copy_for(sitting, record, "school"))
    release(by=sitting.council.by("administrator"), copy=copy)
    page = seen_by(client, sitting.council.users.service_manager, sitting.conference.family)
    assert f"Record of the conference, to {copy.invitation.name}" in page.content.decode()
