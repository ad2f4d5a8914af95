"""Two records of one person are made one and two again: what is read, what is refused, and that nothing is lost."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cpc.core.accounts.permissions import can_see
from cpc.core.accounts.tests.builders import a_council, setting_up, viewer
from cpc.core.audit.records import Versioned
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from cpc.tests.examples import examples
from families.finding import actions, rules
from families.people.actions.contact import record_address
from families.people.actions.involvement import record_involvement
from families.people.actions.people import change_person, remove_person
from families.people.choices import Part, RelationshipKind
from families.people.models import Merge, Person
from families.people.queries.duplicates import possible_duplicates
from families.people.queries.household import children_of, household, living_in
from families.people.queries.merged_records import records_of_person, same_person
from families.people.queries.search import search
from families.protections.queries.withheld import withheld_from
from families.tests.builders import a_child, a_family, an_adult, restrict, the_marlows

pytestmark = pytest.mark.django_db
NOT_COMPARED = {"people_merge"}


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def manager(marlows):
    return viewer(marlows.council.users.service_manager)


@pytest.fixture
def stones(marlows):
    """Another team's family, in which Rosa was recorded once more, with her mother."""
    family = a_family(marlows.council, name="Stone", worker=marlows.council.users.other_worker)
    rosie = a_child(family, "Rosie", last_name="Stone", born_on=date(2018, 5, 14))
    annie = an_adult(family, "Annie", "Stone", ties=[(rosie, RelationshipKind.MOTHER, True, False)])
    return {"family": family, "rosie": rosie, "annie": annie}


def merge(by, kept, merged, **more):
    return actions.merge(by=by, kept=kept, merged=merged, reason="The same birth certificate", **more)


def everything():
    """Every row of every record of ours, but the trail and the merges themselves."""
    rows = {}
    for model in apps.get_models():
        table = model._meta.db_table
        ours = model.__module__.split(".")[0] in ("families", "conferences", "reports")
        if ours and not hasattr(model, "pgh_tracked_model") and table not in NOT_COMPARED:
            with connection.cursor() as cursor:
                # A row that changed and changed back has been saved twice since.
                said = "to_jsonb(t) - 'version'" if issubclass(model, Versioned) else "t"
                cursor.execute(f'SELECT ({said})::text FROM "{table}" t')
                rows[table] = sorted(row[0] for row in cursor.fetchall())
    return rows


def test_merged_records_are_one_person_in_both_families(marlows, manager, stones):
    merge(manager, marlows.rosa, stones["rosie"])
    merge(manager, marlows.mother, stones["annie"])
    there = household(stones["family"], viewer(stones["family"].social_worker))
    assert [member.person for member in there.children] == [marlows.rosa]
    assert [member.person for member in there.adults] == [marlows.mother]
    assert there.adults[0].describe_relationships() == ["Mother of Rosa, with parental responsibility, main carer"]
    assert children_of(stones["family"]) == [marlows.rosa]
    assert living_in(stones["family"]) >= {marlows.rosa.pk, marlows.mother.pk}


def test_two_records_in_one_family_are_shown_once_with_the_ties_of_both(marlows, manager):
    again = a_child(marlows.family, "Rosi", born_on=date(2018, 5, 14))
    aunt = an_adult(marlows.family, "Bea", part=Part.RELATIVE, ties=[(again, RelationshipKind.AUNT)])
    merge(manager, marlows.rosa, again)
    children = household(marlows.family, viewer(marlows.worker)).children
    assert [member.person for member in children] == [marlows.rosa, marlows.theo, marlows.unborn]
    assert aunt.pk in {tie.adult_id for tie in children[0].ties}


def test_search_finds_the_kept_person_by_the_merged_name(marlows, manager, stones):
    merge(manager, marlows.rosa, stones["rosie"])
    for who in (marlows.worker, marlows.council.users.other_worker):
        hits = search(viewer(who), "rosie stone").people
        assert [hit.person for hit in hits] == [marlows.rosa]
        assert hits[0].why == ("also recorded as Rosie Stone",)
        assert len(hits[0].families) == 1
    both = search(manager, "rosa marlow").people[0]
    assert {row.family.name for row in both.families} == {"Marlow", "Stone"}


