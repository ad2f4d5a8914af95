"""The live conference: its page, opening it, the family's details, attendance, the quorum."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.convening.choices import Attendance, ConferenceState
from conferences.convening.permissions import chaired_conference_or_404
from conferences.convening.queries.companions import companions_kept_apart
from conferences.convening.queries.taking_part import decided_parts
from conferences.convening.states import CONFERENCE
from conferences.disclosure.actions import hold_reason
from conferences.disclosure.forms import attempt_or_ask_consent
from conferences.disclosure.queries import ids_seen
from conferences.meeting.actions import attendance
from conferences.meeting.actions.notes import PageChanged, save_notes
from conferences.meeting.forms.attendance import (
    GOES_ON,
    QUORATE,
    STOPS,
    AttendanceForm,
    NewcomerForm,
    OpenForm,
    PutBackForm,
    QuorumForm,
)
from conferences.meeting.forms.notes import NotesForm
from conferences.meeting.models import AgencyView
from conferences.meeting.queries import board as board_queries
from conferences.meeting.queries.room import room_at, shown_in
from conferences.meeting.views import live_page
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import setting
from cpc.core.web.forms import attempt
from cpc.core.web.guards import not_now, page
from cpc.core.web.polling import poll_token
from families.people.queries.household import born_in_words, called, household


def only_while_open(request, conference):
    """The way back from a page that is for a conference in progress, where it is not; else None."""
    back = reverse("conferences:conference", args=[conference.pk])
    return not_now(request, CONFERENCE, conference, ConferenceState.OPEN, to="changed like this", back=back)


@page(Permission.HOLD_CONFERENCE, Permission.BOOK_CONFERENCE)
def meet(request, pk):
    """The page of the live conference."""
    conference = chaired_conference_or_404(request.viewer, pk, to_write=False)
    is_chair = request.viewer.may(Permission.HOLD_CONFERENCE, conference)
    if conference.state == ConferenceState.BOOKED and is_chair:
        return redirect("conferences:meet_open", conference.pk)
    if conference.state not in (ConferenceState.OPEN, ConferenceState.HELD):
        return redirect("conferences:conference", conference.pk)
    board, refused, status = board_queries.board(conference), None, 200
    if request.method == "POST":
        typed = NotesForm(board, request.POST).typed()
        try:
            saved, refused = save_notes(by=request.viewer, conference=conference, typed=typed)
        except PageChanged:
            raise
        except Invalid as invalid:
            messages.error(request, f"Nothing is saved. {invalid.sentence}")
            status = 422
        else:
            if not refused:
                if saved:
                    messages.success(request, f"Saved at {timezone.localtime():%H:%M}.")
                else:
                    messages.info(request, "Nothing had changed, so there was nothing to save.")
                return redirect("conferences:meet", conference.pk)
            board, status = board_queries.board(conference), 409
    looked(request.viewer, children=[child.row.child_id for child in board.children], page="live conference")
    can_write = is_chair and conference.state == ConferenceState.OPEN
    shown = {
        board_queries.NotePlace.of(note): note
        for note in board_queries.notes_for(request.viewer, conference)
        if note.may_read
    }
    notes = NotesForm(board, request.POST if status != 200 else None, refused, shown=shown)
    if can_write:
        for field in notes.fields.values():
            field.held = hold_reason(request.viewer, field.note) if field.note is not None else None
    board.hide_views(ids_seen(request.viewer, AgencyView.objects.filter(conference_child__conference=conference)))
    context = live_page.context(board, notes, can_write=can_write, on=request.viewer.on)
    context["poll_token"] = poll_token(request, board_queries.topic_of(conference))
    if can_write:
        room = room_at(conference, board.invitations, timezone.now())
        left_out = shown_in(room, board)[1]
        context |= {
            "listening": room.explained_listeners, "left_out": left_out,
            "may_ask": any(one.questions for one in left_out),
        }  # fmt: skip
    return render(request, "conferences/meet/board.html", context, status=status)


@page(Permission.HOLD_CONFERENCE)
def meet_open(request, pk):
    """Open the conference, on its day, or on another day with the reason."""
    conference = chaired_conference_or_404(request.viewer, pk)
    if conference.state == ConferenceState.OPEN:
        return redirect("conferences:meet", conference.pk)
    if conference.state == ConferenceState.BOOKED and conference.chair_independent is None:
        messages.info(request, "Before you open the conference, declare whether you are independent.")
        return redirect("conferences:declare_independence", conference.pk)
    there = reverse("conferences:conference", args=[pk])
    if refused := not_now(request, CONFERENCE, conference, ConferenceState.BOOKED, to="opened", back=there):
        return refused
    form = OpenForm(request.POST or None, conference=conference, today=request.viewer.on)
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: attendance.open_conference(
            by=request.viewer, conference=conference, **form.cleaned_data | {"consent": shared["consent"]}
        ),
    ):
        for why in companions_kept_apart(conference).values():
            messages.warning(request, f"{why} They are not on the list of who is here.")
        return redirect("conferences:meet", conference.pk)
    children = board_queries.included(conference)
    looked(request.viewer, children=[row.child_id for row in children], page="open a conference")
    return render(
        request,
        "conferences/meet/open.html",
        {"form": form, "conference": conference, "children": children, "people": board_queries.expected(conference)},
    )


@page(Permission.HOLD_CONFERENCE)
def meet_put_back(request, pk):
    """Put a conference that was opened by mistake back to booked."""
    conference = chaired_conference_or_404(request.viewer, pk)
    back = reverse("conferences:meet", args=[pk])
    if refused := only_while_open(request, conference):
        return refused
    form = PutBackForm(request.POST or None, cancel_url=back)

    def do():
        return attendance.put_back(by=request.viewer, conference=conference, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "The conference is booked again, as it was before it was opened.")
        return redirect("conferences:conference", pk)
    looked(
        request.viewer,
        children=[row.child_id for row in board_queries.included(conference)],
        page="put a conference back",
    )
    context = {
        "form": form, "heading": "Put the conference back", "caption": str(conference.family), "back": back,
        "lead": "It is booked again, as if it had not been opened. Who was marked as here and the quorum are cleared; "
        "notes are kept. To hold it on another day, ask the administrator to move it.",
    }  # fmt: skip
    return render(request, "layouts/form.html", context)


@page(Permission.HOLD_CONFERENCE)
def meet_details(request, pk):
    """The family's details, to be read out and confirmed. Addresses are left out: not everybody may learn them."""
    conference = chaired_conference_or_404(request.viewer, pk)
    if request.method == "POST":
        attendance.confirm_details(by=request.viewer, conference=conference)
        messages.success(request, "The family’s details are confirmed.")
        return redirect("conferences:meet", conference.pk)
    people = household(conference.family, request.viewer)
    looked(
        request.viewer, children=[row.child_id for row in board_queries.included(conference)], page="family’s details"
    )
    rows = [_details(member, request.viewer.on) for member in [*people.children, *people.adults]]
    return render(request, "conferences/meet/details.html", {"conference": conference, "rows": rows})


