"""For a family's whiteboard sheet: the family members invited to each coming conference."""

from django import template

from conferences.convening.choices import COMING
from conferences.convening.models import Conference, Invitation
from conferences.disclosure.choices import InviteeKind
from cpc.core.accounts.permissions import Permission, Viewer, few_seen_by

register = template.Library()


@register.simple_tag
def rooms_to_come(viewer: Viewer, family):
    """Each booked or open conference that the viewer may see, with the family members invited. Two queries."""
    if not viewer.can(Permission.READ_CONFERENCE):
        return []
    found = list(few_seen_by(viewer, Conference).filter(family=family, state__in=COMING).order_by("starts_at"))
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
