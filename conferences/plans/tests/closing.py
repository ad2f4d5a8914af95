"""Conferences closed with their plans, for tests."""

from datetime import timedelta

from conferences.choices import ConferenceKind
from conferences.plans.actions.close import close_conference
from conferences.plans.actions.outline import add_action
from conferences.tests.meeting import a_quorate_sitting, at, decide
from cpc.core.accounts.tests.builders import TODAY
from cpc.core.audit.tests.remembering import remembered


def write_outline(sitting, names=None):
    """One action for the named children (default: all)."""
    children = [row.child for name, row in sitting.rows.items() if names is None or name in names]
    return add_action(
        by=sitting.chair,
        conference=sitting.conference,
        outcome="The children are fed and at school on time",
        action="Go to the breakfast club",
        who="Anna Marlow",
        due_on=sitting.conference.held_on + timedelta(days=14),
        measure="School sees them by 8:45 on four days of five",
        children=children,
    )


def closing(sitting, **how):
    """What the chair gives when closing with a plan."""
    day = sitting.conference.held_on + timedelta(days=7)
    usual = {
        "lead_social_worker": sitting.council.users.social_worker,
        "aim": "The children are safe at home.",
        "contingency": "Legal advice.",
        "members": [sitting.invitations["mother"], sitting.invitations["social_worker"]],
        "core_group_at": at(day),
        "core_group_place": "Alder Lane Primary School",
    }
    return usual | how


def close(sitting, **how):
    """The chair closes the conference."""
    return close_conference(by=sitting.chair, conference=sitting.conference, **closing(sitting, **how))


@remembered
def a_closed_sitting(on=TODAY, **how):
    """An initial conference that gave every child a plan."""
    sitting = a_quorate_sitting(on, **how)
    decide(sitting)
    write_outline(sitting)
    close(sitting)
    return sitting


def a_review_sitting(first=None, weeks=8):
    """The review of a closed conference, quorate, some weeks later. One waits to be booked; this is it, booked."""
    first = first or a_closed_sitting(TODAY - timedelta(weeks=weeks))
    on = first.conference.held_on + timedelta(weeks=weeks)
    return a_quorate_sitting(on, kind=ConferenceKind.REVIEW, marlows=first.marlows, children=tuple(first.rows))
