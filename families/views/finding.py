"""How the pages of people find whom they are about, and write down that their children were looked at."""

from django.http import Http404

from cpc.core.audit.looks import looked
from cpc.core.web.guards import get_or_404
from families import queries
from families.models import Family


def found(request, pk, person):
    """The family, who is who, and the one member; a 404 for anybody who is not in this family."""
    family = get_or_404(Family, request.viewer, pk)
    household = queries.household(family, request.viewer)
    member = household.member(person)
    if member is None:
        raise Http404
    return family, household, member


def looked_at(request, household, page="change a person"):
    """Every child of the family was looked at on ``page``."""
    looked(request.viewer, children=[each.person for each in household.children], page=page)


def the_one_shown(request, rows, whose="person_id"):
    """The one row, where the viewer is shown it as it stands; a 404 for anything else."""
    if shown := queries.as_they_stand(request.viewer, rows, whose):
        return shown[0]
    raise Http404
