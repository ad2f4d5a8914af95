"""Out of hours: plan, category, lead worker and warnings; nothing of a restricted family; every find on the trail."""

from datetime import date
from types import SimpleNamespace

import pytest
import time_machine

from conferences.plans.models import ProtectionPlan
from cpc.core.accounts.choices import Role
from cpc.core.accounts.tests.builders import TODAY, a_council, a_user, setting_up, viewer
from cpc.core.audit.models import Look
from cpc.work.out_of_hours import ChildFound
from families.access.actions.emergency import open_in_emergency, review_emergency
from families.cases.models import EmergencyAccess
from families.finding.actions import merge
from families.people.models import WarningMarker
from families.tests.builders import a_child, a_family, declare_conflict, restrict, the_marlows
from reports.tests.builders import an_approved_record

pytestmark = pytest.mark.django_db
ASKED = {"first_name": "rosa", "last_name": "MARLOW", "born_on": "14/5/2018", "reason": "Police at the door"}
NOT_SHOWN = "No child was found"


@pytest.fixture
def council():
    with time_machine.travel(f"{TODAY} 21:00+00:00", tick=True):
        yield a_council()


@pytest.fixture
def night(council, client):
    user = a_user(Role.OUT_OF_HOURS, last_name="Night")
    client.force_login(user)
    return user


@pytest.fixture
def marlows(council):
    found = the_marlows(council)
    an_approved_record(marlows=found, on=date(2026, 11, 17))
    with setting_up():
        WarningMarker.objects.create(
            family=found.family, kind="visit_in_pairs", source="judgement", reason="A dog that bites"
        )
    return found


def find(client, **changed):
    return client.post("/out-of-hours/", ASKED | changed).content.decode()


def test_the_night_sees_plan_category_lead_worker_and_warnings_alone(night, marlows, client):
    plan = ProtectionPlan.objects.get(child=marlows.rosa)
    page = find(client)
    assert plan.get_category_display() in page and "Child protection plan since" in page
    assert "Priya Nandra" in page and "A dog that bites" in page and "Visit in pairs" in page
    assert not any(
        word in page for word in ("Anna", "Theo", "Alder Lane", "07700 900111", f"/families/{marlows.family.pk}")
    )
    look = Look.objects.get(who_id=night.pk)
    assert (look.child_id, look.basis) == (marlows.rosa.pk, "Out of hours: Police at the door")


@pytest.mark.parametrize("kind", ["plan", "in_need"])
def test_the_lead_of_either_plan_comes_before_the_social_worker_of_the_family(kind):
    lead, worker = SimpleNamespace(is_active=True), SimpleNamespace(is_active=True)
    family = SimpleNamespace(social_worker=worker, team=SimpleNamespace(manager=None))
    assert ChildFound(None, family, **{kind: SimpleNamespace(lead_social_worker=lead)}).lead_worker is lead
    assert ChildFound(None, family).lead_worker is worker


HEARD = [{"last_name": "Marlo"}, {"last_name": "Morlow"}, {"first_name": "Rosie"}, {"last_name": "Marlowe"},
         {"first_name": "Roza", "last_name": "Marlow"}, {"first_name": "Róśa"}]  # fmt: skip


@pytest.mark.parametrize("changed", HEARD)
def test_a_name_that_was_misheard_finds_the_child_by_the_exact_day(night, marlows, client, changed):
    page = find(client, **changed)
    assert "Rosa Marlow" in page and "14 May 2018" in page


def test_two_children_of_one_name_are_told_apart(night, marlows, client, council):
    other = a_family(council, name="Marlow", worker=council.users.other_worker)
    a_child(other, "Rosa", last_name="Marlow", known_as="Poppy", born_on=date(2018, 5, 14))
    page = find(client)
    assert "North team" in page and "South team" in page and "known as Poppy" in page.replace("“", "").replace("”", "")


@pytest.mark.parametrize(
    "changed",
    [{"first_name": "Ros"}, {"born_on": "15/5/2018"}, {"last_name": "Harlan"}, {"first_name": "Tom"},
     {"first_name": "Marlow", "last_name": "Rosa"}],
)  # fmt: skip
def test_another_name_or_another_day_finds_nobody(night, marlows, client, changed):
    assert NOT_SHOWN in find(client, **changed)
    assert not Look.objects.exists()


def opened(marlows, user, family, *, agreed=True):
    open_in_emergency(
        by=viewer(user), number=family.case_number, reason="A child was left alone at home",
        agreed_by=marlows.council.users.team_manager if agreed else None,
    )  # fmt: skip


