"""Every list of conferences and what leads to them asks the database as often for 200 rows as for 2."""

from copy import copy
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conferences.convening.models import Conference, Dispute, DisputeStage, StrategyDiscussion
from conferences.tests.builders import HELD_ON, a_booked_conference, an_agreed_conference, at
from conferences.tests.test_request import a_declined_request
from cpc.core.accounts.tests.builders import TODAY, setting_up
from families.cases.models import Family
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db
MIDNIGHT = at(HELD_ON, 0)


@pytest.fixture(autouse=True)
def the_day():
    """The day before the conferences, so that they are on every list of what is coming."""
    with time_machine.travel(at(HELD_ON - timedelta(days=1), 9), tick=True):
        yield


def copies(record, number, change):
    """``number`` more rows like ``record``; ``change`` is called with each and its place in the row."""
    made = []
    for place in range(number):
        one = copy(record)
        one.pk, one._state = None, copy(record._state)
        one._state.adding = True
        change(one, place)
        made.append(one)
    with setting_up():
        return type(record).objects.bulk_create(made)


def booked(number):
    convened = a_booked_conference()

    def at_a_time_of_its_own(one, place):
        one.starts_at = MIDNIGHT + timedelta(minutes=4 * place)
        one.ends_at = one.starts_at + timedelta(minutes=3)
        one.anchor_on -= timedelta(days=place + 1)

    with setting_up():  # out of the way of the others
        Conference.objects.update(starts_at=MIDNIGHT + timedelta(hours=20), ends_at=MIDNIGHT + timedelta(hours=22))
    copies(Conference.objects.get(pk=convened.conference.pk), number - 1, at_a_time_of_its_own)
    return convened.council.users.administrator


def agreed(number):
    convened = an_agreed_conference()

    def earlier(one, place):
        one.anchor_on -= timedelta(days=place + 1)

    copies(Conference.objects.get(pk=convened.conference.pk), number - 1, earlier)
    return convened.council.users.administrator


def families(number):
    marlows = the_marlows()

    def another(one, place):
        one.name, one.case_number = f"Marlow {place}", f"CN-M-{place}"
        one.opened_on -= timedelta(days=place + 1)  # the first, which has children, stays on the first page

    copies(Family.objects.get(pk=marlows.family.pk), number - 1, another)
    return marlows.council.users.social_worker


def discussions(number):
    convened = an_agreed_conference()
    copies(StrategyDiscussion.objects.get(), number - 1, lambda one, place: None)
    return convened.council.users.social_worker


def disputes(number):
    marlows = the_marlows()
    conference, worker = a_declined_request(marlows), marlows.council.users.social_worker
    one = Dispute(conference=conference, raised_by=worker, raised_at=timezone.now(), reason="It should be held")
    rows = copies(one, number, lambda one, place: None)
    with setting_up():
        DisputeStage.objects.bulk_create(
            DisputeStage(
                dispute=row, number=1, people="service managers", role="service_manager", began_on=TODAY, due_on=TODAY
            )
            for row in rows
        )
    return marlows.council.users.service_manager


def of_the_only(model, name):
    return lambda: reverse(name, args=[model.objects.values_list("pk", flat=True).order_by("pk")[0]])


LISTS = {
    "all conferences": (booked, lambda: reverse("work:conferences")),
    "the requests to be booked": (agreed, lambda: reverse("work:conferences") + "?state=agreed"),
    "the diary of a day": (booked, lambda: f"{reverse('work:diary')}?view=day&on={HELD_ON}"),
    "the diary of a week": (booked, lambda: f"{reverse('work:diary')}?view=week&on={HELD_ON}"),
    "the diary of a month": (booked, lambda: f"{reverse('work:diary')}?view=month&on={HELD_ON}"),
    "the next seven days": (booked, lambda: reverse("work:next_seven_days")),
    "what is to be done": (agreed, lambda: reverse("work:home")),
    "all families": (families, lambda: reverse("families:list")),
    "the discussions of a family": (discussions, of_the_only(Family, "families:family")),
    "the disagreements about a request": (disputes, of_the_only(Conference, "conferences:request")),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_200_rows_as_for_2(client, name):
    fill, address = LISTS[name]
    asked = []
    for number in (2, 200):
        with transaction.atomic():
            client.force_login(fill(number))
            path = address()
            client.get(path)  # what is asked once and kept
            with CaptureQueriesContext(connection) as found:
                assert client.get(path).status_code == 200
            asked.append(len(found))
            transaction.set_rollback(True)  # the next begins with no row
    assert asked[0] == asked[1]
