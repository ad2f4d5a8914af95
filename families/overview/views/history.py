"""Pages of a child's history: what happened, by its true date; and who has looked at the record, and why."""

from datetime import datetime, time

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.audit.queries import looks_by_day
from cpc.core.web.guards import get_or_404, page
from families.cases.models import Family
from families.overview.queries.timeline import LANES, timeline_of
from families.overview.rules.axis import axis
from families.people.models import Person
from families.people.queries.merged_records import records_in_family, records_of_person
from families.people.views.members import found

A_PAGE = 25
BASES = (
    ("", "Every basis"), ("own", "Own case or own team’s"), ("cover", "Duty or cover"),
    ("service", "Conference service"), ("named", "Named for a restricted family"), ("invited", "Invited"),
    ("emergency", "Emergency"),
)  # fmt: skip


@page(Permission.READ_FAMILY, methods=("GET",))
def timeline(request, pk, person):
    """What happened to one child, earliest or latest first."""
    family, household, member = found(request, pk, person)
    if not member.is_child:
        raise Http404
    viewer = request.viewer
    # The page leads to the timelines of the other children, by their names.
    looked(viewer, children=[each.person for each in household.children], page="timeline")
    events = timeline_of(viewer, household, member.person)
    chosen = request.GET.get("about", "")
    chosen = chosen if chosen in LANES else ""
    shown = [(event, _address(event.url)) for event in events if not chosen or event.lane == chosen]
    latest_first = request.GET.get("order") == "latest"
    context = {
        "family": family,
        "member": member,
        "children": household.children,
        "events": shown[::-1] if latest_first else shown,
        "axis": axis([(event.on, event.lane, event.until) for event in events], LANES, viewer.on),
        "lanes": LANES.items(),
        "chosen": chosen,
        "latest_first": latest_first,
        "any_left_out": any(event.on_screen_only for event in events),
    }
    return render(request, "families/timeline.html", context)


def _address(url):
    name, *args = url.split() if url else [""]
    return reverse(name, args=args) if name else ""


@page(Permission.READ_LOOKS, methods=("GET",))
def looks(request, pk, person):
    """Who has viewed a child’s record, when, on which pages and on what basis: one line a person and day."""
    family = get_or_404(Family, request.viewer, pk)
    child = get_or_404(Person, request.viewer, person, pk__in=records_in_family(family))
    looked(request.viewer, children=[child], page="who has looked")
    who = request.GET.get("who", "").replace("\x00", "").strip()[:80]
    basis = request.GET.get("basis", "")
    basis = basis if basis in dict(BASES) else ""
    since = _day(request.GET.get("since", ""))
    records = records_of_person(child)
    rows = looks_by_day(
        records, who=who, basis=basis,
        since=timezone.make_aware(datetime.combine(since, time())) if since else None,
    )  # fmt: skip
    context = {
        "family": family,
        "child": child,
        "looks": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "who": who,
        "basis": basis,
        "bases": BASES,
        "since": since,
    }
    return render(request, "families/looks.html", context)


def _day(text):
    try:
        return parse_date(text[:10])
    except ValueError:
        return None