def test_the_names_of_a_merged_record_of_a_restricted_family_stay_unknown_to_the_others(marlows, manager, stones):
    merge(manager, marlows.rosa, stones["rosie"])
    assert [hit.person for hit in search(viewer(marlows.worker), "stone").people] == [marlows.rosa]
    restrict(stones["family"])
    assert not search(viewer(marlows.worker), "stone").people
    found = search(viewer(marlows.worker), "rosa marlow").people
    assert [row.family.name for row in found[0].families] == ["Marlow"]


def test_who_sees_the_merged_record_sees_the_kept_one_and_may_write_of_it(marlows, manager, stones):
    other = viewer(marlows.council.users.other_worker)
    assert not can_see(other, marlows.rosa)
    merge(manager, marlows.rosa, stones["rosie"])
    assert can_see(other, marlows.rosa)
    change_person(by=other, family=stones["family"], person=marlows.rosa, pronouns="she")
    record_involvement(
        by=other, family=stones["family"], children=[marlows.rosa], agency=marlows.council.agencies.gp,
        from_on=date(2026, 11, 3),
    )  # fmt: skip


def test_what_keeps_from_the_merged_record_keeps_from_the_kept_one(marlows, manager, stones):
    """Both fathers of one name: the second record of Dan must not meet Lewis and learns no more than Dan."""
    other = viewer(marlows.council.users.other_worker)
    daniel = an_adult(stones["family"], "Daniel", "Price", ties=[(stones["rosie"], RelationshipKind.FATHER)])
    record_address(
        by=other, family=stones["family"], person=stones["annie"], lines="Refuge House\nEastwick", postcode="ZZ7 7ZZ",
        is_protected=True,
    )  # fmt: skip
    before = withheld_from(marlows.family.pk, marlows.rosas_father.pk)
    assert "Refuge House" not in str(before.protected)
    merge(manager, marlows.mother, stones["annie"])
    merge(manager, marlows.rosas_father, daniel)
    for reader in (marlows.rosas_father.pk, daniel.pk):
        assert "Refuge House" in str(withheld_from(marlows.family.pk, reader).protected)


def test_chains_are_followed_to_the_end_and_undone_in_any_order(marlows, manager):
    family = a_family(marlows.council, name="Reed")
    a, b, c = (a_child(family, f"Ivy{name}", born_on=date(2019, 1, 1)) for name in ("a", "b", "c"))
    first = merge(manager, b, a)
    second = merge(manager, c, b)
    assert same_person([a.pk, b.pk, c.pk]) == dict.fromkeys([a.pk, b.pk, c.pk], c.pk)
    assert records_of_person(a) == {a.pk, b.pk, c.pk}
    with pytest.raises(WrongState):
        merge(manager, a, c)
    actions.undo_merge(by=manager, merge=second, reason="Not the same")
    assert same_person([a.pk, b.pk, c.pk]) == {a.pk: b.pk, b.pk: b.pk, c.pk: c.pk}
    second = merge(manager, c, a)  # a stands for b: it is b that is merged
    assert (second.kept, second.merged) == (c, b)
    actions.undo_merge(by=manager, merge=first, reason="Not the same")
    assert same_person([a.pk, b.pk, c.pk]) == {a.pk: a.pk, b.pk: c.pk, c.pk: c.pk}
    with pytest.raises(WrongState):
        actions.undo_merge(by=manager, merge=first, reason="Again")


def test_an_undone_merge_leaves_everything_exactly_as_it_was(marlows, manager, stones):
    before = everything()
    done = [merge(manager, marlows.rosa, stones["rosie"]), merge(manager, marlows.mother, stones["annie"])]
    assert everything() != before
    for one in done:
        actions.undo_merge(by=manager, merge=one, reason="Two girls of one name")
    assert everything() == before
    assert Merge.objects.filter(undone_at__isnull=False).count() == 2


