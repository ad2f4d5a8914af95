"""Relatives, couples and homes: the state after, the trail, and what is refused."""

from datetime import date

import pytest

from cpc.core.accounts.tests.builders import TODAY, a_council, last_event, viewer
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families import actions, queries
from families.choices import Part, PartnershipKind, RelationshipKind
from families.models import HouseholdMember, Partnership, Relationship
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
    return actions.record_relationship(
        by=by, family=marlows.family, adult=marlows.grandmother, child=marlows.mother, kind=K.MOTHER
    )


def test_a_grandmother_is_the_mother_of_the_mother_and_three_generations_hang_together(marlows, by):
    is_mother(marlows, by)
    home = queries.household(marlows.family, viewer(marlows.worker))
    assert home.member(marlows.mother.pk).said_of_kin() == ["Child of Jean Marlow"]
    assert home.member(marlows.grandmother.pk).said_of_kin() == ["Mother of Anna Marlow"]
    assert "Mother of Anna" not in home.member(marlows.mother.pk).said_of_ties()


def test_who_is_who_to_the_children_leaves_the_ties_of_adults_alone(marlows, by):
    row = is_mother(marlows, by)
    actions.record_ties(by=by, family=marlows.family, person=marlows.grandmother, ties=[])
    assert Relationship.objects.filter(adult=marlows.grandmother).get() == row


def test_nobody_is_recorded_as_their_own_ancestor_or_twice_or_as_carer_of_an_adult(marlows, by):
    is_mother(marlows, by)
    given = {"by": by, "family": marlows.family}
    with pytest.raises(Invalid, match="already recorded"):
        is_mother(marlows, by)
    with pytest.raises(Invalid, match="own ancestor"):
        actions.record_relationship(**given, adult=marlows.mother, child=marlows.grandmother, kind=K.MOTHER)
    with pytest.raises(Invalid, match="child of the family only"):
        actions.record_relationship(
            **given, adult=marlows.theos_father, child=marlows.mother, kind=K.OTHER, main_carer=True
        )
    with pytest.raises(Invalid, match="born before"):
        actions.record_relationship(**given, adult=marlows.mother, child=marlows.rosas_father, kind=K.MOTHER)
    stranger = an_adult(a_family(marlows.council, name="Stone"), "Otto")
    with pytest.raises(Invalid, match="not in this family"):
        actions.record_relationship(**given, adult=stranger, child=marlows.mother, kind=K.FATHER)


def test_a_relationship_that_is_over_stays_on_the_record_and_carries_nothing(marlows, by):
    row = Relationship.objects.get(adult=marlows.rosas_father)
    actions.end_relationship(by=by, family=marlows.family, relationship=row, to_on=date(2026, 11, 1))
    home = queries.household(marlows.family, viewer(marlows.worker))
    assert home.member(marlows.rosas_father.pk).ties == ()
    page = queries.person_page(home, home.member(marlows.rosa.pk), viewer(marlows.worker))
    assert [said.text for said in page.relations if said.is_over] == ["Rosa’s father is Dan Pryce"]
    with pytest.raises(WrongState, match="already"):
        actions.end_relationship(by=by, family=marlows.family, relationship=row, to_on=TODAY)
    again = actions.record_relationship(
        by=by, family=marlows.family, adult=marlows.rosas_father, child=marlows.rosa, kind=K.FATHER
    )
    assert again.pk != row.pk


def test_a_relationship_ends_neither_tomorrow_nor_before_it_began(marlows, by):
    row = is_mother(marlows, by)
    actions.change_relationship(by=by, family=marlows.family, relationship=row, kind=K.MOTHER, from_on=date(2020, 1, 1))
    for day in (date(2027, 1, 1), date(2019, 1, 1), None):
        with pytest.raises(Invalid) as refused:
            actions.end_relationship(by=by, family=marlows.family, relationship=row, to_on=day)
        assert refused.value.field == "to_on"


def test_a_relationship_recorded_by_mistake_goes_with_a_reason(marlows, by):
    row = is_mother(marlows, by)
    with pytest.raises(Invalid):
        actions.remove_relationship(by=by, family=marlows.family, relationship=row, reason=" ")
    actions.remove_relationship(by=by, family=marlows.family, relationship=row, reason="Wrong Jean")
    assert not Relationship.objects.filter(pk=row.pk).exists()
    assert last_event().reason == "Wrong Jean"


def test_brothers_and_sisters_follow_from_the_parents_and_an_unknown_father_makes_none(marlows, by):
    home, reader = queries.household(marlows.family, viewer(marlows.worker)), viewer(marlows.worker)
    said = [one.text for one in queries.person_page(home, home.member(marlows.rosa.pk), reader).siblings]
    assert said == ["Half-sister of Theo", "Half-sister of Unborn Marlow"]
    actions.add_person(
        by=by, family=marlows.family, part=Part.PARENT, is_unknown=True,
        ties=[actions.Tie(a_child(marlows.family, name), K.FATHER) for name in ("Kim", "Lou")],
    )  # fmt: skip
    home = queries.household(marlows.family, viewer(marlows.worker))
    kim = next(member for member in home.children if member.person.first_name == "Kim")
    assert queries.person_page(home, kim, viewer(marlows.worker)).siblings == []


