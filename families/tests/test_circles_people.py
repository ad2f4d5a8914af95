"""Who somebody is, where a closed family wrote it: the open family shows what it knew, fact by fact, and a death."""

from datetime import date

import pytest
from django.urls import reverse

from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.kernel.refusals import Invalid
from families.finding.actions import merge
from families.overview.queries.whiteboard import sheet_for
from families.people.actions.names import change_name
from families.people.actions.people import change_person, record_birth
from families.people.choices import Part
from families.people.models import Membership, Person
from families.people.queries.duplicates import likely_duplicates
from families.people.queries.household import household
from families.people.queries.search import search
from families.tests.builders import a_child, a_family, restrict
from families.tests.builders_two_families import by, everything_shown, its_record, marlows, service, stones, the_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
__all__ = ["by", "marlows", "service", "stones", "the_day"]


@pytest.fixture
def changed(marlows, stones, service):
    """What the other family has written of the people of both since they are in it."""
    given = {"by": service, "family": stones}
    change_name(**given, person=marlows.rosa, first_name="Ruby", last_name="Quill", known_as="Zelda")
    change_person(**given, person=marlows.rosa, pronouns="xe/xem", born_on=date(2018, 7, 9))
    change_person(**given, person=marlows.rosa, religion="buddhist", ethnicity="AIND", upn="A123456789012")
    change_person(
        **given, person=marlows.mother, first_language="Basque", interpreter_needed=True, access_needs="A wide door",
    )  # fmt: skip
    return ("Ruby", "Quill", "Zelda", "xe/xem", "9 July 2018", "Buddhist", "Indian", "A123456789012", "Basque",
            "A wide door")  # fmt: skip


PAGES = ("change_person", "change_name", "change_identity", "change_needs", "change_numbers", "ties")


def all_pages(client, marlows, *people, family=None):
    found, family = everything_shown(client, marlows, *people, family=family), family or marlows.family
    for person in people:
        addresses = [reverse(f"families:{name}", args=[family.pk, its_record(family, person).pk]) for name in PAGES]
        answers = [client.get(address) for address in (*addresses, reverse("families:list"))]
        assert {answer.status_code for answer in answers} == {200}
        found += "".join(answer.content.decode() for answer in answers)
    return found


def test_personal_facts_written_by_a_restricted_family_are_on_no_page_of_the_open_family(
    client, marlows, stones, changed
):
    people = [marlows.rosa, marlows.mother]
    shown = all_pages(client, marlows, *people)
    assert [words for words in changed if words not in shown] == []  # both are open: it is known
    restrict(stones)
    shown = _said(client, marlows, *people)
    assert [words for words in changed if words in shown] == []
    assert "Rosa" in shown and "14 May 2018" in shown and "English" in shown


def _said(client, marlows, *people):
    """Without the lists of choices, which hold every religion."""
    shown = everything_shown(client, marlows, *people)
    for person in people:
        for name in ("change_person", "change_name", "change_numbers"):
            shown += client.get(reverse(f"families:{name}", args=[marlows.family.pk, person.pk])).content.decode()
    return shown + client.get(reverse("families:list")).content.decode()


def test_who_is_named_for_the_restricted_family_is_shown_who_they_are(client, marlows, stones, changed):
    restrict(stones, to=[marlows.worker])
    shown = all_pages(client, marlows, marlows.rosa, marlows.mother, family=stones)
    assert [words for words in changed if words not in shown] == []


def test_nor_does_the_sheet_on_the_wall_or_the_search_tell_it(marlows, stones, changed, by):
    def found(typed):
        return [(hit.person.full_name, hit.person.known_as) for hit in search(by, typed).people]

    assert found("Zelda") == [("Ruby Quill", "Zelda")] and found("A123456789012") == [("Ruby Quill", "Zelda")]
    restrict(stones)
    for typed in ("Zelda", "Quill", "Ruby", "A123456789012", "9.7.2018"):
        assert not [name for name in found(typed) if name == ("Rosa Marlow", "")], typed
    assert found("Anna Marlow A123456789012") == found("Anna Marlow Z999999999999")
    sheet = str(sheet_for(household(marlows.family, by), by).picture)
    assert "Quill" not in sheet and "Rosa Marlow" in sheet
    alike = {"first_name": "Ruby", "last_name": "Quill", "born_on": date(2018, 7, 9)}
    assert likely_duplicates(by, **alike) == []


def test_a_fact_that_the_open_family_writes_afterwards_is_shown_with_no_other(marlows, stones, changed, by):
    restrict(stones)
    change_person(by=by, family=marlows.family, person=marlows.rosa, sex="F", pronouns="she/her")
    rosa = Person.objects.get(pk=marlows.rosa.pk)
    assert (rosa.pronouns, rosa.religion, rosa.known_as, rosa.born_on) == ("she/her", "", "", date(2018, 5, 14))


def test_saving_a_page_that_shows_less_undoes_nothing_that_it_did_not_show(client, marlows, stones, changed):
    restrict(stones)
    client.force_login(marlows.worker)
    for name, more in (("change_person", {"pronouns": "she/her"}), ("change_name", {"known_as": "Rosie"})):
        address = reverse(f"families:{name}", args=[marlows.family.pk, marlows.rosa.pk])
        form = client.get(address).context["form"]
        sent = {field.name: field.value() or "" for field in form}
        if born := sent.pop("born_on", None):
            sent |= {"born_on_day": born.day, "born_on_month": born.month, "born_on_year": born.year}
        answer = client.post(address, sent | more | ({"has_changed": "no"} if name == "change_name" else {}))
        assert answer.status_code == 302, answer.context["form"].errors
    ours, theirs = Person.objects.get(pk=marlows.rosa.pk), its_record(stones, marlows.rosa)
    said = (theirs.first_name, theirs.last_name, theirs.born_on, theirs.religion)
    assert said == ("Ruby", "Quill", date(2018, 7, 9), "buddhist")
    assert (ours.pronouns, ours.known_as) == ("she/her", "Rosie") and theirs.pronouns == "xe/xem"


