"""Which families a viewer finds."""

from django.db.models import Prefetch

from cpc.core.accounts.permissions import seen_by
from families.choices import Part
from families.models import Family, Membership
from families.queries.household import ELDEST_FIRST
from families.queries.shut_people import people_shown, stands_elsewhere

MINE, TEAM, ALL = "mine", "team", "all"


def families_seen(viewer, *, whose=ALL):
    """The families that the viewer may see, latest first: the viewer's own, the teams', or all."""
    found = seen_by(viewer, Family)
    if whose == MINE:
        found = found.filter(social_worker=viewer.id)
    elif whose == TEAM:
        found = found.filter(team__in=viewer.teams)
    found = found.select_related("team", "social_worker").order_by("-opened_on", "-id")
    return found.prefetch_related(_children(viewer))


def with_children(viewer, families) -> list[Family]:
    """The families that ``families_seen`` found, each with its children as ``shown_children``: people, as the viewer is
    shown them. Nothing more is asked where none of them stands in a family that is closed to the viewer."""
    families = list(families)
    rows = [row for family in families for row in family.rows_of_children]
    people = {row.stands_for.pk: row.stands_for for row in rows}
    if any(row.stands_elsewhere for row in rows):
        people = {person.pk: person for person in people_shown(viewer, people.values())}
    for family in families:
        family.shown_children = [people[row.stands_for.pk] for row in family.rows_of_children]
    return families


def _children(viewer):
    children = Membership.objects.filter(part=Part.CHILD).order_by(*ELDEST_FIRST)
    children = children.select_related("person", "person__merged_into")
    children = children.annotate(stands_elsewhere=stands_elsewhere(viewer))
    return Prefetch("memberships", queryset=children, to_attr="rows_of_children")