# --- Couples ----------------------------------------------------------------------------------------------------
def test_a_couple_is_recorded_once_changed_and_ended(marlows, by):
    given = {"by": by, "family": marlows.family}
    row = actions.record_partnership(
        **given, one=marlows.mother, other=marlows.theos_father, kind=PartnershipKind.PARTNERS
    )
    with pytest.raises(Invalid, match="already recorded as a couple"):
        actions.record_partnership(
            **given, one=marlows.theos_father, other=marlows.mother, kind=PartnershipKind.MARRIED
        )
    actions.change_partnership(
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
            actions.record_partnership(**given, other=other)
        assert refused.value.field == "other"
    with pytest.raises(Invalid, match="before it began"):
        row = actions.record_partnership(**given, other=marlows.rosas_father)
        actions.change_partnership(
            by=by, family=marlows.family, partnership=row, kind=row.kind, from_on=TODAY, to_on=date(2020, 1, 1)
        )


# --- Homes ------------------------------------------------------------------------------------------------------
def test_people_move_between_the_homes_of_a_family_and_where_they_lived_stays(marlows, by):
    given = {"by": by, "family": marlows.family}
    main = marlows.family.households.get()
    jeans = actions.add_household(**given, name="Jean’s home")
    actions.move_in(**given, household=jeans, people=[marlows.rosa], from_on=date(2026, 11, 1), leaving=[main])
    homes = queries.homes(marlows.family)
    assert [stay.person for stay in homes[1].now] == [marlows.rosa]
    assert [(stay.person, stay.to_on) for stay in homes[0].before] == [(marlows.rosa, date(2026, 11, 1))]
    assert not queries.household(marlows.family, viewer(marlows.worker)).member(marlows.rosa.pk).in_household
    actions.change_household(**given, household=jeans, name="Jean’s home", is_main=True)
    assert queries.living_in(marlows.family) == {marlows.rosa.pk}
    actions.move_out(**given, stay=HouseholdMember.objects.get(household=jeans), to_on=TODAY)
    assert queries.living_in(marlows.family) == set()


def test_a_child_may_live_in_two_homes(marlows, by):
    dans = actions.add_household(by=by, family=marlows.family, name="Dan’s home")
    actions.move_in(by=by, family=marlows.family, household=dans, people=[marlows.rosa])
    assert HouseholdMember.objects.filter(person=marlows.rosa, to_on=None).count() == 2


def test_moves_that_cannot_be_are_refused_and_nobody_moves(marlows, by):
    given = {"by": by, "family": marlows.family}
    main = marlows.family.households.get()
    jeans = actions.add_household(**given, name="Jean’s home")
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
            actions.move_in(**given, **asked)
        assert refused.value.field == field
    theirs = a_family(marlows.council, name="Reed")
    a_child(theirs, "Ned")
    with pytest.raises(Invalid, match="not one of this family"):
        actions.move_in(**given, household=theirs.households.get(), people=[marlows.rosa])
    assert HouseholdMember.objects.count() == before + 1  # Ned's


def test_a_home_has_a_name_of_its_own_and_a_family_keeps_a_main_home(marlows, by):
    given = {"by": by, "family": marlows.family}
    main = marlows.family.households.get()
    with pytest.raises(Invalid, match="already a home"):
        actions.add_household(**given, name=main.name.upper())
    with pytest.raises(Invalid, match="name for the home"):
        actions.add_household(**given, name=" ")
    with pytest.raises(Invalid, match="make that one the main home"):
        actions.change_household(**given, household=main, name=main.name, is_main=False)


@pytest.mark.parametrize("who", ["other_worker", "other_manager", "chair", "administrator", "school"])
def test_nobody_else_writes_anything_of_this(marlows, who):
    by, family = marlows.council.by(who), marlows.family
    row, home = Relationship.objects.filter(adult=marlows.mother).first(), family.households.get()
    stay = home.members.first()
    for act in (
        lambda: actions.change_name(by=by, family=family, person=marlows.rosa, first_name="X", last_name="Y"),
        lambda: actions.add_name(by=by, family=family, person=marlows.rosa, kind="alias", first_name="X"),
        lambda: actions.change_person(by=by, family=family, person=marlows.rosa, pronouns="x"),
        lambda: actions.record_birth(
            by=by, family=family, child=marlows.unborn, born_on=TODAY, first_name="X", last_name="Y", sex="F"
        ),
        lambda: actions.end_relationship(by=by, family=family, relationship=row, to_on=TODAY),
        lambda: actions.change_relationship(by=by, family=family, relationship=row, kind=K.AUNT),
        lambda: actions.record_relationship(
            by=by, family=family, adult=marlows.grandmother, child=marlows.mother, kind=K.MOTHER
        ),
        lambda: actions.record_partnership(
            by=by, family=family, one=marlows.mother, other=marlows.rosas_father, kind="married"
        ),
        lambda: actions.add_household(by=by, family=family, name="X"),
        lambda: actions.move_in(by=by, family=family, household=home, people=[marlows.grandmother]),
        lambda: actions.move_out(by=by, family=family, stay=stay, to_on=TODAY),
    ):
        with pytest.raises(NotPermitted):
            act()
