"""What goes on paper after a conference: one builder for each audience. ``build`` picks the one for a copy."""

from conferences.choices import InviteeKind
from reports.choices import WrittenKind
from reports.letters import decision_child, decision_family, decision_professional, record_family, record_professional


def letter_for(facts, copy, *, on, delivery):
    """The letter that this copy is, dated ``on``; ``delivery`` has the lines of an address, if one is printed."""
    if copy.kind == WrittenKind.RECORD:
        made = record_professional if copy.invitation.kind == InviteeKind.PROFESSIONAL else record_family
    elif copy.invitation.person_id in facts.included:
        made = decision_child
    else:
        made = decision_professional if copy.invitation.kind == InviteeKind.PROFESSIONAL else decision_family
    return made.build(facts, copy, on=on, delivery=delivery)
