"""Which people a viewer may see: those of the families that they may see."""

from django.db.models import Exists, OuterRef, Q

from cpc.core.accounts.permissions import Viewer, sees
from families.cases.models import Family
from families.cases.permissions import visible
from families.people.models import Membership, Merge, Person, PossibleDuplicate


@sees(Person)
def visible_people(viewer: Viewer) -> Q:
    """The people of the families that ``viewer`` may see today."""
    rows = Membership.objects.filter(family__in=Family.objects.filter(visible(viewer)).order_by().values("pk"))
    # A viewer who may see a merged record may also see the record that was kept.
    return Q(Exists(rows.filter(person=OuterRef("pk")))) | Q(Exists(rows.filter(person__merged_into=OuterRef("pk"))))


@sees(PossibleDuplicate)
def visible_duplicates(viewer: Viewer) -> Q:
    """Pairs of records that may be the same person. Only viewers who may see both records see the pair."""
    people = Person.objects.filter(visible_people(viewer)).order_by().values("pk")
    return Q(one__in=people) & Q(other__in=people)


@sees(Merge)
def visible_merges(viewer: Viewer) -> Q:
    """Merges of two records that the viewer may see."""
    people = Person.objects.filter(visible_people(viewer)).order_by().values("pk")
    return Q(kept__in=people) & Q(merged__in=people)
