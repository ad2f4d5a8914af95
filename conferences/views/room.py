"""The room's own screen: what everybody who is in the room now may read. It follows the chair's page by itself."""

from django.shortcuts import redirect, render
from django.utils import timezone

from conferences.choices import ConferenceState
from conferences.forms.decide import outcome_words
from conferences.queries import meet as queries
from conferences.queries.room import room_at, shown_in
from conferences.views.meet import its_conference
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.guards import page
from cpc.core.web.middleware import is_poll


@page(Permission.HOLD_CONFERENCE, Permission.BOOK_CONFERENCE, methods=("GET",))
def meet_room(request, pk):
    """What is written for everyone, without whatever somebody who is here must not learn."""
    conference = its_conference(request, pk, to_write=False)
    if conference.state != ConferenceState.OPEN:
        return redirect("conferences:conference", conference.pk)
    board = queries.board(conference)
    room = room_at(conference, board.invitations, timezone.now())
    children = [each for each in board.children if room.shows(child=each.row.child_id, words=each.row.child.full_name)]
    if not is_poll(request):  # a page that asks by itself is not a new look
        looked(request.viewer, children=[each.row.child_id for each in children], page="the room’s screen")
    notes, _ = shown_in(room, board)
    context = {
        "conference": conference,
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
        "people": [one for one in room.here if room.shows(person=one.person_id, words=one.name)],
    }  # fmt: skip
    return render(request, "conferences/meet/room.html", context)
