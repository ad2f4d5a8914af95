"""The Marlows, two of them in another team's family too, for tests of what one family is told of the other."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from families.people.actions.contact import record_address, record_contact
from families.people.actions.involvement import record_involvement
from families.people.actions.names import add_name
from families.people.choices import Part, SafeContact
from families.people.models import Membership
from families.people.queries.identity import record_in
from families.tests.builders import a_family, the_marlows

PAGES = ("family", "contact", "protections", "whiteboard")


@pytest.fixture
def the_day():
    with time_machine.travel(f"{TODAY} 09:00+00:00", tick=True):
        yield


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def by(marlows):
    return viewer(marlows.worker)


@pytest.fixture
def service(marlows):
    """Who works with the other family."""
    return viewer(marlows.council.users.other_worker)


@pytest.fixture
def stones(marlows, service):
    """Another team's family, in which Rosa and her mother are too, with what only that family wrote of them."""
    council, rosa, mother = marlows.council, marlows.rosa, marlows.mother
    family = a_family(council, name="Stone", worker=council.users.other_worker)
    for person, part in ((rosa, Part.CHILD), (mother, Part.PARENT)):
        add_to_family(family, person, part)
    given = {"by": service, "family": family}
    record_address(
        **given, person=rosa, also_for=[mother], lines="Refuge House\nEastwick", postcode="ZZ7 7ZZ",
        from_on=date(2026, 11, 3), is_protected=True,
    )  # fmt: skip
    record_contact(
        **given, person=mother, safe_contact=SafeContact.HAND, hand_by=council.users.other_worker,
        phone="07700 900987", note="Ring twice and hold the door",
    )  # fmt: skip
    add_name(**given, person=rosa, kind="alias", first_name="Zelda", last_name="Quartz")
    nursery = council.agencies.nursery
    record_involvement(**given, children=[rosa], agency=nursery, from_on=date(2026, 11, 3))
    return family


def add_to_family(family, person, part):
    """The person is in one more family, under the same record (as ``add_known_person`` makes it)."""
    with setting_up():
        Membership.objects.create(family=family, person=person, part=part)


def its_record(family, person):
    """The record that the circle of this family holds of the person."""
    return record_in(family, person)


def everything_shown(client, marlows, *people, family=None):
    """All that the pages of the family (the Marlows’) show to their worker."""
    family = family or marlows.family
    people, child = [its_record(family, person) for person in people], its_record(family, marlows.rosa)
    client.force_login(marlows.worker)
    addresses = [reverse(f"families:{name}", args=[family.pk]) for name in PAGES]
    for person in people:
        pages = ("person", "change_contact", "add_address")
        addresses += [reverse(f"families:{name}", args=[family.pk, person.pk]) for name in pages]
    addresses += [reverse("families:timeline", args=[family.pk, child.pk])]
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    return "".join(answer.content.decode() for answer in answers)
