"""The live conference: the page in the room, opening it, the family's details, who is here, the quorum."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.actions import meet as actions
from conferences.actions.leave import held_back
from conferences.actions.notes import save_notes
from conferences.choices import Attendance, ConferenceState
from conferences.forms.leave import attempt_with_leave
from conferences.forms.meet import GOES_ON, QUORATE, STOPS, AttendanceForm, NewcomerForm, OpenForm, QuorumForm
from conferences.forms.notes import NotesForm
from conferences.models import AgencyView, Conference, LiveNote
from conferences.queries import meet as queries
from conferences.queries.room import room_at, shown_in
from conferences.queries.sources import ids_seen
from conferences.views import live_page
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.refusals import Invalid, NotPermitted
from cpc.core.policy.queries import setting
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.queries import born_in_words, called, household


def its_conference(request, pk, *, to_write=True):
    """The conference of the page, for its own chair; the administrators may read it as it is written."""
    found = Conference.objects.select_related("family", "chair", "administrator", "room", "previous")
    conference = get_or_404(found, request.viewer, pk)
    if request.viewer.may(Permission.HOLD_CONFERENCE, conference):
        return conference
    if not to_write and request.viewer.can(Permission.BOOK_CONFERENCE):
        return conference
    raise NotPermitted("Only the chair of this conference can open this page.")


@page(Permission.HOLD_CONFERENCE, Permission.BOOK_CONFERENCE)
def meet(request, pk):
    """The page in the room."""
    conference = its_conference(request, pk, to_write=False)
    is_chair = request.viewer.may(Permission.HOLD_CONFERENCE, conference)
    if conference.state == ConferenceState.BOOKED and is_chair:
        return redirect("conferences:meet_open", conference.pk)
    if conference.state not in (ConferenceState.OPEN, ConferenceState.HELD):
        return redirect("conferences:conference", conference.pk)
    board, refused, status = queries.board(conference), None, 200
    if request.method == "POST":
        typed = NotesForm(board, request.POST).typed()
        saved, refused = save_notes(by=request.viewer, conference=conference, typed=typed)
        if not refused:
            messages.success(request, _saved(saved))
            return redirect("conferences:meet", conference.pk)
        board, status = queries.board(conference), 409
    looked(request.viewer, children=[child.row.child_id for child in board.children], page="live conference")
    can_write = is_chair and conference.state == ConferenceState.OPEN
    seen = ids_seen(request.viewer, LiveNote.objects.filter(conference=conference))
    notes = NotesForm(board, request.POST if refused else None, refused, seen=seen)
    if can_write:
        for field in notes.fields.values():
            field.held = held_back(request.viewer, field.note) if field.note is not None else None
    board.hide_views(ids_seen(request.viewer, AgencyView.objects.filter(conference_child__conference=conference)))
    context = live_page.context(board, notes, can_write=can_write, on=request.viewer.on)
    if can_write:
        room = room_at(conference, board.invitations, timezone.now())
        context |= {"listening": room.to_mind, "left_out": shown_in(room, board)[1]}
    return render(request, "conferences/meet/board.html", context, status=status)


def _saved(notes) -> str:
    now = timezone.localtime().strftime("%H:%M")
    return f"Saved at {now}." if notes else f"Nothing had changed, so nothing was saved at {now}."


@page(Permission.HOLD_CONFERENCE)
def meet_open(request, pk):
    """Opening the conference, on its day or with a word on why not."""
    conference = its_conference(request, pk)
    if conference.state == ConferenceState.OPEN:
        return redirect("conferences:meet", conference.pk)
    form = OpenForm(request.POST or None, conference=conference, today=request.viewer.on)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: actions.open_conference(by=request.viewer, conference=conference, **form.cleaned_data),
        )
    ):
        return redirect("conferences:meet", conference.pk)
    children = queries.included(conference)
    looked(request.viewer, children=[row.child_id for row in children], page="open a conference")
    return render(
        request,
        "conferences/meet/open.html",
        {"form": form, "conference": conference, "children": children, "people": queries.invited(conference)},
    )


@page(Permission.HOLD_CONFERENCE)
def meet_details(request, pk):
    """The family's details, to be read out and confirmed. Addresses are not here: not everybody may learn them."""
    conference = its_conference(request, pk)
    if request.method == "POST":
        actions.confirm_details(by=request.viewer, conference=conference)
        messages.success(request, "The family’s details are confirmed.")
        return redirect("conferences:meet", conference.pk)
    people = household(conference.family, request.viewer)
    looked(request.viewer, children=[row.child_id for row in queries.included(conference)], page="family’s details")
    rows = [_details(member, request.viewer.on) for member in [*people.children, *people.adults]]
    return render(request, "conferences/meet/details.html", {"conference": conference, "rows": rows})


