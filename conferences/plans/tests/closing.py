"""Builders of closed conferences with their plans."""

from datetime import timedelta

from conferences.convening.choices import ConferenceKind
from conferences.plans.actions.close import close_conference
from conferences.plans.actions.outline import add_action
from conferences.plans.choices import EndReason
from conferences.plans.queries.gaps import closing_gaps
from conferences.tests.meeting import a_quorate_sitting, at, decide
from cpc.core.accounts.tests.builders import TODAY
from cpc.core.audit.tests.remembering import remembered


def write_outline(sitting, names=None):
    """Add one action for the named children (default: all)."""
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


TYPED_PLAN = {
    "trigger": "Two missed visits.",
    "visits": "Every ten working days by the social worker, alone on alternate visits.",
    "family_meeting": "It was considered and the family agreed to one.",
    "will_be_told": "The GP and the school.",
}


def reasons_for_gaps(conference) -> dict:
    """The chair's reason for each thing that is not recorded."""
    return {gap.key: "It could not be had on the day." for gap in closing_gaps(conference)}


def closing(sitting, **how):
    """The chair's arguments for closing with a plan."""
    day = sitting.conference.held_on + timedelta(days=7)
    usual = {
        "lead_social_worker": sitting.council.users.social_worker,
        "aim": "The children are safe at home.",
        "contingency": "Legal advice.",
        "members": [sitting.invitations["mother"], sitting.invitations["social_worker"]],
        "core_group_at": at(day),
        "core_group_place": "Alder Lane Primary School",
        "end_reasons": {row.child_id: EndReason.SAFE for row in sitting.children},
        "gap_reasons": reasons_for_gaps(sitting.conference),
        **TYPED_PLAN,
    }
    return usual | how


def close(sitting, **how):
    """Close the conference as its chair."""
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
    """A quorate review of a closed conference, some weeks later. It books the review that waits."""
    first = first or a_closed_sitting(TODAY - timedelta(weeks=weeks))
    on = first.conference.held_on + timedelta(weeks=weeks)
    return a_quorate_sitting(on, kind=ConferenceKind.REVIEW, marlows=first.marlows, children=tuple(first.rows))
