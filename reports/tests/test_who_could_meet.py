"""The generated search for two people who could meet, on a fixed sample; each guard taken away is found out.

``manage.py search_meetings`` tries 100,000 cases.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from conferences.separation.queries.presences import presence_at
from conferences.separation.rules import Pair, would_meet
from cpc.core.policy.queries import rules_read_once
from reports.outgoing.management.meetings import draw, is_sent, need_meeting_is_booked, search

pytestmark = pytest.mark.django_db
SAMPLE, TRIES = 80, 800
RULES = "conferences.separation.rules"
WITHHELD = "conferences.separation.queries.withheld"
LETTERS = "reports.outgoing.letters.parts"
ROOM = "conferences.meeting.queries.room"
INVITATION = "conferences.convening.letters.invitation_family"
CONTEXT = "conferences.convening.queries.letter_context.LetterContext"


def nobody(*_, **__):
    return frozenset()


def never(*_, **__):
    return False


def without_a_gap(presences, pairs, gap=None, would_meet=would_meet):
    return would_meet(presences, pairs)


def in_a_call_alone(conference, invitation):
    found = presence_at(conference, invitation)
    return replace(found, screen=f"call {invitation.pk}") if found.mode == "phone" else found


def everybody_else_invited(context, invitation):
    return [(one, presence_at(context.conference, one)) for one in context.invitations if one.pk != invitation.pk]


def place_as_it_is(meeting, names):
    return meeting.place


GUARDS = {
    "who would meet": {f"{RULES}.meet": never},
    "from when until when somebody is there": {f"{RULES}._overlap": never},
    "which rooms are in one building": {f"{RULES}.is_one_building": never},
    "who is in one phone call": {"reports.outgoing.management.meetings.presence_at": in_a_call_alone},
    "the gap between two people": {f"{RULES}.would_meet": without_a_gap},
    "two times in one building": {f"{RULES}.in_one_building": lambda *_: []},
    "a door of their own in one building": {f"{RULES}.share_a_door": never},
    "who cannot be in one group": {f"{RULES}.kept_apart": lambda *_: []},
    "how long a child in need meeting lasts": {"conferences.plans.queries.presences.LENGTH": timedelta()},
    "who takes part in the core group": {f"{LETTERS}.plan._is_reader": lambda *_: True},
    "who is not listed as having come": {f"{LETTERS}.people.people_protected_from": nobody},
    "who is not told the day of the review": {f"{LETTERS}.plan._people_protected_from": nobody},
    "whose times are withheld": {f"{WITHHELD}.people_protected_from": nobody},
    "what the release check looks for": {f"{WITHHELD}.protect_presences": lambda *_: []},
    "who alone is told of the other": {f"{CONTEXT}.others_kept_apart": everybody_else_invited},
    "whose steps are on a page of the safety plan": {
        "conferences.convening.queries.safety_plans.people_protected_from": nobody
    },
    "who is named as coming to a child": {f"{INVITATION}._not_named_to_anybody": nobody},
    "when a child is told of the next conference": {f"{LETTERS}.plan._may_be_read_by_either": never},
    "where a message says that a meeting is": {"conferences.convening.letters.notices._place": place_as_it_is},
    "who the room’s screen lists": {f"{ROOM}.PeoplePresent._lists": lambda *_: True},
    "what the room’s screen may not show": {f"{ROOM}.Listener.would_learn": lambda *_: []},
    "that the protected person is told": {f"{CONTEXT}.others_kept_apart": lambda *_: []},
}


def test_in_the_sample_nobody_could_meet_and_nobody_learns_where_somebody_will_be():
    with rules_read_once():
        cases = [draw(seed) for seed in range(SAMPLE)]
        assert [found for case in cases for found in search(case)] == []
        # Not because nothing is ever sent.
        assert SAMPLE / 5 < sum(is_sent(case) for case in cases) < SAMPLE
    assert {len(pair.protected) for case in cases for pair in case.pairs} == {1, 2}
    assert SAMPLE / 5 < sum(need_meeting_is_booked(case) for case in cases) < SAMPLE
    assert any(isinstance(pair, Pair) and pair.key <= set(case.members) for case in cases for pair in case.pairs)


@pytest.mark.parametrize("guard", GUARDS)
def test_without_this_guard_the_search_finds_somebody(guard, monkeypatch):
    for place, instead in GUARDS[guard].items():
        monkeypatch.setattr(place, instead)
    with rules_read_once():
        assert any(search(draw(seed)) for seed in range(TRIES)), f"nobody notices that {guard} is gone"
