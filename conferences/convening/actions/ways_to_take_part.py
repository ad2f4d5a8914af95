"""How a parent, carer or relative takes part best, as somebody talked about with them."""

from conferences.convening.actions.invitations import CHANGES
from conferences.convening.models import Invitation
from conferences.convening.queries.taking_part import WAYS
from conferences.convening.states import CONFERENCE
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid


def record_way(*, by, invitation, talked_by, talked_on, wanted_mode, what_helps="") -> Invitation:
    """Record that somebody talked with this person about how they take part: who, when, how they want to attend, and
    what would help them. Their letters say who and when. It changes nothing in how they are invited.
    """
    if not talked_by.strip():
        raise Invalid("Say who talked with them.", "talked_by")
    if talked_on is None or talked_on > by.on:
        raise Invalid("Enter the day on which somebody talked with them, today or in the past.", "talked_on")
    if wanted_mode not in WAYS:
        raise Invalid("Choose how they want to take part.", "wanted_mode")
    conference = invitation.conference
    with acting(by, Permission.RECORD_TAKING_PART, on=conference, step="way to take part", invitation=invitation.pk):
        if conference.state not in CHANGES:
            CONFERENCE.refuse(conference, "have how somebody takes part changed")
        found = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if not found.person_id or found.withdrawn_at:
            raise Invalid("Choose a member of the family who is on the list.")
        found.talked_by, found.talked_on = talked_by.strip(), talked_on
        found.wanted_mode, found.what_helps = wanted_mode, what_helps.strip()
        found.save(update_fields=["talked_by", "talked_on", "wanted_mode", "what_helps"])
    return found
