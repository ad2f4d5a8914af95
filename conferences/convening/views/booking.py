"""Booking, moving and cancelling a conference; the rooms."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.convening.actions import booking
from conferences.convening.choices import ConferenceState
from conferences.convening.forms.booking import BookForm, CancelForm, ChangeChairForm, MoveForm, RoomForm
from conferences.convening.models import Conference, Room
from conferences.convening.queries import booking as booking_queries
from conferences.convening.queries.invitations import included_children, sent_invitations
from conferences.convening.queries.sittings import sittings_to_join
from conferences.convening.queries.slots import chairs_to_compare
from conferences.convening.states import CONFERENCE
from conferences.convening.views.free_times import warn_of_part_in_case, week_of_free_times
from conferences.convening.views.phone_calls import warn_of_phone_calls
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import setting
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, not_now, page
from cpc.core.web.numbers import read_id

READ = Conference.objects.select_related("family__team", "family__social_worker", "chair", "room")


@page(Permission.BOOK_CONFERENCE)
def book(request, pk):
    """Date, time, place and chair for an agreed conference."""
    conference = get_or_404(READ, request.viewer, pk)
    if conference.state != ConferenceState.AGREED:
        return _refuse_state(request, conference)
    back = reverse("conferences:conference", args=[pk])
    initial = _asked(request, timedelta(minutes=setting("conference_minutes")))
    also, booked = sittings_to_join(request.viewer, conference)
    form = BookForm(request.POST or None, conference=conference, also=also, initial=initial, cancel_url=back)

    def do():
        every = [conference, *form.to_follow]
        return booking.book_one_after_another(by=request.viewer, conferences=every, **form.booking())

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        others = f", and {listed(map(str, form.to_follow))} straight after it" if form.to_follow else ""
        messages.success(request, f"Conference booked{others}. Now check the list of people to invite.")
        warn_of_part_in_case(request, conference)
        return redirect("conferences:invitations", conference.pk)
    after = [
        (one, urlencode({"starts_at": one.ends_at.isoformat(), "chair": one.chair_id, "room": one.room_id or ""}))
        for one in booked
    ]
    return _booking_page(request, conference, form, "Book the conference", after=after)


@page(Permission.BOOK_CONFERENCE)
def move(request, pk):
    """Another date, time or place for a booked conference."""
    conference = get_or_404(READ, request.viewer, pk)
    if conference.state != ConferenceState.BOOKED:
        return _refuse_state(request, conference)
    initial = {name: getattr(conference, name) for name in booking.BOOKING}
    initial |= {"held_on": conference.held_on, **_times(conference)}
    initial |= _asked(request, conference.ends_at - conference.starts_at)
    back = reverse("conferences:conference", args=[pk])
    form = MoveForm(request.POST or None, conference=conference, initial=initial, cancel_url=back)
    count, former = sent_invitations(conference).count(), conference.chair_id
    if request.method == "POST" and form.is_valid() and attempt(
        form,
        lambda: booking.move(by=request.viewer, conference=conference, **form.why(), **form.booking()),
    ):  # fmt: skip
        messages.success(request, _told(conference, former, count))
        warn_of_phone_calls(request, conference)
        warn_of_part_in_case(request, conference)
        return redirect("conferences:conference", conference.pk)
    return _booking_page(request, conference, form, "Move the conference", count)


@page(Permission.BOOK_CONFERENCE)
def change_chair(request, pk):
    """Another chair for a booked conference. Its day, time and place stay."""
    conference, back = get_or_404(READ, request.viewer, pk), reverse("conferences:conference", args=[pk])
    if refused := not_now(request, CONFERENCE, conference, ConferenceState.BOOKED, to="given another chair", back=back):
        return refused
    if conference.starts_at is None:
        return _refuse_state(request, conference)
    others = chairs_to_compare(conference, request.viewer.on)
    form = ChangeChairForm(request.POST or None, others=others, cancel_url=back)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: booking.change_chair(by=request.viewer, conference=conference, **form.change())
    ):  # fmt: skip
        messages.success(request, follows_another_chair(conference))
        warn_of_phone_calls(request, conference)
        warn_of_part_in_case(request, conference)
        return redirect("conferences:conference", conference.pk)
    looked(request.viewer, children=included_children(conference), page="change the chair")
    context = {"form": form, "conference": READ.get(pk=conference.pk), "others": others, "back": back}
    return render(request, "conferences/change_chair.html", context)


@page(Permission.BOOK_CONFERENCE)
def cancel(request, pk):
    """Cancel the conference."""
    conference = get_or_404(READ, request.viewer, pk)
    if conference.state not in (ConferenceState.AGREED, ConferenceState.BOOKED):
        return _refuse_state(request, conference)
    form = CancelForm(request.POST or None, cancel_url=reverse("conferences:conference", args=[pk]))
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: booking.cancel(by=request.viewer, conference=conference, **form.why())
    ):  # fmt: skip
        messages.success(request, "Conference cancelled. Everyone who was told of it will be told.")
        warn_of_phone_calls(request, conference)
        return redirect("conferences:conference", conference.pk)
    looked(request.viewer, children=included_children(conference), page="cancel the conference")
    lead = "Everyone who was told of it will be told that it is cancelled and has not been moved to another day."
    if conference.is_review:
        lead += " If a child has an open plan, another review is requested immediately, with the same last day."
    context = {"form": form, "heading": "Cancel the conference", "caption": str(conference.family), "lead": lead}
    return render(request, "layouts/form.html", context | {"back": reverse("conferences:conference", args=[pk])})


@page(Permission.BOOK_CONFERENCE)
def rooms(request):
    """The rooms for conferences."""
    return render(request, "conferences/rooms.html", {"rooms": Room.objects.order_by("-is_active", "name")})


@page(Permission.BOOK_CONFERENCE)
def add_room(request):
    """Add a room."""
    return _room(request, Room(), "Add a room")


@page(Permission.BOOK_CONFERENCE)
def change_room(request, pk):
    """The room's name and address, and whether it can be booked."""
    return _room(request, get_object_or_404(Room, pk=pk), "Change the room")


