"""One person in several families: a record for each circle, and what protects follows all of them."""

import pytest
from django.urls import reverse

from cpc.core.accounts.tests.builders import TODAY, viewer
from cpc.core.kernel.refusals import Invalid
from families.access import deadlines
from families.access.actions import conflicts, restrictions
from families.access.queries.circles import differences
from families.cases.models import DeclaredConflict
from families.finding import actions
from families.people.actions.contact import record_contact
from families.people.actions.people import add_known_person, change_person, record_birth
from families.people.actions.relationships import change_relationship, end_relationship, record_relationship
from families.people.choices import Detail, Part, ProtectionSource, RelationshipKind, SafeContact
from families.people.models import Address, Identity, Membership, Merge, Person, PossibleDuplicate, Relationship
from families.people.queries.adults import where_all_agree
from families.people.queries.contact import ways_to
from families.people.queries.household import household
from families.people.queries.identity import linked_records_of_person, record_in
from families.people.queries.merged_records import same_person
from families.protections.actions.entries import record_protection
from families.protections.queries.withheld import withheld_from
from families.tests.builders import a_child, a_family, an_adult, restrict
from families.tests.builders_access import give_cover, restricted, sees, the_access
from families.tests.builders_two_families import add_to_family, by, marlows, service, stones, the_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
__all__ = ["by", "marlows", "service", "stones", "the_day"]
K = RelationshipKind


def refuges(person):
    return Address.objects.filter(person=person, lines__startswith="Refuge")


# --- A family is restricted --------------------------------------------------------------------------------------


def test_each_person_who_is_also_in_an_open_family_gets_a_second_record_linked_as_one_identity(marlows, stones):
    restrict(stones)
    theirs = record_in(stones, marlows.rosa)
    assert theirs.pk != marlows.rosa.pk and theirs.full_name == "Rosa Marlow"
    assert linked_records_of_person(marlows.rosa) == {marlows.rosa.pk, theirs.pk} == linked_records_of_person(theirs)
    assert set(stones.memberships.values_list("person", flat=True)) == {
        theirs.pk, record_in(stones, marlows.mother).pk,
    }  # fmt: skip
    assert [field.name for field in Identity._meta.concrete_fields] == ["id"]


def test_what_the_restricted_family_was_the_last_to_write_moves_and_the_rest_is_copied(marlows, stones):
    ours = set(marlows.rosa.addresses.exclude(lines__startswith="Refuge").values_list("lines", flat=True))
    refuge = refuges(marlows.rosa).get()
    restrict(stones)
    theirs = record_in(stones, marlows.rosa)
    refuge.refresh_from_db()
    assert refuge.person_id == theirs.pk and not refuges(marlows.rosa).exists()
    assert refuge.protections.get().person_id == theirs.pk
    assert set(marlows.rosa.addresses.values_list("lines", flat=True)) == ours
    assert set(theirs.addresses.values_list("lines", flat=True)) == {refuge.lines, *ours}


def test_a_person_in_no_open_family_simply_moves(marlows):
    before = Person.objects.count()
    restrict(marlows.family)
    assert Person.objects.count() == before and not Identity.objects.exists()
    assert record_in(marlows.family, marlows.rosa) == marlows.rosa


def test_restricting_by_the_page_does_the_same(marlows, stones):
    restricted(marlows.council, marlows.family)
    marlows.family.refresh_from_db()
    assert record_in(stones, marlows.mother) == marlows.mother
    assert record_in(marlows.family, marlows.mother) != marlows.mother


def test_a_family_restricted_again_after_it_was_open_holds_its_own_record_again(marlows, stones):
    restricted(marlows.council, marlows.family)
    marlows.family.refresh_from_db()
    first = record_in(marlows.family, marlows.mother)
    restrictions.lift_restriction(
        by=viewer(marlows.council.users.team_manager), access=the_access(marlows.family), reason="It is over"
    )
    stones.refresh_from_db()
    marlows.family.refresh_from_db()
    assert same_person([first]) == {first.pk: marlows.mother.pk}
    restrict(marlows.family)
    again = record_in(marlows.family, marlows.mother)
    assert again.pk != marlows.mother.pk and record_in(stones, marlows.mother) == marlows.mother
    assert again.pk in linked_records_of_person(marlows.mother)


