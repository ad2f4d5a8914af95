"""The rule of what a reader must not learn, with plain values."""

from dataclasses import replace

import pytest

from cpc.core.documents.check import release_check
from families.protections.rules.records import AddressRow, ContactNumbers, PersonNames, ProtectedDetail, Relation
from families.protections.rules.withheld import withheld_from
from families.tests.fleeing import DANA, JEAN, KARIM, LEWIS, ROSA, THEO, ZOE, the_case, withheld_facts


def hits(case, reader, text, unnamed=()):
    withheld = withheld_from(case, reader, unnamed)
    return {one.found: one.stops for one in release_check(text, withheld.protected, withheld.known)}


# --- Nobody's details but the reader's own ----------------------------------------------------------------------------


def test_other_peoples_details_are_withheld_without_any_entry_and_the_readers_own_are_not():
    text = "2 Mill Close, ZZ1 2BB. Ring 07700 900111; dana@example.org. You live at 14 Alder Lane; 07700 900333."
    found = hits(the_case(), LEWIS, text)
    assert set(found) == {"2 Mill Close", "ZZ1 2BB", "07700 900111", "dana@example.org"} and all(found.values())


def test_a_professional_reads_no_address_and_no_name_on_the_unnamed_list():
    text = "2 Mill Close. 6 Hidden Row. Rosa Marlow and Theo Hart."
    assert set(hits(the_case(), None, text, unnamed={THEO})) == {"2 Mill Close", "6 Hidden Row", "Theo Hart"}


def test_an_entry_about_a_member_of_the_family_withholds_nothing_from_a_professional():
    case = the_case(withheld_facts=withheld_facts((ZOE, "existence", {}), (ROSA, "school", {})))
    assert hits(case, None, "Zoe Marlow and Rosa go to Acorns Nursery.") == {}


# --- Addresses shared once --------------------------------------------------------------------------------------------


def test_a_house_where_they_once_lived_together_is_not_withheld():
    case = the_case(withheld_facts=withheld_facts((DANA, "whereabouts", {})))
    assert hits(case, LEWIS, "You lived at 14 Alder Lane, ZZ1 1AA.") == {}


def test_a_shared_house_is_withheld_from_somebody_who_left_it_while_somebody_is_protected_there():
    case = the_case(protected_details=(ProtectedDetail(DANA, "address", address=1),))
    moved = tuple(replace(one, now=one.person == DANA) if one.id in (DANA, LEWIS) else one for one in case.addresses)
    assert hits(replace(case, addresses=moved), LEWIS, "At 14 Alder Lane.") == {"14 Alder Lane": True}


def test_a_house_withheld_from_the_reader_by_name_stops_even_if_an_old_row_says_they_live_there():
    everyone = the_case(protected_details=(ProtectedDetail(DANA, "address", address=1),))
    named = the_case(protected_details=(ProtectedDetail(DANA, "address", address=1, readers=frozenset({LEWIS})),))
    assert hits(everyone, LEWIS, "At 14 Alder Lane.") == {}
    assert hits(named, LEWIS, "At 14 Alder Lane.") == {"14 Alder Lane": True}
    assert hits(named, DANA, "At 14 Alder Lane.") == {}


def test_the_town_of_a_secret_address_is_asked_about_if_nobody_else_lives_in_it():
    case = the_case(withheld_facts=withheld_facts((DANA, "whereabouts", {})))
    assert hits(case, LEWIS, "She is in Eastwick now, not in Northwick.") == {"Eastwick": False}
    assert hits(the_case(), LEWIS, "She is in Eastwick now.") == {}


def test_a_refuge_and_its_name_are_withheld_without_an_entry():
    refuge = AddressRow(DANA, ("Ash House", "6 Hidden Row", "Eastwick"), "ZZ7 7HR", 11, "refuge")
    case = the_case(addresses=(refuge,))
    assert hits(case, LEWIS, "They are at Ash House in Eastwick.") == {"Ash House": False, "Eastwick": False}


