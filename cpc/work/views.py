"""First pages, the list of conferences, performance."""

import re
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from conferences.convening.choices import ConferenceKind, ConferenceState
from conferences.convening.queries.acting import acting_chair_of, why_not_chaired_yet
from conferences.convening.queries.attending import behind_on_the_list, not_told_yet
from conferences.convening.queries.chairs import service_chairs
from conferences.convening.queries.invitations import closed_agencies, included_children, invitations_of, what_stops
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.sittings import sitting_for
from conferences.convening.queries.support import support_for
from conferences.convening.queries.taking_part import adults_for
from conferences.convening.queries.to_phone import to_phone
from conferences.convening.views.conference import READ, STAFF
from conferences.separation.queries.arrangements import separation_plan
from cpc.core.accounts.permissions import Permission, Viewer
from cpc.core.audit.looks import looked
from cpc.core.policy.queries import calendar, limit
from cpc.core.web.guards import admits, get_or_404, open_page, page
from cpc.core.web.paging import Pages
from cpc.imports.queries import set_aside_for
from cpc.reminders.queries import duties, every_duty, first_duties
from cpc.work import conference_list as listed
from cpc.work import diary as diaries
from cpc.work import equality as groups
from cpc.work import out_of_hours as night
from cpc.work import queries
from cpc.work import readiness as ready
from cpc.work.forms import OutOfHoursForm
from cpc.work.navigation import access_links
from cpc.work.rules import FILTERS, by_harm, by_task, narrowed
from cpc.work.set_up import steps as every_step
from cpc.work.trail import say_what
from families.cases.models import Family

A_PAGE = 25
WORK_A_PAGE, MOST_PAGES = 50, 20
PERFORMANCE_DAYS = 90


@page(Permission.READ_WORK, methods=("GET",))
def home(request):
    """Today’s conferences; what needs doing, the most serious harm first, a page at a time; then what is coming."""
    viewer = request.viewer
    mine_to_do = frozenset({viewer.id, *viewer.stands_in_for})
    show, family = request.GET.get("show", ""), _text(request.GET.get("family", ""))
    show = show if show in FILTERS else ""
    number = request.GET.get("page", "")
    number = min(max(int(number), 1), MOST_PAGES) if re.fullmatch("[0-9]{1,4}", number) else 1
    if show or family:
        mine, is_more = narrowed(every_duty(viewer), viewer.on, mine_to_do, show, family), False
    else:
        mine, is_more = first_duties(viewer, number * WORK_A_PAGE)
    rows = Pages(mine, WORK_A_PAGE, counted=len(mine)).get_page(number)
    own = [duty for duty in mine if duty.may_be_done_by(mine_to_do)]
    missed = sum(duty.misses_statutory_date(viewer.on) for duty in own)
    late = sum(duty.due_on < viewer.on for duty in own) - missed
    coming = list(queries.coming(viewer)) if viewer.can(Permission.READ_CONFERENCE) else []
    return render(request, "work/home.html", {
        "page": rows,
        "groups": by_harm(_without_refused_links(viewer, rows), viewer.on, mine_to_do),
        "count": len(own),
        "waiting": len(mine) - len(own),
        "is_more": is_more,
        "missed": missed,
        "late": late,
        "show": show, "family": family, "filters": FILTERS.items(),
        "second_checks": sum(duty.is_second_check for duty in mine),
        "coming": coming,
        "conferences_today": [one for one in coming if one.held_on == viewer.on],
        "later": [one for one in coming if one.held_on != viewer.on],
        "covered": queries.people_covered_by(viewer),
        "access_links": access_links(viewer),
        "set_aside": set_aside_for(viewer).count() if viewer.can(Permission.RECORD_FAMILY) else 0,
        "may_record_family": viewer.can(Permission.RECORD_FAMILY),
    })  # fmt: skip


def _without_refused_links(viewer: Viewer, rows) -> list:
    """``rows`` (duties or steps), each without its link where the page behind it would refuse the viewer."""
    return [row if admits(viewer, row.path) else replace(row, path="") for row in rows]


def _text(typed: str) -> str:
    """What somebody searches for, as far as it can be searched for."""
    return typed.replace("\x00", "").strip()[:100]


