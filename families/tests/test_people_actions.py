"""Names, numbers and births: the state after, the trail, and what is refused."""

from datetime import date

import pytest

from cpc.core.accounts.tests.builders import a_council, last_event, setting_up, viewer
from cpc.core.audit.versions import versions
from cpc.core.kernel.refusals import Invalid, Stale, WrongState
from families.people.actions.names import add_name, change_name, remove_name
from families.people.actions.people import add_person, change_person, record_birth
from families.people.actions.relationships import NewRelationship
from families.people.actions.search_index import reindex_search
from families.people.choices import Part, RelationshipKind
from families.people.models import Person, PersonName
from families.people.queries.adults import adults_of, tie_of
from families.people.queries.household import household
from families.tests.builders import a_child, a_family, restrict, the_marlows

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


# --- Names ------------------------------------------------------------------------------------------------------
def test_a_changed_name_keeps_the_old_one_until_that_day(marlows, by):
    change_name(
        by=by, family=marlows.family, person=marlows.mother, first_name="Anna", last_name="Hart", has_changed=True,
        since=date(2026, 6, 1),
    )  # fmt: skip
    change_name(
        by=by, family=marlows.family, person=marlows.mother, first_name="Anna", last_name="Stone", has_changed=True,
        since=date(2026, 9, 1),
    )  # fmt: skip
    names = [(str(name), name.kind, name.from_on, name.to_on) for name in PersonName.objects.order_by("pk")]
    assert names == [
        ("Anna Marlow", "former", None, date(2026, 6, 1)),
        ("Anna Hart", "former", date(2026, 6, 1), date(2026, 9, 1)),
    ]
    assert Person.objects.get(pk=marlows.mother.pk).full_name == "Anna Stone"
    assert last_event().details["person"] == marlows.mother.pk


def test_a_misspelt_name_is_corrected_and_is_no_former_name(marlows, by):
    change_name(by=by, family=marlows.family, person=marlows.mother, first_name="Ana", last_name="Marlow")
    assert not PersonName.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"since": None}, "since"),
        ({"since": date(2027, 1, 1)}, "since"),
        ({"since": date(1990, 1, 1)}, "since"),
        ({"last_name": "Marlow"}, "has_changed"),
        ({"first_name": " ", "last_name": " "}, "last_name"),
        ({"first_name": ""}, "first_name"),
    ],
)
def test_change_name_refuses_what_cannot_be_and_keeps_nothing(marlows, by, changed, field):
    given = {"first_name": "Anna", "last_name": "Hart", "has_changed": True, "since": date(2026, 6, 1)} | changed
    with pytest.raises(Invalid) as refused:
        change_name(by=by, family=marlows.family, person=marlows.mother, **given)
    assert refused.value.field == field
    assert not PersonName.objects.exists()


def test_change_name_tells_the_second_of_two_people(marlows, by):
    seen = versions(marlows.mother)
    given = {"family": marlows.family, "person": marlows.mother, "first_name": "Anna", "last_name": "Marlow"}
    change_name(by=by, known_as="Annie", seen=seen, **given)
    with pytest.raises(Stale):
        change_name(by=by, known_as="Ann", seen=seen, **given)


def test_every_save_raises_the_version_however_it_is_written_and_a_new_search_index_does_not(marlows, by):
    def version():
        return Person.objects.get(pk=marlows.mother.pk).version

    first = version()
    given = {"family": marlows.family, "person": marlows.mother, "first_name": "Anna", "last_name": "Marlow"}
    change_name(by=by, known_as="Annie", **given)
    assert version() == first + 1
    with setting_up():
        Person.objects.filter(pk=marlows.mother.pk).update(pronouns="she")
        reindex_search(marlows.mother, by.on)
    assert version() == first + 2


def test_who_saves_another_page_of_a_person_second_is_told_too(marlows, by):
    seen = versions(marlows.mother)
    change_person(by=by, family=marlows.family, person=marlows.mother, religion="none")
    given = {"family": marlows.family, "person": marlows.mother, "first_name": "Anna", "last_name": "Marlow"}
    with pytest.raises(Stale):
        change_name(by=by, known_as="Ann", seen=seen, **given)


def test_another_name_is_added_once_and_taken_away_again(marlows, by):
    given = {"family": marlows.family, "person": marlows.mother, "kind": "alias", "first_name": "Annie"}
    name = add_name(by=by, **given)
    with pytest.raises(Invalid, match="already recorded"):
        add_name(by=by, **given)
    with pytest.raises(Invalid, match="first name, a last name"):
        add_name(by=by, **given | {"first_name": " "})
    remove_name(by=by, family=marlows.family, name=name)
    assert not PersonName.objects.exists()


# --- Who is not known, and numbers ------------------------------------------------------------------------------
def test_somebody_nobody_knows_needs_no_name_and_is_called_by_what_they_are(marlows, by):
    unknown = add_person(
        by=by, family=marlows.family, part=Part.PARENT, is_unknown=True, in_household=True,
        ties=[NewRelationship(marlows.rosa, K.FATHER)],
    )  # fmt: skip
    member = household(marlows.family, viewer(marlows.worker)).member(unknown.pk)
    assert (member.name, member.in_household) == ("Father of Rosa, not known", False)
    change_name(by=by, family=marlows.family, person=unknown, first_name="Gary", last_name="Finch")
    unknown.refresh_from_db()
    assert (unknown.full_name, unknown.is_unknown) == ("Gary Finch", False)


