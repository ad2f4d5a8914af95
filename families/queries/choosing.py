"""Whom a form offers: teams, social workers, professionals, agencies."""

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import Agency, Team, User


def teams_for(viewer):
    """The teams for which the viewer may record a family."""
    return Team.objects.filter(pk__in=viewer.teams).order_by("name")


def social_workers(teams=None):
    """Active social workers, of ``teams`` where given."""
    found = User.objects.filter(is_active=True, roles_held__role=Role.SOCIAL_WORKER, team__isnull=False)
    if teams is not None:
        found = found.filter(team__in=teams)
    return found.select_related("team").order_by("team__name", "first_name", "last_name")


def professionals():
    """Active people of agencies, by agency."""
    return User.objects.filter(is_active=True, agency__isnull=False).select_related("agency").order_by(
        "agency__name", "last_name"
    )  # fmt: skip


def agencies():
    """Every agency, by name."""
    return Agency.objects.order_by("name")
