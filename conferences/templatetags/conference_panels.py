"""Panels of conferences for the pages of other apps. Each applies its own sight, and is never called in a loop."""

from django import template

from conferences.choices import ConferenceState
from conferences.models import Conference
from conferences.queries.invite import invitations_of
from cpc.core.accounts.permissions import Permission, seen_by
from cpc.core.web.templatetags.components import tag

register = template.Library()


@register.inclusion_tag("conferences/panels/invited.html")
def invited_panel(conference, viewer, rows=None):
    """Who is invited to one conference, and what they answered; nothing to whoever may not see it."""
    if rows is None:
        seen = seen_by(viewer, Conference).filter(pk=conference.pk).exists()
        rows = invitations_of(conference) if seen else []
    return {
        "conference": conference,
        "rows": [one for one in rows if not one.withdrawn_at],
        "may_invite": viewer.may(Permission.INVITE, conference) and conference.state == ConferenceState.BOOKED,
    }


@register.simple_tag
def conference_state(conference):
    """How far a conference has come, as a tag."""
    return tag(ConferenceState(conference.state))
