"""Which families a viewer finds, and the choices that a form offers: teams, workers, professionals, agencies."""

from django.db.models import Prefetch

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import Team, User
from cpc.core.accounts.permissions import Viewer, seen_by
from families.cases.models import Family
from families.people.choices import Part
from families.people.models import Membership
from families.people.queries.household import eldest_first

MINE, TEAM, ALL = "mine", "team", "all"


def families_seen(viewer: Viewer, *, whose=ALL):
    """The families that the viewer may see, latest first: the viewer's own, the teams', or all."""
    found = seen_by(viewer, Family)
    if whose == MINE:
        found = found.filter(social_worker=viewer.id)
    elif whose == TEAM:
        found = found.filter(team__in=viewer.teams)
    found = found.select_related("team", "social_worker").order_by("-opened_on", "-id")
    return found.prefetch_related(_children())


def with_children(families) -> list[Family]:
    """The families that ``families_seen`` found, each with its children as ``shown_children``."""
    families = list(families)
    for family in families:
        family.shown_children = [row.stands_for for row in family.rows_of_children]
    return families


def _children():
    children = Membership.objects.filter(part=Part.CHILD).order_by(*eldest_first("person"))
    children = children.select_related("person", "person__merged_into")
    return Prefetch("memberships", queryset=children, to_attr="rows_of_children")


def teams_for(viewer: Viewer):
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
