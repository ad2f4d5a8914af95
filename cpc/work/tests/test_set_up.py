"""The page that says what a new service needs, and what is there already."""

import pytest

from conferences.tests.builders import a_room
from cpc.core.accounts.choices import Role
from cpc.core.accounts.tests.builders import a_council, a_user
from cpc.work.set_up import steps

pytestmark = pytest.mark.django_db
LETTERS = "The council’s name, addresses and phone numbers"


def to_do():
    return [step.what for step in steps() if not step.is_done]


def test_an_empty_service_is_led_through_every_step_and_a_council_needs_four_more(client):
    first = a_user(Role.SYSTEM_ADMINISTRATOR)
    client.force_login(first)
    page = client.get("/set-up/").content.decode()
    assert "1 of 13 done" in page and page.index("The council’s name") < page.index("A second system administrator")
    council = a_council()
    assert to_do() == [LETTERS, "Two-step sign-in", "Agencies", "Rooms"]
    a_room(council)
    assert to_do() == [LETTERS, "Two-step sign-in", "Agencies"]


def test_no_step_leads_to_a_refusal(client):
    client.force_login(a_user(Role.SYSTEM_ADMINISTRATOR))
    page = client.get("/set-up/").content.decode()
    links = {step.path for step in steps() if f'href="{step.path}"' in page}
    assert len(links) >= 5 and {client.get(link).status_code for link in links} == {200}


@pytest.mark.parametrize("name", ["social_worker", "service_manager", "administrator"])
def test_nobody_else_has_this_page(client, name):
    client.force_login(getattr(a_council().users, name))
    assert client.get("/set-up/").status_code == 403