REFUGE = AddressRow(DANA, ("Ash House", "6 Hidden Row", "Eastwick"), "ZZ7 7HR", 11, "refuge")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("She lives in the refuge.", "refuge"),
        ("They are in a safe house.", "safe house"),
        ("Ring Women’s Aid first.", "Women’s Aid"),
        ("They went to The Ashes.", "Ashes"),
        ("She has gone into hiding.", "into hiding"),
        ("The shelter has a cot.", "shelter"),
        ("They share a room in a hostel.", "hostel"),
        ("Her Emergency Accommodation ends in May.", "Emergency Accommodation"),
        ("It is supported housing.", "supported housing"),
    ],
)
def test_that_somebody_is_in_a_refuge_is_asked_about_without_its_name(words, found):
    case = the_case(addresses=(REFUGE,))
    assert hits(case, LEWIS, words) == {found: False}
    assert hits(case, DANA, words) == {} == hits(the_case(), LEWIS, words)


def test_a_refuge_that_is_described_by_what_is_near_it_is_asked_about_twice():
    both = hits(the_case(addresses=(REFUGE,)), LEWIS, "She lives in the refuge near the station.")
    assert both == {"refuge": False, "near the station": False}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("She has a flat behind the old station.", "behind the old station"),
        ("They are staying round the corner from the mosque.", "round the corner from the mosque"),
        ("Opposite our library, she said.", "Opposite our library"),
        ("A room above a chip shop", "above a chip shop"),
        ("It is on the corner by the Co-op.", "by the Co-op"),
        ("Five minutes’ walk from the hospital.", "minutes’ walk from the hospital"),
        ("She is two doors down from the vet.", "doors down from the vet"),
        ("The garden backs on to the school.", "backs on to the school"),
        ("Her window is overlooking the river.", "overlooking the river"),
        ("On the same street as the Post Office.", "On the same street as the Post Office"),
        ("Not far from the gym, I heard.", "Not far from the gym"),
    ],
)
def test_a_place_described_by_what_is_near_it_is_asked_about_where_an_address_is_protected(words, found):
    case = the_case(addresses=(REFUGE,))
    assert hits(case, LEWIS, words) == {found: False}
    assert hits(the_case(), LEWIS, words) == {} == hits(case, DANA, words)


@pytest.mark.parametrize(
    "words",
    ["She walked by herself to the park.", "The school is near.", "Ask at the station.", "She heard from the school."],
)
def test_a_sentence_that_places_nobody_is_not_asked_about(words):
    assert hits(the_case(addresses=(REFUGE,)), LEWIS, words) == {}


def test_a_school_is_one_school_in_the_record_and_in_the_check():
    case = the_case(withheld_facts=withheld_facts((ROSA, "school", {})))
    for words in ("at Alder Lane Primary", "goes to alder lane infants", "AL Primary", "A.L.P.S."):
        assert hits(case, LEWIS, words), words


def test_a_shared_phone_is_known_until_it_is_withheld_from_one_of_them_by_name():
    numbers = (ContactNumbers(DANA, "07700 900333"), ContactNumbers(LEWIS, "07700 900333"))
    protected = ProtectedDetail(DANA, "phone", readers=frozenset({LEWIS}), from_everyone=False)
    case = the_case(contact_numbers=numbers)
    assert hits(case, LEWIS, "Ring 07700 900333.") == {}
    assert hits(the_case(contact_numbers=numbers, protected_details=(protected,)), LEWIS, "Ring 07700 900333.") == {
        "07700 900333": True
    }


# --- What must not be learnt ------------------------------------------------------------------------------------------