# --- A restriction is lifted --------------------------------------------------------------------------------------


def test_when_a_restriction_is_lifted_the_records_are_merged_and_the_merge_can_be_undone(marlows, stones):
    restricted(marlows.council, marlows.family)
    marlows.family.refresh_from_db()
    theirs = record_in(marlows.family, marlows.mother)
    manager = viewer(marlows.council.users.team_manager)
    restrictions.lift_restriction(by=manager, access=the_access(marlows.family), reason="It is over")
    merge = Merge.objects.get(kept=marlows.mother, merged=theirs)
    shown = household(marlows.family, manager)
    assert marlows.mother.pk in {person.pk for person in shown.people}
    actions.undo_merge(by=viewer(marlows.council.users.service_manager), merge=merge, reason="Two women")
    assert linked_records_of_person(theirs) == {theirs.pk}


def test_records_that_differ_in_a_number_wait_for_a_manager_when_a_restriction_is_lifted(marlows, stones, service):
    restricted(marlows.council, marlows.family)
    marlows.family.refresh_from_db()
    theirs = record_in(marlows.family, marlows.mother)
    manager = viewer(marlows.council.users.team_manager)
    change_person(by=service, family=stones, person=marlows.mother, nhs_number="9434765919")
    change_person(by=manager, family=marlows.family, person=theirs, nhs_number="4010232137")
    restrictions.lift_restriction(by=manager, access=the_access(marlows.family), reason="It is over")
    assert Person.objects.get(pk=theirs.pk).merged_into_id is None
    assert PossibleDuplicate.objects.filter(one=marlows.mother, other=theirs, settled_at=None).exists()


# --- A person of one circle joins a family of another -------------------------------------------------------------


def test_the_new_circle_starts_with_what_the_worker_who_adds_them_confirms(marlows, stones, service):
    restrict(stones, to=[marlows.council.users.other_worker, marlows.worker])
    both = viewer(marlows.worker)
    made = add_known_person(
        by=both, family=stones, person=marlows.theos_father, part=Part.PARENT,
        details={"first_name": "Lew", "pronouns": "he/him"},
    )  # fmt: skip
    assert made.pk != marlows.theos_father.pk
    assert (made.first_name, made.last_name, made.pronouns) == ("Lew", marlows.theos_father.last_name, "he/him")
    assert made.born_on == marlows.theos_father.born_on
    assert not made.addresses.exists() and made.nhs_number == ""
    assert made.pk in linked_records_of_person(marlows.theos_father)


def test_a_father_with_children_in_two_open_families_has_one_record(marlows, stones):
    father = an_adult(stones, "Gareth", "Stone")
    made = add_known_person(by=by_both(marlows, stones), family=marlows.family, person=father, part=Part.PARENT)
    assert made == father and linked_records_of_person(father) == {father.pk}
    assert set(father.memberships.values_list("family", flat=True)) == {marlows.family.pk, stones.pk}


def by_both(marlows, stones):
    """The Marlows’ worker, who covers the other family’s team for a while."""
    give_cover(marlows.council, by=marlows.council.users.other_manager, user=marlows.worker, team=stones.team)
    return viewer(marlows.worker)


def test_two_records_of_two_circles_are_linked_and_never_merged(marlows):
    other = a_family(marlows.council, name="Stone")
    twin = a_child(other, "Rosa", last_name="Marlow", born_on=marlows.rosa.born_on)
    restrict(other, to=[marlows.council.users.team_manager])
    manager = viewer(marlows.council.users.team_manager)
    made = actions.merge(by=manager, kept=marlows.rosa, merged=twin, reason="One birth certificate")
    assert made.is_link and Person.objects.get(pk=twin.pk).merged_into_id is None
    assert linked_records_of_person(twin) == {twin.pk, marlows.rosa.pk}
    with pytest.raises(Exception, match="already linked"):
        actions.merge(by=manager, kept=marlows.rosa, merged=twin, reason="Again")
    actions.undo_merge(by=manager, merge=made, reason="Two children")
    assert linked_records_of_person(twin) == {twin.pk}


