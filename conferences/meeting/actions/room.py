"""The chair decides that the room's screen may show a note that the check asks about."""

from collections.abc import Iterable

from conferences.meeting.actions.attendance import must_be_open
from conferences.meeting.queries.room import LeftOut
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents import actions as documents
from cpc.core.kernel.refusals import Invalid


def show_in_room(*, by, conference, notes: Iterable[LeftOut], reason: str) -> None:
    """Record why these notes reveal nothing to anybody present. It counts for these sentences and these people, on the
    screen as on paper. Raises Invalid for a note that the check stops."""
    notes = list(notes)
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, reason=reason, notes=len(notes)):
        must_be_open(conference)
        for note in notes:
            if not note.questions:
                raise Invalid(f"“{note.title}” stays off the screen while these people are in the room.")
            for listener, findings in note.questions:
                documents.mark_words_harmless(
                    by, about=conference, recipient=listener.recipient, findings=findings, reason=reason
                )