def test_where_nobody_agreed_warnings_and_plan_are_open_and_nothing_else(night, marlows, client):
    plan, worker = ProtectionPlan.objects.get(child=marlows.rosa), marlows.council.users.other_worker
    restrict(marlows.family)
    for user in (night, worker):
        client.force_login(user)
        assert "Nothing is open to you" in client.get("/opened-without-agreement/").content.decode()
        opened(marlows, user, marlows.family, agreed=False)
        page = client.get("/opened-without-agreement/").content.decode()
        assert plan.get_category_display() in page and "A dog that bites" in page and "Priya Nandra" in page
        assert not any(word in page for word in ("Anna", "Alder Lane", "07700 900111"))
        look = Look.objects.filter(who_id=user.pk, child_id=marlows.rosa.pk).latest("at")
        assert (look.page, look.basis) == ("warnings and plan", "Emergency: nobody agreed")
    assert client.get(f"/families/{marlows.family.pk}/").status_code == 404
    emergency = EmergencyAccess.objects.get(user=worker)
    manager = viewer(marlows.council.users.team_manager)
    review_emergency(by=manager, opened=emergency, outcome="unjustified", note="Nobody was in danger")
    assert "Nothing is open to you" in client.get("/opened-without-agreement/").content.decode()


def a_second_record(marlows, **details):
    """Rosa once more, in another family, under another name; the two are found to be one."""
    council = marlows.council
    stone = a_family(council, name="Stone", worker=council.users.other_worker)
    rosie = a_child(stone, "Zelda", last_name="Quartz", **({"born_on": date(2018, 5, 15)} | details))
    merge(
        by=viewer(council.users.service_manager), kept=marlows.rosa, merged=rosie, reason="The same birth certificate"
    )
    return stone


def test_a_child_is_found_by_any_name_of_any_record_and_shown_under_the_one_that_was_kept(night, marlows, client):
    a_second_record(marlows)
    asked = [
        {"first_name": "Zelda", "last_name": "Quartz", "born_on": "15/5/2018"},
        {"first_name": "Zelda", "last_name": "Quartz"},  # with the date of the other record
        {"first_name": "Rosa", "last_name": "Quartz"},
        {"first_name": "Rosa", "last_name": "Marlow", "born_on": "15/5/2018"},
    ]
    for each in asked:
        page = find(client, **each).split("<main")[1].split("<form")[0]
        assert "Child protection plan since" in page and "Rosa Marlow" in page and "Zelda" not in page, each
    assert NOT_SHOWN in find(client, first_name="Zelda", last_name="Hart")


def test_nobody_is_found_by_a_name_that_only_a_restricted_family_gave_them(night, marlows, client):
    stone = a_second_record(marlows, case_system_id="LA777777")
    asked = {"first_name": "Zelda", "last_name": "Quartz", "born_on": "15/5/2018"}
    nothing = {"first_name": "", "last_name": "", "born_on": "", "number": "LA777777"}
    assert "Rosa Marlow" in find(client, **asked) and "Rosa Marlow" in find(client, **nothing)
    restrict(stone)
    assert NOT_SHOWN in find(client, **asked) and NOT_SHOWN in find(client, **nothing)
    assert "Rosa Marlow" in find(client)
    opened(marlows, night, stone)
    assert "Rosa Marlow" in find(client, **asked)


def test_a_child_is_found_by_a_number(night, marlows, client):
    with setting_up():
        marlows.rosa.nhs_number = "9434765919"
        marlows.rosa.save()
    nothing = {"first_name": "", "last_name": "", "born_on": ""}
    assert "Child protection plan since" in find(client, **nothing, number="943 476 5919")
    assert "Enter the full name and date of birth, or a number" in find(client, **nothing, number="")


def test_a_restricted_family_is_not_found_and_the_answer_is_the_same(night, marlows, client):
    unknown = find(client, first_name="Nobody")
    restrict(marlows.family)
    hidden = find(client)
    main = [page.split("<h2")[0].split("cpc-work")[-1].split("<main")[-1] for page in (unknown, hidden)]
    assert main[0] == main[1] and NOT_SHOWN in hidden
    opened(marlows, night, marlows.family)
    page = find(client)
    assert "Child protection plan since" in page and "Alder Lane" not in page
    assert client.get(f"/families/{marlows.family.pk}/").status_code == 403


def test_a_conflict_hides_the_child_too(night, marlows, client):
    declare_conflict(night, marlows.family)
    assert NOT_SHOWN in find(client)


@pytest.mark.parametrize("name", ["social_worker", "chair", "system_administrator"])
def test_nobody_else_has_this_page(council, client, name):
    client.force_login(getattr(council.users, name))
    assert client.get("/out-of-hours/").status_code == 403


def test_the_emergency_page_promises_the_night_no_more_than_it_opens(client, council, night):
    said = " ".join(client.get("/families/emergency/").content.decode().split())
    assert (
        "plan, category, lead worker and warnings" in said and "for reading and for a strategy discussion" not in said
    )
    client.force_login(council.users.social_worker)
    assert "for reading and for a strategy discussion" in client.get("/families/emergency/").content.decode()
