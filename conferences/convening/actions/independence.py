"""The chair declares whether they are independent; where they are not, the service manager agrees or does not."""

from django.utils import timezone

from conferences.convening.actions.notify import tell_family_who_chairs, tell_of_another_chair
from conferences.convening.choices import ConferenceState
from conferences.convening.permissions.independence import why_chair_knows
from conferences.convening.queries.acting import runs_it
from conferences.disclosure.actions import Disclosure, require_permission_to_share
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState

DECLARED = (
    "chair_independent", "chair_statement", "chair_declared_at", "chair_reason", "chair_agreed_by", "chair_agreed_at",
)  # fmt: skip


def clear_declaration(conference) -> None:
    """Take the declaration and the agreement away, because somebody else chairs. Does not save."""
    for name in DECLARED:
        setattr(conference, name, "" if name in ("chair_statement", "chair_reason") else None)


def declare_independence(*, by, conference, independent, statement):
    """Save the chair's declaration for this conference: independent and how, or not and why they should chair.

    A new declaration replaces the one before, with what was agreed about it. Everyone invited who was told of another
    chair is told now, or where the chair is not independent, once a manager has agreed. Raises Invalid if the record
    shows that the chair has a part in the case and they declare that they are independent.
    """
    statement = statement.strip()
    with acting(by, Permission.DECLARE_INDEPENDENCE, on=conference, reason=statement, independent=independent):
        if conference.state != ConferenceState.BOOKED:
            raise WrongState("Independence must be declared before the conference is opened.")
        if independent is None:
            raise Invalid("Say whether you are independent.", "independent")
        chair = runs_it(conference)
        if by.id != chair.pk:
            raise WrongState(f"{chair} runs this conference. Only they can declare whether they are independent.")
        known = why_chair_knows(conference, chair.pk)
        if independent and known:
            raise Invalid(
                f"The record shows that {chair} {known}. Answer no and say why you should still chair. "
                "The conference service manager then decides whether you may, or names another chair.",
                "independent",
            )
        if not statement:
            words = ("Say how you are independent.", "how") if independent else ("Say why you are not.", "why_not")
            raise Invalid(*words)
        clear_declaration(conference)
        conference.chair_independent, conference.chair_statement = independent, statement
        conference.chair_declared_at = timezone.now()
        conference.save()
        if independent:
            tell_of_another_chair(by, conference, Permission.DECLARE_INDEPENDENCE)
    return conference


def agree_chair(*, by, conference, reason, consent=""):
    """Agree that a chair who is not independent may chair. Family members who were invited already are told.

    The reason appears in every copy of the record. Raises RestrictedTextCopied if the reason holds a restricted passage
    and no ``consent`` is given.
    """
    reason = reason.strip()
    if not reason:
        raise Invalid("Give the reason. This is kept in the record of the conference.", field="reason")
    shared = require_permission_to_share(by, conference.family_id, Disclosure({"reason": reason}), consent=consent)
    with acting(by, Permission.AGREE_CHAIR, on=conference, **{"reason": reason, **shared}):
        refuse_unless_to_decide(by, conference)
        conference.chair_reason = reason
        conference.chair_agreed_by_id, conference.chair_agreed_at = by.id, timezone.now()
        conference.save()
        if not tell_of_another_chair(by, conference, Permission.AGREE_CHAIR):
            tell_family_who_chairs(by, conference)
    return conference


def refuse_unless_to_decide(by, conference) -> None:
    """Raises WrongState where no chair waits for the service manager's decision, and Invalid where that chair is
    ``by``.
    """
    if conference.state != ConferenceState.BOOKED or conference.chair_independent is not False:
        raise WrongState("This chair no longer needs an answer. Reload the page.")
    if conference.chair_agreed_at:
        raise WrongState("This chair has already been approved.")
    if by.id in (conference.chair_id, runs_it(conference).pk):
        raise Invalid("You cannot approve yourself as chair. Ask another manager.")
