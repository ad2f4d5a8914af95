"""The room's own screen: what everybody in the room now may read. It follows the chair's page by itself."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.convening.choices import ConferenceState
from conferences.convening.permissions import chaired_conference_or_404
from conferences.convening.queries.acting import runs_it
from conferences.meeting.actions.room import show_in_room
from conferences.meeting.forms.decisions import outcome_words
from conferences.meeting.forms.room import room_form
from conferences.meeting.queries import board as board_queries
from conferences.meeting.queries.room import room_at, shown_in
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import page
from cpc.core.web.middleware import is_poll
from cpc.core.web.polling import poll_token


@page(Permission.HOLD_CONFERENCE, Permission.BOOK_CONFERENCE, methods=("GET",))
def meet_room(request, pk):
    """The notes for everyone, without anything that somebody present must not learn."""
    conference = chaired_conference_or_404(request.viewer, pk, to_write=False)
    if conference.state != ConferenceState.OPEN:
        return redirect("conferences:conference", conference.pk)
    board = board_queries.board(conference)
    room = room_at(conference, board.invitations, timezone.now())
    children = [each for each in board.children if room.shows(child=each.row.child_id, words=each.row.child.full_name)]
    if not is_poll(request):  # an automatic poll is not a new view
        looked(request.viewer, children=[each.row.child_id for each in children], page="the room’s screen")
    notes, _ = shown_in(room, board)
    context = {
        "conference": conference,
        "runs_it": runs_it(conference),
        "poll_token": poll_token(request, board_queries.topic_of(conference)),
        "notes": notes,
        "children": [
            {
                "child": each.row.child,
                "outcome": outcome_words(conference, each.decision.outcome) if each.decision else "",
                "reasons": each.decision.reasons
                if each.decision and room.shows(child=each.row.child_id, words=each.decision.reasons) else "",
            }
            for each in children
        ],
        "people": room.listed,
    }  # fmt: skip
    return render(request, "conferences/meet/room.html", context)


@page(Permission.HOLD_CONFERENCE)
def meet_room_ask(request, pk):
    """Decide, as the chair, that the room's screen may show notes that the check asks about."""
    conference = chaired_conference_or_404(request.viewer, pk)
    board = board_queries.board(conference)
    room = room_at(conference, board.invitations, timezone.now())
    asked = {one.key: one for one in shown_in(room, board)[1] if one.questions}
    if not asked:
        messages.info(request, "There is nothing to decide for the room’s screen.")
        return redirect("conferences:meet", conference.pk)
    form = room_form(asked.values())(request.POST or None)

    def show():
        notes = [asked[key] for key in form.cleaned_data["notes"]]
        return show_in_room(by=request.viewer, conference=conference, notes=notes, reason=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and attempt(form, show):
        messages.success(request, "The room’s screen shows it now.")
        return redirect("conferences:meet", conference.pk)
    looked(request.viewer, children=[each.row.child_id for each in board.children], page="the room’s screen")
    context = {"form": form, "heading": "May the room’s screen show this?", "caption": str(conference.family)}
    return render(request, "layouts/form.html", {**context, "back": reverse("conferences:meet", args=[conference.pk])})
