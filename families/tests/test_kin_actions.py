"""Relatives, couples and homes: the state after, the trail, and what is refused."""

from datetime import date

import pytest

from cpc.core.accounts.tests.builders import TODAY, a_council, last_event, viewer
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.people.actions.households import add_household, change_household, move_in, move_out
from families.people.actions.names import add_name, change_name
from families.people.actions.people import add_person, change_person, record_birth
from families.people.actions.relationships import (
    NewRelationship,
    change_partnership,
    change_relationship,
    end_relationship,
    record_partnership,
    record_relationship,
    record_ties,
    remove_relationship,
)
from families.people.choices import Part, PartnershipKind, RelationshipKind
from families.people.models import HouseholdMember, Partnership, Relationship
from families.people.queries import homes as homes_queries
from families.people.queries.household import household, living_in
from families.people.queries.person import person_page
from families.tests.builders import a_child, a_family, an_adult, the_marlows

pytestmark = pytest.mark.django_db
K = RelationshipKind


@pytest.fixture
def council():
    return a_council()


@pytest.fixture
def marlows(council):
    return the_marlows(council)


@pytest.fixture
def by(council):
    return council.by("social_worker")


# --- Relatives --------------------------------------------------------------------------------------------------
def is_mother(marlows, by):
    return record_relationship(
        by=by, family=marlows.family, adult=marlows.grandmother, child=marlows.mother, kind=K.MOTHER
    )


def test_a_grandmother_is_the_mother_of_the_mother_and_three_generations_hang_together(marlows, by):
    is_mother(marlows, by)
    home = household(marlows.family, viewer(marlows.worker))
    assert home.member(marlows.mother.pk).describe_kin() == ["Child of Jean Marlow"]
    assert home.member(marlows.grandmother.pk).describe_kin() == ["Mother of Anna Marlow"]
    assert "Mother of Anna" not in home.member(marlows.mother.pk).describe_relationships()


def test_who_is_who_to_the_children_leaves_the_ties_of_adults_alone(marlows, by):
    row = is_mother(marlows, by)
    record_ties(by=by, family=marlows.family, person=marlows.grandmother, ties=[])
    assert Relationship.objects.filter(adult=marlows.grandmother).get() == row


def test_nobody_is_recorded_as_their_own_ancestor_or_twice_or_as_carer_of_an_adult(marlows, by):
    is_mother(marlows, by)
    given = {"by": by, "family": marlows.family}
    with pytest.raises(Invalid, match="already recorded"):
        is_mother(marlows, by)
    with pytest.raises(Invalid, match="own ancestor"):
        record_relationship(**given, adult=marlows.mother, child=marlows.grandmother, kind=K.MOTHER)
    with pytest.raises(Invalid, match="child of the family only"):
        record_relationship(**given, adult=marlows.theos_father, child=marlows.mother, kind=K.OTHER, main_carer=True)
    with pytest.raises(Invalid, match="born before"):
        record_relationship(**given, adult=marlows.mother, child=marlows.rosas_father, kind=K.MOTHER)
    stranger = an_adult(a_family(marlows.council, name="Stone"), "Otto")
    with pytest.raises(Invalid, match="not in this family"):
        record_relationship(**given, adult=stranger, child=marlows.mother, kind=K.FATHER)


def test_a_relationship_that_is_over_stays_on_the_record_and_carries_nothing(marlows, by):
    row = Relationship.objects.get(adult=marlows.rosas_father)
    end_relationship(by=by, family=marlows.family, relationship=row, to_on=date(2026, 11, 1))
    home = household(marlows.family, viewer(marlows.worker))
    assert home.member(marlows.rosas_father.pk).ties == ()
    page = person_page(home, home.member(marlows.rosa.pk))
    assert [said.text for said in page.relations if said.is_over] == ["Rosa’s father is Dan Pryce"]
    with pytest.raises(WrongState, match="already"):
        end_relationship(by=by, family=marlows.family, relationship=row, to_on=TODAY)
    again = record_relationship(
        by=by, family=marlows.family, adult=marlows.rosas_father, child=marlows.rosa, kind=K.FATHER
    )
    assert again.pk != row.pk


