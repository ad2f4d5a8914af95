"""What one reader must not learn, for every family that could be: families drawn at random, and what must hold."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpc.core.documents.protected import STOPS, same_as
from families.rules.knowing import kept_from
from families.rules.secrets import Bond, Number, Place, School, Secrets, Shield, Silence, Somebody
from families.tests.fleeing import DANA, KARIM, LEWIS, ROSA, ZOE, silences, the_case

IDS = st.integers(1, 6)
HOUSES = [(("1 Elm Row", "Northwick"), "ZZ1 1AA"), (("3 Elm Row", "Northwick"), "ZZ1 1AA"),
          (("9 Quarry Street", "Eastwick"), "ZZ9 4QP"), (("2 Mill Close", "Southwick"), "ZZ2 2BB")]  # fmt: skip
FIRSTS, LASTS = ["Ann", "Ben", "Cleo", "Dan"], ["Hart", "Marlow", "Pryce"]
PHONES = ["", "07700 900111", "07700 900222"]
WHATS = ["existence", "paternity", "whereabouts", "placement", "school", "fact"]


@st.composite
def cases(draw):
    people = tuple(
        Somebody(pk, f"{first} {last}", ((first, last),), unborn=draw(st.booleans()) and pk > 4)
        for pk in range(1, 7)
        for first, last in [(draw(st.sampled_from(FIRSTS)), draw(st.sampled_from(LASTS)))]
    )
    places = tuple(
        Place(draw(IDS), *draw(st.sampled_from(HOUSES)), number, draw(st.sampled_from(["home", "refuge", "placement"])),
              now=draw(st.booleans()))
        for number in range(1, draw(st.integers(1, 8)))
    )  # fmt: skip
    schools = tuple(
        School(draw(IDS), agency, f"School {'ABC'[agency]} Primary School")
        for agency in draw(st.lists(st.integers(0, 2), max_size=4))
    )
    pairs = st.tuples(IDS, IDS).filter(lambda pair: pair[0] != pair[1])
    bonds = tuple(
        Bond(*draw(pairs), draw(st.sampled_from(["father", "mother", "carer"]))) for _ in range(draw(st.integers(0, 7)))
    )
    numbers = tuple(Number(pk, draw(st.sampled_from(PHONES))) for pk in range(1, 7))
    homes = tuple(draw(st.lists(st.frozensets(IDS, min_size=2, max_size=4), max_size=2)))
    case = Secrets(people, places, numbers, schools=schools, bonds=bonds, homes=homes)
    return replace(
        case,
        shields=tuple(draw(shield(case)) for _ in range(draw(st.integers(0, 2)))),
        silences=tuple(draw(silence()) for _ in range(draw(st.integers(0, 3)))),
    )


@st.composite
def shield(draw, case):
    place = draw(st.sampled_from(case.places)) if case.places and draw(st.booleans()) else None
    person = place.person if place else draw(IDS)
    readers = draw(st.frozensets(IDS, max_size=2)) - {person}
    return Shield(
        person, "address" if place else "phone", place and place.id,
        from_everyone=not readers or draw(st.booleans()), readers=readers,
    )  # fmt: skip


@st.composite
def silence(draw, reader=IDS):
    reader = draw(reader)
    about = draw(IDS.filter(lambda pk: pk != reader))
    what = draw(st.sampled_from(WHATS))
    child = draw(IDS.filter(lambda pk: pk != about)) if what == "paternity" else None
    return Silence(reader, about, what, child, ("a secret",) if what == "fact" else ())


def in_effect(kept) -> set:
    known = {same_as(one) for one in kept.known}
    return {same_as(one) for one in kept.protected} - known


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_another_entry_never_makes_less_kept(data):
    case, reader = data.draw(cases()), data.draw(st.one_of(st.none(), IDS))
    if data.draw(st.booleans()):
        more = replace(case, shields=(*case.shields, data.draw(shield(case))))
    else:
        more = replace(case, silences=(*case.silences, data.draw(silence())))
    before, after = kept_from(case, reader), kept_from(more, reader)
    assert in_effect(before) <= in_effect(after)
    assert before.people <= after.people and before.ties <= after.ties and before.agencies <= after.agencies


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_what_one_must_not_learn_changes_nothing_for_another(data):
    case, reader = data.draw(cases()), data.draw(IDS)
    other = data.draw(silence(IDS.filter(lambda pk: pk != reader)))
    assert kept_from(replace(case, silences=(*case.silences, other)), reader) == kept_from(case, reader)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_the_readers_own_details_are_never_kept_from_them_but_where_an_entry_names_them(data):
    case, reader = data.draw(cases()), data.draw(IDS)
    case = replace(
        case,
        silences=tuple(one for one in case.silences if one.reader != reader),
        shields=tuple(one for one in case.shields if reader not in one.readers),
    )
    kept = in_effect(kept_from(case, reader))
    for place in case.places:
        if place.person == reader and place.now:
            assert not kept & {same_as(place.lines[0]), same_as(place.postcode), same_as(place.lines[1])}
    assert not kept & {
        same_as(f"{first} {last}") for one in case.people if one.id == reader for first, last in one.names
    }


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_house_is_let_by_but_one_where_the_reader_lives_or_lived(data):
    case, reader = data.draw(cases()), data.draw(st.one_of(st.none(), IDS))
    kept = in_effect(kept_from(case, reader))
    own = {same_as(one) for place in case.places if place.person == reader for one in (place.lines[0], place.postcode)}
    for place in case.places:
        assert {same_as(place.lines[0]), same_as(place.postcode)} - own <= kept


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whoever_is_hidden_has_every_name_kept_that_is_nobody_elses(data):
    case, reader = data.draw(cases()), data.draw(IDS)
    kept = kept_from(case, reader)
    assert reader not in kept.people
    shown = {one.names[0] for one in case.people if one.id not in kept.people}
    stops = {same_as(one) for one in kept.protected if one.kind in STOPS}
    for one in case.people:
        if one.id in kept.people and one.names[0] not in shown:
            assert same_as(" ".join(one.names[0])) in in_effect(kept) & stops


@pytest.mark.parametrize("what", WHATS)
def test_every_kind_of_entry_keeps_something_that_was_not_kept_before(what):
    more = {"of_child": ZOE} if what == "paternity" else {"words": ("a secret",)} if what == "fact" else {}
    about = {"paternity": KARIM, "school": ROSA, "placement": ROSA}.get(what, DANA if what != "existence" else ZOE)
    case = the_case()
    if what == "placement":
        case = replace(case, places=(*case.places, Place(ROSA, ("Elm House", "1 Elm Row"), "ZZ4 4DD", 50, "placement")))
    silent = replace(case, silences=silences((about, what, more)))
    assert in_effect(kept_from(silent, LEWIS)) - in_effect(kept_from(case, LEWIS))
