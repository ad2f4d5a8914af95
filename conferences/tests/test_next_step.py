"""The next step of a conference: one test for each state, with the words and the links for each viewer."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from conferences.convening.actions.booking import book, cancel
from conferences.convening.actions.independence import agree_chair
from conferences.convening.choices import CancelReason, ConferenceKind, ConferenceState
from conferences.convening.models import Conference
from conferences.convening.queries.next_step import next_step
from conferences.plans.tests.closing import a_closed_sitting
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    an_agreed_conference,
    an_invited_conference,
    at,
    booking,
    declare,
)
from conferences.tests.meeting import an_open_sitting
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer

pytestmark = pytest.mark.django_db


def step(convened, who, *, on=TODAY, **how):
    conference = Conference.objects.get(pk=convened.conference.pk)
    return next_step(conference, viewer(getattr(convened.council.users, who), on), **how)


def links(found):
    return [(link.text, link.look) for link in found.links]


def put_in(convened, state, **values):
    with setting_up():
        Conference.objects.filter(pk=convened.conference.pk).update(state=state, **values)
    return convened


def test_a_request_waits_for_the_manager_of_the_team():
    convened = put_in(an_agreed_conference(), ConferenceState.REQUESTED, agreed_by=None, agreed_at=None)
    (words,) = step(convened, "social_worker").paragraphs
    assert words.startswith(
        "The team manager must agree or decline this request. The last day to hold the conference is "
    )
    assert links(step(convened, "team_manager")) == [("Agree or decline", "")]
    assert links(step(convened, "social_worker")) == []


def test_a_declined_request_leads_to_its_reasons():
    convened = an_agreed_conference()
    manager = convened.council.users.team_manager
    put_in(
        convened, ConferenceState.DECLINED, declined_by=manager, declined_at=at(TODAY), decline_reason="Not needed",
        agreed_by=None, agreed_at=None,
    )  # fmt: skip
    assert step(convened, "social_worker").paragraphs == [f"{manager} declined this request."]
    assert links(step(convened, "social_worker")) == [("Read the reasons, or disagree with the decision", "link")]


def test_an_agreed_conference_is_booked_by_an_administrator():
    convened = an_agreed_conference()
    (words,) = step(convened, "administrator").paragraphs
    assert words.startswith("An administrator must book the date, time, place and chair. The last day")
    assert links(step(convened, "administrator")) == [("Book the conference", "")]
    assert links(step(convened, "social_worker")) == []


def test_a_booked_conference_waits_for_the_declaration_of_its_chair():
    convened = an_agreed_conference()
    book(by=convened.by("administrator"), conference=convened.conference, **booking(convened.council))
    (words,) = step(convened, "administrator", unsent=3).paragraphs
    assert words.startswith("Gwen Ashby must declare whether they are independent")
    assert "No invitations can be sent and the conference cannot be opened until then." in words
    assert links(step(convened, "chair")) == [("Declare whether you are independent", "")]
    assert links(step(convened, "administrator", unsent=3)) == [("Check the invitations", "")]
    assert links(step(convened, "administrator")) == links(step(convened, "other_chair")) == []


def test_a_chair_who_is_not_independent_waits_for_the_service_manager():
    convened = a_booked_conference()
    declare(convened.by("chair"), convened.conference, independent=False)
    (words,) = step(convened, "service_manager").paragraphs
    assert words.startswith("Gwen Ashby has declared that they are not independent.")
    assert links(step(convened, "service_manager")) == [("Approve as chair", "")]
    assert links(step(convened, "administrator")) == []
    agree_chair(by=convened.by("service_manager"), conference=convened.conference, reason="Nobody else")
    assert step(convened, "administrator", unsent=2).paragraphs[0].startswith("2 people on the list")


def test_a_booked_conference_waits_for_its_invitations():
    convened = a_booked_conference()
    (words,) = step(convened, "administrator", unsent=3).paragraphs
    assert words.startswith("3 people on the list have not been invited yet.")
    assert step(convened, "administrator", unsent=1).paragraphs[0].startswith("1 person on the list has not")
    assert links(step(convened, "administrator", unsent=3))[0] == ("Check the invitations", "")
    assert step(convened, "social_worker", unsent=3).paragraphs == [
        "The conference is booked. The administrator will send the invitations."
    ]
    assert links(step(convened, "social_worker", unsent=3)) == []


def test_once_everyone_is_invited_the_next_step_is_the_conference():
    convened = an_invited_conference()
    assert step(convened, "chair").paragraphs == [
        "Everyone on the list has been invited. The next step is the conference itself, "
        "on Wednesday 2 December 2026 at 10am."
    ]
    assert links(step(convened, "chair")) == [("Open the conference", "secondary")]
    assert links(step(convened, "chair", on=HELD_ON)) == [("Open the conference", "")], (
        "on its day it is the main thing"
    )
    assert links(step(convened, "social_worker", on=HELD_ON)) == []


def test_after_its_day_the_next_step_is_to_write_it_up_or_to_move_it():
    convened = an_invited_conference()
    [words] = step(convened, "chair", on=HELD_ON + timedelta(days=1)).paragraphs
    assert words.startswith("The conference was booked for Wednesday 2 December 2026 at 10am. If it was held,")


def test_an_open_conference_is_in_progress():
    sitting = an_open_sitting()
    assert step(sitting, "chair").paragraphs == ["The conference is in progress."]
    assert links(step(sitting, "chair")) == links(step(sitting, "administrator")) == [("Go to the conference", "")]
    assert links(step(sitting, "social_worker")) == []


def test_a_held_conference_is_followed_by_its_record():
    sitting = an_open_sitting()
    closed = {"closed_at": at(TODAY, 12), "closed_by": sitting.conference.chair, "quorate": True}
    convened = put_in(sitting, ConferenceState.HELD, **closed)
    (words,) = step(convened, "chair").paragraphs
    assert words.endswith("The record, letters and plan follow.")
    assert links(step(convened, "chair")) == [("See what was said and decided", "link")]
    assert links(step(convened, "social_worker")) == []


def test_a_cancelled_conference_says_who_cancelled_it_and_that_it_is_not_postponed():
    convened = a_booked_conference()
    administrator = convened.council.users.administrator
    put_in(
        convened, ConferenceState.CANCELLED, cancelled_by=administrator, cancelled_at=at(date(2026, 11, 20)),
        cancel_reason=CancelReason.OTHER, cancel_note="Snow",
    )  # fmt: skip
    first, then = step(convened, "chair").paragraphs
    assert first.startswith(f"{administrator} cancelled the conference on Friday 20 November 2026: ")
    assert first.endswith(" Snow")
    assert then == "It has not been postponed. If a conference is still needed, it must be requested again."
    assert step(convened, "chair").links == []


def test_a_cancelled_review_leads_to_the_review_that_was_requested_instead():
    sitting = a_closed_sitting()
    review = Conference.objects.get(kind=ConferenceKind.REVIEW)
    cancel(
        by=sitting.council.by("administrator"), conference=review, reason=CancelReason.CHAIR_ILL, agreed_by="The chair"
    )
    another = Conference.objects.get(kind=ConferenceKind.REVIEW, state=ConferenceState.AGREED)
    found = next_step(review, sitting.council.by("administrator"))
    assert found.paragraphs[1].endswith("Another review has been requested, with the same last day.")
    assert [link.href for link in found.links] == [reverse("conferences:conference", args=[another.pk])]
    assert another.due_on == review.due_on


def test_every_state_has_a_next_step():
    from conferences.convening.queries.next_step import _STEPS

    assert set(_STEPS) == set(ConferenceState)
