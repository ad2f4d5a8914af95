"""Panels of conferences for the pages of other apps. Each applies its own visibility rule; never call one in a loop."""

from django import template

from conferences.convening.choices import ConferenceState
from conferences.convening.models import Conference
from conferences.convening.queries.chairs import conferences_while_away
from conferences.convening.queries.invitations import invitations_of
from cpc.core.accounts.permissions import Permission, Viewer, few_seen_by
from cpc.core.web.templatetags.components import tag
from families.people.rules.short_names import tell_apart

register = template.Library()


@register.inclusion_tag("conferences/panels/invited.html")
def invited_panel(conference, viewer: Viewer, rows=None):
    """The people invited to one conference and their replies; empty for a viewer who may not see it."""
    if rows is None:
        seen = few_seen_by(viewer, Conference).filter(pk=conference.pk).exists()
        rows = invitations_of(conference) if seen else []
    is_booked = conference.state == ConferenceState.BOOKED
    return {
        "conference": conference,
        "rows": [one for one in rows if not one.withdrawn_at],
        "may_record": is_booked and viewer.may(Permission.RECORD_STAYS_AWAY, conference),
        "may_invite": is_booked and viewer.may(Permission.INVITE, conference),
    }


@register.inclusion_tag("conferences/panels/while_away.html")
def while_away_panel(viewer: Viewer, absence):
    """The conferences that fall in the absence of a chair, and what happens to each: those that the viewer may see."""
    days = {name: absence[name] for name in ("absent", "from_on", "until_on")}
    return {"absence": absence, "rows": conferences_while_away(viewer, **days, user=absence.get("user"))}


@register.simple_tag
def conference_state(conference):
    """The state of a conference as a tag."""
    return tag(ConferenceState(conference.state))


@register.filter
def first_names(covered):
    """The first names of the children that an invitation covers, or the full name of a child without one."""
    return ", ".join(child.short_name for child in tell_apart(row.child for row in covered.all()))
