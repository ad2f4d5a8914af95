"""First pages, lists and timeliness: each role finds its next work, in a fixed number of questions."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.plans.tests.closing import a_closed_sitting
from conferences.tests.builders import an_agreed_conference, an_invited_conference, at
from cpc.core.accounts.tests.builders import TODAY, a_council
from families.tests.builders import declare_conflict, the_marlows

pytestmark = pytest.mark.django_db
HOME = reverse("work:home")


def page(client, user, path=HOME):
    client.force_login(user)
    return client.get(path).content.decode()


def number_of_queries(client, path):
    client.get(path)  # what is asked once and kept
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", [
    "social_worker", "team_manager", "chair", "administrator", "service_manager", "system_administrator"])  # fmt: skip
def test_every_role_has_a_first_page_though_nothing_is_there(client, name):
    council = a_council()
    assert "Nothing is waiting for you today" in page(client, getattr(council.users, name))


def test_a_professional_has_a_first_page_with_the_report_that_is_asked(client):
    convened = an_invited_conference()
    school = page(client, convened.council.professionals.school)
    invitation = convened.invitation(convened.council.professionals.school)
    assert reverse("reports:write", args=[invitation.pk]) in school
    assert "Nothing is waiting" in page(client, convened.council.professionals.nursery)


def test_an_agreed_conference_is_the_administrators_to_book_and_nobody_elses(client):
    convened = an_agreed_conference()
    users, path = convened.council.users, reverse("conferences:conference", args=[convened.conference.pk])
    assert path in page(client, users.administrator)
    for other in (users.chair, users.other_worker, users.service_manager):
        assert path not in page(client, other)


def test_who_declared_a_conflict_finds_nothing_of_the_family_on_any_list(client):
    convened = an_invited_conference()
    users = convened.council.users
    declare_conflict(users.service_manager, convened.marlows.family)
    for path in (HOME, reverse("work:conferences"), reverse("work:timeliness")):
        assert "Marlow" not in page(client, users.service_manager, path)
    assert "Marlow" in page(client, users.administrator, reverse("work:conferences"))


@pytest.mark.parametrize(("name", "path"), [
    ("administrator", HOME), ("chair", HOME), ("social_worker", HOME), ("service_manager", HOME),
    ("administrator", reverse("work:conferences")), ("service_manager", reverse("work:timeliness"))])  # fmt: skip
def test_a_list_asks_as_much_for_three_conferences_as_for_one(client, name, path):
    council = a_council()
    an_agreed_conference(the_marlows(council))
    an_invited_conference(the_marlows(council, name="Harlan"))
    client.force_login(getattr(council.users, name))
    few = number_of_queries(client, path)
    for number, family in enumerate(("Pond", "Quill", "Rook", "Swan")):
        if number % 2:
            an_agreed_conference(the_marlows(council, name=family))
        else:
            an_invited_conference(the_marlows(council, name=family), hour=12 + 2 * number)
    assert number_of_queries(client, path) == few


def test_the_list_of_conferences_is_searched_and_narrowed_and_bad_words_in_the_address_do_no_harm(client):
    convened = an_agreed_conference()
    an_invited_conference(the_marlows(convened.council, name="Harlan"))
    administrator, path = convened.council.users.administrator, reverse("work:conferences")
    booked = page(client, administrator, f"{path}?state=booked")
    assert "Harlan" in booked and "Marlow" not in booked
    assert "Harlan" not in page(client, administrator, f"{path}?q=marl")
    for odd in ("?state=%00", "?q=%00%27", "?page=minus", "?page=99999"):
        assert client.get(path + odd).status_code == 200


def test_timeliness_counts_what_was_held_by_the_last_day_of_its_limit(client):
    sitting = a_closed_sitting()
    manager = sitting.council.users.service_manager
    with time_machine.travel(at(TODAY + timedelta(days=10)), tick=True):
        shown = " ".join(page(client, manager, reverse("work:timeliness")).split())
    assert "Initial child protection conference" in shown and "100%" in shown


def test_timeliness_is_for_the_service_manager_alone(client):
    council = a_council()
    for name in ("social_worker", "team_manager", "chair", "administrator"):
        client.force_login(getattr(council.users, name))
        assert client.get(reverse("work:timeliness")).status_code == 403