# --- What protects follows the identity ---------------------------------------------------------------------------


def test_a_refuge_of_the_restricted_family_is_withheld_from_readers_of_the_open_family(marlows, stones):
    restrict(stones)
    kept = withheld_from(marlows.family.pk, marlows.theos_father.pk)
    assert any("Refuge House" in str(one) for one in kept.protected)
    assert not any("Refuge" in one for one in kept.sources)


def test_a_death_is_written_to_every_record_no_matter_who_records_it(marlows, stones, service, by):
    restrict(stones, to=[marlows.council.users.other_worker])
    theirs = record_in(stones, marlows.mother)
    change_person(by=service, family=stones, person=theirs, died_on=TODAY, religion="buddhist")
    ours = Person.objects.get(pk=marlows.mother.pk)
    assert (ours.died_on, ours.religion) == (TODAY, "")
    change_person(by=by, family=marlows.family, person=ours, died_on=None)
    assert Person.objects.get(pk=theirs.pk).died_on is None


def test_a_baby_who_died_was_born_in_every_record_and_a_birth_alone_is_not_told(marlows, stones, service):
    add_to_family(stones, marlows.unborn, Part.CHILD)
    restrict(stones, to=[marlows.council.users.other_worker])
    theirs = record_in(stones, marlows.unborn)
    given = {"by": service, "family": stones, "first_name": "Iris", "last_name": "Quill", "sex": "F"}
    record_birth(**given, child=theirs, born_on=TODAY)
    assert Person.objects.get(pk=marlows.unborn.pk).born_on is None
    change_person(by=service, family=stones, person=Person.objects.get(pk=theirs.pk), died_on=TODAY)
    ours = Person.objects.get(pk=marlows.unborn.pk)
    assert (ours.born_on, ours.died_on, ours.expected_on, ours.first_name) == (TODAY, TODAY, None, "")


def test_parental_responsibility_counts_only_where_every_record_says_it(marlows, stones, service):
    restrict(stones, to=[marlows.council.users.other_worker])
    mine = Relationship.objects.get(adult=marlows.mother, child=marlows.rosa)
    theirs = Relationship.objects.get(adult=record_in(stones, marlows.mother), child=record_in(stones, marlows.rosa))

    def counts():
        return [row.parental_responsibility for row in where_all_agree(Relationship.objects.filter(pk=mine.pk))]

    assert counts() == [True]
    end_relationship(by=service, family=stones, relationship=theirs, to_on=TODAY)
    assert counts() == [False]
    mine.refresh_from_db()
    assert mine.parental_responsibility and mine.to_on is None  # the open record says what it said


def test_where_the_records_differ_about_the_way_it_is_not_known_until_they_agree(marlows, stones, by, service):
    restrict(stones, to=[marlows.council.users.other_worker])
    theirs = record_in(stones, marlows.mother)
    record_contact(by=by, family=marlows.family, person=marlows.mother, safe_contact=SafeContact.POST)
    assert ways_to([marlows.mother.pk]) == {marlows.mother.pk: SafeContact.UNKNOWN}
    record_contact(by=service, family=stones, person=theirs, safe_contact=SafeContact.POST)
    assert ways_to([marlows.mother.pk]) == {marlows.mother.pk: SafeContact.POST}


# --- Within a circle ----------------------------------------------------------------------------------------------


