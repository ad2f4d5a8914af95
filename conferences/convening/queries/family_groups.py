"""What the pages of family group decision-making meetings read."""

from django.db.models import Prefetch

from conferences.convening.models import FamilyGroupMeeting, GroupPlanFile
from families.people.choices import PARENTS, Part
from families.people.models import Membership, Person, Relationship


def parents_of(family) -> list[Person]:
    """The living parents of the family’s children. Two queries."""
    members = Membership.objects.filter(family=family)
    children = members.filter(part=Part.CHILD).values("person")
    parents = Relationship.objects.filter(child__in=children, kind__in=PARENTS).values("adult")
    found = Person.objects.filter(memberships__family=family, pk__in=parents, died_on=None)
    return list(found.distinct().order_by("born_on", "pk"))


def group_meetings_of(family) -> list[FamilyGroupMeeting]:
    """The meetings of the family, latest first, each with its offers and the files of its plan. Four queries."""
    found = FamilyGroupMeeting.objects.filter(family=family).select_related("recorded_by")
    files = Prefetch("plan_files", GroupPlanFile.objects.defer("body"))
    return list(found.prefetch_related("offers__person", files))
