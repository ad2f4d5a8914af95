"""Who is found by what somebody typed, and that nothing is found, counted or hinted at that they may not see."""

from datetime import date

import pytest
from django.urls import reverse

from cpc.core.accounts.permissions import Viewer
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from families.cases.models import Family
from families.people.actions.names import add_name, change_name
from families.people.actions.people import add_known_person
from families.people.actions.search_index import reindex_everybody
from families.people.choices import NameKind, Part
from families.people.models import NameWord, Person, PersonName, PossibleDuplicate
from families.people.queries.duplicates import likely_duplicates, possible_duplicates
from families.people.queries.search import search
from families.tests.builders import a_child, a_family, an_adult, declare_conflict, restrict, the_marlows

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def worker(marlows):
    return viewer(marlows.worker)


@pytest.fixture
def theirs(marlows):
    """A family of the other team, with a child very like Rosa."""
    family = a_family(marlows.council, name="Stone", worker=marlows.council.users.other_worker)
    return a_child(family, "Rosa", last_name="Marlow", born_on=date(2018, 5, 14))


def names(viewer: Viewer, typed):
    return [hit.person.full_name for hit in search(viewer, typed).people]


@pytest.mark.parametrize(
    "typed",
    ["rosa marlow", "Rósa Marlow", "rosie marlow", "rosa marlwo", "marlow rosa", "rosa 14/5/2018", "14 May 2018",
     "ros mar", "rosa smarlow"],
)  # fmt: skip
def test_a_child_is_found_however_the_name_is_typed(worker, typed):
    assert names(worker, typed)[0] == "Rosa Marlow"


@pytest.mark.parametrize(
    ("typed", "name"),
    [("zoe", "Zoë"), ("obrien", "O’Brien"), ("O'Brien", "OBrien"), ("soren", "Søren"), ("strauss", "Strauß"),
     ("lukasz", "Łukasz"), ("annemarie", "Anne-Marie"), ("marie", "Anne-Marie"), ("mcdonald", "Mc Donald"),
     ("penr", "Penrose"), ("penrsoe", "Penrose"), ("penrse", "Penrose"), ("penrrose", "Penrose"), ("xosa", "Zosa"),
     ("zsoa", "Zosa"), ("shivon", "Siobhán"), ("kate", "Katherine"), ("katherine", "Kate"), ("mohammed", "Muhammad"),
     ("philips", "Fillips"), ("smyth", "Smith"), ("mackenzie", "McKenzie"), ("steven", "Stephen"), ("neave", "Niamh"),
     ("jonsen", "Johnson"), ("nowels", "Knowles"), ("Ноwак", "Nowak")]
)  # fmt: skip
def test_a_name_is_met_however_it_is_spelled(marlows, worker, typed, name):
    an_adult(marlows.family, "Xq", name, part=Part.RELATIVE)
    assert f"Xq {name}" in names(worker, typed)


@pytest.mark.parametrize(("typed", "name"), [("rosetta", "Lars"), ("ann", "Ian"), ("penrose", "Hart"), ("jon", "Jan")])
def test_another_name_is_not_met(marlows, worker, typed, name):
    an_adult(marlows.family, "Xq", name, part=Part.RELATIVE)
    assert f"Xq {name}" not in names(worker, typed)


def test_one_wrong_letter_is_met_wherever_it_is(marlows, worker):
    an_adult(marlows.family, "Xq", "Quince", part=Part.RELATIVE)
    for at in range(6):
        for wrong in ("Quince"[:at] + "z" + "Quince"[at + 1 :], "Quince"[:at] + "Quince"[at + 1 :],
                      "Quince"[:at] + "z" + "Quince"[at:]):  # fmt: skip
            assert names(worker, f"xq {wrong}")[0] == "Xq Quince", wrong


@pytest.mark.parametrize(
    "name",
    ["x" * 80, "Þ" * 80, "名前 山田", "名前山田", "ﷺ" * 80, "a'b\\c \" | & ! :* ('", "1st 2e5 CN-00012", "ﬀ Ǆ İ"],
)
def test_any_name_can_be_stored_and_found(marlows, worker, name):
    an_adult(marlows.family, "Xq", name, part=Part.RELATIVE)
    assert f"Xq {name}" in names(worker, name)