def test_a_child_is_never_somebody_nobody_knows_and_a_name_contradicts_it(marlows, by):
    with pytest.raises(Invalid, match="child"):
        add_person(by=by, family=marlows.family, part=Part.CHILD, is_unknown=True, born_on=date(2020, 1, 1))
    with pytest.raises(Invalid, match="Clear the name"):
        add_person(by=by, family=marlows.family, part=Part.PARENT, is_unknown=True, last_name="Finch")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"upn": "A801200001001"}, "upn"),
        ({"upn": "H801200001001", "no_upn": "UN1"}, "no_upn"),
        ({"case_system_id": "A-1"}, "case_system_id"),
        ({"case_system_id": "9" * 21}, "case_system_id"),
        ({"disabilities": ["NONE", "HEAR"]}, "disabilities"),
    ],
)
def test_change_person_refuses_numbers_and_codes_that_cannot_be(marlows, by, given, field):
    with pytest.raises(Invalid) as refused:
        change_person(by=by, family=marlows.family, person=marlows.rosa, **given)
    assert refused.value.field == field


def test_change_person_keeps_what_is_not_given(marlows, by):
    given = {"upn": "h801200001001", "ethnicity": "MWBC", "religion": "none", "disabilities": ["VIS", "HEAR"]}
    change_person(by=by, family=marlows.family, person=marlows.rosa, **given)
    rosa = Person.objects.get(pk=marlows.rosa.pk)
    assert (rosa.upn, rosa.disabilities) == ("H801200001001", ["HEAR", "VIS"])
    assert (rosa.first_name, rosa.born_on) == ("Rosa", date(2018, 5, 14))
    assert household(marlows.family, viewer(marlows.worker)).member(rosa.pk).in_household


def test_a_number_of_somebody_the_worker_may_see_is_refused_and_says_where_it_is(marlows, by):
    change_person(by=by, family=marlows.family, person=marlows.rosa, case_system_id="LA77")
    with pytest.raises(Invalid, match="Marlow family") as refused:
        a_child(a_family(marlows.council, name="Stone"), "Otto", case_system_id="la77")
    assert refused.value.field == "case_system_id"


def test_the_number_of_a_restricted_child_is_taken_without_a_word(marlows, by):
    change_person(by=by, family=marlows.family, person=marlows.rosa, case_system_id="LA77")
    stone = a_family(marlows.council, name="Stone")
    restrict(marlows.family)
    otto = a_child(stone, "Otto", case_system_id="LA77")  # as with a number that nobody has
    assert otto.case_system_id == "LA77"
    assert Person.objects.filter(case_system_id="LA77").count() == 2


# --- Birth ------------------------------------------------------------------------------------------------------
def be_born(marlows, **changed):
    given = {"born_on": date(2027, 2, 5), "first_name": "Ivy", "last_name": "Marlow", "sex": "F"} | changed
    by = viewer(marlows.worker, date(2027, 2, 8))
    return record_birth(by=by, family=marlows.family, child=marlows.unborn, **given)


def test_a_birth_keeps_the_person_their_relatives_and_agencies_and_is_in_the_trail(marlows):
    born = be_born(marlows, nhs_number="943 476 5919")
    assert (born.pk, born.full_name, born.is_unborn) == (marlows.unborn.pk, "Ivy Marlow", False)
    assert (born.relationships.count(), born.involvements.count()) == (3, 1)
    assert (born.nhs_number, born.expected_on, born.sex) == ("9434765919", None, "F")
    event = last_event()
    assert (event.reason, event.details["child"]) == ("The birth of a child", born.pk)


def test_nobody_has_parental_responsibility_before_the_birth(marlows):
    (tie,) = [one for one in map(tie_of, adults_of([marlows.unborn.pk])) if one.adult == marlows.mother.pk]
    assert (tie.parental_responsibility, tie.when_born, tie.is_own) == (False, True, True)
    be_born(marlows)
    (tie,) = [one for one in map(tie_of, adults_of([marlows.unborn.pk])) if one.adult == marlows.mother.pk]
    assert (tie.parental_responsibility, tie.when_born) == (True, False)


def test_a_birth_says_who_has_parental_responsibility_and_where_it_comes_from(marlows):
    mother, father = marlows.mother.pk, marlows.theos_father.pk
    with pytest.raises(Invalid, match="Only a mother has parental responsibility from the birth"):
        be_born(marlows, responsible={father: (True, "birth")})
    be_born(marlows, responsible={mother: (True, "birth"), father: (True, "registration")})
    rows = marlows.unborn.relationships.filter(parental_responsibility=True)
    assert dict(rows.values_list("adult", "responsibility_source")) == {mother: "birth", father: "registration"}


def test_a_birth_is_recorded_once(marlows):
    be_born(marlows)
    with pytest.raises(WrongState, match="already recorded this birth"):
        be_born(marlows)


def test_a_stillborn_child_has_a_name_and_the_same_day_twice(marlows):
    born = be_born(marlows, died_on=date(2027, 2, 5))
    assert (born.born_on, born.died_on) == (date(2027, 2, 5), date(2027, 2, 5))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"born_on": date(2027, 2, 9)}, "born_on"),
        ({"born_on": date(2026, 8, 1)}, "born_on"),
        ({"first_name": " "}, "first_name"),
        ({"first_name": "", "last_name": ""}, "first_name"),
        ({"nhs_number": "123"}, "nhs_number"),
        ({"died_on": date(2027, 2, 4)}, "died_on"),
    ],
)
def test_a_birth_that_cannot_be_is_refused_and_the_child_stays_unborn(marlows, changed, field):
    with pytest.raises(Invalid) as refused:
        be_born(marlows, **changed)
    assert refused.value.field == field
    assert Person.objects.get(pk=marlows.unborn.pk).is_unborn