def test_a_relationship_ends_neither_tomorrow_nor_before_it_began(marlows, by):
    row = is_mother(marlows, by)
    change_relationship(by=by, family=marlows.family, relationship=row, kind=K.MOTHER, from_on=date(2020, 1, 1))
    for day in (date(2027, 1, 1), date(2019, 1, 1), None):
        with pytest.raises(Invalid) as refused:
            end_relationship(by=by, family=marlows.family, relationship=row, to_on=day)
        assert refused.value.field == "to_on"


def test_a_relationship_recorded_by_mistake_goes_with_a_reason(marlows, by):
    row = is_mother(marlows, by)
    with pytest.raises(Invalid):
        remove_relationship(by=by, family=marlows.family, relationship=row, reason=" ")
    remove_relationship(by=by, family=marlows.family, relationship=row, reason="Wrong Jean")
    assert not Relationship.objects.filter(pk=row.pk).exists()
    assert last_event().reason == "Wrong Jean"


def test_brothers_and_sisters_follow_from_the_parents_and_an_unknown_father_makes_none(marlows, by):
    home = household(marlows.family, viewer(marlows.worker))
    said = [one.text for one in person_page(home, home.member(marlows.rosa.pk)).siblings]
    assert said == ["Half-sister of Theo", "Half-sister of Unborn Marlow"]
    add_person(
        by=by, family=marlows.family, part=Part.PARENT, is_unknown=True,
        ties=[NewRelationship(a_child(marlows.family, name), K.FATHER) for name in ("Kim", "Lou")],
    )  # fmt: skip
    home = household(marlows.family, viewer(marlows.worker))
    kim = next(member for member in home.children if member.person.first_name == "Kim")
    assert person_page(home, kim).siblings == []


# --- Couples ----------------------------------------------------------------------------------------------------
def test_a_couple_is_recorded_once_changed_and_ended(marlows, by):
    given = {"by": by, "family": marlows.family}
    row = record_partnership(**given, one=marlows.mother, other=marlows.theos_father, kind=PartnershipKind.PARTNERS)
    with pytest.raises(Invalid, match="already recorded as a couple"):
        record_partnership(**given, one=marlows.theos_father, other=marlows.mother, kind=PartnershipKind.MARRIED)
    change_partnership(
        **given, partnership=row, kind=PartnershipKind.SEPARATED, from_on=date(2020, 1, 1), to_on=date(2026, 1, 1)
    )
    row = Partnership.objects.get()
    assert (row.kind, row.to_on) == ("separated", date(2026, 1, 1))
    assert last_event().details["partnership"] == row.pk


def test_a_couple_is_two_adults_who_are_not_parent_and_child(marlows, by):
    given = {"by": by, "family": marlows.family, "one": marlows.mother, "kind": PartnershipKind.MARRIED}
    is_mother(marlows, by)
    for other in (marlows.rosa, marlows.mother, marlows.grandmother):
        with pytest.raises(Invalid) as refused:
            record_partnership(**given, other=other)
        assert refused.value.field == "other"
    with pytest.raises(Invalid, match="before it began"):
        row = record_partnership(**given, other=marlows.rosas_father)
        change_partnership(
            by=by, family=marlows.family, partnership=row, kind=row.kind, from_on=TODAY, to_on=date(2020, 1, 1)
        )


# --- Homes ------------------------------------------------------------------------------------------------------
def test_people_move_between_the_homes_of_a_family_and_where_they_lived_stays(marlows, by):
    given = {"by": by, "family": marlows.family}
    main = marlows.family.households.get()
    jeans = add_household(**given, name="Jean’s home")
    move_in(**given, household=jeans, people=[marlows.rosa], from_on=date(2026, 11, 1), leaving=[main])
    homes = homes_queries.homes(marlows.family)
    assert [stay.person for stay in homes[1].now] == [marlows.rosa]
    assert [(stay.person, stay.to_on) for stay in homes[0].before] == [(marlows.rosa, date(2026, 11, 1))]
    assert not household(marlows.family, viewer(marlows.worker)).member(marlows.rosa.pk).in_household
    change_household(**given, household=jeans, name="Jean’s home", is_main=True)
    assert living_in(marlows.family) == {marlows.rosa.pk}
    move_out(**given, stay=HouseholdMember.objects.get(household=jeans), to_on=TODAY)
    assert living_in(marlows.family) == set()