def test_relationships_are_between_records_of_one_circle(marlows, stones, service):
    restrict(stones, to=[marlows.council.users.other_worker])
    with pytest.raises(Invalid, match="not in this family"):
        record_relationship(
            by=service, family=stones, adult=marlows.mother, child=record_in(stones, marlows.rosa), kind=K.AUNT
        )
    open_ones = set(Membership.objects.filter(family__restricted=False).values_list("person", flat=True))
    for row in Relationship.objects.all():
        assert (row.child_id in open_ones) == (row.adult_id in open_ones), row


def test_a_number_is_refused_within_a_circle_and_taken_across(marlows, stones, service, by):
    restrict(stones, to=[marlows.council.users.other_worker])
    theirs = record_in(stones, marlows.rosa)
    change_person(by=service, family=stones, person=theirs, case_system_id="LA424242")
    made = change_person(by=by, family=marlows.family, person=marlows.theo, case_system_id="LA424242")
    assert made.case_system_id == "LA424242"
    with pytest.raises(Invalid, match="already recorded"):
        change_person(by=by, family=marlows.family, person=marlows.rosa, case_system_id="LA424242")


def test_each_circle_protects_a_detail_for_itself(marlows, stones, service, by):
    restrict(stones, to=[marlows.council.users.other_worker])
    why = {"source": ProtectionSource.BAIL, "reason": "He rings her", "detail": Detail.PHONE}
    record_contact(by=by, family=marlows.family, person=marlows.mother, safe_contact="unknown", phone="1")
    record_protection(by=service, family=stones, person=record_in(stones, marlows.mother), **why)
    record_protection(by=by, family=marlows.family, person=marlows.mother, **why)
    with pytest.raises(Invalid, match="already protected"):
        record_protection(by=by, family=marlows.family, person=marlows.mother, **why)


# --- Conflicts ----------------------------------------------------------------------------------------------------


def test_a_conflict_covers_at_once_every_open_family_that_shares_a_person(marlows, stones):
    chair = marlows.council.users.chair
    assert sees(chair, marlows.family) and sees(chair, stones)
    conflicts.declare_own(by=viewer(chair), whom=stones.case_number, reason="My niece")
    assert not sees(chair, marlows.family) and not sees(chair, stones)
    own = DeclaredConflict.objects.get(user=chair, family=stones)
    conflicts.end_conflict(by=viewer(marlows.council.users.service_manager), conflict=own, reason="Mistaken")
    assert sees(chair, marlows.family) and sees(chair, stones)


def test_a_conflict_covers_a_family_that_comes_to_share_a_person_later(marlows, stones):
    chair, third = marlows.council.users.chair, a_family(marlows.council, name="Third")
    father = an_adult(stones, "Gareth", "Stone")
    conflicts.declare_own(by=viewer(chair), whom=stones.case_number, reason="My niece")
    assert sees(chair, third)
    add_known_person(by=by_both(marlows, stones), family=third, person=father, part=Part.PARENT)
    assert not sees(chair, third)


def test_a_conflict_does_not_reach_through_a_restricted_family_by_itself(marlows, stones):
    restrict(stones)
    chair = marlows.council.users.chair
    conflicts.declare_own(by=viewer(chair), whom=stones.case_number, reason="My niece")
    assert sees(chair, marlows.family)


def test_the_manager_of_the_restricted_family_confirms_that_a_conflict_reaches_through_it(client, marlows, stones):
    users = marlows.council.users
    restrict(stones, to=[users.other_manager])
    conflicts.declare_own(by=viewer(users.chair), whom=stones.case_number, reason="My niece")
    client.force_login(users.other_manager)
    page = reverse("families:confirm_conflict", args=[stones.pk])
    assert client.post(page, {"user": users.chair.pk, "reason": "The same children"}).status_code == 302
    assert not sees(users.chair, marlows.family)


# --- A fact is given back -----------------------------------------------------------------------------------------