def _details(member, on) -> dict:
    """What is read out about one person: the name, the birth, and what they are to the children."""
    born = born_in_words(member.person, on)
    lines = [f"Birth {born}" if member.person.is_unborn else f"Born {born}"]
    lines += [] if member.is_child else member.said_of_ties()
    lines += ["Lives in the household" if member.in_household else "Does not live in the household"]
    return {"key": called(member.person), "value": "\n".join(lines), "typed": True}


@page(Permission.HOLD_CONFERENCE)
def meet_attendance(request, pk):
    """Who is here, all on one page."""
    conference = its_conference(request, pk)
    form = AttendanceForm(request.POST or None, conference=conference, people=queries.invited(conference))
    if request.method == "POST" and form.is_valid():
        rest = Attendance.PRESENT if "rest_here" in request.POST else ""
        if attempt(
            form,
            lambda: actions.mark_attendance(by=request.viewer, conference=conference, marks=form.marks(rest)),
        ):
            messages.success(request, "Who is here is saved.")
            return redirect("conferences:meet" if conference.quorate is not None else "conferences:meet_quorum", pk)
    return render(request, "conferences/meet/attendance.html", {"form": form, "conference": conference})


@page(Permission.HOLD_CONFERENCE)
def meet_newcomer(request, pk):
    """Somebody who is here and was not invited joins the list."""
    conference = its_conference(request, pk)
    children = [row.child for row in queries.included(conference)]
    form = NewcomerForm(request.POST or None, children=children)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.add_newcomer(by=request.viewer, conference=conference, **form.newcomer()))
    ):
        messages.success(request, f"{form.result.name} is on the list, and here.")
        return redirect("conferences:meet_attendance", conference.pk)
    looked(request.viewer, children=children, page="who is here")
    context = {"form": form, "heading": "Add somebody who is here", "caption": str(conference.family)}
    context["back"] = reverse("conferences:meet_attendance", args=[conference.pk])
    return render(request, "layouts/form.html", context)


@page(Permission.HOLD_CONFERENCE)
def meet_quorum(request, pk):
    """Whether the conference is quorate: worked out from who is here, confirmed by the chair."""
    conference = its_conference(request, pk)
    quorum = queries.quorum_of(conference)
    form = QuorumForm(request.POST or None, initial=_standing(conference, quorum))
    if request.method == "POST" and attempt_with_leave(
        request, form, lambda leave, _: _confirm(request, conference, form, leave)
    ):
        messages.success(request, "The quorum is confirmed.")
        return redirect("conferences:meet", conference.pk)
    return render(
        request,
        "conferences/meet/quorum.html",
        {
            "form": form,
            "conference": conference,
            "quorum": quorum,
            "second_time": queries.was_inquorate(conference) and not setting("inquorate_twice_allowed"),
            "back": reverse("conferences:meet", args=[conference.pk]),
        },
    )


def _standing(conference, quorum) -> dict:
    if conference.quorate is None:
        return {"answer": QUORATE} if quorum.is_quorate else {}
    answer = QUORATE if conference.quorate else GOES_ON if conference.quorum_reason else STOPS
    return {"answer": answer, "reason": conference.quorum_reason}


def _confirm(request, conference, form, leave):
    answer, reason = form.cleaned_data["answer"], form.cleaned_data["reason"]
    if answer == STOPS and reason and not queries.quorum_of(conference).is_quorate:
        # A reason on a conference that stops would read as the reason for which it goes ahead.
        raise Invalid("Leave the reason empty, or say that the conference goes ahead.", "reason")
    return actions.confirm_quorum(
        by=request.viewer, conference=conference, quorate=answer == QUORATE, reason=reason, leave=leave
    )