def _details(member, on) -> dict:
    """What is read out about one person: the name, the birth, and how they are related to the children."""
    born = born_in_words(member.person, on)
    if member.person.is_unborn:
        return {"key": member.person.full_name, "value": f"Birth {born}"}
    lines = [f"Born {born}"]
    lines += [] if member.is_child else member.describe_relationships()
    lines += ["Lives in the household" if member.in_household else "Does not live in the household"]
    return {"key": called(member.person), "value": "\n".join(lines), "typed": True}


@page(Permission.HOLD_CONFERENCE)
def meet_attendance(request, pk):
    """Attendance, all on one page."""
    conference = chaired_conference_or_404(request.viewer, pk)
    if refused := only_while_open(request, conference):
        return refused
    people, everybody = board_queries.expected(conference), board_queries.invited(conference)
    parts = decided_parts(conference)
    form = AttendanceForm(request.POST or None, conference=conference, people=people, parts=parts)
    if request.method == "POST" and form.is_valid():
        rest = Attendance.PRESENT if "rest_here" in request.POST else ""
        if attempt(
            form,
            lambda: attendance.mark_attendance(by=request.viewer, conference=conference, marks=form.marks(rest)),
        ):
            messages.success(request, "Attendance saved.")
            return redirect("conferences:meet" if conference.quorate is not None else "conferences:meet_quorum", pk)
    looked(request.viewer, children=[row.child_id for row in board_queries.included(conference)], page="attendance")
    excluded = [one for one in everybody if one not in people]
    context = {"form": form, "conference": conference, "excluded": excluded}
    return render(request, "conferences/meet/attendance.html", context)


@page(Permission.HOLD_CONFERENCE)
def meet_newcomer(request, pk):
    """Add somebody present who was not invited."""
    conference = chaired_conference_or_404(request.viewer, pk)
    if refused := only_while_open(request, conference):
        return refused
    children = [row.child for row in board_queries.included(conference)]
    form = NewcomerForm(request.POST or None, children=children)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: attendance.add_newcomer(by=request.viewer, conference=conference, **form.newcomer()))
    ):
        messages.success(request, f"{form.result.name} is on the list, and here.")
        return redirect("conferences:meet_attendance", conference.pk)
    looked(request.viewer, children=children, page="who is here")
    context = {"form": form, "heading": "Add someone who is present", "caption": str(conference.family)}
    context["back"] = reverse("conferences:meet_attendance", args=[conference.pk])
    return render(request, "layouts/form.html", context)


@page(Permission.HOLD_CONFERENCE)
def meet_quorum(request, pk):
    """Whether the conference is quorate: computed from attendance, confirmed by the chair."""
    conference = chaired_conference_or_404(request.viewer, pk)
    if refused := only_while_open(request, conference):
        return refused
    quorum = board_queries.quorum_of(conference)
    form = QuorumForm(request.POST or None, initial=_confirmed(conference))
    if request.method == "POST" and attempt_or_ask_consent(
        request, form, lambda shared: _confirm(request, conference, form, shared)
    ):
        messages.success(request, "Quorum confirmed.")
        return redirect("conferences:meet", conference.pk)
    looked(request.viewer, children=[row.child_id for row in board_queries.included(conference)], page="quorum")
    return render(
        request,
        "conferences/meet/quorum.html",
        {
            "form": form,
            "conference": conference,
            "quorum": quorum,
            "second_time": board_queries.was_inquorate(conference) and not setting("inquorate_twice_allowed"),
            "back": reverse("conferences:meet", args=[conference.pk]),
        },
    )


def _confirmed(conference) -> dict:
    """The answer that the chair gave before; what attendance shows is no answer yet."""
    if conference.quorate is None:
        return {}
    answer = QUORATE if conference.quorate else GOES_ON if conference.quorum_reason else STOPS
    return {"answer": answer, "reason": conference.quorum_reason}


def _confirm(request, conference, form, shared):
    answer, reason = form.cleaned_data["answer"], form.cleaned_data["reason"]
    if answer == STOPS and reason and not board_queries.quorum_of(conference).is_quorate:
        # A reason on a conference that stops would look like a reason to proceed.
        raise Invalid("Leave the reason empty, or choose that the conference proceeds.", "reason")
    return attendance.confirm_quorum(
        by=request.viewer, conference=conference, quorate=answer == QUORATE, reason=reason, **shared
    )
