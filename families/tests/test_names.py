"""Names as people have them: one name, no spaces, any script, and nothing in them that nobody sees."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given as some_given
from hypothesis import strategies as some

from cpc.core.accounts.tests.builders import a_council, viewer
from cpc.core.kernel.characters import invisible_in, without_invisible
from families.people.actions.people import add_person
from families.people.choices import Part
from families.people.models import Address, Person
from families.people.queries.household import children_of
from families.people.queries.search import search
from families.tests.builders import a_family


@pytest.fixture
def council():
    return a_council()


@pytest.fixture
def family(council):
    return a_family(council)


GIVEN = {
    "part": "child", "first_name": "Rosa", "last_name": "Marlow", "born_on_day": "14", "born_on_month": "5",
    "born_on_year": "2018", "sex": "F", "in_household": "yes", "interpreter_needed": "no",
}  # fmt: skip


def add(client, council, family, **changed):
    client.force_login(council.users.social_worker)
    return client.post(reverse("families:add_child", args=[family.pk]), GIVEN | changed)


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "names", [{"first_name": "Sukarno", "last_name": ""}, {"first_name": "", "last_name": "Sukarno"}]
)
def test_somebody_with_one_name_is_recorded_by_it_in_whichever_box_it_was_typed(client, council, family, names):
    assert add(client, council, family, **names, has_one_name="on").status_code == 302
    child = Person.objects.get()
    assert (child.first_name, child.last_name, child.full_name, child.short_name) == (
        "Sukarno",
        "",
        "Sukarno",
        "Sukarno",
    )
    assert str(child) == "Sukarno"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"last_name": ""}, "or tick that they have only one name"),
        ({"last_name": "Marsh", "has_one_name": "on"}, "Clear the last name, or the tick"),
        ({"first_name": "", "last_name": "", "has_one_name": "on"}, "Enter the last name"),
    ],
)
def test_an_only_name_is_said_and_never_assumed(client, council, family, changed, sentence):
    assert sentence in words(add(client, council, family, **changed))
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_the_familys_name_that_the_form_filled_in_is_no_second_name(client, council, family):
    assert (
        add(client, council, family, first_name="Gezahegn", last_name=family.name, has_one_name="on").status_code == 302
    )
    assert Person.objects.get().full_name == "Gezahegn"


@pytest.mark.django_db
@pytest.mark.parametrize("unseen", ["\u202e", "\u200b", "\u2066", "\u00ad", "\u3164", "\u200f", "\ufeff"])
def test_a_character_that_nobody_sees_is_shown_once_and_taken_out(client, council, family, unseen):
    response = add(client, council, family, first_name=f"Ro{unseen}sa")
    assert f"U+{ord(unseen):04X}" in words(response) and "They have been taken out" in words(response)
    assert 'value="Rosa"' in words(response)
    assert not Person.objects.exists()
    assert add(client, council, family, first_name="Rosa").status_code == 302


@pytest.mark.django_db
def test_an_action_keeps_no_such_character_from_any_caller(council, family):
    by = viewer(council.users.social_worker)
    child = add_person(
        by=by,
        family=family,
        part=Part.CHILD,
        first_name="Ro\u202esa",
        last_name="Mar\u200blow",
        born_on=date(2018, 5, 14),
    )
    assert child.full_name == "Rosa Marlow"


@pytest.mark.parametrize("name", ["ශ්‍රී", "می‌خواهم", "শ্রী", "Łucja", "O’Dell", "Anne-Marie", "李小明", "Ọ̀ṣun"])
def test_what_a_script_needs_to_be_written_is_not_invisible(name):
    assert invisible_in(name) == []
    assert set(without_invisible(name)) >= {char for char in name if char in "\u200c\u200d"}


@some_given(some.text(max_size=40))
def test_a_name_that_was_cleaned_has_nothing_more_to_take_out(text):
    assert invisible_in(without_invisible(text)) == []


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("小明", "李", "李小明"),
        ("민준", "김", "김민준"),
        ("さくら", "佐藤", "佐藤さくら"),
        ("Ming", "李", "Ming 李"),
        ("Rosa", "Marlow", "Rosa Marlow"),
        ("小明", "", "小明"),
        ("محمد", "الأمين", "محمد الأمين"),
    ],
)
def test_a_name_is_written_in_the_order_of_its_script(first, last, written):
    assert Person(first_name=first, last_name=last).full_name == written


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["李小明", "小明", "李 小明", "小明 李"])
def test_a_child_whose_family_name_comes_first_without_a_space_is_found(council, family, typed):
    by = viewer(council.users.social_worker)
    child = add_person(
        by=by, family=family, part=Part.CHILD, first_name="小明", last_name="李", born_on=date(2018, 5, 14)
    )
    assert [hit.person for hit in search(by, typed).people] == [child]


@pytest.mark.django_db
def test_children_of_one_family_with_the_same_short_name_are_told_apart(council, family):
    by = viewer(council.users.social_worker)
    for first in ("Joanna", "Joseph"):
        add_person(
            by=by, family=family, part=Part.CHILD, first_name=first, last_name="Marlow", known_as="Jo",
            born_on=date(2015, 5, 3),
        )  # fmt: skip
    assert {child.short_name for child in children_of(family)} == {"Jo (Joanna)", "Jo (Joseph)"}


ABROAD = {
    "kind": "home",
    "lines": "ul. Floriańska 3\n31-021 Kraków\nPOLAND",
    "is_abroad": "on",
    "is_safe_for_post": "yes",
    "is_protected": "no",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "lines", ["ul. Floriańska 3\n31-021 Kraków\nPOLAND", "12 Baggot Street Lower\nDublin\nD02 X285\nIRELAND"]
)
def test_an_address_abroad_is_recorded_and_printed_as_it_was_written(client, council, family, lines):
    add(client, council, family)
    child = Person.objects.get()
    page = reverse("families:add_address", args=[family.pk, child.pk])
    assert client.post(page, ABROAD | {"lines": lines}).status_code == 302
    address = Address.objects.get()
    assert (address.envelope, address.postcode) == (lines.split("\n"), "")
    change = reverse("families:change_address", args=[family.pk, address.pk])
    assert 'name="is_abroad" value="on" checked' in words(client.get(change)) or "checked" in words(client.get(change))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"is_abroad": ""}, "Enter the postcode, or tick that the address is outside the United Kingdom"),
        ({"lines": "Kraków"}, "the country in the last line"),
        ({"lines": ""}, "Enter"),
    ],
)
def test_an_address_that_lacks_something_says_what(client, council, family, changed, sentence):
    add(client, council, family)
    page = reverse("families:add_address", args=[family.pk, Person.objects.get().pk])
    assert sentence in words(client.post(page, ABROAD | changed))
    assert not Address.objects.exists()
