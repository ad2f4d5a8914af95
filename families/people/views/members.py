"""How pages find the person that they are about, record that children were looked at, and answer a stale save."""

from django.http import Http404

from cpc.core.audit.looks import looked
from cpc.core.web.guards import get_or_404
from families.cases.models import Family
from families.people.queries import household as household_queries


def found(request, pk, person):
    """The family, who is who, and the one member; a 404 for anybody who is not in this family."""
    family = get_or_404(Family.objects.select_related("team"), request.viewer, pk)
    household = household_queries.household(family, request.viewer)
    member = household.member(person)
    if member is None:
        raise Http404
    return family, household, member


def looked_at(request, household, page="change a person"):
    """Every child of the family was looked at on ``page``."""
    looked(request.viewer, children=[each.person for each in household.children], page=page)


def status(form) -> int:
    """409 where somebody else saved first, else 200."""
    return 409 if getattr(form, "is_stale", False) else 200
