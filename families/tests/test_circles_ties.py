"""What people are to each other, where only a closed family says so: it is told on no page of the open one."""

from datetime import date

import pytest
from django.urls import reverse

from cpc.core.accounts.tests.builders import TODAY, viewer
from cpc.core.kernel.refusals import Invalid
from families.overview.queries.genogram import genogram_of
from families.people.actions.people import add_person
from families.people.actions.relationships import (
    NewRelationship,
    change_partnership,
    end_relationship,
    record_partnership,
    record_relationship,
    record_ties,
    ties_between,
)
from families.people.choices import Part, PartnershipKind, RelationshipKind
from families.people.models import Partnership, Relationship
from families.people.queries import household as household_queries
from families.protections.actions.entries import record_must_not_learn
from families.protections.queries.withheld import withheld_from
from families.tests.builders import restrict
from families.tests.builders_two_families import (
    add_to_family,
    by,
    everything_shown,
    its_record,
    marlows,
    service,
    stones,
    the_day,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
__all__ = ["by", "marlows", "service", "stones", "the_day"]
K = RelationshipKind
SECRET = "Foster carer of Rosa"


@pytest.fixture
def jo(marlows, stones, by):
    """Somebody of both families, who cares for Rosa and lives with her mother, which only the other family knows."""
    jo = add_person(by=by, family=marlows.family, part=Part.OTHER, first_name="Jo", last_name="Fen", sex="F")
    add_to_family(stones, jo, Part.OTHER)
    return jo


@pytest.fixture
def tie(marlows, stones, service, jo):
    return record_relationship(
        by=service, family=stones, adult=jo, child=marlows.rosa, kind=K.CARER, main_carer=True,
        parental_responsibility=True, from_on=date(2026, 11, 3),
    )  # fmt: skip


@pytest.fixture
def couple(marlows, stones, service, jo):
    return record_partnership(
        by=service,
        family=stones,
        one=jo,
        other=marlows.mother,
        kind=PartnershipKind.PARTNERS,
        from_on=date(2026, 11, 4),
    )


def said(client, marlows, jo, family=None):
    household = household_queries.household(family or marlows.family, viewer(marlows.worker))
    drawn = str(genogram_of(household, viewer(marlows.worker)).facts)
    pages = everything_shown(client, marlows, marlows.rosa, marlows.mother, jo, family=family)
    jo = its_record(family or marlows.family, jo)
    return {
        "carer": "arer of Rosa" in pages or "Rosa" in " ".join(household.member(jo.pk).describe_relationships()),
        "couple": "Partner of" in drawn or "artners with" in pages,
        "history": "came into the child’s life" in pages,
        "responsible": "responsible_for='Rosa" in drawn.split("Jo")[1],
    }


def test_a_relationship_known_only_to_a_restricted_family_is_on_no_page_of_the_open_family(
    client, marlows, stones, jo, tie, couple
):
    assert set(said(client, marlows, jo).values()) == {True}  # both are open: it is known
    restrict(stones)
    assert set(said(client, marlows, jo).values()) == {False}
    for name, row in (("change_relationship", tie), ("end_relationship", tie), ("change_partnership", couple)):
        assert client.get(reverse(f"families:{name}", args=[marlows.family.pk, row.pk])).status_code == 404


def test_who_is_named_for_the_restricted_family_is_shown_it(client, marlows, stones, jo, tie, couple):
    restrict(stones, to=[marlows.worker])
    assert set(said(client, marlows, jo, stones).values()) == {True}


def test_a_relationship_ended_or_changed_by_the_restricted_family_is_unchanged_in_the_open_family(
    client, marlows, stones, service, by
):
    mine = Relationship.objects.get(adult=marlows.mother, child=marlows.rosa)
    end_relationship(by=service, family=stones, relationship=mine, to_on=TODAY)
    assert "Rosa" not in " ".join(
        household_queries.household(marlows.family, by).member(marlows.mother.pk).describe_relationships()
    )
    restrict(stones)
    shown = household_queries.household(marlows.family, by).member(marlows.mother.pk).describe_relationships()
    assert shown == [
        "Mother of Rosa and Theo, with parental responsibility, main carer",
        "Mother of Unborn Marlow, with parental responsibility when born, main carer",
    ]
    theirs = Relationship.objects.get(adult=its_record(stones, marlows.mother), child=its_record(stones, marlows.rosa))
    assert theirs.to_on == TODAY and theirs.pk != mine.pk
    client.force_login(marlows.worker)
    page = client.get(reverse("families:person", args=[marlows.family.pk, marlows.rosa.pk])).content.decode()
    address = reverse("families:change_relationship", args=[marlows.family.pk, mine.pk])
    assert address in page and client.get(address).status_code == 200


def test_what_only_a_restricted_family_says_of_two_is_recorded_again_without_a_word(
    marlows, stones, service, by, jo, tie, couple
):
    given = {"by": by, "family": marlows.family}
    two = {"adult": jo, "child": marlows.rosa, "kind": K.CARER, "main_carer": True}
    with pytest.raises(Invalid, match="already"):
        record_relationship(**given, **two)
    restrict(stones)
    record_relationship(**given, **two)
    record_partnership(**given, one=jo, other=marlows.mother, kind=PartnershipKind.PARTNERS)
    shown = household_queries.household(marlows.family, by)
    assert "Rosa" in " ".join(shown.member(jo.pk).describe_relationships()) and len(shown.partnerships) == 1
    with pytest.raises(Invalid, match="already"):
        record_relationship(**given, **two)
    with pytest.raises(Invalid, match="already"):
        record_partnership(**given, one=marlows.mother, other=jo, kind=PartnershipKind.PARTNERS)


def test_recording_a_relationship_never_touches_that_of_another_circle(marlows, stones, by, jo, tie):
    restrict(stones)
    shown = ties_between(marlows.family, marlows.rosa, Part.CHILD)
    assert jo.pk not in {row.adult_id for row in shown}
    ties = [NewRelationship(row.adult, row.kind, row.parental_responsibility, row.main_carer) for row in shown]
    record_ties(by=by, family=marlows.family, person=marlows.rosa, ties=ties)
    assert Relationship.objects.filter(pk=tie.pk).exists()
    record_ties(by=by, family=marlows.family, person=marlows.rosa, ties=[*ties, NewRelationship(jo, K.AUNT)])
    (now,) = Relationship.objects.filter(adult=jo, child=marlows.rosa)
    assert now.kind == K.AUNT and not now.parental_responsibility
    tie.refresh_from_db()
    assert (tie.kind, tie.parental_responsibility, tie.to_on) == (K.CARER, True, None)
    assert (tie.adult, tie.child) == (its_record(stones, jo), its_record(stones, marlows.rosa))


def test_a_couple_that_a_restricted_family_parted_is_one_in_the_open_one(marlows, stones, service, by):
    row = record_partnership(
        by=by, family=marlows.family, one=marlows.mother, other=marlows.theos_father, kind=PartnershipKind.PARTNERS
    )
    add_to_family(stones, marlows.theos_father, Part.PARENT)
    change_partnership(by=service, family=stones, partnership=row, kind=PartnershipKind.SEPARATED, to_on=TODAY)
    restrict(stones)
    (shown,) = household_queries.household(marlows.family, by).partnerships
    assert (shown.kind, shown.to_on) == (PartnershipKind.PARTNERS, None)
    theirs = Partnership.objects.get(one=its_record(stones, marlows.mother))
    assert theirs.kind == PartnershipKind.SEPARATED and theirs.to_on == TODAY
    assert Partnership.objects.get(pk=row.pk).to_on is None


def test_what_follows_from_a_hidden_relationship_is_still_withheld(marlows, stones, service, jo, tie):
    record_must_not_learn(
        by=service, family=stones, reader=jo, about=marlows.rosa, what="existence", source="judgement", reason="So"
    )
    before = withheld_from(marlows.family.pk, jo.pk)
    restrict(stones)
    now = withheld_from(marlows.family.pk, jo.pk).people
    assert now >= before.people >= {marlows.rosa.pk} and its_record(stones, marlows.rosa).pk in now