def test_withholding_where_somebody_lives_withholds_the_schools_of_the_children_who_live_with_them():
    case = the_case(withheld_facts=withheld_facts((DANA, "whereabouts", {})))
    withheld = withheld_from(case, LEWIS)
    assert withheld.agencies == {1, 2} and withheld.people == frozenset()
    text = "Rosa goes to Alder Lane Primary, Theo to Acorns Nursery. Ring 01632 960111."
    assert hits(case, LEWIS, text) == {"Alder Lane Primary": True, "Acorns Nursery": True, "01632 960111": True}
    assert hits(case, JEAN, "Theo goes to Acorns Nursery. Ring 01632 960111.") == {}


def test_a_school_is_found_under_what_people_call_it():
    case = the_case(withheld_facts=withheld_facts((ROSA, "school", {"words": ("the red gate",)})))
    found = hits(case, LEWIS, "At alder lane primary school, by the red gate, near Alder Lane.")
    assert found == {"alder lane primary school": True, "the red gate": True}  # he lives in Alder Lane
    assert hits(the_case(withheld_facts=withheld_facts((THEO, "school", {}))), LEWIS, "She is at Acorns.") == {
        "Acorns": False
    }


def test_a_hidden_child_is_not_named_and_nor_is_anybody_related_only_to_that_child():
    case = the_case(withheld_facts=withheld_facts((ZOE, "existence", {})))
    assert withheld_from(case, LEWIS).people == {ZOE, KARIM}
    found = hits(case, LEWIS, "Zoe Marlow and Karim Osei; Rosa Marlow and her mother Dana; Karim came.")
    assert found == {"Zoe Marlow": True, "Karim Osei": True, "Karim": False}


def test_the_school_of_a_hidden_child_may_be_named_if_a_child_known_to_the_reader_goes_there():
    case = the_case(withheld_facts=withheld_facts((ZOE, "existence", {})))
    assert withheld_from(case, LEWIS).agencies == frozenset()
    alone = replace(case, schools=case.schools[2:])
    assert withheld_from(alone, LEWIS).agencies == {2}


@pytest.mark.parametrize(
    ("words", "found", "stops"),
    [
        ("Dana is pregnant.", "pregnant", True),
        ("Dana is expecting a baby.", "expecting a baby", True),
        ("She is having a baby in May.", "having a baby", True),
        ("She missed an antenatal appointment.", "antenatal", False),
        ("She is in her third trimester.", "trimester", False),
        ("She starts her maternity leave.", "maternity", False),
    ],
)
def test_a_mention_of_pregnancy_reveals_a_hidden_baby_unless_another_baby_is_expected(words, found, stops):
    unborn = (PersonNames(ZOE, "Unborn Marlow", (("", "Marlow"),), unborn=True),)
    people = tuple(one for one in the_case().people if one.id != ZOE)
    case = the_case(people=people + unborn, withheld_facts=withheld_facts((ZOE, "existence", {})))
    assert hits(case, LEWIS, words) == {found: stops}
    assert hits(case, LEWIS, "This is about Unborn Marlow.")["Unborn Marlow"]
    other = PersonNames(8, "Unborn Hart", (("", "Hart"),), unborn=True)
    assert hits(replace(case, people=(*case.people, other)), LEWIS, words) == {}


def test_a_withheld_father_is_hidden_unless_the_reader_knows_him_in_another_role():
    only = the_case(withheld_facts=withheld_facts((KARIM, "paternity", {"of_child": ZOE})))
    assert withheld_from(only, LEWIS).people == {KARIM} and withheld_from(only, LEWIS).paternities == {(KARIM, ZOE)}
    assert hits(only, LEWIS, "Karim Osei and Zoe.") == {"Karim Osei": True}
    partner = replace(only, relations=(*only.relations, Relation(KARIM, DANA, "partners")))
    assert withheld_from(partner, LEWIS).people == frozenset() and withheld_from(partner, LEWIS).paternities == {
        (KARIM, ZOE)
    }
    assert hits(partner, LEWIS, "Karim Osei and Zoe.") == {"Karim Osei": False, "Karim": False}


