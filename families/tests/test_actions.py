"""What people do about families: the state after, the trail, and what is refused."""

from datetime import date

import pytest

from cpc.core.accounts.tests.builders import TODAY, a_council, last_event, viewer
from cpc.core.audit.versions import versions
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale, WrongState
from families.cases.models import Family
from families.people.actions.contact import record_address, record_contact
from families.people.actions.family import change_family, record_family
from families.people.actions.involvement import record_involvement
from families.people.actions.people import add_person, change_person, remove_person, shown
from families.people.actions.relationships import NewRelationship, record_ties
from families.people.choices import Part, RelationshipKind, SafeContact
from families.people.models import Address, Involvement, Membership, MustNotMeet, Person, Relationship
from families.protections.actions.no_contact import record_must_not_meet
from families.protections.actions.reviews import end_entry
from families.tests.builders import a_child, a_family, an_adult, declare_conflict, restrict, the_marlows

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return a_council()


@pytest.fixture
def marlows(council):
    return the_marlows(council)


@pytest.fixture
def by(council):
    return council.by("social_worker")


def a_family_record(council, by, **changed):
    given = {"name": "Marlow", "case_number": "CN-1", "team": council.team, "opened_on": date(2026, 11, 2)}
    return record_family(by=by, **given | changed)


def test_record_family_keeps_it_and_names_who_did_it(council, by):
    family = a_family_record(council, by, social_worker=council.users.social_worker)
    assert Family.objects.get().team == council.team
    event = last_event()
    assert (event.act, event.by_id) == ("record a family", by.id)
    assert str(family) == "Marlow family"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "  "}, "name"),
        ({"case_number": ""}, "case_number"),
        ({"opened_on": date(2026, 11, 21)}, "opened_on"),
    ],
)
def test_record_family_refuses_what_cannot_be_and_keeps_nothing(council, by, changed, field):
    with pytest.raises(Invalid) as refused:
        a_family_record(council, by, **changed)
    assert refused.value.field == field
    assert not Family.objects.exists()


def test_record_family_refuses_a_case_number_in_use_whatever_its_capitals(council, by):
    a_family_record(council, by)
    with pytest.raises(Invalid, match="cannot be used"):
        a_family_record(council, by, case_number="cn-1")


def test_record_family_refuses_another_team_and_a_worker_of_another_team(council, by):
    with pytest.raises(Invalid, match="your own team"):
        a_family_record(council, by, team=council.other_team)
    with pytest.raises(Invalid, match="social worker of the team"):
        a_family_record(council, by, social_worker=council.users.other_worker)
    with pytest.raises(Invalid, match="social worker of the team"):
        a_family_record(council, by, social_worker=council.users.team_manager)


@pytest.mark.parametrize("who", ["chair", "administrator", "service_manager", "system_administrator", "school"])
def test_record_family_is_for_casework_only(council, who):
    with pytest.raises(NotPermitted):
        a_family_record(council, council.by(who))


def test_change_family_tells_the_second_of_two_people_and_loses_neither(council, by):
    family = a_family_record(council, by)
    seen = versions(family)
    same = {"case_number": "CN-1", "team": council.team, "opened_on": date(2026, 11, 2), "social_worker": None}
    change_family(by=by, family=family, name="Marlowe", seen=seen, **same)
    with pytest.raises(Stale) as refused:
        change_family(by=council.by("team_manager"), family=family, name="Marlow-Hart", seen=seen, **same)
    assert (refused.value.mine, refused.value.theirs) == ("Marlow-Hart", "Marlowe")
    family.refresh_from_db()
    assert family.name == "Marlowe"


def test_an_unborn_child_is_called_unborn_and_has_no_sex(marlows):
    assert marlows.unborn.full_name == "Unborn Marlow"
    assert marlows.unborn.sex == "U"


def test_two_fathers_of_different_children_have_each_their_own_ties(marlows):
    fathers = Relationship.objects.filter(kind=RelationshipKind.FATHER)
    assert {(row.adult.first_name, row.child.full_name) for row in fathers} == {
        ("Dan", "Rosa Marlow"), ("Lewis", "Theo Marlow"), ("Lewis", "Unborn Marlow"),
    }  # fmt: skip


