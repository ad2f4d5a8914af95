"""The pages of one person, of relatives and of homes: what they show, what they save, what they refuse."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cpc.core.audit.models import Look
from families.people.actions.names import change_name
from families.people.actions.people import change_person
from families.people.choices import AddressKind, RelationshipKind
from families.people.models import Address, Household, HouseholdMember, Partnership, Person, PersonName, Relationship
from families.tests.builders import a_child, a_family, setting_up, the_marlows
from families.tests.builders_large import the_larges

pytestmark = pytest.mark.django_db


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def at(client, marlows):
    """``at(name, person)``: the address of a page, with the worker signed in."""
    client.force_login(marlows.worker)

    def address(name, *records):
        return reverse(f"families:{name}", args=[marlows.family.pk, *(getattr(one, "pk", one) for one in records)])

    return address


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def test_a_persons_page_shows_all_that_is_known_and_is_a_look(client, marlows, at):
    by = marlows.council.by("social_worker")
    given = {"by": by, "family": marlows.family}
    change_person(
        **given, person=marlows.rosa, ethnicity="MWBC", religion="none", disabilities=["HEAR", "VIS"],
        upn="H801200001001", case_system_id="LA77", communication_needs="Uses Makaton",
    )  # fmt: skip
    change_name(
        **given, person=marlows.rosa, first_name="Rosa", last_name="Hart", has_changed=True, since=date(2025, 3, 1)
    )
    page = text(client.get(at("person", marlows.rosa)))
    for said in (
        "Rosa Hart", "Former name Rosa Marlow Until 1 Mar 2025", "14 May 2018", "White and Black Caribbean",
        "Hearing, Vision", "Uses Makaton", "LA77", "H801200001001", "Rosa’s mother is Anna Marlow",
        "Half-sister of Theo", "Main home", "Addresses and contact details",
    ):  # fmt: skip
        assert said in page, said
    assert "14 Alder Lane" not in page  # where she lives is behind a right of its own
    assert Look.objects.filter(page="person", child_id=marlows.rosa.pk).exists()


def test_a_chair_reads_the_person_and_no_button_and_no_way_to_the_address(client, marlows):
    client.force_login(marlows.council.users.chair)
    response = client.get(reverse("families:person", args=[marlows.family.pk, marlows.rosa.pk]))
    page = text(response)
    assert "Rosa’s mother is Anna Marlow" in page
    assert "Change" not in page
    assert "Addresses and contact details" not in page
    changing = reverse("families:change_needs", args=[marlows.family.pk, marlows.rosa.pk])
    assert client.get(changing).status_code == 403


def test_in_custody_and_dead_and_not_known_are_said_at_the_top(client, marlows, at):
    with setting_up():
        Address.objects.create(
            person=marlows.theos_father, kind=AddressKind.CUSTODY, lines="1 Wall Road", postcode="ZZ7 7HM"
        )
    assert "In custody" in text(client.get(at("person", marlows.theos_father)))
    assert "In custody" in text(client.get(reverse("families:family", args=[marlows.family.pk])))
    client.post(
        at("change_person", marlows.grandmother),
        {"part": "grandparent", "sex": "F", **day("died_on", date(2026, 1, 2))},
    )
    assert "No letters or invitations are sent to them" in text(client.get(at("person", marlows.grandmother)))


@pytest.mark.parametrize(
    ("name", "given", "field", "value"),
    [
        ("change_identity", {"ethnicity": "BCRB", "religion": "sikh"}, "ethnicity", "BCRB"),
        ("change_needs", {"disabilities": ["VIS"], "interpreter_needed": "no"}, "disabilities", ["VIS"]),
        ("change_numbers", {"upn": "h80 1200 0010 01"}, "upn", "H801200001001"),
        ("change_person", {"part": "child", "sex": "F", "born_on": "2018-05-15"}, "born_on", date(2018, 5, 15)),
    ],
)
def test_each_page_changes_its_own_part_of_a_person_and_nothing_else(client, marlows, at, name, given, field, value):
    assert client.post(at(name, marlows.rosa), given).url == at("person", marlows.rosa)
    rosa = Person.objects.get(pk=marlows.rosa.pk)
    assert getattr(rosa, field) == value
    assert (rosa.first_name, rosa.last_name) == ("Rosa", "Marlow")


@pytest.mark.parametrize(
    ("name", "given", "sentence"),
    [
        ("change_needs", {"disabilities": ["NONE", "VIS"], "interpreter_needed": "no"}, "only by itself"),
        ("change_numbers", {"upn": "A801200001001"}, "Check the UPN"),
        ("change_numbers", {"upn": "H801200001001", "no_upn": "UN1"}, "not both"),
        ("change_numbers", {"case_system_id": "A-1"}, "up to 20 letters and digits"),
        (
            "change_name",
            {"first_name": "Rosa", "last_name": "Hart", "has_changed": "yes"},
            "Enter the day on which this became",
        ),
        ("change_name", {"first_name": "Rosa", "last_name": "Hart"}, "Has their first or last name changed"),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_keeps_what_was_typed(client, marlows, at, name, given, sentence):
    response = client.post(at(name, marlows.rosa), given)
    assert response.status_code == 200
    assert sentence in text(response)
    for value in given.values():
        assert isinstance(value, list) or value in response.content.decode()


def test_a_name_is_changed_added_and_taken_away_in_the_pages(client, marlows, at):
    given = {"first_name": "Rosa", "last_name": "Hart", "has_changed": "yes", **day("since", date(2025, 3, 1))}
    assert client.post(at("change_name", marlows.rosa), given).status_code == 302
    assert client.post(at("add_name", marlows.rosa), {"kind": "alias", "first_name": "Rosie"}).status_code == 302
    former, alias = PersonName.objects.order_by("pk")
    assert (str(former), str(alias)) == ("Rosa Marlow", "Rosie")
    assert client.post(at("remove_name", alias)).status_code == 302
    assert PersonName.objects.get() == former


def test_an_unknown_father_is_added_without_a_name(client, marlows, at):
    given = {
        "part": "parent", "is_unknown": "on", "sex": "M", "in_household": "no", "interpreter_needed": "no",
        f"tie_{marlows.rosa.pk}": "father",
    }  # fmt: skip
    assert client.post(at("add_adult"), given).status_code == 302
    assert "Father of Rosa, not known" in text(client.get(reverse("families:family", args=[marlows.family.pk])))
    assert "Enter the last name" in text(client.post(at("add_adult"), given | {"is_unknown": ""}))


def test_a_relative_is_added_changed_and_ended_in_the_pages(client, marlows, at):
    given = {"other": marlows.grandmother.pk, "direction": "has", "kind": "mother"}
    assert client.post(at("add_relationship", marlows.mother), given).status_code == 302
    row = Relationship.objects.get(child=marlows.mother)
    assert (row.adult, row.kind) == (marlows.grandmother, RelationshipKind.MOTHER)
    assert "Anna’s mother is Jean Marlow" in text(client.get(at("person", marlows.mother)))
    assert "Mother of Anna Marlow" in text(client.get(at("person", marlows.grandmother)))
    assert "already recorded" in text(client.post(at("add_relationship", marlows.mother), given))
    assert client.post(at("change_relationship", row), {"kind": "stepmother"}).status_code == 302
    ended = {"why": "over", **day("to_on", date(2026, 1, 2))}
    assert client.post(at("end_relationship", row), ended).status_code == 302
    assert "until 2 Jan 2026" in text(client.get(at("person", marlows.mother)))
    assert client.post(at("end_relationship", row), ended).status_code == 404


def test_a_couple_is_added_and_changed_in_the_pages(client, marlows, at):
    given = {"other": marlows.theos_father.pk, "kind": "partners"}
    assert client.post(at("add_partnership", marlows.mother), given).status_code == 302
    row = Partnership.objects.get()
    assert "Partners with Lewis Hart" in text(client.get(at("person", marlows.mother)))
    assert client.post(at("change_partnership", row), {"kind": "separated"}).status_code == 302
    assert "Separated from Anna Marlow" in text(client.get(at("person", marlows.theos_father)))
    assert client.get(at("add_partnership", marlows.rosa)).status_code == 404


def test_people_move_between_homes_in_the_pages(client, marlows, at):
    response = client.post(at("add_household"), {"name": "Jean’s home", "is_main": "no"})
    jeans = Household.objects.get(name="Jean’s home")
    assert response.url == at("move_in", jeans)
    given = {"people": [marlows.rosa.pk], "moves": "yes", **day("from_on", date(2026, 1, 2))}
    assert client.post(at("move_in", jeans), given).status_code == 302
    page = text(client.get(at("households")))
    assert "Rosa Marlow , since 2 Jan 2026" in page.replace("Rosa Marlow, since", "Rosa Marlow , since")
    assert "until 2 Jan 2026" in page
    stay = HouseholdMember.objects.get(household=jeans)
    assert client.post(at("move_out", stay), day("to_on", date(2025, 1, 2))).status_code == 200
    assert client.post(at("move_out", stay), day("to_on", date(2026, 2, 2))).status_code == 302
    assert client.get(at("move_out", stay)).status_code == 404


def test_a_record_of_another_family_is_not_found_through_this_one(client, marlows, at):
    other = a_family(marlows.council, name="Stone")
    otto = a_child(other, "Otto")
    for name in ("person", "change_name", "add_name", "change_identity", "change_needs", "change_numbers", "birth",
                 "add_relationship", "add_partnership"):  # fmt: skip
        assert client.get(at(name, otto)).status_code == 404, name
    home = other.households.get()
    for name, record in (("change_household", home), ("move_in", home), ("move_out", home.members.get())):
        assert client.get(at(name, record)).status_code == 404, name


def test_the_page_of_a_family_of_forty_is_readable_and_asks_as_little_as_that_of_seven(client, marlows):
    larges = the_larges(marlows.council)
    client.force_login(marlows.worker)

    def asked(family):
        address = reverse("families:family", args=[family.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            page = text(client.get(address))
        return len(captured), page

    small, _ = asked(marlows.family)
    large, page = asked(larges.family)
    assert large <= small + 2, (small, large)
    for said in (
        "Parents and their partners",
        "Grandparents",
        "Other adults",
        "Father of Ivy and Unborn",
        "In custody",
    ):
        assert said in page, said


def test_a_page_that_is_not_there_asks_no_more_of_the_family_that_is(client, marlows, at):
    stranger = the_marlows(marlows.council, name="Barrow").rosa
    closed = reverse("families:person", args=[999_999, stranger.pk])
    asked = {}
    for address in (closed, at("person", stranger), at("change_person", stranger)):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 404 and 'aria-label="Warnings"' not in answer.content.decode()
        asked[address] = len(queries)
    # The family, and who is who in it: nothing that would be on the page.
    assert max(asked.values()) <= asked[closed] + 8, asked
