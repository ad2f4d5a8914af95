"""Opening, running and closing a conference. Its chair acts."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from conferences.convening.actions.companions import expect_companions
from conferences.convening.actions.invitations import shift_separate_times
from conferences.convening.actions.notify import notify_all, withdraw_pending
from conferences.convening.actions.safety_plans import end_with_conference
from conferences.convening.choices import FAMILY_ROLES, MOVED, Attendance, ConferenceState, InviteeRole
from conferences.convening.models import Invitation, InvitationChild
from conferences.convening.queries.acting import why_not_chaired_yet
from conferences.convening.queries.companions import why_not_beside
from conferences.convening.queries.exclusions import exclusions_in_force, who
from conferences.convening.queries.invitations import sent_invitations
from conferences.convening.states import CONFERENCE
from conferences.disclosure.actions import Before, Disclosure, require_permission_to_share
from conferences.disclosure.choices import InviteeKind
from conferences.meeting.queries.board import decision_of, expected, included, invited, missing, quorum_of, topic_of
from conferences.separation.choices import Shared
from conferences.separation.queries.decisions import is_decided
from conferences.separation.queries.pairs import pairs_to_separate
from conferences.separation.queries.presences import presence_at
from conferences.separation.rules import would_meet
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import SATURDAY, in_words
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import calendar
from cpc.core.web.polling import announce

HELD_TODAY, WRITTEN_UP = "today", "written_up"
MAY_COME_UNINVITED = [role for role in InviteeRole if role not in FAMILY_ROLES]


@dataclass(frozen=True)
class AttendanceMark:
    """Whether one invited person attended, from when until when, with a note where one is needed."""

    invitation_id: int
    attendance: str
    came_at: datetime | None = None
    left_at: datetime | None = None
    note: str = ""


def open_conference(*, by, conference, held="", reason="", uninvited="", consent="", at=None):
    """Open the conference. On another day than its own, ``held`` says whether it is held today instead (its time moves
    to today, for a ``reason`` that every copy of the record gives, and everyone invited is told) or was held on its day
    and is being written up. A bank holiday needs a ``reason`` too, and ``uninvited`` says why it is held although
    nobody was sent an invitation.

    Raises Invalid if the chair has not declared whether they are independent, or is not and nobody agreed; if ``held``
    is missing or impossible; or if it would be held on a Saturday or Sunday. Raises RestrictedTextCopied if a reason
    holds a restricted passage and no ``consent`` is given.
    """
    reason, uninvited = "" if held == WRITTEN_UP else reason.strip(), uninvited.strip()
    text = Disclosure({"reason": reason, "uninvited": uninvited})
    shared = require_permission_to_share(by, conference.family_id, text, consent=consent)
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, held=held, **{"reason": reason, **shared}):
        if refusal := why_not_chaired_yet(conference):
            raise Invalid(refusal)
        at, booked_at = at or timezone.now(), conference.starts_at
        CONFERENCE.move(conference, ConferenceState.OPEN)
        if by.on != conference.held_on:
            _on_another_day(conference, held, by.on, at, reason)
        else:
            _on_its_day(conference, by.on, reason)
        _without_invitations(conference, uninvited)
        conference.opened_at, conference.opened_by_id = at, by.id or conference.chair_id
        try:
            with transaction.atomic():
                conference.save()
        except IntegrityError:
            raise Invalid(
                "You or the room are not free at this time. Ask the administrator to move the booking."
            ) from None
        expect_companions(conference)
        if conference.starts_at != booked_at:
            why = "The conference was held on another day before this went out."
            withdraw_pending(by, conference, why, Permission.HOLD_CONFERENCE)
            notify_all(by, conference, MOVED, permission=Permission.HOLD_CONFERENCE)
    return conference


def _on_its_day(conference, today, reason):
    _refuse_weekend(today, "ask the administrator to move the booking")
    if not calendar().is_working_day(today):
        if not reason:
            raise Invalid(
                f"{calendar().called(today)} is a bank holiday. Say why it is held today. Every copy of the record "
                "says it.",
                "reason",
            )
        conference.held_reason = f"It was held on {calendar().called(today)}. The reason: {reason}"


def _without_invitations(conference, reason):
    if sent_invitations(conference).exists():
        return
    if not reason:
        raise Invalid(
            "Nobody was sent an invitation to this conference. Ask the administrator to invite people first, or say "
            "why it is held all the same. Every copy of the record says it.",
            "uninvited",
        )
    said = f"Nobody was sent an invitation before it was held. The reason: {reason}"
    conference.held_reason = " ".join(filter(None, [conference.held_reason, said]))


def _refuse_weekend(today, instead):
    if today.weekday() >= SATURDAY:
        raise Invalid(
            f"Today is {in_words(today)}. No conference is held on a Saturday or Sunday: {instead}. A conference that "
            "was held can be written up on any day.",
            "held",
        )


def _on_another_day(conference, held, today, at, reason):
    booked = in_words(conference.held_on)
    if held == HELD_TODAY:
        _refuse_weekend(today, f"hold it on {booked}, or ask the administrator to move the booking")
        if not reason:
            raise Invalid(f"Say why it is held today and not on {booked}. Every copy of the record says it.", "reason")
        held_on = calendar().called(today)
        conference.held_reason = f"It was booked for {booked} and held on {held_on}. The reason: {reason}"
        length = conference.ends_at - conference.starts_at
        shift_separate_times(conference, at - conference.starts_at)
        conference.starts_at, conference.ends_at = at, at + length
        conference.sequence += 1
    elif held == WRITTEN_UP:
        if conference.held_on > today:
            raise Invalid(f"It is booked for {booked}, which has not come yet, so it cannot have been held.", "held")
    else:
        raise Invalid(
            f"This conference is booked for {booked} and today is {in_words(today)}. Say whether it is held today "
            "instead, or was held on its day and is being written up.",
            "held",
        )


def put_back(*, by, conference, reason):
    """Put a conference that was opened by mistake back to booked. Who was marked as here, and the quorum, are cleared;
    notes stay for when it is held. If it was moved to today, that stays its day until the administrator moves it.

    Raises Invalid without a reason, or if something was decided.
    """
    if not reason.strip():
        raise Invalid("Say why the conference is put back. This is kept on the audit trail.", "reason")
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, reason=reason.strip(), step="put back") as act:
        act.then(lambda: announce(topic_of(conference)))
        CONFERENCE.must_be(conference, ConferenceState.OPEN, to="put back")
        if any(decision_of(row) for row in included(conference)):
            raise Invalid(
                "A decision was recorded, so the conference was held. Close it. If nothing can be decided for a "
                "child, record “Not decided”.",
                "reason",
            )
        CONFERENCE.move(conference, ConferenceState.BOOKED)
        _clear_what_opening_brought(conference, reason.strip())
        conference.save()
    return conference


def _clear_what_opening_brought(conference, reason) -> None:
    conference.opened_at = conference.opened_by = conference.details_confirmed_at = conference.quorate = None
    conference.held_reason = conference.quorum_reason = ""
    excluded = {who(one) for one in conference.exclusions.in_force()}
    beforehand = [one.pk for one in conference.invitations.all() if who(one) in excluded]
    came = conference.invitations.filter(is_expected=False, withdrawn_at__isnull=True).exclude(pk__in=beforehand)
    came.update(withdrawn_at=timezone.now(), withdrawn_reason=reason)
    marked = conference.invitations.exclude(pk__in=beforehand)
    marked.update(attendance=Attendance.UNKNOWN, came_at=None, left_at=None, attendance_note="")


def confirm_details(*, by, conference, at=None):
    """Record that the family confirmed their details at this conference."""
    with acting(by, Permission.HOLD_CONFERENCE, on=conference):
        must_be_open(conference)
        conference.details_confirmed_at = at or timezone.now()
        conference.save()
    return conference


def mark_attendance(*, by, conference, marks):
    """Save who is present, sent apologies, is absent or excluded. If this changes whether the conference is quorate,
    the chair's confirmation is cleared and must be given again.
    """
    with acting(by, Permission.HOLD_CONFERENCE, on=conference) as act:
        act.then(lambda: announce(topic_of(conference)))
        must_be_open(conference)
        before = quorum_of(conference).is_quorate
        people = _save_marks(conference, marks)
        _refuse_people_who_must_not_meet(conference, people)
        if conference.quorate is not None and quorum_of(conference).is_quorate != before:
            conference.quorate, conference.quorum_reason = None, ""
            conference.save()
    return conference


def _save_marks(conference, marks) -> list[Invitation]:
    """Save the marks, and return everybody on the list."""
    people = {each.pk: each for each in invited(conference)}
    excluded = {key for key, one in exclusions_in_force(conference).items() if one.is_whole}
    for mark in marks:
        person = people.get(mark.invitation_id)
        if person is None:
            raise Invalid("Someone on this list is no longer invited. Reload the page and mark the attendance again.")
        if who(person) in excluded:
            _refuse_excluded(person, mark)
        elif _apply_mark(person, mark):
            person.save()
    return list(people.values())


def correct_attendance(*, by, conference, marks, quorum_reason="", newcomer=None):
    """Correct who attended a conference that was held. ``newcomer`` came and was not recorded: their name, role, agency
    and children. If it was not quorate after all, ``quorum_reason`` says why its decisions hold. Nobody is refused for
    meeting somebody: it happened.
    """
    with acting(by, Permission.HOLD_CONFERENCE, on=conference):
        must_be_held(conference)
        before = quorum_of(conference, at=conference.closed_at).is_quorate
        _save_marks(conference, marks)
        if newcomer:
            _add_newcomer(conference, **newcomer)
        after = quorum_of(conference, at=conference.closed_at).is_quorate
        if after != before:
            if not after and not quorum_reason.strip():
                raise Invalid(
                    "With this attendance, the conference was not quorate. Say why its decisions still count, or first "
                    "correct the decisions to “Not decided”.",
                    "quorum_reason",
                )
            conference.quorate, conference.quorum_reason = after, "" if after else quorum_reason.strip()
            conference.save()
    return conference


def _refuse_excluded(person, mark) -> None:
    """Raises Invalid if somebody that the chair excluded beforehand is marked as anything else."""
    if mark.attendance != Attendance.EXCLUDED:
        raise Invalid(
            f"You excluded {person.name} from the meeting. If they may be here after all, end the exclusion first.",
            f"mark_{person.pk}",
        )


def _refuse_people_who_must_not_meet(conference, invitations) -> None:
    """Raises Invalid if two who must not meet are both here at one time, in the room or on its screen, or if somebody
    of the family is here with a parent and may not be.
    """
    here = [one for one in invitations if one.attendance == Attendance.PRESENT]
    _refuse_companions(conference, here)
    presences = [
        replace(was, person=person, starts_at=one.came_at or was.starts_at, ends_at=one.left_at or was.ends_at)
        for one in here
        if (person := one.person_id or (one.companion and one.companion.relative_id))
        for was in [presence_at(conference, one)]
    ]
    for a, b in would_meet(presences, pairs_to_separate([one.person for one in presences])):
        if not is_decided(Shared.CONFERENCE, conference, a.person, b.person):
            raise Invalid(
                f"{a.name} and {b.name} must not meet, and would both be here now. Say when one of them left and when "
                "the other came, or mark one of them as not here. If they must both be here, record the reason on the "
                "page “People who must not meet” and ask a second person to agree."
            )


def _refuse_companions(conference, here) -> None:
    for one in here:
        beside = one.companion if not one.left_at else None
        if beside and beside.relative and (why := why_not_beside(conference, beside.relative, beside.person)):
            raise Invalid(f"{why} Mark them as not here, or say when they left.", f"mark_{one.pk}")


def _apply_mark(person, mark) -> bool:
    """Set the mark. Returns whether anything changed."""
    note = mark.note.strip()
    field = f"note_{person.pk}"
    if mark.attendance == Attendance.EXCLUDED and not note:
        raise Invalid(f"Say why {person.name} is excluded: this is kept in the record.", field)
    here = mark.attendance == Attendance.PRESENT
    came, left = (mark.came_at, mark.left_at) if here else (None, None)
    if came and left and left <= came:
        raise Invalid(f"{person.name} cannot have left before coming.", f"left_{person.pk}")
    now = (mark.attendance, came, left, note)
    if now == (person.attendance, person.came_at, person.left_at, person.attendance_note):
        return False
    person.attendance, person.came_at, person.left_at, person.attendance_note = now
    return True


def add_newcomer(*, by, conference, name, role, agency=None, children=()):
    """Add somebody who came without an invitation, as present. They speak about ``children`` only."""
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, newcomer=name.strip()) as act:
        act.then(lambda: announce(topic_of(conference)))
        must_be_open(conference)
        was = quorum_of(conference).is_quorate
        made = _add_newcomer(conference, name, role, agency, children)
        if conference.quorate is not None and quorum_of(conference).is_quorate != was:
            conference.quorate, conference.quorum_reason = None, ""
            conference.save()
    return made


def _add_newcomer(conference, name, role, agency=None, children=()) -> Invitation:
    name = name.strip().replace("\x00", "")
    if not name:
        raise Invalid("Enter the person’s name.", "name")
    if role not in MAY_COME_UNINVITED:
        raise Invalid("Choose this person’s role.", "role")
    if not {child.pk for child in children} <= {row.child_id for row in included(conference)}:
        raise Invalid("Choose children of this conference.", "children")
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
    return made


def confirm_quorum(*, by, conference, quorate: bool, reason="", consent=""):
    """Save the chair's answer: quorate or not. An answer that differs from the computed one needs a reason; so does
    proceeding although inquorate. Without that reason, only another date can be decided. The reason appears in every
    copy: raises RestrictedTextCopied if it holds a restricted passage and no ``consent`` is given.
    """
    reason = reason.strip()
    text = Disclosure({"reason": reason}, before=(Before(conference.quorum_reason),))
    shared = require_permission_to_share(by, conference.family_id, text, consent=consent)
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, **{"reason": reason, **shared}, quorate=quorate):
        must_be_open(conference)
        if all(each.attendance == Attendance.UNKNOWN for each in expected(conference)):
            raise Invalid("Mark the attendance first.")
        computed = quorum_of(conference)
        if quorate and not computed.is_quorate and not reason:
            raise Invalid("Give the reason: by who is here, the conference is not quorate.", "reason")
        if not quorate and computed.is_quorate and not reason:
            raise Invalid("Give the reason: by who is here, the conference is quorate.", "reason")
        conference.quorate, conference.quorum_reason = quorate, reason
        conference.save()
    return conference


def close(*, by, conference, at=None):
    """Record that the conference was held. Raises Invalid with everything that is still missing."""
    with acting(by, Permission.HOLD_CONFERENCE, on=conference):
        must_be_open(conference)
        if lacking := missing(conference):
            raise Invalid("The conference cannot be closed yet. " + " ".join(each.sentence for each in lacking))
        CONFERENCE.move(conference, ConferenceState.HELD)
        # A conference written up afterwards closes no earlier than it opened.
        conference.to_write_up = True
        conference.closed_at = max(at or timezone.now(), conference.opened_at + timedelta(seconds=1))
        conference.closed_by_id = by.id or conference.chair_id
        conference.save()
        end_with_conference(conference)
    return conference


def must_be_open(conference) -> None:
    """Raises WrongState unless the conference is in progress."""
    CONFERENCE.must_be(conference, ConferenceState.OPEN, to="written in")


def must_be_held(conference) -> None:
    """Raises WrongState unless the conference was held and closed."""
    CONFERENCE.must_be(conference, ConferenceState.HELD, to="corrected")