@page(Permission.CHECK_COPY, Permission.CHECK_INVITATIONS, Permission.OVERRIDE_RELEASE_CHECK, methods=("GET",))
def second_checks(request):
    """Everything that waits for the viewer to check it as a second person: lists, copies, files and overrides."""
    viewer = request.viewer
    waiting = [duty for duty in every_duty(viewer) if duty.is_second_check]
    mine_to_do = frozenset({viewer.id, *viewer.stands_in_for})
    context = {"groups": by_harm(waiting, viewer.on, mine_to_do), "count": len(waiting)}
    return render(request, "work/second_checks.html", context)


@page(Permission.READ_CONFERENCE, methods=("GET",))
def conferences(request):
    """The conferences that the viewer may see, a page at a time: at first those to come, the nearest on top."""
    viewer, text = request.viewer, _text(request.GET.get("q", ""))
    is_staff = viewer.holds(*STAFF)
    show = request.GET.get("state", "")
    show = show if show in listed.SHOWN else listed.WITH_A_DATE if text else listed.TO_COME
    chairs, rooms = (diaries.chairs_shown(viewer), diaries.rooms_shown()) if is_staff else ((), ())
    chair, room = _one_of(chairs, request.GET.get("chair", "")), _one_of(rooms, request.GET.get("room", ""))
    is_late = request.GET.get("late") == "1"
    filters = listed.Filters(show, text, chair and chair.pk, room and room.pk, is_late)
    rows = Pages(listed.conferences(viewer, filters), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "work/conferences.html", {
        "page": rows,
        "conferences": listed.with_numbers(rows),
        "state": show, "q": text, "states": listed.SHOWN.items(), "late": is_late,
        "chairs": chairs, "chair": chair, "rooms": rooms, "room": room,
        "may_book": viewer.can(Permission.BOOK_CONFERENCE),
        "is_staff": is_staff,
    })  # fmt: skip


@page(Permission.READ_CONFERENCE, methods=("GET",))
def diary(request):
    """The conferences of a day, a week or a month, of everybody or of one chair or room."""
    viewer = request.viewer
    if not viewer.holds(*STAFF):
        raise Http404
    view = request.GET.get("view", "")
    view = view if view in ("day", "week", "month") else "week"
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = viewer.on
    shown = diaries.period(view, on)
    chairs, rooms = diaries.chairs_shown(viewer), diaries.rooms_shown()
    chair, room = _one_of(chairs, request.GET.get("chair", "")), _one_of(rooms, request.GET.get("room", ""))
    days = diaries.diary(viewer, shown, calendar(), chair=chair, room=room)
    if view == "month":  # a list of some twenty empty days would hide the others
        days = [day for day in days if day.conferences or day.closed or day.on == viewer.on]
    return render(request, "work/diary.html", {
        "may_have_feed": viewer.can(Permission.HOLD_CONFERENCE),
        "days": days, "shown": shown, "view": view, "views": ("day", "week", "month"), "on": on,
        "chairs": chairs, "rooms": rooms, "chair": chair, "room": room, "today": viewer.on,
        "last": shown.after - timedelta(days=1), "count": sum(len(day.conferences) for day in days),
        "narrowed": urlencode({key: one.pk for key, one in (("chair", chair), ("room", room)) if one}),
    })  # fmt: skip


def _one_of(choices, typed):
    return next((one for one in choices if str(one.pk) == typed), None)


@page(Permission.READ_CONFERENCE, methods=("GET",))
def next_seven_days(request):
    """How ready the conferences of the next seven days are."""
    if not request.viewer.holds(*STAFF):
        raise Http404
    found = ready.next_seven_days(request.viewer)
    may_check = request.viewer.can(Permission.CHECK_INVITATIONS)
    return render(request, "work/next_seven_days.html", {"conferences": found, "may_check": may_check})


