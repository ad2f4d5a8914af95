"""Families' pages: what is shown, who sees it, who looked, and how a second saver is told."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.tests.builders import a_council, a_user
from cpc.core.audit.models import Look
from families.cases.models import Family
from families.people.models import Membership, Person
from families.tests.builders import a_child, a_family, an_adult, declare_conflict, restrict, the_marlows

pytestmark = pytest.mark.django_db
# What only somebody who may see the family may learn. "Marlow" is in the address bar of nobody else.
SECRETS = ("Rosa", "Anna", "Dan Pryce", "Quarry Street", "ZZ9 4QP", "07700 900222", "witness against")


@pytest.fixture
def marlows():
    return the_marlows()


def open_as(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def every_page(marlows):
    """(name, arguments) of every page of one family."""
    family, person = marlows.family.pk, marlows.rosa.pk
    address = marlows.rosas_father.addresses.get().pk
    involvement = marlows.rosa.involvements.first().pk
    yield from (
        (f"families:{name}", [family])
        for name in ("family", "change", "add_child", "add_adult", "contact", "add_involvement", "add_must_not_meet")
    )
    yield from (
        (f"families:{name}", [family, person])
        for name in (
            "person",
            "change_person",
            "change_name",
            "add_name",
            "change_identity",
            "change_needs",
            "change_numbers",
            "add_relationship",
            "ties",
            "remove_person",
            "change_contact",
            "add_address",
            "looks",
        )
    )
    yield "families:change_address", [family, address]
    yield "families:change_involvement", [family, involvement]


def test_the_family_page_says_who_is_who(client, marlows):
    page = text(open_as(client, marlows.worker, "families:family", marlows.family.pk))
    assert "Mother of Rosa and Theo, with parental responsibility, main carer" in page
    assert "Mother of Unborn Marlow, with parental responsibility when born, main carer" in page
    assert "Father of Rosa, with parental responsibility" in page
    assert "Expected 3 February 2027" in page
    assert "Dan Pryce and Lewis Hart must not meet" in page
    assert "Quarry Street" not in page  # addresses have a page of their own


def test_opening_a_family_is_a_look_at_each_of_its_children(client, marlows):
    open_as(client, marlows.worker, "families:family", marlows.family.pk)
    assert {look.child_id for look in Look.objects.filter(page="family")} == {child.pk for child in marlows.children}


def test_the_list_of_families_is_a_look_at_each_child_on_it(client, marlows):
    open_as(client, marlows.worker, "families:list")
    assert Look.objects.filter(page="list of families", who_id=marlows.worker.pk).count() == 3


@pytest.mark.parametrize("who", ["other_worker", "other_manager"])
def test_every_page_of_a_family_is_not_found_by_another_team(client, marlows, who):
    for name, args in every_page(marlows):
        response = open_as(client, getattr(marlows.council.users, who), name, *args)
        if name == "families:looks" and who == "other_worker":
            assert response.status_code == 403
        else:
            assert response.status_code == 404, name
        assert not any(secret in text(response) for secret in SECRETS)


@pytest.mark.parametrize("who", ["school", "gp"])
def test_no_professional_reaches_any_page_of_families(client, marlows, who):
    professional = getattr(marlows.council.professionals, who)  # one who works with these very children
    for name, args in [*every_page(marlows), ("families:list", []), ("families:add", [])]:
        response = open_as(client, professional, name, *args)
        assert response.status_code in (403, 404), name
        assert not any(secret in text(response) for secret in SECRETS)


def test_a_restricted_family_is_not_found_by_its_own_team_and_counts_nowhere(client, marlows):
    restrict(marlows.family, to=[marlows.council.users.team_manager])
    for name, args in every_page(marlows):
        response = open_as(client, marlows.worker, name, *args)
        assert response.status_code in (403, 404), name
    page = text(open_as(client, marlows.worker, "families:list"))
    assert "Marlow" not in page
    manager = marlows.council.users.team_manager
    assert open_as(client, manager, "families:family", marlows.family.pk).status_code == 200
    assert "1 family" in text(open_as(client, manager, "families:list"))


def test_a_declared_conflict_closes_the_family_even_to_the_conference_service(client, marlows):
    administrator = marlows.council.users.administrator
    assert open_as(client, administrator, "families:contact", marlows.family.pk).status_code == 200
    declare_conflict(administrator, marlows.family)
    for name, args in every_page(marlows):
        assert open_as(client, administrator, name, *args).status_code in (403, 404), name
    assert "Rosa" not in text(open_as(client, administrator, "families:list"))


def test_a_chair_reads_the_family_and_neither_its_addresses_nor_its_buttons(client, marlows):
    chair = marlows.council.users.chair
    page = open_as(client, chair, "families:family", marlows.family.pk)
    assert "Rosa Marlow" in text(page)
    assert "Add a child" not in text(page)
    assert "Addresses" not in text(page)
    assert open_as(client, chair, "families:contact", marlows.family.pk).status_code == 403


def test_a_person_of_another_family_is_not_found_through_this_one(client, marlows):
    stranger = a_child(a_family(marlows.council, name="Stone"), "Otto")
    for name in ("change_person", "ties", "change_contact", "add_address"):
        response = open_as(client, marlows.worker, f"families:{name}", marlows.family.pk, stranger.pk)
        assert response.status_code == 404


def test_the_lists_and_the_page_take_as_many_queries_for_three_as_for_one(client, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    council = a_council()
    worker = council.users.social_worker

    def count(name, *args):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert open_as(client, worker, name, *args).status_code == 200
        return len(captured)

    first = the_marlows(council)
    open_as(client, worker, "families:list")  # signs in, and what is read once
    before = {name: count(name, *args) for name, args in [("families:list", []), ("families:family", [first.family.pk]),
                                                          ("families:contact", [first.family.pk])]}  # fmt: skip
    the_marlows(council, name="Penrose")
    the_marlows(council, name="Quill")
    for name in ("Ivy", "Noah"):
        child = a_child(first.family, name)
        an_adult(first.family, f"{name}’s father", ties=[(child, "father", True)])
    after = {name: count(name, *args) for name, args in [("families:list", []), ("families:family", [first.family.pk]),
                                                         ("families:contact", [first.family.pk])]}  # fmt: skip
    assert after == before
    assert max(after.values()) <= 64


@pytest.mark.parametrize("search", ["marlow", "CN-", "Theo", "pryce", "theo marlow"])
def test_families_are_found_by_any_name_in_them_and_by_case_number(client, marlows, search):
    a_family(marlows.council, name="Stone")
    client.force_login(marlows.worker)
    page = text(client.get(reverse("families:search"), {"q": search}))
    assert "Marlow family" in page
    assert ("Stone family" in page) == (search == "CN-")


@pytest.mark.parametrize("search", ["\x00", "%", "'; drop table", "Ω" * 300, "x" * 5000, "ﷺ" * 300])
def test_a_strange_search_finds_nothing_and_says_what_to_do(client, marlows, search):
    client.force_login(marlows.worker)
    response = client.get(reverse("families:search"), {"q": search, "page": "x", "whose": "nobody"})
    assert response.status_code == 200


def test_a_manager_sees_the_teams_families_first_and_a_worker_their_own(client, marlows):
    colleague = a_user("social_worker", team=marlows.council.team)
    assert "No family is allocated to you" in text(open_as(client, colleague, "families:list"))
    assert "Marlow" in text(open_as(client, marlows.council.users.team_manager, "families:list"))


def test_a_social_worker_records_a_family_its_children_and_adults_in_the_pages(client):
    council = a_council()
    client.force_login(council.users.social_worker)
    given = {"name": "Marlow", "case_number": "CN-9", "opened_on": "2026-11-02", "team": council.team.pk}
    response = client.post(reverse("families:add"), given)
    family = Family.objects.get()
    assert response.url == reverse("families:family", args=[family.pk])
    client.post(
        reverse("families:add_child", args=[family.pk]),
        {"part": "child", "first_name": "Rosa", "last_name": "Marlow", "born_on_day": "14", "born_on_month": "5",
         "born_on_year": "2018", "sex": "F", "in_household": "yes", "interpreter_needed": "no"},
    )  # fmt: skip
    rosa = Person.objects.get(first_name="Rosa")
    client.post(
        reverse("families:add_adult", args=[family.pk]),
        {"part": "parent", "first_name": "Anna", "last_name": "Marlow", "sex": "F", "in_household": "yes",
         "interpreter_needed": "no", f"tie_{rosa.pk}": "mother", f"tie_{rosa.pk}_pr": "birth",
         f"tie_{rosa.pk}_more": ["carer"]},
    )  # fmt: skip
    tie = rosa.relationships.get()
    assert (tie.kind, tie.parental_responsibility, tie.main_carer) == ("mother", True, True)
    assert tie.responsibility_source == "birth"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"born_on_year": "2098"}, "Date of birth must be today or in the past"),
        ({"born_on_day": "31", "born_on_month": "2"}, "must be a real date"),
        ({"expected_on": "2027-01-01"}, "not both"),
        ({"nhs_number": "123"}, "Check the NHS number"),
        ({"interpreter_needed": "yes"}, "Enter the language that the interpreter must speak"),
        ({"last_name": ""}, "Enter the last name"),
        ({"born_on_day": "", "born_on_month": "", "born_on_year": ""}, "Enter the child’s date of birth"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(client, changed, sentence):
    council = a_council()
    family = a_family(council)
    client.force_login(council.users.social_worker)
    given = {
        "part": "child", "first_name": "Rosa", "last_name": "Marlow", "born_on_day": "14", "born_on_month": "5",
        "born_on_year": "2018", "sex": "F", "in_household": "yes", "interpreter_needed": "no",
        "access_needs": "Uses Makaton",
    }  # fmt: skip
    response = client.post(reverse("families:add_child", args=[family.pk]), given | changed)
    assert response.status_code == 200
    assert sentence in text(response)
    assert "Uses Makaton" in response.content.decode()
    assert not Person.objects.exists()


def test_of_two_people_who_save_a_person_the_second_sees_both_and_may_save_again(client, marlows):
    address = reverse("families:change_name", args=[marlows.family.pk, marlows.rosa.pk])
    client.force_login(marlows.worker)
    shown = client.get(address).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', shown)[1]
    given = {"first_name": "Rosa", "last_name": "Marlow", "has_changed": "no"}
    assert client.post(address, given | {"known_as": "Rosie", "seen": seen}).status_code == 302
    response = client.post(address, given | {"known_as": "Ro", "seen": seen})
    assert response.status_code == 409
    assert "Saved here since: “Rosie”" in text(response)
    assert 'value="Ro"' in response.content.decode()
    assert Person.objects.get(pk=marlows.rosa.pk).known_as == "Rosie"
    again = re.search(r'name="seen" value="([^"]+)"', response.content.decode())[1]
    assert client.post(address, given | {"known_as": "Ro", "seen": again}).status_code == 302
    assert Person.objects.get(pk=marlows.rosa.pk).known_as == "Ro"


def test_the_second_of_two_people_who_save_relationships_is_told(client, marlows):
    address = reverse("families:ties", args=[marlows.family.pk, marlows.theos_father.pk])
    client.force_login(marlows.worker)
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(address).content.decode())[1]
    assert client.post(address, {f"tie_{marlows.theo.pk}": "father", "seen": seen}).status_code == 302
    response = client.post(address, {f"tie_{marlows.theo.pk}": "stepfather", "seen": seen})
    assert response.status_code == 409
    assert "Saved here since: “Father”" in text(response)


def test_a_ticked_box_without_a_relationship_gets_a_sentence(client, marlows):
    address = reverse("families:ties", args=[marlows.family.pk, marlows.grandmother.pk])
    client.force_login(marlows.worker)
    response = client.post(address, {f"tie_{marlows.rosa.pk}_pr": "order"})
    assert "Choose what they are" in text(response)


def test_an_address_is_recorded_for_those_who_share_it_and_a_bad_postcode_is_refused(client, marlows):
    address = reverse("families:add_address", args=[marlows.family.pk, marlows.grandmother.pk])
    client.force_login(marlows.worker)
    given = {"lines": "5 New Road", "is_protected": "yes", "is_safe_for_post": "yes", "also_for": [marlows.rosa.pk]}
    given["kind"] = "home"
    response = client.post(address, given | {"postcode": "nowhere"})
    assert "Enter a full UK postcode" in text(response)
    assert client.post(address, given | {"postcode": "zz34dd"}).status_code == 302
    assert marlows.rosa.addresses.filter(postcode="ZZ3 4DD", is_protected=True).exists()


def test_a_bad_e_mail_address_is_refused_with_a_sentence(client, marlows):
    address = reverse("families:change_contact", args=[marlows.family.pk, marlows.mother.pk])
    client.force_login(marlows.worker)
    response = client.post(address, {"safe_contact": "email", "email": "anna at home"})
    assert "Enter an email address in the correct format" in text(response)
    response = client.post(address, {"safe_contact": "email", "email": ""})
    assert "Enter the email address, or choose another way" in text(response)


def test_an_agency_is_recorded_for_several_children_at_once(client, marlows):
    council = marlows.council
    client.force_login(marlows.worker)
    response = client.post(
        reverse("families:add_involvement", args=[marlows.family.pk]),
        {"children": [marlows.rosa.pk, marlows.theo.pk], "agency": council.agencies.police.pk,
         "professional": council.professionals.police.pk, "from_on": "2026-11-09", "another": "yes"},
    )  # fmt: skip
    assert response.url == reverse("families:add_involvement", args=[marlows.family.pk])
    assert council.agencies.police.involvements.count() == 2


def test_who_has_looked_is_shown_to_the_manager_and_not_to_the_worker(client, marlows):
    open_as(client, marlows.worker, "families:family", marlows.family.pk)
    args = (marlows.family.pk, marlows.rosa.pk)
    page = text(open_as(client, marlows.council.users.team_manager, "families:looks", *args))
    assert "Priya Nandra Own case Family" in page
    assert open_as(client, marlows.worker, "families:looks", *args).status_code == 403


def test_somebody_added_by_mistake_is_taken_out_in_the_pages(client, marlows):
    extra = an_adult(marlows.family, "Ann")
    address = reverse("families:remove_person", args=[marlows.family.pk, extra.pk])
    client.force_login(marlows.worker)
    assert client.post(address, {"reason": "Added twice"}).status_code == 302
    assert not Membership.objects.filter(person=extra.pk).exists()


def test_a_birth_recorded_on_the_page_keeps_the_family_whole(client, marlows):
    address = reverse("families:birth", args=[marlows.family.pk, marlows.unborn.pk])
    client.force_login(marlows.worker)
    given = {"first_name": "Ivy", "last_name": "Marlow", "sex": "F", "born_on": timezone.localdate().isoformat()}
    given |= {"has_twin": "no", f"pr_{marlows.mother.pk}": "birth", f"pr_{marlows.theos_father.pk}": "no"}
    assert "Enter the first name" in text(client.post(address, given | {"first_name": ""}))
    assert "Say whether Anna Marlow has parental responsibility" in text(
        client.post(address, given | {f"pr_{marlows.mother.pk}": ""})
    )
    assert client.post(address, given).status_code == 302
    assert "Ivy Marlow" in text(client.get(reverse("families:family", args=[marlows.family.pk])))
    assert client.get(address).status_code == 302  # once is enough