def test_what_the_open_family_writes_that_the_restricted_one_wrote_too_is_shown_from_then_on(
    marlows, stones, changed, by
):
    restrict(stones)
    change_person(by=by, family=marlows.family, person=marlows.rosa, religion="buddhist")
    rosa = Person.objects.get(pk=marlows.rosa.pk)
    assert (rosa.religion, rosa.ethnicity) == ("buddhist", "")


def test_a_birth_that_only_a_restricted_family_recorded_is_recorded_again_without_a_word(
    client, marlows, stones, service, by
):
    with setting_up():
        Membership.objects.create(family=stones, person=marlows.unborn, part=Part.CHILD)
    given = {"child": marlows.unborn, "last_name": "Quill", "sex": "F"}
    record_birth(by=service, family=stones, **given, born_on=TODAY, first_name="Iris")
    restrict(stones, to=[marlows.council.users.other_worker])
    assert "Iris" not in everything_shown(client, marlows, marlows.rosa)
    page = client.get(reverse("families:birth", args=[marlows.family.pk, marlows.unborn.pk]))
    assert page.status_code == 200
    change_person(by=by, family=marlows.family, person=marlows.unborn, expected_on=date(2026, 12, 20))
    born = date(2026, 11, 9)
    made = record_birth(by=by, family=marlows.family, **given | {"last_name": "Marlow"}, born_on=born,
                                first_name="Baby")  # fmt: skip
    shown = Person.objects.get(pk=made.pk)
    assert (shown.full_name, shown.born_on, shown.expected_on) == ("Baby Marlow", born, None)
    theirs = its_record(stones, made)
    assert (theirs.full_name, theirs.born_on) == ("Iris Quill", TODAY)


def test_a_death_is_told_no_matter_who_recorded_it(client, marlows, stones, service, by):
    """Who is not told goes on to ring, to visit and to invite; and letters stop for the dead in any case."""
    change_person(by=service, family=stones, person=marlows.mother, died_on=TODAY, religion="buddhist")
    restrict(stones)
    shown = household(marlows.family, by).member(marlows.mother.pk).person
    assert shown.died_on == TODAY and shown.religion == ""
    assert "Died on" in everything_shown(client, marlows, marlows.mother)


def test_of_a_baby_who_died_the_birth_is_told_too(marlows, stones, service, by):
    with setting_up():
        Membership.objects.create(family=stones, person=marlows.unborn, part=Part.CHILD)
    record_birth(
        by=service, family=stones, child=marlows.unborn, born_on=TODAY, died_on=TODAY, first_name="Iris",
        last_name="Quill", sex="F",
    )  # fmt: skip
    restrict(stones)
    shown = household(marlows.family, by).member(marlows.unborn.pk).person
    assert (shown.born_on, shown.died_on, shown.expected_on, shown.first_name) == (TODAY, TODAY, None, "")


def test_a_number_that_only_a_restricted_family_recorded_is_taken_without_a_word(marlows, stones, service, by):
    change_person(by=service, family=stones, person=marlows.rosa, case_system_id="LA424242")
    given = {"by": by, "family": marlows.family, "person": marlows.theo, "case_system_id": "LA424242"}
    with pytest.raises(Invalid, match="already recorded"):
        change_person(**given)
    restrict(stones)
    assert change_person(**given).case_system_id == "LA424242"


def test_of_two_merged_records_the_open_family_shows_what_its_own_says(client, marlows, by):
    council = marlows.council
    stone = a_family(council, name="Stone", worker=council.users.other_worker)
    rosie = a_child(stone, "Rosie", last_name="Stone", born_on=date(2018, 5, 14), religion="buddhist")
    merge(by=viewer(council.users.service_manager), kept=rosie, merged=marlows.rosa, reason="One certificate")
    assert "Rosie Stone" in [person.full_name for person in household(marlows.family, by).people]
    restrict(stone)
    (shown,) = [one for one in household(marlows.family, by).people if one.pk == rosie.pk]
    assert (shown.full_name, shown.religion) == ("Rosa Marlow", "")
    assert "Rosie" not in everything_shown(client, marlows_of(marlows, rosie), rosie)
    change_person(by=by, family=marlows.family, person=rosie, pronouns="she/her")
    (shown,) = [one for one in household(marlows.family, by).people if one.pk == rosie.pk]
    assert (shown.full_name, shown.pronouns) == ("Rosa Marlow", "she/her")
    theirs = its_record(stone, rosie)
    assert (theirs.full_name, theirs.religion, theirs.pronouns) == ("Rosie Stone", "buddhist", "")


def marlows_of(marlows, rosa):
    marlows.rosa = rosa
    return marlows


def test_a_person_in_no_closed_family_costs_no_more_queries(marlows, by, django_assert_num_queries):
    with django_assert_num_queries(4):
        assert household(marlows.family, by).member(marlows.rosa.pk)
