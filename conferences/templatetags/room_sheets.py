"""For the whiteboard sheet of a family: who of the family is invited to which conference that is to come."""

from django import template

from conferences.choices import ConferenceState, InviteeKind
from conferences.models import Conference, Invitation
from cpc.core.accounts.permissions import Permission, seen_by

register = template.Library()


@register.simple_tag
def rooms_to_come(viewer, family):
    """Each conference booked or being held that the viewer may see, with the family invited (2 queries)."""
    if not viewer.can(Permission.READ_CONFERENCE):
        return []
    states = (ConferenceState.BOOKED, ConferenceState.OPEN)
    found = list(seen_by(viewer, Conference).filter(family=family, state__in=states).order_by("starts_at"))
    invited = Invitation.objects.filter(
        conference__in=found, kind=InviteeKind.FAMILY, withdrawn_at__isnull=True
    ).values_list("conference", "person")
    return [
        {
            "conference": conference,
            "query": "&".join(f"with={person}" for at, person in sorted(invited) if at == conference.pk),
        }
        for conference in found
    ]
