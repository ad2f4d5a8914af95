"""How many pages a task takes, from the strategy discussion to the sent invitations, by links and buttons alone."""

import re
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from conferences.convening.models import Conference, Enquiry
from conferences.tests.builders import (
    a_booked_conference,
    an_agreed_conference,
    second_checked,
    with_fathers_apart,
)
from conferences.tests.enquiries import an_enquiry
from conferences.tests.test_convene_pages import filled_in
from conferences.tests.test_request import a_request, an_enquiry_that_needs_a_conference
from conferences.tests.test_request_pages import found, said
from cpc.core.documents.models import Outgoing
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    """Set the day of the builders."""
    with time_machine.travel("2026-11-20 09:00+00:00", tick=True):
        yield


class Walk:
    """One person at the pages. ``loads`` are the pages that they came to after the first; a link must be there."""

    def __init__(self, client, user, start):
        client.force_login(user)
        self.client, self.loads = client, 0
        self._arrive(client.get(start))

    def follow(self, path):
        """Follows a link of the page."""
        assert path in self.ways("href"), (path, self.ways("href"))
        self.loads += 1
        return self._arrive(self.client.get(path))

    def press(self, data, path=None):
        """Sends the form of the page, or the one that goes to ``path``; comes to the page that follows."""
        assert path is None or path in self.ways("action"), (path, self.ways("action"))
        self.loads += 1
        return self._arrive(self.client.post(path or self.path, data, follow=True))

    def ways(self, kind):
        """Where the links of the page lead, without the places on a page."""
        return {unescape(found).partition("#")[0] for found in re.findall(rf'{kind}="([^"]+)"', self.words)}

    def names(self, beginning):
        """The fields of the page with a name that begins so."""
        return re.findall(rf'name="({beginning}[^"]*)"', self.words)

    def _arrive(self, answer):
        assert answer.status_code == 200, answer
        self.path, self.words = answer.request["PATH_INFO"], answer.content.decode()
        return self


def url(name, *args):
    return reverse(f"conferences:{name}", args=args)


def discuss(client):
    """The social worker records the strategy discussion, from the family's page."""
    marlows = the_marlows()
    walk = Walk(client, marlows.worker, reverse("families:family", args=[marlows.family.pk]))
    walk.follow(url("record_discussion", marlows.family.pk)).press(said(*marlows.children))
    assert Enquiry.objects.exists()
    return walk.loads


def write_outcome(client):
    """The social worker writes the outcome of the enquiry and sends it for sign-off, from the enquiry's page."""
    marlows = the_marlows()
    enquiry = an_enquiry(marlows.council.by("social_worker"), marlows.family, marlows.children)
    walk = Walk(client, marlows.worker, url("enquiry", enquiry.pk)).follow(url("write_outcome", enquiry.pk))
    walk.press(found(*marlows.children, outcome_on="2026-11-18"))
    assert "Waiting for a manager to sign off" in walk.words
    return walk.loads


def request(client):
    """The social worker requests the conference, from the page of the request."""
    marlows = the_marlows()
    enquiry = an_enquiry_that_needs_a_conference(marlows, marlows.council.by("social_worker"))
    walk = Walk(client, marlows.worker, url("ask", enquiry.pk))
    walk.press({
        "kind": "initial", "request_reason": "Continuing harm",
        **{f"include_{child.pk}": "yes" for child in marlows.children},
    })  # fmt: skip
    assert Conference.objects.exists()
    return walk.loads


def agree(client):
    """The manager agrees the request, from their first page."""
    marlows = the_marlows()
    conference = a_request(marlows, marlows.council.by("social_worker"))
    walk = Walk(client, marlows.council.users.team_manager, "/").follow(url("request", conference.pk))
    walk.press({"agreed": "yes"})
    conference.refresh_from_db()
    assert conference.state == "agreed"
    return walk.loads


def book(client):
    """The administrator books, from the page of the conference."""
    convened = an_agreed_conference()
    pk = convened.conference.pk
    walk = Walk(client, convened.council.users.administrator, url("conference", pk)).follow(url("book", pk))
    walk.press(filled_in(convened))
    convened.conference.refresh_from_db()
    assert convened.conference.state == "booked"
    return walk.loads


def change_chair(client):
    """The administrator gives the conference another chair, from the page of the conference."""
    convened = a_booked_conference()
    pk, other = convened.conference.pk, convened.council.users.other_chair
    walk = Walk(client, convened.council.users.administrator, url("conference", pk)).follow(url("change_chair", pk))
    walk.press({"chair": other.pk, "reason": "chair_ill", "agreed_by": "The service manager"})
    convened.conference.refresh_from_db()
    assert convened.conference.chair == other
    return walk.loads


def adjust(client):
    """The administrator changes how one person comes and says why five are not invited, from the list of people."""
    convened = a_booked_conference()
    pk, dan = convened.conference.pk, convened.invitation(convened.marlows.rosas_father)
    walk = Walk(client, convened.council.users.administrator, url("invitations", pk))
    walk.follow(url("change_invitation", dan.pk)).press({
        "children": [convened.marlows.rosa.pk], "mode": "video", "apart": "yes",
        "video_link": "https://video.example.org/dan", "is_expected": "yes",
    })  # fmt: skip
    walk.follow(url("why_not", pk))
    reasons = dict.fromkeys(walk.names("why_"), "Nobody there has met the family yet.")
    assert len(reasons) >= 2
    walk.press(reasons)
    dan.refresh_from_db()
    assert dan.apart and url("why_not", pk) not in walk.ways("href")
    return walk.loads


def check(client):
    """The social worker checks the list as a second person, from their first page."""
    convened = with_fathers_apart(a_booked_conference())
    pk = convened.conference.pk
    walk = Walk(client, convened.council.users.social_worker, "/").follow(url("check_invitations", pk))
    walk.press(dict(re.findall(r'name="(\w+)" value="([^"]*)"', walk.words)))
    return walk.loads


def send(client):
    """The administrator reads what each person receives and sends it, from the list of people."""
    convened = with_fathers_apart(a_booked_conference())
    second_checked(convened)
    pk = convened.conference.pk
    walk = Walk(client, convened.council.users.administrator, url("invitations", pk))
    walk.follow(url("preview_invitations", pk)).press({}, url("send_invitations", pk))
    assert Outgoing.objects.filter(purpose="invitation").exists()
    return walk.loads


# The pages that it took when the pages were first walked by somebody new to them, and the most that it may take now.
TASKS = [
    (discuss, 3, 2), (write_outcome, 2, 2), (request, 1, 1), (agree, 3, 2), (book, 4, 2), (adjust, 12, 4),
    (check, 3, 2), (send, 4, 2), (change_chair, 2, 2),
]  # fmt: skip


@pytest.mark.parametrize("task, first, most", TASKS, ids=lambda one: getattr(one, "__name__", one))
def test_a_task_of_four_or_more_pages_takes_at_most_half_of_them_and_none_takes_more(client, task, first, most):
    assert most <= (first // 2 if first >= 4 else first)
    assert task(client) <= most
