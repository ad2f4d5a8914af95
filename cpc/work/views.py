"""First pages, the list of conferences, timeliness."""

from datetime import timedelta

from django.shortcuts import render

from conferences.choices import ConferenceKind, ConferenceState
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.policy.queries import calendar
from cpc.core.web.guards import get_or_404, page
from cpc.core.web.paging import Pages
from cpc.imports.queries import set_aside_for
from cpc.reminders.queries import duties, duties_of
from cpc.work import out_of_hours as night
from cpc.work import queries
from cpc.work.forms import OutOfHoursForm
from cpc.work.navigation import access_links
from cpc.work.rules import grouped
from families.models import Family

A_PAGE = 25
TIMELINESS_DAYS = 90


@page(Permission.READ_WORK, methods=("GET",))
def home(request):
    """What needs doing today and by when, most urgent first; then what is coming."""
    viewer = request.viewer
    mine = duties_of(viewer, duties(viewer))
    return render(request, "work/home.html", {
        "groups": grouped(mine, viewer.on, calendar()),
        "count": len(mine),
        "late": sum(duty.due_on < viewer.on for duty in mine),
        "coming": queries.coming(viewer) if viewer.can(Permission.READ_CONFERENCE) else (),
        "access_links": access_links(viewer),
        "set_aside": set_aside_for(viewer).count() if viewer.can(Permission.RECORD_FAMILY) else 0,
        "may_record_family": viewer.can(Permission.RECORD_FAMILY),
    })  # fmt: skip


@page(Permission.READ_CONFERENCE, methods=("GET",))
def conferences(request):
    """The conferences that the viewer may see, a page at a time."""
    state = request.GET.get("state", "")
    state = state if state in ConferenceState.values else ""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = queries.conferences(request.viewer, state=state, text=text)
    rows = Pages(found, A_PAGE).get_page(request.GET.get("page"))
    waiting = queries.to_book(request.viewer) if not (state or text) and rows.number == 1 else ()
    return render(request, "work/conferences.html", {
        "page": rows, "to_book": waiting, "state": state, "q": text, "states": ConferenceState.choices,
    })  # fmt: skip


@page(Permission.READ_TRAIL, methods=("GET",))
def trail(request, pk):
    """What was done about one family, by whom and under which permission."""
    family = get_or_404(Family, request.viewer, pk)
    rows = Pages(queries.trail(request.viewer, family), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "work/trail.html", {"family": family, "page": rows})


@page(Permission.READ_TIMELINESS, methods=("GET",))
def timeliness(request):
    """How many conferences were held by the last day of their limit, what is late now, and each chair's load."""
    viewer = request.viewer
    since = viewer.on - timedelta(days=TIMELINESS_DAYS)
    rows = [
        (ConferenceKind(row["kind"]).label, row["held"], row["in_time"], f"{100 * row['in_time'] // row['held']}%")
        for row in queries.timeliness(viewer, since)
    ]
    late = [duty for duty in duties() if duty.due_on < viewer.on]
    return render(request, "work/timeliness.html", {
        "heads": ("Kind", "Held", "By the last day of the limit", "Share"),
        "load_heads": ("Chair", "Booked"),
        "numeric": (1, 2, 3),
        "rows": rows,
        "since": since,
        "late": queries.only_seen(viewer, late),
        "load": [
            (f"{row['chair__first_name']} {row['chair__last_name']}", row["booked"]) for row in queries.workload(viewer)
        ],
    })  # fmt: skip


@page(Permission.SEARCH_OUT_OF_HOURS)
def out_of_hours(request):
    """Whether a child has a plan, in which category, who leads it, and what workers must know first."""
    form = OutOfHoursForm(request.POST or None)
    context = {"form": form, "heading": "Find a child out of hours"}
    if request.method == "POST" and form.is_valid():
        asked = {name: value for name, value in form.cleaned_data.items() if name != "reason"}
        found = night.find(request.viewer, **asked)
        basis = f"Out of hours: {form.cleaned_data['reason'].strip()}"
        looked(request.viewer, children={one.child.pk for one in found}, page="out of hours", basis=basis)
        context |= {"found": found, "searched": True}
    return render(request, "work/out_of_hours.html", context)
