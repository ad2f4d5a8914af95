"""What a file says of a family that is closed to its importer: not written, not betrayed, given to those who
may see it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cpc.core.accounts.tests.builders import TODAY, a_council, setting_up, viewer
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import NotPermitted
from cpc.imports import actions
from cpc.imports.choices import ImportState
from cpc.imports.models import Import, SetAside
from cpc.imports.queries import set_aside_for
from cpc.imports.tests.made import census, families
from cpc.imports.tests.test_imports import bring, everything, load
from families.cases.models import AccessGrant, DeclaredConflict, Family
from families.people.models import Membership, Person

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.fixture
def council():
    return a_council()


def restrict(council, number, *named):
    """The family is restricted; these people are named for it."""
    with setting_up():
        family = Family.objects.get(case_number=number)
        family.restricted = True
        family.save()
        for user in named:
            AccessGrant.objects.create(
                family=family, user=user, granted_by=council.users.team_manager, from_on=TODAY,
                until_on=TODAY + timedelta(days=90), reason="Test",
            )  # fmt: skip
    return family


def a_restricted_family(council, *named):
    """IM00000, recorded by hand and never by an import: Ada Ashdown, with a number, a UPN and an NHS number."""
    with setting_up():
        family = Family.objects.create(
            name="Ashdown", case_number="IM00000", team=council.team, opened_on=date(2026, 2, 2)
        )
        ada = Person.objects.create(
            first_name="Ada", last_name="Ashdown", born_on=date(2011, 1, 1), case_system_id="C000000",
            nhs_number="9434765919",
        )  # fmt: skip
        Membership.objects.create(family=family, person=ada, part="child")
    restrict(council, "IM00000", *named)
    return family


def told(run):
    """All that the page shows of the import."""
    return (run.state, run.faults, run.notes, run.counts, run.why_failed)


def without_a_record(rows):
    """The same file where nobody has any of its numbers."""
    for row in rows["people"]:
        row["family_number"] = row["family_number"].replace("IM", "ZZ")
        row["person_id"] = row["person_id"].replace("C", "Z").replace("M", "N")
        if row.get("relationship_to"):
            row["relationship_to"] = row["relationship_to"].replace("C", "Z")
    for name in ("plans", "events"):
        for row in rows[name]:
            row["person_id"] = row["person_id"].replace("C", "Z")
    for row in rows["meetings"]:
        row["family_number"] = row["family_number"].replace("IM", "ZZ")
    return rows


def test_a_restricted_family_is_neither_changed_nor_betrayed_by_an_import(council):
    a_restricted_family(council, council.users.social_worker)
    before = everything()
    checked = bring(council, families(1))
    checked_told = told(checked)
    run = load(council, checked)
    assert run.state == ImportState.LOADED
    assert everything() == before
    nobodys = bring(council, without_a_record(families(1)))
    assert checked_told == told(nobodys)
    assert told(run) == told(load(council, nobodys))
    assert everything() != before


def test_the_number_of_a_restricted_child_is_taken_for_another_family_as_one_that_nobody_has(council):
    a_restricted_family(council, council.users.social_worker)
    rows = families(1, children=1)
    for row in rows["people"]:
        row["family_number"] = "IM00009"
    rows["people"][0]["nhs_number"] = "9434765919"
    rows["meetings"] = []
    run = load(council, bring(council, rows))
    assert (run.state, run.faults) == (ImportState.LOADED, [])
    assert Person.objects.filter(case_system_id="C000000").count() == 2
    assert not SetAside.objects.exists()


def test_rows_about_a_restricted_childs_number_alone_are_refused_as_for_a_number_that_nobody_has(council):
    a_restricted_family(council, council.users.social_worker)
    said = {}
    for number in ("C000000", "NOBODY0"):
        probe = {
            "plans": [{"person_id": number, "started_on": "12/11/2026", "initial_category": "NEG", "category": "NEG"}],
            "events": [{"person_id": number, "kind": "visit", "happened_on": "16/11/2026"}],
            "meetings": [{"family_number": "IM00000" if number[0] == "C" else "IM99999", "kind": "core_group",
                          "on": "30/11/2026", "starts": "10:00", "place": "School"}],
        }  # fmt: skip
        said[number] = [fault[4] for fault in bring(council, probe).faults]
    assert said["C000000"] == said["NOBODY0"] != []


def test_a_census_file_says_of_a_restricted_child_what_it_says_of_a_stranger(council):
    a_restricted_family(council, council.users.social_worker)
    said = []
    for number in ("C000000", "NOBODY0"):
        run = bring(council, census({"LAchildID": number, "PersonBirthDate": "2011-01-02"}), "census.xml")
        said.append((run.state, run.counts, [note[3].replace(number, "") for note in run.notes]))
    assert said[0] == said[1]


def test_a_family_restricted_after_it_was_brought_in_is_answered_as_before_and_not_changed(council):
    rows = families(1)
    load(council, bring(council, rows))
    open_answer = told(load(council, bring(council, rows)))
    restrict(council, "IM00000", council.users.social_worker)
    before = everything()
    assert told(load(council, bring(council, rows))) == open_answer
    assert everything() == before
    for name in ("plans", "events", "meetings"):
        run = bring(council, {name: rows[name]})
        assert (run.state, run.faults) == (ImportState.READY, [])
    child = census({"LAchildID": "C000000", "PersonBirthDate": "2011-01-01"})
    assert bring(council, child, "census.xml").counts["matched"] == 1


def test_the_same_file_twice_is_answered_alike_where_the_first_was_set_aside(council):
    a_restricted_family(council, council.users.social_worker)
    first = families(1)
    load(council, bring(council, first))
    actions.settle(by=viewer(council.users.social_worker), aside=SetAside.objects.get())
    again = load(council, bring(council, families(1)))
    load(council, bring(council, without_a_record(families(1))))
    other = load(council, bring(council, without_a_record(families(1))))
    assert {key: count for key, count in again.counts.items() if count} == {
        key: count for key, count in other.counts.items() if count
    }


def test_what_was_set_aside_is_given_to_those_named_and_to_nobody_else(council):
    family = a_restricted_family(council, council.users.social_worker)
    rows = families(1)
    rows["people"][0]["known_as"] = "Addie"
    load(council, bring(council, rows))
    [aside] = set_aside_for(viewer(council.users.social_worker))
    assert aside.family == family
    assert any(said.get("known_as") == "Addie" for _, _, said in aside.rows)
    assert {sheet for sheet, _, _ in aside.rows} == {"people", "plans", "events", "meetings"}
    for role in ("system_administrator", "team_manager", "chair", "administrator", "service_manager"):
        assert list(set_aside_for(viewer(getattr(council.users, role)))) == [], role
    [message] = Outgoing.objects.filter(purpose="set_aside")
    assert message.to_address == council.users.social_worker.email
    for fact in ("Ada", "Ashdown", "IM00000", "C000000"):
        assert fact not in message.subject + message.body
    with pytest.raises(NotPermitted):
        actions.settle(by=viewer(council.users.team_manager), aside=aside)
    actions.settle(by=viewer(council.users.social_worker), aside=aside)
    aside.refresh_from_db()
    assert "Addie" not in str(aside.rows)
    assert list(set_aside_for(viewer(council.users.social_worker))) == []


def test_what_was_set_aside_is_read_in_the_order_and_the_writing_of_the_template(council):
    a_restricted_family(council, council.users.social_worker)
    load(council, bring(council, families(1)))
    [aside] = set_aside_for(viewer(council.users.social_worker))
    read = {sheet: dict(said) for sheet, _, said in reversed(aside.in_order)}
    assert list(read["people"])[:4] == ["family number", "family name", "team", "opened on"]
    assert (read["people"]["opened on"], read["meetings"]["starts"]) == ("02/02/2026", "10:00")
    [mother] = [dict(said) for _, _, said in aside.in_order if ("part", "parent") in said]
    assert (mother["parental responsibility"], mother["relationship"]) == ("yes", "mother")


def test_a_family_is_closed_to_an_importer_who_has_a_conflict_with_it(council):
    with setting_up():
        family = Family.objects.create(
            name="Ashdown", case_number="IM00000", team=council.team, opened_on=date(2026, 2, 2),
            social_worker=council.users.social_worker,
        )  # fmt: skip
        DeclaredConflict.objects.create(
            user=council.users.system_administrator, family=family, declared_by=council.users.system_administrator,
            declared_on=TODAY, reason="Test",
        )  # fmt: skip
    before = everything()
    load(council, bring(council, families(1)))
    assert everything() == before
    assert [one.family for one in set_aside_for(viewer(council.users.social_worker))] == [family]


def test_my_work_leads_only_those_it_concerns_to_what_was_set_aside(client, council):
    a_restricted_family(council, council.users.social_worker)
    load(council, bring(council, families(1)))
    way = reverse("imports:set_aside")
    for role, led in (("social_worker", True), ("team_manager", False), ("system_administrator", False)):
        client.force_login(getattr(council.users, role))
        assert (way in client.get(reverse("work:home")).content.decode()) is led, role
    actions.settle(by=viewer(council.users.social_worker), aside=SetAside.objects.get())
    client.force_login(council.users.social_worker)
    assert way not in client.get(reverse("work:home")).content.decode()


def test_what_was_set_aside_of_many_families_is_read_a_page_at_a_time(client, council):
    a_restricted_family(council, council.users.social_worker)
    load(council, bring(council, families(1)))
    [one] = SetAside.objects.all()
    with setting_up():
        for _ in range(10):
            run = Import.objects.get(pk=one.run_id)
            run.pk = None
            run.save()
            SetAside.objects.create(run=run, family=one.family, rows=one.rows)
    client.force_login(council.users.social_worker)
    way = reverse("imports:set_aside")
    shown = [client.get(way, {"page": number}).content.decode().count("Mark as dealt with<") for number in (1, 2)]
    assert shown == [10, 1] and "?page=2" in client.get(way).content.decode()


def test_a_family_that_is_not_restricted_is_written_and_nothing_is_set_aside(council):
    run = load(council, bring(council, families(2)))
    assert (run.counts["people"], SetAside.objects.count()) == (6, 0)