def test_add_person_gives_a_new_child_the_adults_that_are_there(council, by):
    family = a_family(council)
    mother = an_adult(family, "Anna")
    rosa = add_person(
        by=by, family=family, part=Part.CHILD, first_name="Rosa", last_name="Marlow", born_on=date(2018, 5, 14),
        ties=[NewRelationship(mother, RelationshipKind.MOTHER, True, True)],
    )  # fmt: skip
    tie = Relationship.objects.get()
    assert (tie.child, tie.adult, tie.parental_responsibility, tie.main_carer) == (rosa, mother, True, True)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"born_on": date(2027, 1, 1)}, "born_on"),
        ({"expected_on": date(2030, 1, 1)}, "expected_on"),
        ({"born_on": date(2020, 1, 1), "first_name": ""}, "first_name"),
        ({"born_on": date(2020, 1, 1), "nhs_number": "943 476 5918"}, "nhs_number"),
        ({"born_on": date(2020, 1, 1), "interpreter_needed": True}, "first_language"),
        ({"expected_on": date(2027, 1, 20), "first_name": "", "last_name": " "}, "last_name"),
        ({"born_on": date(2020, 1, 1), "died_on": date(2019, 1, 1)}, "died_on"),
    ],
)
def test_add_person_refuses_what_cannot_be_and_keeps_nothing(council, by, details, field):
    family = a_family(council)
    given = {"first_name": "Rosa", "last_name": "Marlow"} | details
    with pytest.raises(Invalid) as refused:
        add_person(by=by, family=family, part=Part.CHILD, **given)
    assert refused.value.field == field
    assert not Person.objects.exists()
    assert not Membership.objects.exists()


def test_add_person_keeps_an_nhs_number_without_its_spaces(council, by):
    family = a_family(council)
    person = a_child(family, nhs_number="943 476 5919")
    assert person.nhs_number == "9434765919"


def test_a_birth_recorded_later_keeps_the_child_and_everything_about_them(marlows, by):
    unborn = marlows.unborn
    change_person(
        by=viewer(marlows.worker, date(2027, 2, 8)), family=marlows.family, person=unborn, part=Part.CHILD,
        first_name="Ivy", last_name="Hart", born_on=date(2027, 2, 5), expected_on=None, sex="F",
    )  # fmt: skip
    unborn.refresh_from_db()
    assert (unborn.full_name, unborn.is_unborn, unborn.relationships.count()) == ("Ivy Hart", False, 3)
    assert unborn.involvements.count() == 1


def test_change_person_refuses_who_saved_second_and_says_both(marlows, by):
    membership = Membership.objects.get(person=marlows.rosa)
    seen = shown(marlows.rosa, membership).version
    change = {"family": marlows.family, "person": marlows.rosa, "part": Part.CHILD, "in_household": True}
    change_person(by=by, known_as="Rosie", seen=seen, **change)
    with pytest.raises(Stale) as refused:
        change_person(by=by, known_as="Ro", seen=seen, **change)
    assert (refused.value.mine, refused.value.theirs) == ("Ro", "Rosie")


def test_change_person_refuses_a_new_part_while_others_are_tied_to_the_old_one(marlows, by):
    with pytest.raises(Invalid, match="who is who"):
        change_person(by=by, family=marlows.family, person=marlows.rosa, part=Part.RELATIVE, in_household=True)


def test_record_ties_makes_them_exactly_those_given(marlows, by):
    record_ties(
        by=by, family=marlows.family, person=marlows.theos_father,
        ties=[NewRelationship(marlows.theo, RelationshipKind.FATHER, True, False)],
    )  # fmt: skip
    tie = Relationship.objects.get(adult=marlows.theos_father)
    assert (tie.child, tie.main_carer) == (marlows.theo, False)


def test_record_ties_refuses_a_person_of_another_family(marlows, by):
    stranger = a_child(a_family(marlows.council, name="Stone"), "Otto")
    with pytest.raises(Invalid, match="cannot be chosen"):
        record_ties(
            by=by, family=marlows.family, person=marlows.mother,
            ties=[NewRelationship(stranger, RelationshipKind.MOTHER)],
        )  # fmt: skip
    assert Relationship.objects.filter(adult=marlows.mother).count() == 3


