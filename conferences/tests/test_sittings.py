"""A review and the initial conference about a new baby, one straight after the other: one sitting for the people."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from conferences.convening.letters.invitation_family import invitation_family
from conferences.convening.models import Conference, ConferenceChild, Invitation
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.sittings import same_sitting
from conferences.tests.builders import an_agreed_conference, an_invited_conference, at
from conferences.tests.test_convene_pages import filled_in
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.letters import flowing_text
from families.people.models import MustNotLearn
from families.tests.builders import end_entries

pytestmark = pytest.mark.django_db


def a_review_after(convened, **other):
    """A review about Theo that begins when the initial conference ends, to which the mother is about to be invited."""
    first, mother = convened.conference, convened.invitation(convened.marlows.mother)
    with setting_up():
        values = {field.name: getattr(first, field.name) for field in Conference._meta.fields if field.name != "id"}
        at = {"starts_at": first.ends_at, "ends_at": first.ends_at + timedelta(hours=1)}
        made = Conference.objects.create(**values | {"kind": "review", "enquiry": None} | at | other)
        ConferenceChild.objects.create(conference=made, child=convened.marlows.theo)
        Invitation.objects.create(
            conference=made, kind="family", role="parent", person=mother.person, name=mother.name, reason="Mother"
        )
    return made


def letter_to_mother(review):
    context = letter_context(review)
    return " ".join(flowing_text(invitation_family(context, context.invitations[0], TODAY)).split())


def two_to_book():
    """The Marlows' agreed initial conference, and an agreed review about Theo."""
    convened = an_agreed_conference()
    with setting_up():
        review = Conference.objects.create(
            family=convened.conference.family, kind="review", state="agreed", anchor_on=TODAY - timedelta(days=30),
            due_on=TODAY + timedelta(days=40), requested_by=convened.marlows.worker, requested_at=at(TODAY),
            agreed_by=convened.council.users.team_manager, agreed_at=at(TODAY),
        )  # fmt: skip
        ConferenceChild.objects.create(conference=review, child=convened.marlows.theo)
    return convened, review


def test_one_form_books_a_review_straight_after_the_conference_about_the_baby(client):
    convened, review = two_to_book()
    client.force_login(convened.council.users.administrator)
    url = reverse("conferences:book", args=[convened.conference.pk])
    page = client.get(url).content.decode()
    assert "another conference to book" in page and "About Theo Marlow" in page
    client.post(url, filled_in(convened) | {"also_book": [review.pk]})
    first, second = (Conference.objects.get(pk=one.pk) for one in (convened.conference, review))
    assert (first.state, second.state) == ("booked", "booked") and second.starts_at == first.ends_at
    assert list(same_sitting(first)) == [second]
    assert first.invitations.exists() and second.invitations.exists()  # each has its own list


def test_both_are_booked_or_neither_and_the_page_says_which_cannot(client):
    convened, review = two_to_book()
    with setting_up():
        Conference.objects.filter(pk=review.pk).update(due_on=TODAY)  # it would be late, and nobody said why
    client.force_login(convened.council.users.administrator)
    url = reverse("conferences:book", args=[convened.conference.pk])
    page = client.post(url, filled_in(convened) | {"also_book": [review.pk]}).content.decode()
    assert "The review child protection conference: Marlow family, due by" in page and "cannot follow it" in page
    assert set(Conference.objects.values_list("state", flat=True)) == {"agreed"}


def test_a_conference_can_be_booked_straight_after_one_that_is_booked_by_a_link(client):
    convened, review = two_to_book()
    client.force_login(convened.council.users.administrator)
    client.post(reverse("conferences:book", args=[convened.conference.pk]), filled_in(convened))
    first = Conference.objects.get(pk=convened.conference.pk)
    url = reverse("conferences:book", args=[review.pk])
    [query] = re.findall(r'href="(\?starts_at=[^"#]+)#booking-form"', client.get(url).content.decode())
    initial = client.get(url + unescape(query)).context["form"].initial
    assert (initial["held_on"], initial["chair"], initial["room"]) == (first.held_on, first.chair_id, first.room_id)
    assert initial["starts"] == timezone.localtime(first.ends_at).time()


def test_staff_see_both_conferences_of_a_sitting_and_the_second_letter_says_that_one_journey_is_enough(
    client, settings
):
    settings.CPC_PRESET = "haringey"
    convened = an_invited_conference()
    review = a_review_after(convened)
    end_entries()
    client.force_login(convened.council.users.administrator)
    for page in ("conferences:conference", "conferences:invitations", "work:readiness"):
        shown = client.get(reverse(page, args=[review.pk])).content.decode()
        assert "In one sitting with the" in shown, page
        assert reverse("conferences:conference", args=[convened.conference.pk]) in shown
    words = letter_to_mother(review)
    assert "We have already invited you to a meeting at 10am on this day." in words
    assert "The chair meets you first" not in words, "she is there already"
    assert "Rosa" not in words, "the letter about Theo names no child of the other conference"


@pytest.mark.parametrize("other", ["another chair", "an hour later", "another day"])
def test_conferences_with_another_chair_or_a_long_break_are_no_sitting(client, other):
    convened = an_invited_conference()
    late = convened.conference.ends_at + timedelta(hours=1)
    change = {
        "another chair": {"chair": convened.council.users.other_chair},
        "an hour later": {"starts_at": late, "ends_at": late + timedelta(hours=1)},
        "another day": {"starts_at": late + timedelta(days=1), "ends_at": late + timedelta(days=1, hours=1)},
    }
    review = a_review_after(convened, **change[other])
    client.force_login(convened.council.users.administrator)
    shown = client.get(reverse("conferences:conference", args=[review.pk])).content.decode()
    assert "In one sitting with the" not in shown and "already invited" not in letter_to_mother(review)


def test_nobody_is_told_of_a_meeting_to_which_they_were_not_invited_or_come_separately(settings):
    settings.CPC_PRESET = "haringey"
    convened = an_invited_conference()
    review = a_review_after(convened)
    end_entries()
    first = convened.conference.invitations.filter(person=convened.marlows.mother)
    second, arrives = review.invitations.filter(person=convened.marlows.mother), convened.conference.starts_at
    for rows, change in (
        (first, {"apart": True, "arrives_at": arrives}), (first, {"attendance": "excluded"}),
        (first, {"mode": "video"}), (second, {"mode": "phone"}),
    ):  # fmt: skip
        with setting_up():
            rows.update(**change)
        assert "already invited" not in letter_to_mother(review), change
        with setting_up():
            rows.update(apart=False, arrives_at=None, attendance="unknown", mode="room")
    with setting_up():
        entry = MustNotLearn.objects.create(
            reader=convened.marlows.mother, about=convened.marlows.rosa, what="existence", source="judgement",
            reason="Adopted.",
        )  # fmt: skip
    assert "already invited" not in letter_to_mother(review), "the other conference is about a child withheld from her"
    with setting_up():
        entry.delete()
    assert "already invited" in letter_to_mother(review)
    with setting_up():
        first.update(sent_at=None, sent_by=None)
    words = letter_to_mother(review)
    assert "already invited" not in words and "The chair meets you first" in words
