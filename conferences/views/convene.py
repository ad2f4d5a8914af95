"""Booking, moving and cancelling a conference; agreeing a chair who knows the case; the rooms."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.actions import convene as actions
from conferences.choices import ConferenceState
from conferences.forms.convene import AgreeChairForm, BookForm, CancelForm, MoveForm, RoomForm
from conferences.forms.leave import attempt_with_leave
from conferences.models import ChairApproval, Conference, Room
from conferences.queries import convene as queries
from conferences.queries.invite import included_children, told
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page

READ = Conference.objects.select_related("family__team", "family__social_worker", "chair", "room")


@page(Permission.BOOK_CONFERENCE)
def book(request, pk):
    """Date, time, place and chair for an agreed conference."""
    conference = get_or_404(READ, request.viewer, pk)
    if conference.state != ConferenceState.AGREED:
        return _not_now(request, conference)
    asked = queries.latest_approval(conference)
    initial = {"chair": asked.chair, "chair_knows_case": True} if asked else {}
    form = BookForm(request.POST or None, initial=initial, conference=conference)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: actions.book(by=request.viewer, conference=conference, **form.booking())
    ):  # fmt: skip
        messages.success(request, "Conference booked. Check the list of people to invite.")
        return redirect("conferences:invitations", conference.pk)
    return _booking_page(request, conference, form, "Book the conference", asked)


@page(Permission.BOOK_CONFERENCE)
def move(request, pk):
    """Another date, time, place or chair for a booked conference."""
    conference = get_or_404(READ, request.viewer, pk)
    if conference.state != ConferenceState.BOOKED:
        return _not_now(request, conference)
    initial = {name: getattr(conference, name) for name in actions.BOOKING}
    initial |= {"held_on": conference.held_on, **_times(conference)}
    form = MoveForm(request.POST or None, conference=conference, initial=initial)
    count = told(conference).count()
    if request.method == "POST" and form.is_valid() and attempt(
        form,
        lambda: actions.move(
            by=request.viewer, conference=conference, why=form.cleaned_data["why"], **form.booking()
        ),
    ):  # fmt: skip
        messages.success(request, f"Conference moved. {_people(count)} told.")
        return redirect("conferences:conference", conference.pk)
    return _booking_page(request, conference, form, "Move the conference", queries.latest_approval(conference), count)


@page(Permission.BOOK_CONFERENCE)
def cancel(request, pk):
    """The conference will not be held."""
    conference = get_or_404(READ, request.viewer, pk)
    if conference.state not in (ConferenceState.AGREED, ConferenceState.BOOKED):
        return _not_now(request, conference)
    form = CancelForm(request.POST or None, cancel_url=reverse("conferences:conference", args=[pk]))
    count = told(conference).count()
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: actions.cancel(by=request.viewer, conference=conference, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, f"Conference cancelled. {_people(count)} told.")
        return redirect("conferences:conference", conference.pk)
    looked(request.viewer, children=included_children(conference), page="cancel the conference")
    lead = f"{_people(count)} told that it is cancelled, and that it is not put off to another day."
    context = {"form": form, "heading": "Cancel the conference", "caption": str(conference.family), "lead": lead}
    return render(request, "layouts/form.html", context | {"back": reverse("conferences:conference", args=[pk])})


@page(Permission.AGREE_CHAIR)
def chairs_to_agree(request):
    """The chairs who know a case and wait for the service manager."""
    waiting = list(queries.chairs_to_agree(request.viewer))
    return render(request, "conferences/chairs_to_agree.html", {"waiting": waiting})


@page(Permission.AGREE_CHAIR)
def agree_chair(request, pk):
    """Why a person who knows the case may chair."""
    approvals = ChairApproval.objects.select_related("conference", "chair", "asked_by")
    approval = get_object_or_404(approvals, pk=pk)
    conference = get_or_404(READ, request.viewer, approval.conference_id)
    form = AgreeChairForm(request.POST or None)
    if request.method == "POST" and attempt_with_leave(
        request,
        form,
        lambda leave, _: actions.agree_chair(
            by=request.viewer, approval=approval, leave=leave, reason=form.cleaned_data["reason"]
        ),
    ):  # fmt: skip
        messages.success(request, f"{approval.chair} may chair. The administrator can book now.")
        return redirect("conferences:conference", conference.pk)
    children = included_children(conference)
    looked(request.viewer, children=children, page="agree a chair")
    known = queries.why_chair_knows(conference, approval.chair)
    context = {"form": form, "approval": approval, "conference": conference, "children": children, "known": known}
    return render(request, "conferences/agree_chair.html", context)


@page(Permission.BOOK_CONFERENCE)
def rooms(request):
    """The rooms in which conferences are held."""
    return render(request, "conferences/rooms.html", {"rooms": Room.objects.order_by("-is_active", "name")})


@page(Permission.BOOK_CONFERENCE)
def add_room(request):
    """One more room."""
    return _room(request, Room(), "Add a room")


@page(Permission.BOOK_CONFERENCE)
def change_room(request, pk):
    """The room's name and address, and whether it can be booked."""
    return _room(request, get_object_or_404(Room, pk=pk), "Change the room")


def _room(request, room, heading):
    form = RoomForm(
        request.POST or None, initial={"name": room.name, "address": room.address, "is_active": room.is_active}
    )
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: actions.change_room(by=request.viewer, room=room, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, f"{form.result} saved.")
        return redirect("conferences:rooms")
    context = {"form": form, "heading": heading, "back": reverse("conferences:rooms")}
    return render(request, "layouts/form.html", context)


def _booking_page(request, conference, form, heading, asked, count=0):
    # A refused booking has left its mark on the record in memory, never in the database.
    conference = READ.get(pk=conference.pk)
    children = included_children(conference)
    looked(request.viewer, children=children, page=heading.lower())
    context = {
        "form": form, "heading": heading, "conference": conference, "children": children, "asked": asked,
        "limit": queries.limit_of(conference), "told": count,
        "back": reverse("conferences:conference", args=[conference.pk]),
    }  # fmt: skip
    return render(request, "conferences/book.html", context)


def _times(conference) -> dict:
    local = timezone.localtime
    return {"starts": local(conference.starts_at).time(), "ends": local(conference.ends_at).time()}


def _not_now(request, conference):
    state = conference.get_state_display().lower()
    messages.info(request, f"This conference is “{state}”, so that cannot be done now.")
    return redirect("conferences:conference", conference.pk)


def _people(count: int) -> str:
    if not count:
        return "Nobody had been invited, so nobody is"
    return "1 person is" if count == 1 else f"{count} people are"
