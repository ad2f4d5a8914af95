"""The first administrator of an empty installation: one command, one link, one password."""

import io
import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import User
from cpc.core.accounts.tests.builders import PASSWORD, a_user, last_event, viewer

pytestmark = pytest.mark.django_db
SAM = ("Sam.Example@example.org", "Sam", "Example")


def make(*given):
    said = io.StringIO()
    call_command("first_administrator", *(given or SAM), stdout=said)
    return said.getvalue()


def link(said):
    return re.search(r"https://cpc\.example\.org(/\S+)", said)[1]


def test_the_link_sets_a_password_with_which_the_administrator_signs_in_and_adds_people(client, settings):
    settings.CPC_BASE_URL = "https://cpc.example.org"
    path = link(make())
    form = client.get(path, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    answer = client.post("/account/login/", {"login": SAM[0], "password": PASSWORD}, follow=True)
    assert "Sign out" in answer.content.decode()
    assert client.get("/people/add/").status_code == 200
    user = User.objects.get()
    assert viewer(user).roles == {Role.SYSTEM_ADMINISTRATOR} and user.email == "sam.example@example.org"
    client.logout()
    assert "password1" not in client.get(path, follow=True).content.decode(), "the link can be used once"


def test_it_is_on_the_trail_as_an_act_of_the_system():
    make()
    event = last_event()
    assert (event.by_name, event.details["account"]) == ("The system", "sam.example@example.org")


def test_a_lost_link_is_printed_again_until_there_is_a_password(settings):
    settings.CPC_BASE_URL = "https://cpc.example.org"
    make()
    assert link(make()) and User.objects.count() == 1


def test_where_an_administrator_has_a_password_it_is_refused_and_says_who_adds_people():
    a_user(Role.SYSTEM_ADMINISTRATOR, first_name="Kerensa", last_name="Pascoe", password=PASSWORD)
    with pytest.raises(CommandError, match=r"already: Kerensa Pascoe .*They add other people on the page Accounts"):
        make()
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("nobody", "Sam", "Example"), "“nobody” is not an email address"),
        (("sam@example.org", " ", "Example"), "Enter the first name"),
    ],
)
def test_what_cannot_be_right_is_refused_in_a_sentence(given, says):
    with pytest.raises(CommandError, match=says):
        make(*given)
    assert not User.objects.exists()


@pytest.mark.parametrize("options", [(), ("--noinput", "--email", "sam@example.org")])
def test_createsuperuser_is_refused_and_names_the_command(options):
    with pytest.raises(CommandError, match=r"manage\.py first_administrator EMAIL"):
        call_command("createsuperuser", *options)
