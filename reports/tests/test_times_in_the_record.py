"""The record prints when somebody came later or left, and which decisions were made while too few were there."""

import pytest
import time_machine

from conferences.plans.tests.test_what_counts import OTHERS, leave
from conferences.tests.meeting import a_quorate_sitting, at, decide
from cpc.core.accounts.tests.builders import TODAY
from reports.outgoing.letters.parts.people import how_they_attended
from reports.outgoing.queries.drafting import first_paragraphs

pytestmark = pytest.mark.django_db


def test_the_record_says_which_decisions_were_made_while_too_few_agencies_were_there():
    with time_machine.travel(at(TODAY, 10, 30), tick=False):
        sitting = a_quorate_sitting()
        decide(sitting, ["rosa"])
    with time_machine.travel(at(TODAY, 10, 50), tick=False):
        leave(sitting, OTHERS, 40)
        decide(sitting, ["theo"])
    said = [draft for draft in first_paragraphs(sitting.conference) if draft.heading.startswith("Who was there")]
    assert [draft.child for draft in said] == [sitting.marlows.theo.pk]
    assert said[0].text == "This was decided at 10:50am. Fewer agencies were there then than a conference needs."


def test_the_record_prints_when_somebody_came_and_left():
    sitting = a_quorate_sitting()
    leave(sitting, ("school",), 40)
    school, gp = (sitting.conference.invitations.get(pk=sitting.invitations[name].pk) for name in ("school", "gp"))
    assert how_they_attended(school, {"present": "came"}) == "came and left at 10:40am"
    assert how_they_attended(gp, {"present": "came"}) == "came"
    school.came_at = at(TODAY, 10, 15)
    gp.mode, gp.attendance = "report", "absent"
    assert how_they_attended(gp, {}) == "was asked for a written report only"
    assert how_they_attended(school, {"present": "came"}) == "came at 10:15am and left at 10:40am"
