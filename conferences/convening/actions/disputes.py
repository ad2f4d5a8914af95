"""A disputed refusal: raised, answered stage by stage, and closed by the person who disagrees. The decision stands."""

from django.utils import timezone

from conferences.convening.actions.dispute_notices import tell_of_answer
from conferences.convening.actions.enquiries import live_conferences
from conferences.convening.choices import ConferenceState as S
from conferences.convening.models import Dispute, DisputeStage
from conferences.convening.permissions import answers_as
from conferences.convening.queries.disputes import current_stage, next_people, role_of_stage, stage_key
from conferences.convening.queries.enquiries import led_to_it
from conferences.convening.states import ANSWERED, CONFERENCE, DISPUTE, WAITS
from conferences.disclosure.actions import Disclosure, require_permission_to_share
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.folding import holds_words
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from cpc.core.policy.queries import due


def dispute_decision(*, by, conference, reason) -> Dispute:
    """Record that this person disagrees with the decision not to hold a conference, and why. The first stage begins."""
    reason = reason.strip()
    if not reason:
        raise Invalid("Say why a conference should be held", "reason")
    with acting(by, Permission.DISPUTE_DECISION, on=conference, about=conference.family, reason=reason):
        CONFERENCE.must_be(conference, S.DECLINED, to="disagreed with")
        if Dispute.objects.filter(conference=conference, raised_by=by.id, closed_at=None).exists():
            raise WrongState("You have already said that you disagree. It has still to be answered or closed.")
        dispute = Dispute.objects.create(
            conference=conference, raised_by_id=by.id, raised_at=timezone.now(), reason=reason
        )
        _begin_stage(dispute, by.on)
        return dispute


def _begin_stage(dispute, on) -> DisputeStage:
    number = dispute.stages.count() + 1
    return DisputeStage.objects.create(
        dispute=dispute,
        number=number,
        people=next_people(number),
        role=role_of_stage(number),
        began_on=on,
        due_on=due(stage_key(number), on).on,
    )


def answer_dispute(*, by, dispute, answered_by, answer, upheld=False, consent="") -> Dispute:
    """Record the answer of the stage, by the person named for it or by a service manager for them, and tell the person
    who disagreed. The person who took the decision, or who disagrees, cannot answer, even if somebody else records it.

    ``answered_by`` is who answered: name and role. ``upheld``: the conference is held after all. The request is agreed
    and can be booked, and the dispute is closed. Otherwise the person who disagreed says whether that settles it.
    Raises RestrictedTextCopied where the answer holds a restricted passage and no ``consent`` is given.
    """
    if not answered_by.strip():
        raise Invalid("Enter the name and role of who answered", "answered_by")
    if not answer.strip():
        raise Invalid("Write the answer", "answer")
    conference = dispute.conference
    shared = require_permission_to_share(by, conference.family_id, Disclosure({"answer": answer}), consent=consent)
    with acting(by, Permission.ANSWER_DISPUTE, on=conference, about=conference.family, dispute=dispute.pk, **shared):
        dispute.refresh_from_db()
        DISPUTE.must_be(dispute, WAITS, to="answered")
        stage = current_stage(dispute)
        if by.id == dispute.raised_by_id:
            raise Invalid("You raised this disagreement, so somebody else must answer it.")
        if stage.role not in answers_as(by, conference):
            raise NotPermitted(f"This stage is answered by {stage.people}.")
        decided = conference.declined_by
        if decided and holds_words(answered_by, str(decided)):
            raise Invalid(f"{decided} took the decision, so somebody else must answer.", "answered_by")
        if upheld and not by.may(Permission.UPHOLD_DISPUTE, conference):
            raise Invalid("Only a manager can decide that the conference is held after all. Answer no.", "upheld")
        stage.answered_by, stage.answer = answered_by.strip(), answer.strip()
        stage.recorded_by_id, stage.answered_at = by.id, timezone.now()
        stage.save()
        if upheld:
            _hold_after_all(by, conference)
            dispute.upheld, dispute.closed_by_id, dispute.closed_at = True, by.id, timezone.now()
            dispute.save()
        tell_of_answer(by, stage)
        return dispute


def take_dispute_further(*, by, dispute) -> DisputeStage:
    """The answer does not settle it: the next stage begins."""
    with _reply(by, dispute, step="next stage"):
        DISPUTE.must_be(dispute, ANSWERED, to="taken further")
        if not next_people(dispute.stages.count() + 1):
            raise WrongState("The last stage has been answered. Close the disagreement, and say if you still disagree.")
        return _begin_stage(dispute, by.on)


def close_dispute(*, by, dispute, accepted, note="") -> Dispute:
    """The person who disagreed closes it, and says whether the answer settles it. Who still disagrees says why."""
    note = note.strip()
    if not accepted and not note:
        raise Invalid("Say what you still disagree with", "note")
    with _reply(by, dispute, step="close"):
        DISPUTE.must_be(dispute, ANSWERED, to="closed")
        if not accepted and next_people(dispute.stages.count() + 1):
            raise WrongState("It has not been through every stage. Take it to the next stage.")
        dispute.accepted, dispute.closed_note = accepted, note
        dispute.closed_by_id, dispute.closed_at = by.id, timezone.now()
        dispute.save()
        return dispute


def _reply(by, dispute, step):
    """The act of the person who disagreed; or of a service manager who records what that person said."""
    own = by.id == dispute.raised_by_id
    if not own and not by.holds(Role.SERVICE_MANAGER):
        raise NotPermitted("Only the person who disagreed says whether the answer settles it.")
    permission = Permission.DISPUTE_DECISION if own else Permission.ANSWER_DISPUTE
    conference = dispute.conference
    return acting(by, permission, on=conference, about=conference.family, dispute=dispute.pk, step=step)


def _hold_after_all(by, conference) -> None:
    CONFERENCE.must_be(conference, S.DECLINED, to="held after all")
    for enquiry in led_to_it(conference):
        if live_conferences(enquiry).exists():
            raise Invalid("Another conference has been requested since. Answer that this one is not needed.", "upheld")
        if not enquiry.signed_off_at:
            raise Invalid("The outcome of the enquiry has been written again. It must be signed off first.", "upheld")
    CONFERENCE.move(conference, S.AGREED)
    conference.agreed_by_id, conference.agreed_at = by.id, timezone.now()
    conference.save()