def _room(request, room, heading):
    def now():
        return Room.objects.filter(pk=room.pk).values("name", "address", "is_active").first() or {}

    def do(given):
        return booking.change_room(by=request.viewer, room=room, **given)

    form = RoomForm(request.POST or None, initial=now())
    if request.method == "POST" and form.is_valid() and form.attempt(do, now):
        messages.success(request, f"{form.result} saved.")
        return redirect("conferences:rooms")
    context = {"form": form, "heading": heading, "back": reverse("conferences:rooms")}
    return render(request, "layouts/form.html", context)


def _booking_page(request, conference, form, heading, count=0, after=()):
    # A refused booking has changed the record in memory, not in the database.
    conference = READ.get(pk=conference.pk)
    children = included_children(conference)
    looked(request.viewer, children=children, page=heading.lower())
    context = {
        "form": form, "heading": heading, "conference": conference, "children": children,
        "limit": booking_queries.limit_of(conference), "told": count, "after": after,
        "back": reverse("conferences:conference", args=[conference.pk]),
        **week_of_free_times(request, conference),
    }  # fmt: skip
    return render(request, "conferences/book.html", context)


def _asked(request, length) -> dict:
    """The free time that was chosen, as the form begins with it."""
    try:
        starts = timezone.localtime(datetime.fromisoformat(request.GET.get("starts_at", "")))
        ends = starts + length
    except (ValueError, OverflowError):
        return {}
    return {
        "held_on": starts.date(), "starts": starts.time(), "ends": ends.time(),
        "chair": read_id(request.GET.get("chair")), "room": read_id(request.GET.get("room")),
    }  # fmt: skip


def _times(conference) -> dict:
    local = timezone.localtime
    return {"starts": local(conference.starts_at).time(), "ends": local(conference.ends_at).time()}


def _refuse_state(request, conference):
    state = conference.get_state_display().lower()
    messages.info(request, f"This conference is “{state}”, so that cannot be done now.")
    return redirect("conferences:conference", conference.pk)


def _told(conference, former, count) -> str:
    told = "Conference moved. "
    told += "Everyone invited will be told what has changed for them." if count else "Nobody had been invited yet."
    return told if conference.chair_id == former else f"{told} {follows_another_chair(conference)}"


def follows_another_chair(conference) -> str:
    """What is said on the next page once somebody else chairs the conference."""
    return (
        f"{conference.chair} is now the chair. Everyone invited will be told who chairs it as soon as "
        f"{conference.chair} has declared whether they are independent."
    )