@page(Permission.READ_CONFERENCE, methods=("GET",))
def readiness(request, pk):
    """Whether everything is ready for one booked conference, and what to do next."""
    viewer = request.viewer
    if not viewer.holds(*STAFF):
        raise Http404
    conference = get_or_404(READ, viewer, pk)
    if conference.state != ConferenceState.BOOKED:
        return redirect("conferences:conference", pk)
    [found] = ready.readiness_of([conference], viewer.on)
    rows = invitations_of(conference)
    still_invited = [one for one in rows if not one.withdrawn_at]
    may_check = viewer.may(Permission.CHECK_INVITATIONS, conference)
    chairless = why_not_chaired_yet(conference)
    looked(viewer, children=included_children(conference), page="readiness")
    letters = letter_context(conference)
    not_told = not_told_yet(letters)
    phone = ready.steps_to_phone(to_phone(letters, viewer.on))
    steps = [*phone, *ready.steps_to_tell(not_told, behind_on_the_list(letters), conference), *found.steps]
    return render(request, "work/readiness.html", {
        "ready": found,
        "conference": conference,
        "acting_chair": acting_chair_of(conference, viewer.on),
        "steps": _without_refused_links(viewer, steps),
        "sitting": sitting_for(viewer, conference),
        "not_told": not_told,
        # That somebody must declare or decide about the chair is the first step already.
        "stops": [one for one in what_stops(conference, rows) if one != chairless] if may_check else (),
        "support": support_for(viewer, conference),
        "adults": adults_for(viewer, conference),
        "closed_agencies": closed_agencies(conference, still_invited),
        "may_check": may_check,
        "may_hold": (may_hold := viewer.may(Permission.HOLD_CONFERENCE, conference)),
        "may_print_set": may_hold or viewer.can(Permission.BOOK_CONFERENCE),
        "separation_plan": separation_plan(conference, still_invited) if may_check else (),
    })  # fmt: skip


@page(Permission.READ_TRAIL, methods=("GET",))
def trail(request, pk):
    """What was done about one family, who did it and under which permission."""
    family = get_or_404(Family, request.viewer, pk)
    rows = Pages(queries.trail(request.viewer, family), A_PAGE).get_page(request.GET.get("page"))
    say_what(request.viewer, rows)
    return render(request, "work/trail.html", {"family": family, "page": rows})


@page(Permission.READ_PERFORMANCE, methods=("GET",))
def performance(request):
    """How many conferences were held by the last day of their limit, what is late now, and each chair's load."""
    viewer = request.viewer
    since = viewer.on - timedelta(days=PERFORMANCE_DAYS)
    rows = [
        (ConferenceKind(row["kind"]).label, row["held"], row["in_time"], f"{100 * row['in_time'] // row['held']}%")
        for row in queries.timeliness(viewer, since)
    ]
    late = [duty for duty in duties() if duty.due_on < viewer.on]
    return render(request, "work/performance.html", {
        "heads": ("Kind", "Held", "By the last day", "Held on time"),
        "load_heads": ("Chair", "Booked"),
        "numbers": (1, 2, 3),
        "change_numbers": (2,),
        "change_heads": ("What", "Why", "Conferences"),
        "changes": queries.changes_of_bookings(viewer, since),
        "rows": rows,
        "since": since,
        "late": by_task(_without_refused_links(viewer, queries.only_seen(viewer, late))),
        "load": [(str(one.user), one.booked) for one in service_chairs(viewer)],
    })  # fmt: skip


@page(Permission.READ_PERFORMANCE, methods=("GET",))
def equality(request):
    """Who conferences are about and who is heard, in rounded numbers."""
    since = request.viewer.on - timedelta(days=PERFORMANCE_DAYS)
    return render(request, "work/equality.html", {
        "heads": ("Characteristic", "Group", "Had a conference", "Protection plan", "Views heard"),
        "numbers": (2, 3, 4),
        "rows": groups.equality(request.viewer, since),
        "since": since,
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


@page(Permission.OPEN_IN_EMERGENCY, methods=("GET",))
def opened_without_agreement(request):
    """Warnings and plans of the families that the viewer opened in an emergency to which nobody agreed."""
    found = night.opened_without_agreement(request.viewer)
    looked(
        request.viewer, children={one.child.pk for one in found}, page="warnings and plan",
        basis="Emergency: nobody agreed",
    )  # fmt: skip
    return render(request, "work/opened_without_agreement.html", {"found": found})


@page(Permission.MANAGE_ACCOUNTS, methods=("GET",))
def set_up(request):
    """What a new service needs, in order, with a link to each page that the viewer may open."""
    steps = _without_refused_links(request.viewer, every_step())
    return render(request, "work/set_up.html", {"steps": steps, "done": sum(step.is_done for step in steps)})


@open_page
@require_safe
def about_conferences(request):
    """What a child protection conference is, for a professional or a family member who comes to one for the first time.
    It is about nobody; the limits are those of this service.
    """
    keys = ("icpc", "first_review", "next_review", "first_core_group")
    return render(request, "work/about_conferences.html", {key: limit(key).length for key in keys})
