"""A page for an act that the state of its record forbids leads back and says so, before anybody types anything."""

from copy import deepcopy

import pytest
from django.urls import resolve, reverse

from conferences.convening.choices import ConferenceState as C
from cpc.core.accounts.lifecycles import KINDS
from cpc.core.accounts.models import User
from cpc.core.accounts.tests.builders import viewer
from cpc.tests.lifecycles import enquiries, families, papers  # noqa: F401  (their kinds are registered with the others)
from cpc.tests.lifecycles.records import WALKS
from cpc.tests.lifecycles.test_walk import undone

pytestmark = pytest.mark.django_db
# The states in which each page is for something that can be done.
PAGES = {
    "conference": {
        "conferences:dispute": {C.DECLINED},
        "conferences:change_chair": {C.BOOKED},
        "conferences:acting_chair": {C.BOOKED, C.OPEN, C.HELD},
        "conferences:meet_put_back": {C.OPEN},
        "conferences:meet_attendance": {C.OPEN},
        "conferences:meet_newcomer": {C.OPEN},
        "conferences:meet_quorum": {C.OPEN},
        "conferences:meet_decide": {C.OPEN},
    },
    "professional disagreement": {
        "conferences:answer_dispute": {"waiting for an answer"},
        "conferences:reply_to_answer": {"answered"},
    },
    "change of a discussion’s date": {"conferences:answer_date_change": {"waiting for an answer"}},
    "child protection plan": {"plans:end": {"open"}, "plans:undo_end": {"ended"}},
    "core group meeting": {"plans:move_core_group": {"planned"}, "plans:record_core_group": {"planned"}},
    "child in need meeting": {"plans:move_need_meeting": {"planned"}, "plans:record_need_meeting": {"planned"}},
    "child in need plan": {"plans:end_need": {"open"}},
    "report": {"reports:send_back": {"submitted"}},
    "data protection incident": {"documents:settle_incident": {"not settled"}},
}


@pytest.mark.parametrize("noun", sorted(PAGES))
def test_a_page_for_what_the_state_forbids_leads_back_and_says_what_can_be_done(client, noun):
    kind, walk, refused = KINDS[noun], WALKS[noun], set()
    found = walk.base()
    for state, make in walk.states.items():
        with undone():
            record = make(deepcopy(found))
            for name in [name for name, states in PAGES[noun].items() if state not in states]:
                path = reverse(name, args=[record.pk])
                for user in who_gets_past_the_door(path):
                    client.force_login(user)
                    answer = client.get(path)
                    if answer.status_code in (403, 404):
                        continue  # in this state it is not theirs
                    assert answer.status_code == 302, f"{noun}, {state}: {name}"
                    said = client.get(answer.url).content.decode()
                    assert f"This {noun} is" in said and "so it cannot" in said, f"{noun}, {state}: {name}"
                    assert kind.way(state).split(":")[0] in said
                    refused.add(name)
                    break
    assert refused == set(PAGES[noun])


def who_gets_past_the_door(path):
    """The users with a permission that opens this page."""
    permissions = resolve(path).func.guarded_by
    people = User.objects.filter(is_active=True).order_by("pk")
    return [user for user in people if any(viewer(user).can(one) for one in permissions)]
