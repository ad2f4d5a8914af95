"""Duty and cover: who works for a team that is not theirs, and who could."""

from django.db.models import Q

from cpc.core.accounts.choices import CAN_COVER, Role
from cpc.core.accounts.models import Team, TeamCover, User
from cpc.core.accounts.permissions import Viewer, seen_by
from families.cases.permissions import teams_with_managed_cover


def covers(viewer: Viewer, on):
    """Duty and cover of the viewer's teams that is not over, the first to begin on top; then what is over."""
    found = seen_by(viewer, TeamCover).filter(absent__isnull=True).select_related("user__team", "team", "granted_by")
    live = found.filter(ended_on__isnull=True, until_on__gte=on).order_by("from_on", "user__last_name", "pk")
    over = found.exclude(ended_on__isnull=True, until_on__gte=on).order_by("-until_on", "-pk")
    return list(live), over


def teams_to_cover(viewer: Viewer):
    """The teams for which the viewer arranges duty and cover, by name."""
    return Team.objects.filter(teams_with_managed_cover(viewer)).order_by("name")


def who_can_cover(viewer: Viewer):
    """The social workers and team managers who could work for a team that is not theirs, but the viewer."""
    found = User.objects.filter(is_active=True, roles_held__role__in=CAN_COVER).exclude(pk=viewer.id)
    return found.select_related("team", "agency").order_by("last_name", "first_name", "pk").distinct()


def people_who_may_be_away(viewer: Viewer):
    """The people that the viewer may name a cover for: themselves, and those they manage. All have a team."""
    found = User.objects.filter(is_active=True, team__isnull=False).order_by("last_name", "first_name", "pk")
    if viewer.holds(Role.SERVICE_MANAGER):
        return found
    return found.filter(Q(pk=viewer.id) | Q(team__manager=viewer.id))


def who_covers_for(absent):
    """The active colleagues of the same team who hold a role that the absent user holds."""
    roles = absent.roles_held.order_by().values("role")
    found = User.objects.filter(is_active=True, team=absent.team_id, roles_held__role__in=roles).exclude(pk=absent.pk)
    return found.order_by("last_name", "first_name", "pk").distinct()


def is_chair(user) -> bool:
    """Whether the user chairs conferences."""
    return user.roles_held.filter(role=Role.CHAIR).exists()


def absences(viewer: Viewer, on):
    """The covers for the viewer and the people they manage, and those in which the viewer covers, that are not over."""
    mine = Q(absent__in=people_who_may_be_away(viewer).order_by().values("pk")) | Q(user=viewer.id)
    live = TeamCover.objects.filter(mine, absent__isnull=False, ended_on__isnull=True, until_on__gte=on)
    return live.select_related("user", "absent").order_by("from_on", "pk")


def who_could_cover(people):
    """The active users who could cover for one of these people: those of their teams; for one alone, who has a role of
    theirs.
    """
    if len(people) == 1:
        return who_covers_for(people[0]).select_related("team", "agency")
    teams = people.order_by().values("team")
    found = User.objects.filter(is_active=True, team__in=teams).select_related("team", "agency")
    return found.order_by("last_name", "first_name", "pk")
