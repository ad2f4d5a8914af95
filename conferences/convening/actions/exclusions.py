"""Excluding a family member from a conference, wholly or in part: asked for by anybody, decided by its chair."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from conferences.convening.actions.invitations import CHANGES
from conferences.convening.actions.notify import tell_professional_and_agency
from conferences.convening.choices import (
    EXCLUSION,
    TELL_WHEN,
    Attendance,
    ConferenceState,
    ExclusionGround,
    ExclusionState,
    InviteeRole,
    PartInMeeting,
    ProfessionalGround,
)
from conferences.convening.models import Exclusion, Invitation
from conferences.convening.queries.attending import is_behind
from conferences.convening.queries.exclusions import (
    earlier_exclusions,
    holds_case,
    record_of,
    unnamed_in_letter,
    would_tell,
)
from conferences.convening.queries.invitations import included_children
from conferences.convening.queries.last_told import messages_to
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.states import EXCLUSION as LIFECYCLE
from conferences.disclosure.actions import Disclosure, require_permission_to_share
from conferences.disclosure.choices import Audience
from conferences.disclosure.rules.audience import Readers
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents import actions as documents
from cpc.core.kernel.phrases import listed
from cpc.core.kernel.refusals import Invalid, WrongState

S = ExclusionState
# At the meeting the chair may still let somebody in.
MAY_END = (*CHANGES, ConferenceState.OPEN)


@dataclass(frozen=True)
class ExclusionDecision:
    """What the chair decides. ``arrives_at`` and ``leaves_at`` are the part of the meeting that they may be at.

    ``is_safe``: the chair confirms that the words to them endanger nobody.
    """

    meeting: str
    no_documents: bool
    from_on: date
    how_heard: str
    letter_words: str
    record_words: str
    is_safe: bool
    until_on: date | None = None
    arrives_at: datetime | None = None
    leaves_at: datetime | None = None

    def texts(self) -> dict[str, str]:
        """The words that others will read, by field."""
        return {name: getattr(self, name).strip() for name in ("letter_words", "how_heard", "record_words")}


def request_exclusion(*, by, invitation, asked_by, ground, evidence, consent="") -> Exclusion:
    """Ask the chair to exclude a family member. Nothing is sent to them before the chair decides.

    Raises RestrictedTextCopied if the evidence holds a passage that fewer people may read and no ``consent`` is given.
    """
    conference = invitation.conference
    shared = require_permission_to_share(by, conference.family_id, _as_evidence(evidence), consent=consent)
    with acting(by, Permission.ASK_EXCLUSION, on=conference, step="request", name=invitation.name, **shared):
        invitation = _family_member(invitation)
        _refuse_second(invitation)
        return Exclusion.objects.create(
            state=S.REQUESTED, **_who(invitation), **_case(by, asked_by, ground, evidence)
        )  # fmt: skip


def decide_exclusion(
    *, by, invitation, asked_by, ground, evidence, decision: ExclusionDecision, consent=""
) -> Exclusion:
    """Exclude a family member by the chair’s decision, and take back what waits to tell them the time and place.

    Their letter is sent with the invitations, after the same checks. Raises Invalid if its words name anybody else of
    the family, and RestrictedTextCopied if they hold a restricted passage and no ``consent`` is given.
    """
    conference = invitation.conference
    typed = (Disclosure(decision.texts()), _as_evidence(evidence))
    shared = require_permission_to_share(by, conference.family_id, *typed, consent=consent)
    with acting(by, Permission.DECIDE_EXCLUSION, on=conference, step="exclude", name=invitation.name, **shared):
        invitation = _family_member(invitation)
        case = _case(by, asked_by, ground, evidence)
        _refuse_incomplete(invitation, decision)
        _refuse_words(invitation, decision)
        waiting = Exclusion.objects.open().filter(**_who(invitation)).first()
        if waiting and waiting.state == S.IN_FORCE:
            raise WrongState(f"{invitation.name} is already excluded. {LIFECYCLE.way(waiting.state)}")
        found = waiting or Exclusion(**_who(invitation), **case)
        found.asked_by, found.ground, found.evidence = case["asked_by"], case["ground"], case["evidence"]
        found.state, found.decided_by_id, found.decided_at = S.IN_FORCE, by.id, timezone.now()
        found.meeting, found.no_documents = decision.meeting, decision.no_documents
        found.from_on, found.until_on = decision.from_on, decision.until_on
        for name, words in decision.texts().items():
            setattr(found, name, words)
        found.save()
        _change_invitation(invitation, decision, found)
        if decision.meeting != PartInMeeting.ALL:
            _take_back(invitation, "The chair excluded this person before it went out.", TELL_WHEN)
    return found


def exclude_professional(*, by, invitation, ground, evidence, consent="") -> Exclusion:
    """Exclude a professional from all of a conference and from its documents, by its chair’s own decision.

    They and their agency are told at once, in fixed words that name nobody; nothing that was not sent yet is sent to
    them. Raises RestrictedTextCopied as ``request_exclusion`` does.
    """
    conference = invitation.conference
    shared = require_permission_to_share(by, conference.family_id, _as_evidence(evidence), consent=consent)
    with acting(by, Permission.DECIDE_EXCLUSION, on=conference, step="exclude", name=invitation.name, **shared):
        invitation = _on_the_list(invitation)
        _refuse_who_must_stay(invitation, conference)
        case = _case(by, "The chair", ground, evidence, ProfessionalGround)
        _refuse_second(invitation)
        decided = Exclusion(
            state=S.IN_FORCE, **_who(invitation), **case, meeting=PartInMeeting.NONE, no_documents=True, from_on=by.on,
            decided_by_id=by.id, decided_at=timezone.now(),
        )  # fmt: skip
        if invitation.sent_at:
            _take_back(invitation, "The chair excluded this person before it went out.", TELL_WHEN)
        decided.save()
        decided.letter_sent_at = tell_professional_and_agency(by, invitation)
        decided.save(update_fields=["letter_sent_at"])
        invitation.attendance, invitation.is_expected = Attendance.EXCLUDED, False
        invitation.clear_reply()
        invitation.ends_on = by.on - timedelta(days=1)  # what it opened is closed today
        invitation.save()
    return decided


def _refuse_who_must_stay(invitation, conference) -> None:
    if not invitation.user_id:
        raise WrongState("Nobody is named for this agency. Change the list instead.")
    if invitation.user_id in holds_case(conference):
        raise WrongState(
            f"{invitation.name} holds this family’s case. Ask their service manager to hand the case over first."
        )


def decline_exclusion(*, by, invitation, reason) -> Exclusion:
    """Decide not to exclude somebody, for a reason: on a request, or on an exclusion from an earlier conference."""
    if not reason.strip():
        raise Invalid("Give a reason for not excluding them. This is kept with the request.", field="reason")
    conference = invitation.conference
    with acting(by, Permission.DECIDE_EXCLUSION, on=conference, reason=reason.strip(), name=invitation.name):
        invitation = _on_the_list(invitation)
        found = Exclusion.objects.open().filter(**_who(invitation)).first()
        if found and found.state == S.IN_FORCE:
            raise WrongState(f"{invitation.name} is excluded. {LIFECYCLE.way(found.state)}")
        if found is None:
            earlier = earlier_exclusions(conference).get(record_of(invitation))
            if earlier is None:
                raise WrongState(
                    f"Nobody has requested the exclusion of {invitation.name}. {LIFECYCLE.way(S.DECLINED)}"
                )
            found = Exclusion(
                **_who(invitation),
                **_case(by, earlier.asked_by, earlier.ground, earlier.evidence, _grounds_for(invitation)),
            )  # fmt: skip
        found.state, found.decline_reason = S.DECLINED, reason.strip()
        found.decided_by_id, found.decided_at = by.id, timezone.now()
        found.save()
        _invite_again_if_moved(invitation)
    return found


def _grounds_for(invitation):
    return ExclusionGround if invitation.person_id else ProfessionalGround


def _invite_again_if_moved(invitation) -> None:
    """If the conference was moved while the chair was deciding, they were not told: they are invited again."""
    if invitation.sent_at and is_behind(letter_context(invitation.conference), invitation):
        invitation.sent_at = invitation.sent_by = None
        invitation.save(update_fields=["sent_at", "sent_by"])


def end_exclusion(*, by, invitation, reason) -> Exclusion:
    """End an exclusion, for a reason. They are then invited as anybody else; a letter that waits is withdrawn."""
    if not reason.strip():
        raise Invalid("Give a reason for ending the exclusion. This is kept with the decision.", field="reason")
    conference = invitation.conference
    with acting(by, Permission.DECIDE_EXCLUSION, on=conference, reason=reason.strip(), name=invitation.name):
        invitation = _on_the_list(invitation, MAY_END)
        found = Exclusion.objects.in_force().filter(**_who(invitation)).first()
        if found is None:
            latest = Exclusion.objects.filter(**_who(invitation)).first()
            raise WrongState(f"{invitation.name} is not excluded now. {LIFECYCLE.way(latest.state) if latest else ''}")
        found.state, found.end_reason = S.ENDED, reason.strip()
        found.ended_by_id, found.ended_at = by.id, timezone.now()
        found.save()
        _undo(invitation, found)
        _take_back(invitation, "The exclusion ended before this went out.", (EXCLUSION,))
    return found


def _as_evidence(evidence) -> Disclosure:
    return Disclosure({"evidence": evidence}, Readers(Audience.POLICE), label="the evidence on this page")


def _who(invitation) -> dict:
    who = {"person_id": invitation.person_id} if invitation.person_id else {"user_id": invitation.user_id}
    return {"conference_id": invitation.conference_id, **who}


def _case(by, asked_by, ground, evidence, grounds=ExclusionGround) -> dict:
    if not asked_by.strip():
        raise Invalid("Say who requested it. If it is your own decision, write “The chair”.", field="asked_by")
    if ground not in grounds.values:
        raise Invalid("Choose the ground for the exclusion.", field="ground")
    if not evidence.strip():
        raise Invalid("Say what is known, and from where. This is kept with the decision.", field="evidence")
    return {
        "asked_by": asked_by.strip(), "ground": ground, "evidence": evidence.strip(), "requested_by_id": by.id,
        "requested_at": timezone.now(),
    }  # fmt: skip


def _on_the_list(invitation, states=CHANGES) -> Invitation:
    fresh = (
        Invitation.objects.select_related("conference__family__team", "person", "user__agency")
        .filter(pk=invitation.pk)
        .first()
    )
    if fresh is None or fresh.withdrawn_at:
        raise WrongState("This person is no longer on the list. Reload the page.")
    if fresh.conference.state not in states:
        now = fresh.conference.get_state_display().lower()
        raise WrongState(
            f"This conference is “{now}”, so nobody can be excluded beforehand. At the meeting, the chair marks it "
            "with the attendance."
        )
    return fresh


def _family_member(invitation) -> Invitation:
    found = _on_the_list(invitation)
    if not found.person_id:
        raise WrongState("This is about a family member. A professional is excluded by the chair alone.")
    return found


def _refuse_second(invitation) -> None:
    if Exclusion.objects.open().filter(**_who(invitation)).exists():
        raise WrongState(f"An exclusion of {invitation.name} has already been requested or decided.")


def is_child(invitation) -> bool:
    """Whether the invited person is a child of the conference."""
    return invitation.role == InviteeRole.CHILD or invitation.person_id in {
        child.pk for child in included_children(invitation.conference)
    }


def _refuse_incomplete(invitation, decision) -> None:
    conference = invitation.conference
    if decision.meeting not in PartInMeeting.values:
        raise Invalid("Choose how much of the meeting they can attend.", field="meeting")
    if decision.no_documents and is_child(invitation):
        raise Invalid(
            "A child keeps their own letter. How a child is told is decided for each child with the record.",
            field="gets_documents",
        )
    if decision.meeting == PartInMeeting.ALL and not decision.no_documents:
        raise Invalid("Choose what they are excluded from: the meeting, the documents, or both.", field="meeting")
    if decision.meeting == PartInMeeting.SOME:
        _refuse_impossible_part(conference, decision)
    if decision.until_on and decision.until_on < decision.from_on:
        raise Invalid("The review date must be after the first day.", field="until_on")
    if decision.until_on and conference.held_on and decision.until_on < conference.held_on:
        raise Invalid("It would end before the conference. Choose a later date, or leave it empty.", field="until_on")
    for name, sentence in SENTENCES.items():
        if not getattr(decision, name).strip():
            raise Invalid(sentence, field=name)
    if not decision.is_safe:
        raise Invalid(
            "Read the reason again. Confirm that it puts nobody at risk and says nothing about anyone else.",
            field="is_safe",
        )


SENTENCES = {
    "how_heard": "Say how their views will be heard instead, as you would write to them.",
    "letter_words": "Write the reason for your decision, as their letter will say it.",
    "record_words": "Write what the record should say about it, in neutral words.",
}


def _refuse_impossible_part(conference, decision) -> None:
    if not conference.starts_at:
        raise Invalid("Book the conference first, then choose which part they can attend.", field="arrives")
    if not decision.arrives_at or not decision.leaves_at:
        raise Invalid("Enter the times of the part they can attend: when they arrive and when they leave.", "arrives")
    if not conference.starts_at <= decision.arrives_at < decision.leaves_at <= conference.ends_at:
        raise Invalid("Their part must lie within the conference, and end after it begins.", field="leaves")
    if (decision.arrives_at, decision.leaves_at) == (conference.starts_at, conference.ends_at):
        raise Invalid("That is the whole meeting. Choose times for part of it.", field="arrives")


def _refuse_words(invitation, decision) -> None:
    children = {child.pk for child in included_children(invitation.conference)}
    covered = set(invitation.children.values_list("child_id", flat=True)) & children
    withheld = unnamed_in_letter(invitation.conference.family_id, invitation.person_id, covered)
    for name in ("letter_words", "how_heard"):
        if told := would_tell(getattr(decision, name), withheld):
            quoted = listed([f"“{one}”" for one in told])
            raise Invalid(
                f"The letter says nothing about anybody else, and these words hold {quoted}. Write it without.", name
            )


def _change_invitation(invitation, decision, exclusion) -> None:
    if decision.meeting == PartInMeeting.NONE:
        invitation.attendance, invitation.attendance_note = Attendance.EXCLUDED, exclusion.get_ground_display()
        invitation.is_expected = False
        invitation.clear_reply()
    elif decision.meeting == PartInMeeting.SOME:
        invitation.apart = True
        invitation.arrives_at, invitation.leaves_at = decision.arrives_at, decision.leaves_at
        invitation.clear_reply()
    invitation.save()


def _undo(invitation, exclusion) -> None:
    if exclusion.is_whole:
        invitation.attendance, invitation.attendance_note = Attendance.UNKNOWN, ""
        invitation.is_expected = True
        # What they were told before is not true any more: they are invited again.
        invitation.sent_at = invitation.sent_by = None
    elif exclusion.is_part:
        invitation.apart, invitation.arrives_at, invitation.leaves_at = False, None, None
    invitation.save()


def _take_back(invitation, reason, purposes) -> None:
    documents.withdraw_waiting(messages_to(invitation).filter(purpose__in=purposes), reason)
