"""Children of one family whose names are the same are told apart wherever they are named."""

from datetime import date

import pytest

from cpc.core.accounts.tests.builders import viewer
from families.people.actions.names import change_name
from families.people.models import Person
from families.people.rules.short_names import tell_apart
from families.tests.builders import a_child, a_family

MAY, JUNE = date(2015, 5, 3), date(2015, 6, 3)


def child(first="", last="Marlow", known_as="", born_on=MAY, **more):
    return Person(first_name=first, last_name=last, known_as=known_as, born_on=born_on, **more)


@pytest.mark.parametrize(
    "children, short, full",
    [
        ((child("Rosa"), child("Theo")), ["Rosa", "Theo"], ["Rosa Marlow", "Theo Marlow"]),
        (
            (child("Joanna", known_as="Jo"), child("Joseph", known_as="Jo"), child("Theo")),
            ["Jo (Joanna)", "Jo (Joseph)", "Theo"],
            ["Joanna Marlow", "Joseph Marlow", "Theo Marlow"],
        ),
        ((child("Jo"), child("Joanna", known_as="jo")), ["Jo (Jo)", "jo (Joanna)"], ["Jo Marlow", "Joanna Marlow"]),
        (
            (child("Jo"), child("Jo", born_on=JUNE)),
            ["Jo (born 3 May 2015)", "Jo (born 3 June 2015)"],
            ["Jo Marlow (born 3 May 2015)", "Jo Marlow (born 3 June 2015)"],
        ),
        ((child("Jo"), child("Jo")), ["Jo (1 of 2)", "Jo (2 of 2)"], ["Jo Marlow (1 of 2)", "Jo Marlow (2 of 2)"]),
        (
            (child("Jo", known_as="Joey"), child("Jo", known_as="Jojo")),
            ["Joey", "Jojo"],
            ["Jo Marlow (Joey)", "Jo Marlow (Jojo)"],
        ),
        (
            (child(born_on=None, expected_on=MAY), child(born_on=None, expected_on=MAY)),
            ["Unborn Marlow (1 of 2)", "Unborn Marlow (2 of 2)"],
            ["Unborn Marlow (1 of 2)", "Unborn Marlow (2 of 2)"],
        ),
        (
            (child("明", last="李"), child("明", last="王")),
            ["明 (李)", "明 (王)"],
            ["李明", "王明"],
        ),
    ],
)
def test_children_with_one_name_are_told_apart_by_what_differs(children, short, full):
    told = tell_apart(children)
    assert [one.short_name for one in told] == short
    assert [one.full_name for one in told] == full


def test_who_is_who_in_a_family_tells_two_of_one_first_name_apart():
    khan, hassan = tell_apart([child("Mohammed", last="Khan"), child("Mohammed", last="Hassan")])
    assert (khan.name_in_family, hassan.name_in_family) == ("Mohammed (Khan)", "Mohammed (Hassan)")
    first, second = tell_apart([child("Christopher", known_as="Kit"), child("Katherine", known_as="Kit")])
    assert (first.name_in_family, second.name_in_family) == ("Christopher", "Katherine")


def stored(*children):
    """What each child’s own record says, read by itself as a page with one child reads it."""
    return [Person.objects.get(pk=one.pk).short_name for one in children]


@pytest.mark.django_db
def test_a_child_alone_on_a_page_is_told_from_a_sibling_of_the_same_name():
    family = a_family()
    kit = a_child(family, "Christopher", known_as="Kit")
    theo = a_child(family, "Theo")
    assert stored(kit, theo) == ["Kit", "Theo"]
    other = a_child(family, "Katherine", known_as="Kit")
    assert stored(kit, other, theo) == ["Kit (Christopher)", "Kit (Katherine)", "Theo"]
    assert [one.short_name for one in tell_apart([Person.objects.get(pk=other.pk)])] == ["Kit (Katherine)"]
    by = viewer(family.social_worker)
    change_name(by=by, family=family, person=other, first_name="Katherine", last_name="Marlow", known_as="Kat")
    assert stored(kit, other) == ["Kit", "Kat"]


@pytest.mark.django_db
def test_unborn_twins_alone_on_a_page_are_told_apart_until_they_have_names():
    family = a_family()
    first, second = (a_child(family, "", expected_on=date(2027, 2, 1)) for _ in range(2))
    assert stored(first, second) == ["Unborn Marlow (1 of 2)", "Unborn Marlow (2 of 2)"]


@pytest.mark.django_db
def test_what_a_letter_calls_its_own_reader_has_no_addition():
    family = a_family()
    kit, other = (a_child(family, name, known_as="Kit") for name in ("Christopher", "Katherine"))
    assert [Person.objects.get(pk=one.pk).own_name for one in (kit, other)] == ["Kit", "Kit"]
