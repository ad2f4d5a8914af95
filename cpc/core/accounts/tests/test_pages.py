"""The pages with which a system administrator manages accounts."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import RoleRequirement, Team, User
from cpc.core.accounts.tests.builders import a_council, a_team, a_user

pytestmark = pytest.mark.django_db
LISTS = ("users", "teams")


@pytest.fixture
def council():
    return a_council()


@pytest.fixture
def administrator(client, council):
    client.force_login(council.users.system_administrator)
    return council.users.system_administrator


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def every_page(council):
    yield from ((name, []) for name in (*LISTS, "add_user", "add_team", "second_factor"))
    yield "user", [council.users.chair.pk]
    yield "team", [council.team.pk]


@pytest.mark.parametrize(
    "who", ["social_worker", "team_manager", "chair", "administrator", "service_manager", "school"]
)
def test_nobody_but_a_system_administrator_opens_the_pages_of_accounts(client, council, who):
    client.force_login(getattr(council.users, who, None) or getattr(council.professionals, who))
    for name, args in every_page(council):
        response = client.get(reverse(f"accounts:{name}", args=args))
        assert response.status_code == 403, name
        assert "Lee Stone" not in text(response)


def test_a_system_administrator_opens_them_all_and_no_family(client, council, administrator):
    for name, args in every_page(council):
        assert client.get(reverse(f"accounts:{name}", args=args)).status_code == 200, name
    assert client.get(reverse("families:list")).status_code == 403


def test_an_account_is_made_changed_and_closed_in_the_pages(client, council, administrator):
    given = {
        "first_name": "Nia", "last_name": "Rowe", "email": "nia@example.org", "roles": ["social_worker"],
        "team": council.team.pk,
    }  # fmt: skip
    assert client.post(reverse("accounts:add_user"), given).status_code == 302
    nia = User.objects.get(first_name="Nia")
    address = reverse("accounts:user", args=[nia.pk])
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(address).content.decode())[1]
    response = client.post(address, given | {"is_active": "no", "seen": seen})
    assert response.status_code == 302
    nia.refresh_from_db()
    assert not nia.is_active
    again = client.post(address, given | {"is_active": "yes", "seen": seen, "last_name": "Roe"})
    assert again.status_code == 409
    assert "Nia Roe" in text(again)  # what was typed is on the page
    assert "Nia Rowe" in text(again)  # and what is saved


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"email": "nowhere"}, "Enter an email address in the correct format"),
        ({"roles": []}, "Choose the roles"),
        ({"roles": ["professional"], "team": ""}, "Choose the agency"),
        ({"email": "GP@example.org"}, "already an account"),
    ],
)
def test_bad_input_gets_a_sentence_and_makes_no_account(client, council, administrator, changed, sentence):
    a_user(Role.CHAIR, email="gp@example.org")
    before = User.objects.count()
    given = {"first_name": "Nia", "last_name": "Rowe", "email": "nia@example.org", "roles": ["chair"]}
    response = client.post(reverse("accounts:add_user"), given | changed)
    assert sentence in text(response)
    assert 'value="Nia"' in response.content.decode()
    assert User.objects.count() == before


def test_a_team_is_made_in_the_pages(client, council, administrator):
    client.post(reverse("accounts:add_team"), {"name": "East team", "kind": "social_work", "manager": ""})
    assert Team.objects.filter(name="East team").exists()


def test_the_roles_that_must_use_a_second_factor_are_chosen_in_the_page(client, council, administrator):
    client.post(reverse("accounts:second_factor"), {"roles": ["chair", "administrator"]})
    assert set(RoleRequirement.objects.filter(second_factor=True).values_list("role", flat=True)) == {
        "chair", "administrator",
    }  # fmt: skip
    page = client.get(reverse("accounts:second_factor")).content.decode()
    assert page.count("checked") == 2


def test_lists_take_as_many_queries_for_more_as_for_few(client, council, administrator):
    def count(name):
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(f"accounts:{name}"))
        return len(captured)

    count("users")
    before = {name: count(name) for name in LISTS}
    for _ in range(3):
        a_user(Role.CHAIR, Role.TEAM_MANAGER, team=a_team())
    assert {name: count(name) for name in LISTS} == before


@pytest.mark.parametrize("search", ["ashby", "north", "alder", "user"])
def test_people_are_found_by_name_team_agency_and_address(client, council, administrator, search):
    page = text(client.get(reverse("accounts:users"), {"search": search}))
    assert "Nobody matches" not in page


def test_a_new_person_gets_a_link_with_which_they_set_a_password(client, council, administrator, mailoutbox, settings):
    settings.CPC_BASE_URL = "https://conferences.example.org"
    given = {"first_name": "Nia", "last_name": "Rowe", "email": "nia@example.org", "roles": ["chair"]}
    page = client.post(reverse("accounts:add_user"), given, follow=True)
    assert "A link to set a password has been sent to nia@example.org" in text(page)
    [mail] = mailoutbox
    assert mail.to == ["nia@example.org"]
    link = re.search(r"https://conferences.example.org(\S+)", mail.body)[1]
    new = Client()
    there = new.get(link, follow=True)
    answer = new.post(
        there.request["PATH_INFO"], {"password1": "three unlikely words", "password2": "three unlikely words"}
    )
    assert answer.status_code == 302
    assert (
        new.post("/account/login/", {"login": "nia@example.org", "password": "three unlikely words"}).status_code == 302
    )


def test_a_new_person_whose_message_cannot_be_sent_has_an_account_all_the_same(
    client, council, administrator, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    given = {"first_name": "Nia", "last_name": "Rowe", "email": "nia@example.org", "roles": ["chair"]}
    page = client.post(reverse("accounts:add_user"), given, follow=True)
    assert "no message could be sent" in text(page) and User.objects.filter(email="nia@example.org").exists()


def test_nothing_that_may_be_needed_is_called_optional(client, council, administrator):
    page = text(client.get(reverse("accounts:add_user")))
    assert "Team (optional)" not in page and "Agency (optional)" not in page and "Phone (optional)" in page
