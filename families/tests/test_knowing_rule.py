"""The rule of who may not know what, over plain values: what an entry adds, what a reader knows, what follows."""

from dataclasses import replace

from cpc.core.documents.check import release_check
from families.rules.knowing import kept_from
from families.rules.secrets import Bond, Number, Place, Shield, Somebody
from families.tests.fleeing import DANA, JEAN, KARIM, LEWIS, ROSA, THEO, ZOE, silences, the_case


def hits(secrets, reader, text, unnamed=()):
    kept = kept_from(secrets, reader, unnamed)
    return {one.found: one.stops for one in release_check(text, kept.protected, kept.known)}


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
