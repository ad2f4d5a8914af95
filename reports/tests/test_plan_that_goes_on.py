"""A review’s copies hold the whole plan that goes on: what is new, and what was agreed before and is to be done."""

from datetime import timedelta

import pytest
import time_machine

from conferences.convening.choices import Outcome
from conferences.convening.choices.enquiries import ActionState
from conferences.disclosure.choices import Audience
from conferences.plans.actions import outline
from conferences.plans.actions.core_groups import record_core_group
from conferences.plans.models import CoreGroupMeeting, PlanAction
from conferences.plans.tests.closing import a_review_sitting, close
from conferences.tests.meeting import decide
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.letters import flowing_text
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.letters import letter_for
from reports.outgoing.letters.lacks import copies_that_lack
from reports.outgoing.queries.copies import says_the_same
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.facts import facts_of
from reports.tests.builders import a_held_sitting, approve_record, copy_for

pytestmark = pytest.mark.django_db
FIRST = TODAY - timedelta(weeks=8)
BOTH = ("decision_letter", "record")


def also_agree(sitting, action, children, audience=Audience.EVERYONE) -> None:
    """An action more that the first conference agreed."""
    with setting_up():
        made = PlanAction.objects.create(
            family=sitting.marlows.family, conference=sitting.conference, outcome="Safe", action=action,
            who="Priya Nandra", due_on=FIRST + timedelta(days=30), measure="Seen", audience=audience,
        )  # fmt: skip
        for child in children:
            made.children.create(child=child)


def mark_done(sitting, action, on) -> None:
    """The core group marks the action as done."""
    done = {PlanAction.objects.get(action=action).pk: (ActionState.DONE, "Every day.")}
    meeting = CoreGroupMeeting.objects.filter(state="planned").latest("pk")
    record_core_group(
        by=sitting.council.by("social_worker", on), meeting=meeting, held_on=on, present="A", actions=done
    )


@pytest.fixture
def reviewed():
    """(the review at which Rosa’s plan goes on and Theo’s ends, its record)."""
    first = a_held_sitting(on=FIRST)
    rosa, theo = first.marlows.rosa, first.marlows.theo
    also_agree(first, "Take Rosa and Theo to the club", [rosa, theo])
    also_agree(first, "Ask about the kestrel", [rosa], Audience.PROFESSIONALS)
    mark_done(first, "Walk Rosa to school", FIRST + timedelta(days=7))
    review = a_review_sitting(first)
    decide(review, ["rosa"], reasons="Rosa is still alone at times.")
    decide(review, ["theo"], Outcome.NO_PLAN, reasons="Theo is safe.")
    outline.add_action(
        by=review.chair, conference=review.conference, outcome="Safe", action="Meet Rosa at the bus",
        who="Anna Marlow", due_on=TODAY + timedelta(days=9), measure="Seen", children=[rosa],
    )  # fmt: skip
    close(review)
    review.conference.refresh_from_db()
    return review, draft_record(by=review.chair, conference=review.conference)


def letter(sitting, record, who, kind="record"):
    copy = copy_for(sitting, record, who, kind)
    return letter_for(facts_of(record), copy, on=TODAY, delivery=delivery_of(copy.invitation, TODAY))


def test_a_reader_has_what_goes_on_of_the_plan_of_a_child_and_nothing_that_is_done_or_ended(reviewed):
    for kind in BOTH:
        for who in ("mother", "school", "rosas_father"):
            words = flowing_text(letter(*reviewed, who, kind))
            assert "Meet Rosa at the bus" in words and "See both children every two weeks" in words, (who, kind)
            assert "Agreed on 25 September 2026, and still to be done" in words
            assert "Walk Rosa to school" not in words and "Buy Theo a coat" not in words
        assert "See both children" not in flowing_text(letter(*reviewed, "theos_father", kind))


def test_what_goes_on_is_held_from_the_same_readers_as_what_is_new_and_the_chair_is_told(reviewed):
    for who, has_club, has_kestrel in (("mother", 1, 0), ("rosas_father", 0, 0), ("school", 0, 1)):
        words = flowing_text(letter(*reviewed, who))
        assert ("Take Rosa and Theo to the club" in words, "kestrel" in words) == (has_club, has_kestrel), who
    lacks = {
        one.copy.invitation.name: one.sentences for one in copies_that_lack(facts_of(reviewed[1]), ["record"], TODAY)
    }
    assert lacks["Dan Pryce"] == ("This copy lacks the plan about Rosa, or part of it.",)
    assert "Anna Marlow" not in lacks


def test_what_a_core_group_says_of_it_later_changes_no_copy_that_was_approved(reviewed):
    review, record = reviewed
    approve_record(by=review.chair, record=record, reason="The worker tells them.")
    with time_machine.travel(review.conference.closed_at + timedelta(days=7)):
        mark_done(review, "See both children every two weeks", TODAY + timedelta(days=7))
    copy = copy_for(review, record, "mother")
    assert "See both children every two weeks" in str(copy.document.values)
    assert says_the_same(copy.document, letter(review, record, "mother"))