def test_what_cannot_be_one_person_is_refused(marlows, manager, stones):
    def refused(kept, merged, **more):
        with pytest.raises(Invalid) as error:
            merge(manager, kept, merged, **more)
        return error.value.sentence

    assert "relative" in refused(marlows.rosa, marlows.mother)
    assert "must not meet" in refused(marlows.rosas_father, marlows.theos_father)
    with setting_up():
        Person.objects.filter(pk=marlows.rosa.pk).update(nhs_number="9434765919")
        Person.objects.filter(pk=stones["rosie"].pk).update(nhs_number="9434765870")
    assert "numbers differ" in refused(marlows.rosa, stones["rosie"])
    assert merge(manager, marlows.rosa, stones["rosie"], confirmed=True).pk
    with pytest.raises(Invalid):
        actions.merge(by=manager, kept=marlows.mother, merged=stones["annie"], reason=" ")


def test_only_managers_who_may_see_both_records_merge_them(marlows, stones):
    users = marlows.council.users
    with pytest.raises(NotPermitted):
        merge(viewer(users.team_manager), marlows.rosa, stones["rosie"])
    with pytest.raises(NotPermitted):
        merge(viewer(marlows.worker), marlows.rosa, stones["rosie"])
    restrict(stones["family"])
    with pytest.raises(NotPermitted):
        merge(viewer(users.service_manager), marlows.rosa, stones["rosie"])


def test_a_pair_is_shown_until_it_is_merged_or_settled_and_again_after_an_undo(marlows, manager, stones):
    with setting_up():
        from families.people.models import PossibleDuplicate

        pair, _ = PossibleDuplicate.objects.get_or_create(
            one=marlows.rosa, other=stones["rosie"], defaults={"noticed_on": date(2026, 11, 20)}
        )
    done = merge(manager, marlows.rosa, stones["rosie"])
    assert pair not in possible_duplicates(manager)
    actions.undo_merge(by=manager, merge=done, reason="Cousins")
    assert pair in possible_duplicates(manager)
    actions.settle_duplicate(by=manager, pair=pair, reason="Cousins")
    assert pair not in possible_duplicates(manager)


def test_one_of_two_merged_records_is_not_taken_out_before_the_merge_is_undone(marlows, manager, stones):
    merge(manager, marlows.rosa, stones["rosie"])
    other = viewer(marlows.council.users.other_worker)
    with pytest.raises(Invalid, match="undo the merge first"):
        remove_person(by=other, family=stones["family"], person=marlows.rosa, reason="Twice")


@given(st.dictionaries(st.integers(1, 9), st.integers(1, 9)), st.integers(1, 9))
def test_the_end_of_any_steps_is_reached(steps, pk):
    rules.end_of(pk, steps)


class TestAnyOrder(TestCase):
    """Whatever is merged and undone, in any order: in the end all stand for themselves, and never is there a chain."""

    @settings(max_examples=examples(12), suppress_health_check=list(HealthCheck))
    @given(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=6),
        st.randoms(use_true_random=False),
    )
    def test_any_order(self, wanted, random):
        council = a_council()
        by = viewer(council.users.service_manager)
        family = a_family(council, name="Reed")
        people = [a_child(family, f"Child{number}", born_on=date(2019, 1, 1)) for number in range(5)]
        before = everything()
        made = []
        for kept, merged in wanted:
            try:
                made.append(merge(by, people[kept], people[merged]))
            except WrongState:
                continue
            ends = dict(Person.objects.values_list("pk", "merged_into"))
            assert all(ends[end] is None for end in ends.values() if end)
            assert len(household(family, viewer(family.social_worker)).children) == 5 - len(made)
        random.shuffle(made)
        for one in made:
            actions.undo_merge(by=by, merge=one, reason="Not one")
        assert everything() == before
