"""The week of free times by chair and by room, where one click books; it is also on the page of a booking."""

from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.convening.actions import booking
from conferences.convening.choices import ConferenceState
from conferences.convening.models import Conference
from conferences.convening.permissions.independence import why_chair_knows
from conferences.convening.queries import slots
from conferences.convening.queries.acting import runs_it
from conferences.convening.queries.booking import births
from conferences.convening.queries.invitations import included_children
from conferences.convening.states import CONFERENCE
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.dates import in_words, time_in_words
from cpc.core.kernel.phrases import listed
from cpc.core.kernel.refusals import Invalid
from cpc.core.web.guards import get_or_404, not_now, page
from cpc.core.web.numbers import read_id

READ = Conference.objects.select_related("family__team", "family__social_worker", "chair", "room")


@page(Permission.BOOK_CONFERENCE)
def free_times(request, pk):
    """The times until the last day at which a chair and a room are free. A click books one, or leads to the form that
    asks why it is late or moved.
    """
    conference = get_or_404(READ, request.viewer, pk)
    possible, back = (ConferenceState.AGREED, ConferenceState.BOOKED), reverse("conferences:conference", args=[pk])
    if refused := not_now(request, CONFERENCE, conference, *possible, to="booked or moved", back=back):
        return refused
    if request.method == "POST":
        return _book(request, conference)
    looked(request.viewer, children=included_children(conference), page="free times")
    context = {"conference": conference, **week_of_free_times(request, conference)}
    return render(request, "conferences/free_times.html", context)


def _book(request, conference):
    found = slots.free_times(request.viewer, conference)
    one = found.slot(request.POST.get("slot", ""))
    if one is None:
        messages.error(request, "That time is no longer free. Choose another.")
        return redirect("conferences:free_times", conference.pk)
    if conference.state == ConferenceState.BOOKED or found.is_late:  # the form asks why
        form = "move" if conference.state == ConferenceState.BOOKED else "book"
        asked = {"starts_at": one.starts.isoformat(), "chair": one.chair, "room": one.room}
        return redirect(f"{reverse(f'conferences:{form}', args=[conference.pk])}?{urlencode(asked)}#booking-form")
    try:
        booking.book(by=request.viewer, conference=conference, **_booking_of(one, found))
    except Invalid as refusal:
        messages.error(request, str(refusal))
        return redirect("conferences:free_times", conference.pk)
    when = f"{in_words(conference.held_on)} at {time_in_words(timezone.localtime(conference.starts_at))}"
    messages.success(
        request,
        f"Conference booked: {when}, {conference.room}, {conference.chair} chairs. Now check the list of people to "
        "invite.",
    )
    warn_of_part_in_case(request, conference)
    return redirect("conferences:invitations", conference.pk)


def _booking_of(slot, found) -> dict:
    """The booking of a free time as the action takes it."""
    chair = next(one.user for one in found.chairs if one.user.pk == slot.chair)
    room = next(one for one in found.rooms if one.pk == slot.room)
    return {"starts_at": slot.starts, "ends_at": slot.ends, "room": room, "chair": chair}


def week_of_free_times(request, conference) -> dict:
    """What a template needs to show one week of free times: each chair's and each room's, and the weeks around it."""
    chosen = {name: read_id(request.GET.get(name)) for name in ("chair", "room")}
    found = slots.free_times(request.viewer, conference, **chosen)
    mondays = sorted({day.monday for day in found.days})
    monday = _monday(request.GET.get("week", ""), mondays, found)
    week = [day for day in found.days if day.monday == monday]
    names = {one.user.pk: str(one.user) for one in found.chairs}
    rooms = {one.pk: str(one) for one in found.rooms}
    by_chair = [
        (one, _cells(week, found.by_chair[one.user.pk], "room", rooms, found.away[one.user.pk]))
        for one in found.chairs
        if one.user.pk in found.by_chair
    ]
    place = mondays.index(monday) if mondays else 0
    narrowed = urlencode({name: one for name, one in chosen.items() if one})
    return {
        "found": found, "chosen": chosen, "week": week, "narrowed": narrowed,
        "week_before": mondays[place - 1] if place else None,
        "week_after": mondays[place + 1] if place + 1 < len(mondays) else None,
        "short_notice": _short_notice(week),
        "is_missed": conference.due_on < request.viewer.on,
        "births": births(included_children(conference), request.viewer.on),
        "is_move": conference.state == ConferenceState.BOOKED,
        "heads": [_head(day) for day in week],
        "by_chair": by_chair,
        "by_day": _days(week, by_chair),
        "by_room": [
            (one, _cells(week, found.by_room[one.pk], "chair", names))
            for one in found.rooms if one.pk in found.by_room
        ],
    }  # fmt: skip


def _monday(typed, mondays, found) -> date | None:
    """The first day of the week to show: the one asked for, that of the day to book a review for, the first week with
    a day that gives people enough notice, or the first.
    """
    target_monday = slots.monday_of(found.target.on) if found.target else None
    in_time = next((day.monday for day in found.days if not day.short_notice), None)
    for one in (typed, str(target_monday), str(in_time)):
        if monday := next((monday for monday in mondays if str(monday) == one), None):
            return monday
    return mondays[0] if mondays else None


def _short_notice(week) -> str:
    """On which days of the week people would have too little notice; "" if on none."""
    short = [day for day in week if day.short_notice]
    return f"{short[0].short_notice} on {listed([f'{day.on:%A}' for day in short])}." if short else ""


def _head(day) -> str:
    also = " (day to book for)" if day.is_target else ""
    return f"{day.on:%A} {day.on.day} {day.on:%b}{also}"


def _cells(week, free, other, names, away=None) -> list:
    """For each day: why nobody is there, and the free times in groups by the room (or chair) that comes with them."""
    found = []
    for day in week:
        groups = groupby(free[day.on], key=lambda slot: getattr(slot, other))
        found.append((day, (away or {}).get(day.on, ""), [(names[pk], list(slots_)) for pk, slots_ in groups]))
    return found


def _days(week, by_chair) -> list:
    """For each day: the heading, how many times are free in words ("" if none), and the chairs who are free."""
    found = []
    for place, day in enumerate(week):
        rows = [(one, *cells[place][1:]) for one, cells in by_chair if cells[place][2] and not cells[place][1]]
        times = len({slot.starts for _, _, groups in rows for _, slots_ in groups for slot in slots_})
        count = f"{times} time{'' if times == 1 else 's'}" if times else ""
        found.append((day, _head(day), count, rows))
    return found


def warn_of_part_in_case(request, conference):
    """Say on the next page that the chair has a part in the case, if the record shows one."""
    if known := why_chair_knows(conference, runs_it(conference).pk):
        messages.warning(
            request,
            f"{conference.chair} {known}, so they are not independent. The conference service manager must agree that "
            "they may chair. It is better to choose another chair.",
        )
