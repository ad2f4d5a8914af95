"""A family's page."""

from django.shortcuts import render

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.guards import get_or_404, page
from families.cases.models import Family
from families.overview.queries.genogram import genogram_of
from families.people.queries import household as household_queries
from families.people.queries.contact import involvements_of
from families.people.views.families import SHOWN_WITH


@page(Permission.READ_FAMILY, methods=("GET",))
def family(request, pk):
    """Who is who, who knows the children, and what happens next."""
    viewer = request.viewer
    family = get_or_404(Family.objects.select_related("team", "social_worker"), viewer, pk)
    household = household_queries.household(family, viewer)
    looked(viewer, children=[member.person for member in household.children], page="family")
    may = viewer.may_which(family, *SHOWN_WITH)
    involvements = involvements_of([member.person for member in household.children])
    now = [row for row in involvements if row.to_on is None or row.to_on >= viewer.on]
    context = {
        "family": family,
        "household": household,
        "picture": genogram_of(household, viewer),
        "agencies": _by_agency(now),
        "past_involvements": [row for row in involvements if row.to_on and row.to_on < viewer.on],
        "may_record": Permission.RECORD_FAMILY in may,
        "may_read_contact": Permission.READ_CONTACT_DETAILS in may,
        "may_read_protections": Permission.READ_PROTECTIONS in may,
        "may_record_protections": Permission.RECORD_PROTECTIONS in may,
        "may_read_looks": viewer.may(Permission.READ_LOOKS),
        "may_read_trail": viewer.may(Permission.READ_TRAIL),
        "interpreters": [person for person in household.people if person.interpreter_needed],
        "nobody_responsible": [
            member.person
            for member in household.children
            if not member.person.is_unborn
            and not member.person.authority_order
            and not any(tie.parental_responsibility for tie in member.ties)
        ],
        "under_order": [member.person for member in household.children if member.person.authority_order],
        "without_source": [
            member.person
            for member in household.children
            if not member.person.is_unborn
            and any(tie.parental_responsibility and not tie.responsibility_source for tie in member.ties)
        ],
    }
    return render(request, "families/family.html", context)


def _by_agency(rows):
    """One line for an agency and its professional, however many of the children they know."""
    lines = {}
    for row in rows:
        lines.setdefault((row.agency_id, row.professional_id), []).append(row)
    return [(rows[0].agency, rows[0].professional, rows) for rows in lines.values()]
