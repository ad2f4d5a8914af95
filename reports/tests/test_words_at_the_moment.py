"""What is said of a decision is true at that moment: whether it is a first review, and a category that has changed."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from conferences.convening.choices import Outcome
from conferences.meeting.queries.earlier_decisions import is_first_review
from conferences.plans.tests.closing import a_closed_sitting, a_review_sitting, close
from conferences.tests.meeting import decide
from cpc.core.accounts.tests.builders import TODAY
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.letters import parts
from reports.outgoing.queries.facts import facts_of
from reports.outgoing.rules.copies import Reader

pytestmark = pytest.mark.django_db
ONLY_EXCEPTIONALLY = "ends a plan at the first review only in exceptional cases"


def page_of_decision(client, sitting):
    client.force_login(sitting.council.users.chair)
    return client.get(reverse("conferences:meet_decide", args=[sitting.conference.pk])).content.decode()


def test_only_at_a_first_review_is_the_chair_told_what_holds_for_a_first_review(client):
    first = a_closed_sitting(TODAY - timedelta(weeks=30))
    review = a_review_sitting(first)
    ids = [row.child_id for row in review.children]
    assert is_first_review(review.conference, ids) and not is_first_review(first.conference, ids)
    assert ONLY_EXCEPTIONALLY in page_of_decision(client, review)
    decide(review)
    close(review, core_group_at=None)
    second = a_review_sitting(review, weeks=20)
    assert not is_first_review(second.conference, ids)
    assert ONLY_EXCEPTIONALLY not in page_of_decision(client, second)


def test_a_review_that_decided_nothing_leaves_the_next_one_the_first():
    first = a_closed_sitting(TODAY - timedelta(weeks=20))
    adjourned = a_review_sitting(first)
    decide(adjourned, outcome=Outcome.NOT_DECIDED)
    close(adjourned)
    again = a_review_sitting(adjourned, weeks=1)
    assert is_first_review(again.conference, [row.child_id for row in again.children])


def test_a_plan_that_goes_on_in_another_category_says_in_which_it_was_until_now():
    review = a_review_sitting()
    decide(review, category="NEG")
    decide(review, ["theo"], category="EMO")
    close(review, core_group_at=None)
    facts = facts_of(draft_record(by=review.chair, conference=review.conference))
    reader = Reader(children=frozenset(row.child_id for row in review.children), professional=True)
    found = {one.short: one for one in parts.decided(facts, reader)}
    assert (found["Theo"].category, found["Theo"].category_before) == ("Emotional abuse", "Neglect")
    assert found["Rosa"].category_before == ""
    letter = " ".join(render_to_string("letters/parts/decisions.html", {"decisions": [found["Theo"]]}).split())
    assert "The kind of harm is emotional abuse. Until this conference it was neglect." in letter
    letter = render_to_string("letters/parts/decisions.html", {"decisions": [found["Rosa"]]})
    assert "Until this conference" not in letter
