"""Children of one family whose names are the same are told apart wherever they are named."""

from datetime import date

import pytest

from families.people.models import Person
from families.people.rules.short_names import tell_apart

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