def test_a_child_may_live_in_two_homes(marlows, by):
    dans = add_household(by=by, family=marlows.family, name="Dan’s home")
    move_in(by=by, family=marlows.family, household=dans, people=[marlows.rosa])
    assert HouseholdMember.objects.filter(person=marlows.rosa, to_on=None).count() == 2


def test_moves_that_cannot_be_are_refused_and_nobody_moves(marlows, by):
    given = {"by": by, "family": marlows.family}
    main = marlows.family.households.get()
    jeans = add_household(**given, name="Jean’s home")
    stranger = a_child(a_family(marlows.council, name="Stone"), "Otto")
    before = HouseholdMember.objects.count()
    for changed, field in (
        ({"people": []}, "people"),
        ({"people": [stranger]}, "people"),
        ({"household": main}, "people"),
        ({"from_on": date(2027, 1, 1)}, "from_on"),
        ({"from_on": None, "leaving": [main]}, "from_on"),
    ):
        asked = {"household": jeans, "people": [marlows.rosa], "from_on": TODAY} | changed
        with pytest.raises(Invalid) as refused:
            move_in(**given, **asked)
        assert refused.value.field == field
    theirs = a_family(marlows.council, name="Reed")
    a_child(theirs, "Ned")
    with pytest.raises(Invalid, match="not one of this family"):
        move_in(**given, household=theirs.households.get(), people=[marlows.rosa])
    assert HouseholdMember.objects.count() == before + 1  # Ned's


def test_a_home_has_a_name_of_its_own_and_a_family_keeps_a_main_home(marlows, by):
    given = {"by": by, "family": marlows.family}
    main = marlows.family.households.get()
    with pytest.raises(Invalid, match="already a home"):
        add_household(**given, name=main.name.upper())
    with pytest.raises(Invalid, match="name for the home"):
        add_household(**given, name=" ")
    with pytest.raises(Invalid, match="make it the main home"):
        change_household(**given, household=main, name=main.name, is_main=False)


@pytest.mark.parametrize("who", ["other_worker", "other_manager", "chair", "administrator", "school"])
def test_nobody_else_writes_anything_of_this(marlows, who):
    by, family = marlows.council.by(who), marlows.family
    row, home = Relationship.objects.filter(adult=marlows.mother).first(), family.households.get()
    stay = home.members.first()
    for act in (
        lambda: change_name(by=by, family=family, person=marlows.rosa, first_name="X", last_name="Y"),
        lambda: add_name(by=by, family=family, person=marlows.rosa, kind="alias", first_name="X"),
        lambda: change_person(by=by, family=family, person=marlows.rosa, pronouns="x"),
        lambda: record_birth(
            by=by, family=family, child=marlows.unborn, born_on=TODAY, first_name="X", last_name="Y", sex="F"
        ),
        lambda: end_relationship(by=by, family=family, relationship=row, to_on=TODAY),
        lambda: change_relationship(by=by, family=family, relationship=row, kind=K.AUNT),
        lambda: record_relationship(
            by=by, family=family, adult=marlows.grandmother, child=marlows.mother, kind=K.MOTHER
        ),
        lambda: record_partnership(
            by=by, family=family, one=marlows.mother, other=marlows.rosas_father, kind="married"
        ),
        lambda: add_household(by=by, family=family, name="X"),
        lambda: move_in(by=by, family=family, household=home, people=[marlows.grandmother]),
        lambda: move_out(by=by, family=family, stay=stay, to_on=TODAY),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_the_source_of_parental_responsibility_is_recorded_changed_and_refused_where_it_does_not_fit(marlows, by):
    row = Relationship.objects.get(adult=marlows.rosas_father, child=marlows.rosa)
    given = {"by": by, "family": marlows.family, "relationship": row, "kind": K.FATHER, "parental_responsibility": True}
    with pytest.raises(Invalid, match="Only a mother has parental responsibility from the birth") as refused:
        change_relationship(**given, responsibility_source="birth")
    assert refused.value.field == "responsibility"
    changed = change_relationship(**given, responsibility_source="agreement")
    assert changed.responsibility_source == "agreement"
    with pytest.raises(Invalid, match="only where somebody has it"):
        change_relationship(**given | {"parental_responsibility": False}, responsibility_source="agreement")
