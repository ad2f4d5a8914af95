"""A professional disagreement never closes itself: people are reminded, and nothing else happens."""

import pytest
import time_machine

from conferences.convening import deadlines
from conferences.convening.actions.disputes import answer_dispute, dispute_decision
from conferences.convening.choices import ConferenceState
from conferences.tests.test_request import a_declined_request
from cpc.reminders.tasks import remind_everyone
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db


def test_three_years_without_an_answer_or_a_reply_close_nothing():
    marlows = the_marlows()
    council = marlows.council
    dispute = dispute_decision(by=council.by("school"), conference=a_declined_request(marlows), reason="It goes on")
    for waits_for in ("answer_dispute", "reply_to_answer"):
        with time_machine.travel("2029-11-20 09:00+00:00"):
            assert remind_everyone() > 0
        dispute.refresh_from_db()
        assert dispute.closed_at is None and dispute.conference.state == ConferenceState.DECLINED
        kinds = {duty.kind for duty in deadlines.duties()}
        assert waits_for in kinds  # late, and still somebody's
        if waits_for == "answer_dispute":
            answer_dispute(by=council.by("service_manager"), dispute=dispute, answered_by="Ann Ellis", answer="No")
