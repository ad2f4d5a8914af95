"""A letter about one child names the core group of that child’s plan, and of no brother’s or sister’s."""

from datetime import timedelta

import pytest

from conferences.plans.tests.closing import close, write_outline
from conferences.tests.meeting import a_quorate_sitting, decide
from cpc.core.accounts.tests.builders import TODAY
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.queries.facts import facts_of

pytestmark = pytest.mark.django_db


def test_the_record_of_one_childs_conference_names_only_the_core_group_of_that_childs_plan():
    first = a_quorate_sitting(TODAY - timedelta(weeks=3), children=("rosa",))
    decide(first)
    write_outline(first)
    close(first, members=[first.invitations[name] for name in ("mother", "school")])
    second = a_quorate_sitting(TODAY, marlows=first.marlows, children=("theo",))
    decide(second)
    write_outline(second)
    chosen = [second.invitations[name] for name in ("mother", "health_visiting")]
    close(second, members=chosen)
    facts = facts_of(draft_record(by=second.chair, conference=second.conference))
    assert {member.name for member in facts.members} == {each.name for each in chosen}
