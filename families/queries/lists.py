"""Which families a viewer finds."""

from django.db.models import Prefetch

from cpc.core.accounts.permissions import seen_by
from families.choices import Part
from families.models import Family, Membership
from families.queries.household import ELDEST_FIRST

MINE, TEAM, ALL = "mine", "team", "all"


def families_seen(viewer, *, whose=ALL):
    """The families that the viewer may see, latest first: the viewer's own, the teams', or all."""
    found = seen_by(viewer, Family)
    if whose == MINE:
        found = found.filter(social_worker=viewer.id)
    elif whose == TEAM:
        found = found.filter(team__in=viewer.teams)
    return found.select_related("team", "social_worker").order_by("-opened_on", "-id").prefetch_related(children_too())


def children_too():
    """With each family, its children as ``family.shown_children``: memberships, of which ``stands_for`` is shown."""
    children = Membership.objects.filter(part=Part.CHILD).order_by(*ELDEST_FIRST)
    children = children.select_related("person", "person__merged_into")
    return Prefetch("memberships", queryset=children, to_attr="shown_children")