def test_day_and_month_changed_about_finds_the_child_and_says_so(marlows, worker):
    child = a_child(marlows.family, "Ivy", born_on=date(2020, 4, 5))
    hit = search(worker, "ivy 4/5/2020").people[0]
    assert hit.person == child and "day and month of the date changed about" in hit.why


def test_a_number_finds_its_one_person_and_leaves_the_rest(marlows, worker):
    numbered = a_child(marlows.family, "Ivy", born_on=date(2020, 4, 5), nhs_number="943 476 5919")
    assert [hit.person for hit in search(worker, "943 476 5919").people] == [numbered]
    assert [family.name for family in search(worker, marlows.family.case_number).families] == ["Marlow"]


def test_a_family_of_exactly_the_name_or_number_that_was_typed_comes_before_newer_ones_like_it(marlows, worker):
    number = marlows.family.case_number
    newer = {a_family(marlows.council, name=name, opened_on=TODAY) for name in ("Marlowe", f"Old {number}")}
    for typed in ("marlow", number):
        found = search(worker, typed).families
        assert found[0] == marlows.family and set(found) & newer


def test_another_name_finds_the_person_and_says_which(marlows, worker):
    add_name(
        by=worker, family=marlows.family, person=marlows.mother, kind=NameKind.FORMER, first_name="Anna",
        last_name="Pettigrew",
    )  # fmt: skip
    hit = search(worker, "petigrew").people[0]
    assert hit.person == marlows.mother and hit.why == ("before: Anna Pettigrew",)


def test_a_known_as_finds_the_person_and_a_changed_name_is_found_at_once(marlows, worker):
    change_name(
        by=worker, family=marlows.family, person=marlows.theo, first_name="Theo", last_name="Marlow", known_as="Bobbin"
    )
    hit = search(worker, "bobbin").people[0]
    assert hit.person == marlows.theo and hit.why == ("also known as Bobbin Marlow",)


def test_nothing_of_another_team_is_found_counted_or_hinted_at(marlows, worker, theirs, client):
    assert len(search(worker, "rosa marlow").people) == 1
    client.force_login(marlows.worker)
    page = client.get(reverse("families:search"), {"q": "rosa marlow"}).content.decode()
    assert "1 person found" in page and "Stone" not in page
    service = viewer(marlows.council.users.service_manager)
    assert len(search(service, "rosa marlow").people) == 2


@pytest.mark.parametrize("shut", ["restricted", "conflict"])
def test_a_closed_family_is_not_found_by_anything_in_it(marlows, shut):
    chair = marlows.council.users.chair
    assert names(viewer(chair), "rosa marlow")
    if shut == "restricted":
        restrict(marlows.family)
    else:
        declare_conflict(chair, marlows.family)
    for typed in ("rosa marlow", "14/5/2018", marlows.family.case_number, "marlow"):
        found = search(viewer(chair), typed)
        assert (found.people, found.families, found.more) == ([], [], False)


def test_the_limit_counts_only_what_the_viewer_may_see(marlows, worker):
    with setting_up():
        hidden = [
            Person(first_name="Rosa", last_name="Marlow", search_index=marlows.rosa.search_index) for _ in range(260)
        ]
        Person.objects.bulk_create(hidden)
    marlows.rosa.refresh_from_db()
    with setting_up():
        Person.objects.exclude(memberships__isnull=False).update(search_index=marlows.rosa.search_index)
    found = search(worker, "rosa marlow")
    assert [hit.person for hit in found.people] == [marlows.rosa] and not found.more


# --- Likely duplicates -------------------------------------------------------------------------------------------


