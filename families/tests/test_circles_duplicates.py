"""A person who merges two records, or says who lives where, is told nothing of them that only a closed family says."""

import pytest
from django.urls import reverse

from cpc.core.accounts.tests.builders import last_event, setting_up, viewer
from cpc.core.kernel.refusals import Invalid
from families.finding.actions import merge
from families.finding.deadlines import duties
from families.people.actions.contact import record_contact
from families.people.actions.households import move_in
from families.people.actions.names import change_name
from families.people.actions.people import change_person, remove_person
from families.people.actions.relationships import record_relationship
from families.people.choices import Part
from families.people.models import Household, Person, PossibleDuplicate
from families.protections.actions.no_contact import record_must_not_meet
from families.tests.builders import an_adult, restrict
from families.tests.builders_two_families import add_to_family, by, marlows, service, stones, the_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
__all__ = ["by", "marlows", "service", "stones", "the_day"]
SECRET = ("Ruby", "Quill", "Zelda", "9434765919")


@pytest.fixture
def manager(marlows):
    return viewer(marlows.council.users.team_manager)


@pytest.fixture
def jean(marlows):
    """Somebody who may be Jean, recorded a second time in the open family."""
    return an_adult(marlows.family, "Jeanie", part=Part.RELATIVE)


@pytest.fixture
def renamed(marlows, stones, service):
    """Jean, as the other family has called her since she is in it."""
    add_to_family(stones, marlows.grandmother, Part.GRANDPARENT)
    given = {"by": service, "family": stones, "person": marlows.grandmother}
    change_name(**given, first_name="Ruby", last_name="Quill", known_as="Zelda")
    change_person(**given, nhs_number="9434765919")
    return Person.objects.get(pk=marlows.grandmother.pk)


@pytest.fixture
def pair(renamed, jean):
    with setting_up():
        return PossibleDuplicate.objects.create(one=renamed, other=jean, noticed_on="2026-11-20")


def told(client, manager_user, *addresses):
    client.force_login(manager_user)
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    text = "".join(answer.content.decode() for answer in answers)
    return [word for word in SECRET if word in text]


def test_no_page_of_merging_calls_somebody_as_only_a_restricted_family_does(
    client, marlows, stones, renamed, jean, pair, manager
):
    merged = merge(by=manager, kept=marlows.mother, merged=an_adult(marlows.family, "Ann"), reason="Her passport")
    change_name(
        by=viewer(marlows.council.users.other_worker), family=stones, person=marlows.mother, first_name="Ruby",
        last_name="Quill",
    )  # fmt: skip
    user = marlows.council.users.team_manager
    pages = [reverse("families:duplicates"), reverse("families:undo_merge", args=[merged.pk])]
    pages += [reverse("families:two_people", args=[pair.pk]), reverse("families:merge", args=[renamed.pk, jean.pk])]
    assert [told(client, user, page) == [] for page in pages] == [False] * 4
    assert "Ruby Quill" in str(duties())
    restrict(stones)
    assert told(client, user, *pages) == []
    assert "Ruby Quill" not in str(duties())
    said = client.post(pages[1], {"reason": "Two people"}, follow=True).content.decode()
    assert "Undone. Anna Marlow and Ann Marlow are two people again." in said


def test_a_number_that_only_a_restricted_family_gave_is_not_asked_about_when_two_are_merged(
    marlows, stones, renamed, jean, manager, by
):
    change_person(by=by, family=marlows.family, person=jean, nhs_number="4010232137")
    with pytest.raises(Invalid, match="numbers differ"):
        merge(by=manager, kept=renamed, merged=jean, reason="Her passport")
    restrict(stones)
    merge(by=manager, kept=renamed, merged=jean, reason="Her passport")
    assert Person.objects.get(pk=jean.pk).merged_into_id == renamed.pk


def they_must_not_meet(stones, service, one, other):
    add_to_family(stones, other, Part.RELATIVE)
    record_must_not_meet(by=service, family=stones, one=one, other=other, source="judgement", reason="A witness")


def they_are_reached_differently(stones, service, one, other):
    record_contact(by=service, family=stones, person=one, safe_contact="phone", phone="07700 900987")


def one_is_a_child_where_the_other_is_an_adult(stones, service, one, other):
    add_to_family(stones, other, Part.CHILD)


@pytest.mark.parametrize(
    ("record", "says"),
    [
        (they_must_not_meet, "must not meet"),
        (they_are_reached_differently, "may safely be reached"),
        (one_is_a_child_where_the_other_is_an_adult, "is a child of a family"),
    ],
)
def test_why_two_are_never_one_is_not_told_where_only_a_restricted_family_says_it(
    marlows, stones, renamed, jean, manager, service, record, says
):
    record(stones, service, renamed, jean)

    def why():
        with pytest.raises(Invalid) as refused:
            merge(by=manager, kept=jean, merged=renamed, reason="Her passport", confirmed=True)
        return refused.value.sentence

    assert says in why()
    restrict(stones)
    assert why() == "These two cannot be made one person here. Ask the conference service manager"


def test_the_page_of_homes_calls_nobody_as_only_a_restricted_family_does(client, marlows, stones, service):
    change_name(by=service, family=stones, person=marlows.rosa, first_name="Ruby", last_name="Quill")
    page = reverse("families:households", args=[marlows.family.pk])
    assert told(client, marlows.worker, page) == ["Ruby", "Quill"]
    restrict(stones)
    assert told(client, marlows.worker, page) == []


def test_no_refusal_calls_somebody_as_only_a_restricted_family_does(marlows, stones, renamed, by):
    family, home = marlows.family, Household.objects.get(family=marlows.family, is_main=True)
    one = {"by": by, "family": family}
    move_in(**one, household=home, people=[renamed])
    tie = {**one, "adult": renamed, "child": marlows.theo, "kind": "grandparent"}

    def refused(act, **how):
        with pytest.raises(Invalid) as caught:
            act(**how)
        return str(caught.value)

    def said():
        person = Person.objects.get(pk=renamed.pk)
        return [
            refused(move_in, **one, household=home, people=[person]),
            refused(record_relationship, **tie | {"adult": person}),
        ]

    assert all("Ruby" in sentence for sentence in said()), said()
    restrict(stones)
    assert not any(word in sentence for sentence in said() for word in SECRET), said()
    assert all("Jean" in sentence for sentence in said())
    remove_person(**one, person=Person.objects.get(pk=renamed.pk), reason="A mistake")
    assert last_event().details["removed"] == "Jean Marlow"