def test_a_father_of_two_children_is_hidden_only_when_both_paternities_are_withheld():
    relations = (*the_case().relations, Relation(KARIM, ROSA, "father"))
    both = withheld_facts((KARIM, "paternity", {"of_child": ZOE}), (KARIM, "paternity", {"of_child": ROSA}))
    assert withheld_from(the_case(relations=relations, withheld_facts=both[:1]), LEWIS).people == frozenset()
    assert withheld_from(the_case(relations=relations, withheld_facts=both), LEWIS).people == {KARIM}


def test_withholding_a_placement_withholds_its_carers_and_its_name():
    carer = PersonNames(9, "Olive Brand", (("Olive", "Brand"),))
    home = ("Linden House", "5 Fern Way", "Westwick"), "ZZ3 3CC"
    addresses = tuple(AddressRow(pk, *home, 40 + pk, "placement" if pk == ROSA else "home") for pk in (ROSA, 9))
    case = the_case(
        people=(*the_case().people, carer), addresses=addresses,
        relations=(*the_case().relations, Relation(9, ROSA, "carer")),
        withheld_facts=withheld_facts((ROSA, "placement", {"words": ("Linden",)})),
    )  # fmt: skip
    assert withheld_from(case, LEWIS).people == {9}
    found = hits(case, LEWIS, "Olive Brand sees her at linden, in Westwick.")
    assert found == {"Olive Brand": True, "linden": True, "Westwick": False}


def test_a_fact_is_found_by_its_words():
    case = the_case(withheld_facts=withheld_facts((DANA, "fact", {"words": ("gave evidence", "witness")})))
    assert hits(case, LEWIS, "She gave evidence as a witness.") == {"gave evidence": True, "witness": True}
    assert hits(case, JEAN, "She gave evidence as a witness.") == {}


def test_somebody_is_found_under_every_name_they_have_or_had():
    people = tuple(
        PersonNames(ZOE, "Zoe Marlow", (("Zoe", "Marlow"), ("Zoë", "Quill")), ("Zo-Zo",)) if one.id == ZOE else one
        for one in the_case().people
    )
    case = the_case(people=people, withheld_facts=withheld_facts((ZOE, "existence", {})))
    found = hits(case, LEWIS, "Mrs Quill came. Zoe Quill came. Then Marlow, Zoe; or Zo-Zo Marlow.")
    assert found == {"Zoe Quill": True, "Marlow, Zoe": True, "Zo-Zo Marlow": True, "Quill": False}


def test_staff_are_told_the_reasons():
    case = the_case(withheld_facts=withheld_facts((DANA, "whereabouts", {}), (ZOE, "existence", {})))
    assert withheld_from(case, LEWIS).sources == [f"{DANA} whereabouts", f"{ZOE} existence"]
    assert withheld_from(case, JEAN).sources == []


# --- Warnings ---------------------------------------------------------------------------------------------------------


def test_nobody_is_warned_about_the_address_of_their_own_household_unless_the_entry_names_them():
    why = "Dana Marlow’s address is withheld from everyone outside the case."
    case = the_case(protected_details=(ProtectedDetail(DANA, "address", address=1, why=why),))
    assert {who: withheld_from(case, who).sources for who in (LEWIS, JEAN)} == {LEWIS: [], JEAN: [why]}
    moved = tuple(replace(one, now=one.person != LEWIS) for one in case.addresses)
    assert withheld_from(replace(case, addresses=moved), LEWIS).sources == [why]
    at_home = replace(case, addresses=moved, households=(frozenset({DANA, LEWIS}),))
    assert withheld_from(at_home, LEWIS).sources == []
    named = ProtectedDetail(DANA, "address", address=1, readers=frozenset({LEWIS}), why=why)
    assert withheld_from(replace(case, protected_details=(named,)), LEWIS).sources == [why]
