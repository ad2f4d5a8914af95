"""The rule of who may not know what, over plain values: what an entry adds, what a reader knows, what follows."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpc.core.documents.check import release_check
from cpc.core.documents.protected import STOPS, same_as
from families.rules.knowing import kept_from
from families.rules.secrets import Bond, Number, Place, School, Secrets, Shield, Silence, Somebody

DANA, LEWIS, ROSA, THEO, KARIM, ZOE, JEAN = range(1, 8)
NAMES = {
    DANA: ("Dana", "Marlow"), LEWIS: ("Lewis", "Hart"), ROSA: ("Rosa", "Marlow"), THEO: ("Theo", "Hart"),
    KARIM: ("Karim", "Osei"), ZOE: ("Zoe", "Marlow"), JEAN: ("Jean", "Marlow"),
}  # fmt: skip


def the_case(**more) -> Secrets:
    """Dana fled with Rosa and Theo (Lewis's son) to a refuge; she has Zoe with Karim. Jean is her mother."""
    old = [Place(pk, ("14 Alder Lane", "Northwick"), "ZZ1 1AA", pk, now=pk == LEWIS) for pk in (DANA, LEWIS, THEO)]
    new = [Place(pk, ("6 Hidden Row", "Eastwick"), "ZZ7 7HR", 10 + pk) for pk in (DANA, ROSA, THEO)]
    return replace(
        Secrets(
            people=tuple(Somebody(pk, " ".join(name), (name,)) for pk, name in NAMES.items()),
            places=(*old, *new, Place(JEAN, ("2 Mill Close", "Northwick"), "ZZ1 2BB", 30)),
            numbers=(Number(DANA, "07700 900111", "dana@example.org"), Number(LEWIS, "07700 900333")),
            schools=(
                School(ROSA, 1, "Alder Lane Primary School", "01632 960111"), School(THEO, 2, "Acorns Nursery"),
                School(ZOE, 2, "Acorns Nursery"),
            ),
            bonds=(
                Bond(DANA, ROSA, "mother"), Bond(DANA, THEO, "mother"), Bond(DANA, ZOE, "mother"),
                Bond(LEWIS, THEO, "father"), Bond(KARIM, ZOE, "father"), Bond(JEAN, DANA, "mother"),
            ),
            homes=(frozenset({DANA, ROSA, THEO}),),
        ),
        **more,
    )  # fmt: skip


def hits(secrets, reader, text, unnamed=()):
    kept = kept_from(secrets, reader, unnamed)
    return {one.found: one.stops for one in release_check(text, kept.protected, kept.known)}


def silences(*found):
    return tuple(Silence(LEWIS, about, what, why=f"{about} {what}", **more) for about, what, more in found)


# --- Nobody's details but the reader's own ----------------------------------------------------------------------------


def test_everybody_elses_details_are_kept_though_nothing_protects_them_and_the_readers_own_are_not():
    text = "2 Mill Close, ZZ1 2BB. Ring 07700 900111; dana@example.org. You live at 14 Alder Lane; 07700 900333."
    found = hits(the_case(), LEWIS, text)
    assert set(found) == {"2 Mill Close", "ZZ1 2BB", "07700 900111", "dana@example.org"} and all(found.values())


def test_a_professional_reads_nobodys_address_either_and_no_name_that_they_are_not_to_read():
    text = "2 Mill Close. 6 Hidden Row. Rosa Marlow and Theo Hart."
    assert set(hits(the_case(), None, text, unnamed={THEO})) == {"2 Mill Close", "6 Hidden Row", "Theo Hart"}


def test_a_professional_is_kept_from_nothing_by_an_entry_about_a_member_of_the_family():
    case = the_case(silences=silences((ZOE, "existence", {}), (ROSA, "school", {})))
    assert hits(case, None, "Zoe Marlow and Rosa go to Acorns Nursery.") == {}


# --- Addresses shared once --------------------------------------------------------------------------------------------


def test_a_house_where_they_once_lived_together_is_no_secret():
    case = the_case(silences=silences((DANA, "whereabouts", {})))
    assert hits(case, LEWIS, "You lived at 14 Alder Lane, ZZ1 1AA.") == {}


def test_the_shared_house_is_kept_from_who_left_it_while_somebody_is_protected_there():
    case = the_case(shields=(Shield(DANA, "address", address=1),))
    moved = tuple(replace(one, now=one.person == DANA) if one.id in (DANA, LEWIS) else one for one in case.places)
    assert hits(replace(case, places=moved), LEWIS, "At 14 Alder Lane.") == {"14 Alder Lane": True}


def test_a_house_kept_from_the_reader_by_name_stops_even_where_an_old_row_says_that_they_live_there():
    everyone = the_case(shields=(Shield(DANA, "address", address=1),))
    named = the_case(shields=(Shield(DANA, "address", address=1, readers=frozenset({LEWIS})),))
    assert hits(everyone, LEWIS, "At 14 Alder Lane.") == {}
    assert hits(named, LEWIS, "At 14 Alder Lane.") == {"14 Alder Lane": True}
    assert hits(named, DANA, "At 14 Alder Lane.") == {}


def test_the_town_of_a_secret_address_is_asked_about_where_nobody_else_lives_in_it():
    case = the_case(silences=silences((DANA, "whereabouts", {})))
    assert hits(case, LEWIS, "She is in Eastwick now, not in Northwick.") == {"Eastwick": False}
    assert hits(the_case(), LEWIS, "She is in Eastwick now.") == {}


def test_a_refuge_is_kept_without_an_entry_and_so_is_its_name():
    refuge = Place(DANA, ("Ash House", "6 Hidden Row", "Eastwick"), "ZZ7 7HR", 11, "refuge")
    case = the_case(places=(refuge,))
    assert hits(case, LEWIS, "They are at Ash House in Eastwick.") == {"Ash House": False, "Eastwick": False}


def test_a_phone_that_both_have_is_known_until_it_is_kept_from_one_of_them_by_name():
    numbers = (Number(DANA, "07700 900333"), Number(LEWIS, "07700 900333"))
    shield = Shield(DANA, "phone", readers=frozenset({LEWIS}), from_everyone=False)
    assert hits(the_case(numbers=numbers), LEWIS, "Ring 07700 900333.") == {}
    assert hits(the_case(numbers=numbers, shields=(shield,)), LEWIS, "Ring 07700 900333.") == {"07700 900333": True}


# --- What must not be learnt ------------------------------------------------------------------------------------------


def test_where_somebody_lives_takes_the_schools_of_the_children_who_live_with_them_along():
    case = the_case(silences=silences((DANA, "whereabouts", {})))
    kept = kept_from(case, LEWIS)
    assert kept.agencies == {1, 2} and kept.people == frozenset()
    text = "Rosa goes to Alder Lane Primary, Theo to Acorns Nursery. Ring 01632 960111."
    assert hits(case, LEWIS, text) == {"Alder Lane Primary": True, "Acorns Nursery": True, "01632 960111": True}
    assert hits(case, JEAN, "Theo goes to Acorns Nursery. Ring 01632 960111.") == {}


def test_a_school_is_found_under_what_people_call_it():
    case = the_case(silences=silences((ROSA, "school", {"words": ("the red gate",)})))
    found = hits(case, LEWIS, "At alder lane primary school, by the red gate, near Alder Lane.")
    assert found == {"alder lane primary": True, "the red gate": True}  # he lives in Alder Lane
    assert hits(the_case(silences=silences((THEO, "school", {}))), LEWIS, "She is at Acorns.") == {"Acorns": False}


def test_of_whom_the_reader_must_not_learn_nothing_is_named_nor_who_is_known_through_them_alone():
    case = the_case(silences=silences((ZOE, "existence", {})))
    assert kept_from(case, LEWIS).people == {ZOE, KARIM}
    found = hits(case, LEWIS, "Zoe Marlow and Karim Osei; Rosa Marlow and her mother Dana; Karim came.")
    assert found == {"Zoe Marlow": True, "Karim Osei": True, "Karim": False}


def test_the_school_of_a_hidden_child_may_be_named_where_a_child_goes_of_whom_the_reader_knows():
    case = the_case(silences=silences((ZOE, "existence", {})))
    assert kept_from(case, LEWIS).agencies == frozenset()
    alone = replace(case, schools=case.schools[2:])
    assert kept_from(alone, LEWIS).agencies == {2}


def test_a_hidden_baby_is_found_by_what_is_said_of_a_pregnancy_unless_another_baby_is_expected():
    unborn = (Somebody(ZOE, "Unborn Marlow", (("", "Marlow"),), unborn=True),)
    people = tuple(one for one in the_case().people if one.id != ZOE)
    case = the_case(people=people + unborn, silences=silences((ZOE, "existence", {})))
    assert hits(case, LEWIS, "Dana is pregnant.") == {"pregnant": True}
    assert hits(case, LEWIS, "This is about Unborn Marlow.")["Unborn Marlow"]
    other = Somebody(8, "Unborn Hart", (("", "Hart"),), unborn=True)
    assert hits(replace(case, people=(*case.people, other)), LEWIS, "Dana is pregnant.") == {}


def test_a_father_who_is_only_that_is_named_nowhere_and_one_known_otherwise_is_asked_about():
    only = the_case(silences=silences((KARIM, "paternity", {"of_child": ZOE})))
    assert kept_from(only, LEWIS).people == {KARIM} and kept_from(only, LEWIS).ties == {(KARIM, ZOE)}
    assert hits(only, LEWIS, "Karim Osei and Zoe.") == {"Karim Osei": True}
    partner = replace(only, bonds=(*only.bonds, Bond(KARIM, DANA, "partners")))
    assert kept_from(partner, LEWIS).people == frozenset() and kept_from(partner, LEWIS).ties == {(KARIM, ZOE)}
    assert hits(partner, LEWIS, "Karim Osei and Zoe.") == {"Karim Osei": False, "Karim": False}


def test_two_children_of_one_secret_father_hide_him_when_both_paternities_are_kept():
    bonds = (*the_case().bonds, Bond(KARIM, ROSA, "father"))
    both = silences((KARIM, "paternity", {"of_child": ZOE}), (KARIM, "paternity", {"of_child": ROSA}))
    assert kept_from(the_case(bonds=bonds, silences=both[:1]), LEWIS).people == frozenset()
    assert kept_from(the_case(bonds=bonds, silences=both), LEWIS).people == {KARIM}


def test_a_placement_takes_its_carers_along_and_its_name():
    carer = Somebody(9, "Olive Brand", (("Olive", "Brand"),))
    homes = tuple(
        Place(pk, ("Linden House", "5 Fern Way", "Westwick"), "ZZ3 3CC", 40 + pk, "placement" if pk == ROSA else "home")
        for pk in (ROSA, 9)
    )
    case = the_case(
        people=(*the_case().people, carer), places=homes, bonds=(*the_case().bonds, Bond(9, ROSA, "carer")),
        silences=silences((ROSA, "placement", {"words": ("Linden",)})),
    )  # fmt: skip
    assert kept_from(case, LEWIS).people == {9}
    found = hits(case, LEWIS, "Olive Brand sees her at linden, in Westwick.")
    assert found == {"Olive Brand": True, "linden": True, "Westwick": False}


def test_a_fact_is_found_by_its_words():
    case = the_case(silences=silences((DANA, "fact", {"words": ("gave evidence", "witness")})))
    assert hits(case, LEWIS, "She gave evidence as a witness.") == {"gave evidence": True, "witness": True}
    assert hits(case, JEAN, "She gave evidence as a witness.") == {}


def test_somebody_is_found_under_every_name_they_have_or_had():
    people = tuple(
        Somebody(ZOE, "Zoe Marlow", (("Zoe", "Marlow"), ("Zoë", "Quill")), ("Zo-Zo",)) if one.id == ZOE else one
        for one in the_case().people
    )
    case = the_case(people=people, silences=silences((ZOE, "existence", {})))
    found = hits(case, LEWIS, "Mrs Quill came. Zoe Quill came. Then Marlow, Zoe; or Zo-Zo Marlow.")
    assert found == {"Zoe Quill": True, "Marlow, Zoe": True, "Zo-Zo Marlow": True, "Quill": False}


def test_it_says_why_to_staff():
    case = the_case(silences=silences((DANA, "whereabouts", {}), (ZOE, "existence", {})))
    assert kept_from(case, LEWIS).sources == [f"{DANA} whereabouts", f"{ZOE} existence"]
    assert kept_from(case, JEAN).sources == []


# --- For every family that could be -----------------------------------------------------------------------------------

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
