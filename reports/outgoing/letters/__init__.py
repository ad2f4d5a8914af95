"""Letters and records after a conference: one builder for each audience. ``letter_for`` chooses the one for a copy."""

from dataclasses import replace

from conferences.disclosure.choices import InviteeKind
from cpc.core.policy.queries import rules_read_once
from families.people.rules.short_names import told_apart_without
from reports.outgoing.choices import WrittenKind
from reports.outgoing.letters import (
    decision_child,
    decision_family,
    decision_professional,
    record_family,
    record_professional,
)


def letter_for(facts, copy, *, on, delivery):
    """The letter of this copy, dated ``on``. ``delivery`` has the address lines, if an address is printed."""
    if copy.kind == WrittenKind.RECORD:
        made = record_professional if copy.invitation.kind == InviteeKind.PROFESSIONAL else record_family
    elif copy.invitation.person_id in facts.included:
        made = decision_child
    else:
        made = decision_professional if copy.invitation.kind == InviteeKind.PROFESSIONAL else decision_family
    hidden = facts.rules.withheld_from(copy.invitation.person_id).people if copy.invitation.person_id else ()
    facts = replace(facts, children=tuple(told_apart_without(facts.children, hidden)))
    with rules_read_once():
        return made.build(facts, copy, on=on, delivery=delivery)