def test_the_manager_gives_a_fact_back_to_the_open_families(client, marlows, stones):
    users = marlows.council.users
    restrict(stones, to=[users.other_manager])
    refuge = refuges(record_in(stones, marlows.rosa)).get()
    client.force_login(users.other_manager)
    page = reverse("families:give_back", args=[stones.pk])
    shown = client.get(page).content.decode()
    assert "Refuge House" in shown and "Alder Lane" not in shown
    assert client.post(page, {"fact": f"address:{refuge.pk}", "reason": "Her mother asks"}).status_code == 302
    given = refuges(marlows.rosa).get()
    assert given.protections.get().from_everyone and refuges(record_in(stones, marlows.rosa)).get() == refuge
    assert f"address:{refuge.pk}" not in client.get(page).content.decode()


# --- What two records say differently -----------------------------------------------------------------------------


@pytest.fixture
def differing(marlows, stones, by):
    """The open family posts to the mother, the restricted one lets a worker hand letters over, and says that she has no
    parental responsibility for Rosa."""
    users = marlows.council.users
    restrict(stones, to=[users.other_manager, users.other_worker, users.service_manager])
    record_contact(by=by, family=marlows.family, person=marlows.mother, safe_contact=SafeContact.POST)
    theirs = Relationship.objects.get(adult=record_in(stones, marlows.mother), child=record_in(stones, marlows.rosa))
    change_relationship(by=viewer(users.other_worker), family=stones, relationship=theirs, kind=theirs.kind)
    return stones


def test_the_service_manager_settles_which_record_is_right_and_both_say_it(client, marlows, differing):
    mine = Relationship.objects.get(adult=marlows.mother, child=marlows.rosa)
    page = reverse("families:settle_difference", args=[differing.pk])
    client.force_login(marlows.council.users.service_manager)
    shown = client.get(page).content.decode()
    assert "is reached: Post" in shown and "07700 900987" not in shown
    for one in differences(differing.pk):
        answer = one.answer("there")
        assert client.post(page, {"answer": answer, "reason": "Her solicitor wrote"}).status_code == 302
    assert ways_to([marlows.mother.pk]) == {marlows.mother.pk: SafeContact.POST}
    assert [row.parental_responsibility for row in where_all_agree([mine])] == [True]
    assert differences(differing.pk) == []


def test_a_way_that_the_other_record_has_no_number_for_is_not_copied(client, marlows, differing):
    (way,) = [one for one in differences(differing.pk) if one.sort == "way"]
    client.force_login(marlows.council.users.service_manager)
    page = reverse("families:settle_difference", args=[differing.pk])
    refused = client.post(page, {"answer": way.answer("here"), "reason": "She told us"}).content.decode()
    assert "lacks what this way of reaching them needs" in refused and "She told us" in refused
    assert ways_to([marlows.mother.pk]) == {marlows.mother.pk: SafeContact.UNKNOWN}


def test_an_answer_about_a_record_that_was_changed_meanwhile_is_refused(marlows, differing, by):
    manager = viewer(marlows.council.users.service_manager)
    (way,) = [one for one in differences(differing.pk) if one.sort == "way"]
    record_contact(by=by, family=marlows.family, person=marlows.mother, safe_contact=SafeContact.UNKNOWN)
    with pytest.raises(Invalid, match="Choose which record is right"):
        restrictions.settle_difference(
            by=manager, access=the_access(differing), answer=way.answer("there"), reason="A letter"
        )


def test_a_manager_who_is_not_the_service_manager_settles_nothing(client, marlows, differing):
    client.force_login(marlows.council.users.other_manager)
    assert client.get(reverse("families:access", args=[differing.pk])).status_code == 200
    assert client.get(reverse("families:settle_difference", args=[differing.pk])).status_code in (403, 404)


def who_must_settle():
    return {owner for duty in deadlines.duties() if duty.kind == "settle_difference" for owner in duty.owners}


def test_a_difference_is_on_the_list_of_the_service_manager_until_it_is_settled(marlows, differing):
    manager = viewer(marlows.council.users.service_manager)
    assert manager.id in who_must_settle()
    for one in differences(differing.pk):
        answer = one.answer("there")
        restrictions.settle_difference(by=manager, access=the_access(differing), answer=answer, reason="A letter")
    assert who_must_settle() == set()
