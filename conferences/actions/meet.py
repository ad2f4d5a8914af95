"""Opening, running and closing a conference: its chair acts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from conferences.actions.leave import checked
from conferences.choices import FAMILY_ROLES, Attendance, ConferenceState, InviteeKind, InviteeRole
from conferences.models import Invitation, InvitationChild
from conferences.queries.meet import included, invited, missing, quorum_of
from conferences.rules.audience import Readers
from conferences.states import CONFERENCE
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.refusals import Invalid, WrongState

HELD_TODAY, WRITTEN_UP = "today", "written_up"
MAY_COME_UNINVITED = [role for role in InviteeRole if role not in FAMILY_ROLES]


@dataclass(frozen=True)
class Mark:
    """Whether one invited person came, from when until when, and a few words where they are needed."""

    invitation_id: int
    attendance: str
    came_at: datetime | None = None
    left_at: datetime | None = None
    note: str = ""


def open_conference(*, by, conference, held="", at=None):
    """The conference is open. On another day than its own, ``held`` says whether it is held today instead (its time
    moves to today) or was held on its day and is being written up. Raises Invalid when neither is said or can be.
    """
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, held=held):
        at = at or timezone.now()
        CONFERENCE.move(conference, ConferenceState.OPEN)
        if by.on != conference.held_on:
            _on_another_day(conference, held, by.on, at)
        conference.opened_at, conference.opened_by_id = at, by.id or conference.chair_id
        try:
            with transaction.atomic():
                conference.save()
        except IntegrityError:
            raise Invalid(
                "You or the room are not free at this time. Ask the administrator to move the booking."
            ) from None
    return conference


def _on_another_day(conference, held, today, at):
    booked = in_words(conference.held_on)
    if held == HELD_TODAY:
        # What is planned falls on a working day. What is happening is recorded on the day it happens.
        length = conference.ends_at - conference.starts_at
        conference.starts_at, conference.ends_at = at, at + length
    elif held == WRITTEN_UP:
        if conference.held_on > today:
            raise Invalid(f"It is booked for {booked}, which has not come yet, so it cannot have been held.", "held")
    else:
        raise Invalid(
            f"This conference is booked for {booked} and today is {in_words(today)}. Say whether it is held today "
            "instead, or was held on its day and is being written up.",
            "held",
        )


def confirm_details(*, by, conference, at=None):
    """The family confirmed their details at this conference."""
    with acting(by, Permission.HOLD_CONFERENCE, on=conference):
        must_be_open(conference)
        conference.details_confirmed_at = at or timezone.now()
        conference.save()
    return conference


def mark_attendance(*, by, conference, marks):
    """Each marked person is here, sent apologies, is absent or excluded. Where this changes whether the conference is
    quorate, the chair's confirmation is put back, to be given again.
    """
    with acting(by, Permission.HOLD_CONFERENCE, on=conference):
        must_be_open(conference)
        people = {each.pk: each for each in invited(conference)}
        before = quorum_of(conference).is_quorate
        changed = []
        for mark in marks:
            person = people.get(mark.invitation_id)
            if person is None:
                raise Invalid("Somebody on this list is not invited any more. Reload the page and mark again.")
            changed += _marked(person, mark)
        for person in changed:
            person.save()
        if conference.quorate is not None and quorum_of(conference).is_quorate != before:
            conference.quorate, conference.quorum_reason = None, ""
            conference.save()
    return conference


def _marked(person, mark):
    note = mark.note.strip()
    field = f"note_{person.pk}"
    if mark.attendance == Attendance.EXCLUDED and not note:
        raise Invalid(f"Say why {person.name} is excluded: it stands in the record.", field)
    here = mark.attendance == Attendance.PRESENT
    came, left = (mark.came_at, mark.left_at) if here else (None, None)
    if came and left and left <= came:
        raise Invalid(f"{person.name} cannot have left before coming.", f"left_{person.pk}")
    now = (mark.attendance, came, left, note)
    if now == (person.attendance, person.came_at, person.left_at, person.attendance_note):
        return []
    person.attendance, person.came_at, person.left_at, person.attendance_note = now
    return [person]


def add_newcomer(*, by, conference, name, role, agency=None, children=()):
    """Somebody who came without being invited is on the list, and here; they speak about ``children`` alone."""
    name = name.strip().replace("\x00", "")
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, newcomer=name):
        must_be_open(conference)
        if not name:
            raise Invalid("Enter the name of the person.", "name")
        if role not in MAY_COME_UNINVITED:
            raise Invalid("Choose in what part this person is here.", "role")
        if not {child.pk for child in children} <= {row.child_id for row in included(conference)}:
            raise Invalid("Choose children of this conference.", "children")
        was = quorum_of(conference).is_quorate
        made = Invitation.objects.create(
            conference=conference,
            kind=InviteeKind.PROFESSIONAL,
            role=role,
            agency=agency,
            name=name,
            reason="Came to the conference without an invitation.",
            is_expected=False,
            attendance=Attendance.PRESENT,
        )
        for child in children:
            InvitationChild.objects.create(invitation=made, child=child)
        if conference.quorate is not None and quorum_of(conference).is_quorate != was:
            conference.quorate, conference.quorum_reason = None, ""
            conference.save()
    return made


def confirm_quorum(*, by, conference, quorate: bool, reason="", leave=""):
    """The chair's answer stands: quorate or not. An answer other than the computed one needs a reason; so does going
    ahead though not quorate, and without that reason nothing can be decided but to hold it again. It stands in every
    copy: raises FromRestricted where it holds a passage that fewer may read, and no ``leave`` is given.
    """
    reason, was = reason.strip(), [conference.quorum_reason]
    trail = checked(by, conference.family_id, [reason], Readers(), leave=leave, already=was, field="reason")
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, **{"reason": reason, **trail}, quorate=quorate):
        must_be_open(conference)
        if all(each.attendance == Attendance.UNKNOWN for each in invited(conference)):
            raise Invalid("Mark who is here first.")
        computed = quorum_of(conference)
        if quorate and not computed.is_quorate and not reason:
            raise Invalid("Give the reason: by who is here, the conference is not quorate.", "reason")
        if not quorate and computed.is_quorate and not reason:
            raise Invalid("Give the reason: by who is here, the conference is quorate.", "reason")
        conference.quorate, conference.quorum_reason = quorate, reason
        conference.save()
    return conference


def close(*, by, conference, at=None):
    """The conference is held. Raises Invalid, saying everything that is missing, until nothing is."""
    with acting(by, Permission.HOLD_CONFERENCE, on=conference):
        must_be_open(conference)
        if lacking := missing(conference):
            raise Invalid("The conference cannot be closed yet. " + " ".join(each.sentence for each in lacking))
        CONFERENCE.move(conference, ConferenceState.HELD)
        # A conference written up for the past closes no earlier than it opened.
        conference.to_write_up = True
        conference.closed_at = max(at or timezone.now(), conference.opened_at + timedelta(seconds=1))
        conference.closed_by_id = by.id or conference.chair_id
        conference.save()
    return conference


def must_be_open(conference) -> None:
    """Raises WrongState unless the conference is being held."""
    if conference.state != ConferenceState.OPEN:
        state = ConferenceState(conference.state).label.lower()
        raise WrongState(f"This conference is {state}, so nothing can be written in it. Reload the page.")