def test_before_a_child_is_added_those_who_are_like_it_are_shown_and_nothing_typed_is_lost(client, marlows):
    family = a_family(marlows.council, name="Hart")
    client.force_login(marlows.worker)
    address = reverse("families:add_child", args=[family.pk])
    typed = {
        "part": "child", "first_name": "Rosie", "last_name": "Marlow", "born_on": "2018-05-14", "sex": "F",
        "in_household": "yes", "interpreter_needed": "no", "first_language": "Polish", "access_needs": "Large print",
    }  # fmt: skip
    page = client.post(address, typed).content.decode()
    assert "You were signed out" not in page
    assert "Is it one of these people?" in page and "Marlow family" in page and "Large print" in page
    assert Person.objects.filter(first_name="Rosie").count() == 0
    assert client.post(address, typed | {"use": str(marlows.rosa.pk)}).status_code == 302
    assert [row.person for row in family.memberships.all()] == [marlows.rosa]
    marlows.rosa.refresh_from_db()
    assert (marlows.rosa.first_name, marlows.rosa.access_needs) == ("Rosa", "Large print")
    again = client.post(address, typed | {"use": str(marlows.rosa.pk)}).content.decode()
    assert "already in this family" in again
    assert client.post(address, typed | {"none_of_these": "1"}).status_code == 302
    assert Person.objects.get(first_name="Rosie").first_language == "Polish"


def test_a_number_typed_with_spaces_shows_whose_it_is_before_somebody_is_added(marlows, worker):
    numbered = a_child(marlows.family, "Ivy", born_on=date(2020, 4, 5), nhs_number="943 476 5919")
    found = likely_duplicates(worker, first_name="Wren", last_name="Quillfeather", nhs_number="943 476 5919")
    assert [hit.person for hit in found] == [numbered]


def test_a_duplicate_that_the_worker_may_not_see_is_not_betrayed_and_managers_of_both_are_told(client, marlows, theirs):
    family = a_family(marlows.council, name="Hart")
    client.force_login(marlows.worker)
    with setting_up():
        marlows.rosa.memberships.all().delete()
    typed = {
        "part": "child", "first_name": "Rosa", "last_name": "Marlow", "born_on": "2018-05-14", "sex": "F",
        "in_household": "yes", "interpreter_needed": "no", "first_language": "English",
    }  # fmt: skip
    answer = client.post(reverse("families:add_child", args=[family.pk]), typed)
    assert answer.status_code == 302 and "Stone" not in answer.content.decode()
    made = family.memberships.get().person
    assert PossibleDuplicate.objects.filter(one=theirs, other=made).exists()
    pairs = possible_duplicates(viewer(marlows.council.users.service_manager))
    assert (theirs.pk, made.pk) in [(pair.one_id, pair.other_id) for pair in pairs]
    assert not possible_duplicates(viewer(marlows.council.users.team_manager)).filter(one=theirs).exists()


def test_somebody_the_viewer_may_not_see_cannot_be_used(marlows, worker, theirs):
    from cpc.core.kernel.refusals import NotPermitted

    with pytest.raises(NotPermitted):
        add_known_person(by=worker, family=marlows.family, person=theirs, part=Part.CHILD)


def test_before_a_family_is_recorded_those_of_such_a_name_are_shown(client, marlows):
    client.force_login(marlows.worker)
    typed = {"name": "Marlowe", "case_number": "CN-77", "opened_on": "2026-11-02", "team": marlows.council.team.pk}
    page = client.post(reverse("families:add"), typed).content.decode()
    assert "You were signed out" not in page
    assert "Is it one of these families?" in page and marlows.family.case_number in page
    assert client.post(reverse("families:add"), typed | {"none_of_these": "1"}).status_code == 302
    assert Family.objects.filter(case_number="CN-77").exists()


def test_everybody_is_found_again_after_a_bulk_load(marlows, worker):
    with setting_up():
        NameWord.objects.all().delete()
        Person.objects.update(search_index="")
        Family.objects.update(search_index="")
        PersonName.objects.create(person=marlows.mother, kind=NameKind.ALIAS, first_name="Pixie")
    assert not names(worker, "rosa")
    from cpc.core.accounts.permissions import system

    assert reindex_everybody(by=system(TODAY)) > 5
    assert names(worker, "pixie") == names(worker, "pxiie") == ["Anna Marlow"] and search(worker, "marlow").families
    assert reindex_everybody(by=system(TODAY)) == 0


def test_an_adult_is_found_by_a_pet_name(marlows, worker):
    an_adult(marlows.family, "Katherine", "Okafor", part=Part.RELATIVE)
    assert names(worker, "kate okafor") == ["Katherine Okafor"]
