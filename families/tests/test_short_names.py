"""Children of one family with the same name are told apart wherever they are named."""

from datetime import date

import pytest

from cpc.core.accounts.tests.builders import a_council, viewer
from families.finding.actions import merge
from families.people.actions.names import change_name
from families.people.actions.people import add_known_person, remove_person
from families.people.choices import Part
from families.people.models import Person
from families.people.rules.short_names import tell_apart, told_apart_without
from families.protections.actions.entries import record_must_not_learn
from families.protections.actions.reviews import end_entry
from families.tests.builders import a_child, a_family, an_adult

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
    before = [one.name_on_envelope for one in children]
    told = tell_apart(children)
    assert [one.name_on_envelope for one in told] == before and not any("(" in name for name in before)
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


@pytest.mark.django_db
def test_a_child_has_no_addition_any_more_once_the_other_was_removed_or_merged():
    family = a_family()
    jo, mistake, again = (a_child(family, "Jo") for _ in range(3))
    assert stored(jo) == ["Jo (1 of 3)"]
    remove_person(by=viewer(family.social_worker), family=family, person=mistake, reason="Entered twice.")
    assert stored(jo, again) == ["Jo (1 of 2)", "Jo (2 of 2)"]
    merge(by=viewer(family.team.manager), kept=jo, merged=again, reason="The same child.", confirmed=True)
    assert stored(jo, again) == ["Jo", "Jo"]


@pytest.mark.django_db
def test_what_one_family_needs_stays_when_another_family_of_the_child_changes():
    council = a_council()
    marlows, quills = a_family(council), a_family(council, name="Quill")
    kit, other = a_child(marlows, "Kit"), a_child(quills, "Kit", last_name="Quill")
    add_known_person(by=viewer(quills.social_worker), family=quills, person=kit, part=Part.CHILD)
    a_child(marlows, "Theo")
    assert stored(kit, other) == ["Kit (Marlow)", "Kit (Quill)"]
    remove_person(by=viewer(quills.social_worker), family=quills, person=kit, reason="Another child.")
    assert stored(kit, other) == ["Kit", "Kit"]


@pytest.mark.django_db
def test_a_child_who_is_withheld_from_somebody_leaves_no_trace_in_the_name_of_a_sibling():
    family = a_family()
    by, father = viewer(family.social_worker), an_adult(family, "Dan", "Pryce")
    jo, adopted = a_child(family, "Jo"), a_child(family, "Jo")
    said = {"source": "judgement", "reason": "Adopted."}
    entry = record_must_not_learn(by=by, family=family, reader=father, about=adopted, what="existence", **said)
    assert stored(jo, adopted) == ["Jo", "Jo (2 of 2)"]
    end_entry(by=by, family=family, entry=entry, reason="They have met.")
    assert stored(jo, adopted) == ["Jo (1 of 2)", "Jo (2 of 2)"]


def test_who_must_not_learn_of_one_child_reads_the_others_without_what_tells_them_from_it():
    jo, other = tell_apart([child("Jo", pk=1), child("Jo", pk=2)])
    assert told_apart_without([jo, other], {other.pk})[0].full_name == "Jo Marlow"
    assert jo.full_name == "Jo Marlow (1 of 2)", "nobody else reads anything else"
