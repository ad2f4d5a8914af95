"""Out of hours: plan, category, lead worker and warnings; nothing of a restricted family; every find on the trail."""

from datetime import date

import pytest
import time_machine

from conferences.plans.models import ProtectionPlan
from cpc.core.accounts.choices import Role
from cpc.core.accounts.tests.builders import TODAY, a_council, a_user, setting_up, viewer
from cpc.core.audit.models import Look
from families.actions.emergency import open_in_emergency
from families.actions.merge import merge
from families.models import WarningMarker
from families.tests.builders import a_child, a_family, declare_conflict, restrict, the_marlows
from reports.tests.builders import an_approved_record

pytestmark = pytest.mark.django_db
ASKED = {"first_name": "rosa", "last_name": "MARLOW", "born_on": "14/5/2018", "reason": "Police at the door"}
NOT_SHOWN = "No child can be shown"


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


@pytest.mark.parametrize("changed", [{"first_name": "Ros"}, {"born_on": "15/5/2018"}, {"last_name": "Marlo"}])
def test_only_the_exact_name_and_day_find_anybody(night, marlows, client, changed):
    assert NOT_SHOWN in find(client, **changed)
    assert not Look.objects.exists()


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
    open_in_emergency(by=viewer(night), number=stone.case_number, reason="A child was left alone at home")
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
    open_in_emergency(by=viewer(night), number=marlows.family.case_number, reason="A child was left alone at home")
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
    said = client.get("/families/emergency/").content.decode()
    assert (
        "plan, category, lead worker and warnings" in said and "for reading and for a strategy discussion" not in said
    )
    client.force_login(council.users.social_worker)
    assert "for reading and for a strategy discussion" in client.get("/families/emergency/").content.decode()
