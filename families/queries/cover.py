"""Duty and cover: who works for a team that is not theirs, and who could."""

from cpc.core.accounts.choices import CAN_COVER
from cpc.core.accounts.models import Team, TeamCover, User
from cpc.core.accounts.permissions import seen_by
from families.permissions import teams_arranged


def covers(viewer, on):
    """Duty and cover of the viewer's teams that is not over, the first to begin on top; then what is over."""
    found = seen_by(viewer, TeamCover).select_related("user__team", "team", "granted_by")
    live = found.filter(ended_on__isnull=True, until_on__gte=on).order_by("from_on", "user__last_name", "pk")
    over = found.exclude(ended_on__isnull=True, until_on__gte=on).order_by("-until_on", "-pk")
    return list(live), list(over[:50])


def teams_to_cover(viewer):
    """The teams for which the viewer arranges duty and cover, by name."""
    return Team.objects.filter(teams_arranged(viewer)).order_by("name")


def who_can_cover(viewer):
    """The social workers and team managers who could work for a team that is not theirs, but the viewer."""
    found = User.objects.filter(is_active=True, roles_held__role__in=CAN_COVER).exclude(pk=viewer.id)
    return found.select_related("team", "agency").order_by("last_name", "first_name", "pk").distinct()