def test_remove_person_takes_out_somebody_added_by_mistake(marlows, by):
    extra = an_adult(marlows.family, "Ann", ties=[(marlows.rosa, RelationshipKind.AUNT)])
    remove_person(by=by, family=marlows.family, person=extra, reason="Added twice")
    assert not Person.objects.filter(first_name="Ann").exists()
    assert last_event().reason == "Added twice"


def test_remove_person_refuses_one_named_by_other_records(marlows, by):
    with pytest.raises(Invalid, match="cannot be taken out"):
        remove_person(by=by, family=marlows.family, person=marlows.rosas_father, reason="Added twice")
    assert Relationship.objects.filter(adult=marlows.rosas_father).exists()


def test_record_contact_asks_for_what_the_way_to_reach_them_needs(marlows, by):
    for route, field in ((SafeContact.EMAIL, "email"), (SafeContact.TEXT, "phone"), (SafeContact.HAND, "hand_by")):
        with pytest.raises(Invalid) as refused:
            record_contact(by=by, family=marlows.family, person=marlows.grandmother, safe_contact=route)
        assert refused.value.field == field


def test_record_contact_refuses_the_second_of_two_people(marlows, by):
    contact = marlows.mother.contact_details
    seen = versions(contact)
    given = {"family": marlows.family, "person": marlows.mother, "safe_contact": SafeContact.POST, "seen": seen}
    record_contact(by=by, note="Ring first", **given)
    with pytest.raises(Stale, match="changed since you opened this page"):
        record_contact(by=by, note="Never ring", **given)


def test_record_address_can_be_for_everyone_who_lives_there(marlows):
    assert Address.objects.filter(postcode="ZZ1 1AA").count() == 4


def test_record_address_refuses_an_end_before_its_beginning(marlows, by):
    with pytest.raises(Invalid) as refused:
        record_address(
            by=by, family=marlows.family, person=marlows.mother, lines="1 Road", postcode="ZZ1 1AA",
            from_on=date(2026, 1, 2), to_on=date(2026, 1, 1),
        )  # fmt: skip
    assert refused.value.field == "to_on"


@pytest.mark.parametrize("who", ["chair", "administrator", "other_worker", "school"])
def test_contact_details_are_written_by_casework_only(marlows, who):
    with pytest.raises(NotPermitted):
        record_contact(
            by=marlows.council.by(who), family=marlows.family, person=marlows.mother, safe_contact=SafeContact.POST
        )


def test_record_involvement_is_one_row_a_child(marlows):
    assert Involvement.objects.filter(agency=marlows.council.agencies.gp).count() == 2


def test_record_involvement_refuses_a_professional_of_another_agency(marlows, by):
    with pytest.raises(Invalid) as refused:
        record_involvement(
            by=by, family=marlows.family, children=[marlows.rosa], agency=marlows.council.agencies.nursery,
            professional=marlows.council.professionals.school, from_on=TODAY,
        )  # fmt: skip
    assert refused.value.field == "professional"


def test_must_not_meet_is_recorded_once_and_ended_once(marlows, by):
    pair = MustNotMeet.objects.get()
    with pytest.raises(Invalid, match="already recorded"):
        record_must_not_meet(
            by=by, family=marlows.family, one=pair.other, other=pair.one, source=pair.source, reason="Again"
        )
    end_entry(by=by, family=marlows.family, entry=pair, ended_on=TODAY, reason="They may meet again")
    with pytest.raises(WrongState):
        end_entry(by=by, family=marlows.family, entry=pair, ended_on=TODAY, reason="They may meet again")


@pytest.mark.parametrize("who", ["other_worker", "other_manager", "chair", "school"])
def test_nobody_else_adds_a_person_to_the_family(marlows, who):
    with pytest.raises(NotPermitted):
        a_child(marlows.family, "Extra", by=marlows.council.by(who))


def test_a_restricted_family_and_a_declared_conflict_close_the_family_to_its_own_team(marlows, by):
    restrict(marlows.family, to=[marlows.council.users.team_manager])
    with pytest.raises(NotPermitted):
        a_child(marlows.family, "Extra", by=by)
    a_child(marlows.family, "Otto", by=marlows.council.by("team_manager"))
    declare_conflict(marlows.council.users.team_manager, marlows.family)
    with pytest.raises(NotPermitted):
        a_child(marlows.family, "Extra", by=marlows.council.by("team_manager"))
