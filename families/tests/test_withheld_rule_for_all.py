"""Properties of the rule of what a reader must not learn, checked on families drawn at random."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpc.core.documents.protected import STOPS, same_as
from cpc.tests.examples import examples
from families.protections.rules.records import (
    AddressRow,
    ContactNumbers,
    FamilyRecord,
    PersonNames,
    ProtectedDetail,
    Relation,
    School,
    WithheldFact,
)
from families.protections.rules.withheld import withheld_from
from families.tests.fleeing import DANA, KARIM, LEWIS, ROSA, ZOE, the_case, withheld_facts

IDS = st.integers(1, 6)
HOUSES = [(("1 Elm Row", "Northwick"), "ZZ1 1AA"), (("3 Elm Row", "Northwick"), "ZZ1 1AA"),
          (("9 Quarry Street", "Eastwick"), "ZZ9 4QP"), (("2 Mill Close", "Southwick"), "ZZ2 2BB")]  # fmt: skip
KINDS = ["home", "refuge", "placement"]
FIRSTS, LASTS = ["Ann", "Ben", "Cleo", "Dan"], ["Hart", "Marlow", "Pryce"]
PHONES = ["", "07700 900111", "07700 900222"]
WHATS = ["existence", "paternity", "whereabouts", "placement", "school", "fact"]


@st.composite
def cases(draw):
    people = tuple(
        PersonNames(pk, f"{first} {last}", ((first, last),), unborn=draw(st.booleans()) and pk > 4)
        for pk in range(1, 7)
        for first, last in [(draw(st.sampled_from(FIRSTS)), draw(st.sampled_from(LASTS)))]
    )
    addresses = tuple(
        AddressRow(draw(IDS), *draw(st.sampled_from(HOUSES)), number, draw(st.sampled_from(KINDS)),
                   now=draw(st.booleans()))
        for number in range(1, draw(st.integers(1, 8)))
    )  # fmt: skip
    schools = tuple(
        School(draw(IDS), agency, f"School {'ABC'[agency]} Primary School")
        for agency in draw(st.lists(st.integers(0, 2), max_size=4))
    )
    pairs = st.tuples(IDS, IDS).filter(lambda pair: pair[0] != pair[1])
    relations = tuple(
        Relation(*draw(pairs), draw(st.sampled_from(["father", "mother", "carer"])))
        for _ in range(draw(st.integers(0, 7)))
    )
    contact_numbers = tuple(ContactNumbers(pk, draw(st.sampled_from(PHONES))) for pk in range(1, 7))
    households = tuple(draw(st.lists(st.frozensets(IDS, min_size=2, max_size=4), max_size=2)))
    case = FamilyRecord(people, addresses, contact_numbers, schools=schools, relations=relations, households=households)
    return replace(
        case,
        protected_details=tuple(draw(protected_detail(case)) for _ in range(draw(st.integers(0, 2)))),
        withheld_facts=tuple(draw(withheld_fact()) for _ in range(draw(st.integers(0, 3)))),
    )


@st.composite
def protected_detail(draw, case):
    address = draw(st.sampled_from(case.addresses)) if case.addresses and draw(st.booleans()) else None
    person = address.person if address else draw(IDS)
    readers = draw(st.frozensets(IDS, max_size=2)) - {person}
    return ProtectedDetail(
        person, "address" if address else "phone", address and address.id,
        from_everyone=not readers or draw(st.booleans()), readers=readers,
    )  # fmt: skip


@st.composite
def withheld_fact(draw, reader=IDS):
    reader = draw(reader)
    about = draw(IDS.filter(lambda pk: pk != reader))
    what = draw(st.sampled_from(WHATS))
    child = draw(IDS.filter(lambda pk: pk != about)) if what == "paternity" else None
    return WithheldFact(reader, about, what, child, ("a secret",) if what == "fact" else ())


def in_effect(withheld) -> set:
    known = {same_as(one) for one in withheld.known}
    return {same_as(one) for one in withheld.protected} - known


@settings(max_examples=examples(400))
@given(st.data())
def test_another_entry_never_reduces_what_is_withheld(data):
    case, reader = data.draw(cases()), data.draw(st.one_of(st.none(), IDS))
    if data.draw(st.booleans()):
        more = replace(case, protected_details=(*case.protected_details, data.draw(protected_detail(case))))
    else:
        more = replace(case, withheld_facts=(*case.withheld_facts, data.draw(withheld_fact())))
    before, after = withheld_from(case, reader), withheld_from(more, reader)
    assert in_effect(before) <= in_effect(after)
    assert (
        before.people <= after.people and before.paternities <= after.paternities and before.agencies <= after.agencies
    )


@settings(max_examples=examples(300))
@given(st.data())
def test_an_entry_for_one_reader_changes_nothing_for_another(data):
    case, reader = data.draw(cases()), data.draw(IDS)
    other = data.draw(withheld_fact(IDS.filter(lambda pk: pk != reader)))
    assert withheld_from(replace(case, withheld_facts=(*case.withheld_facts, other)), reader) == withheld_from(
        case, reader
    )


@settings(max_examples=examples(300))
@given(st.data())
def test_the_readers_own_details_are_withheld_only_if_an_entry_names_the_reader(data):
    case, reader = data.draw(cases()), data.draw(IDS)
    case = replace(
        case,
        withheld_facts=tuple(one for one in case.withheld_facts if one.reader != reader),
        protected_details=tuple(one for one in case.protected_details if reader not in one.readers),
    )
    values = in_effect(withheld_from(case, reader))
    for address in case.addresses:
        if address.person == reader and address.now:
            assert not values & {same_as(address.lines[0]), same_as(address.postcode), same_as(address.lines[1])}
    assert not values & {
        same_as(f"{first} {last}") for one in case.people if one.id == reader for first, last in one.names
    }


@settings(max_examples=examples(300))
@given(st.data())
def test_every_house_is_withheld_except_those_where_the_reader_lives_or_lived(data):
    case, reader = data.draw(cases()), data.draw(st.one_of(st.none(), IDS))
    values = in_effect(withheld_from(case, reader))
    own = [address for address in case.addresses if address.person == reader]
    known = {same_as(one) for address in own for one in (address.lines[0], address.postcode)}
    for address in case.addresses:
        assert {same_as(address.lines[0]), same_as(address.postcode)} - known <= values


@settings(max_examples=examples(200))
@given(st.data())
def test_every_name_of_a_hidden_person_is_withheld_unless_somebody_else_has_it(data):
    case, reader = data.draw(cases()), data.draw(IDS)
    withheld = withheld_from(case, reader)
    assert reader not in withheld.people
    shown = {one.names[0] for one in case.people if one.id not in withheld.people}
    stops = {same_as(one) for one in withheld.protected if one.kind in STOPS}
    for one in case.people:
        if one.id in withheld.people and one.names[0] not in shown:
            assert same_as(" ".join(one.names[0])) in in_effect(withheld) & stops


@pytest.mark.parametrize("what", WHATS)
def test_every_kind_of_entry_withholds_something_more(what):
    more = {"of_child": ZOE} if what == "paternity" else {"words": ("a secret",)} if what == "fact" else {}
    about = {"paternity": KARIM, "school": ROSA, "placement": ROSA}.get(what, DANA if what != "existence" else ZOE)
    case = the_case()
    if what == "placement":
        case = replace(
            case, addresses=(*case.addresses, AddressRow(ROSA, ("Elm House", "1 Elm Row"), "ZZ4 4DD", 50, "placement"))
        )
    more_withheld = replace(case, withheld_facts=withheld_facts((about, what, more)))
    assert in_effect(withheld_from(more_withheld, LEWIS)) - in_effect(withheld_from(case, LEWIS))
