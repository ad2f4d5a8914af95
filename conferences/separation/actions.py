"""The chair decides, with a reason, that two people who must not meet share something; a second person agrees."""

from conferences.separation.choices import Shared
from conferences.separation.queries.decisions import decision_on, fingerprint_of
from conferences.separation.queries.pairs import pairs_to_separate
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import CheckState
from cpc.core.documents.models import SecondCheck
from cpc.core.kernel.refusals import Invalid, WrongState


def ask_to_share(*, by, conference, one, other, shared, reason) -> SecondCheck:
    """Record the chair's reason why these two (Persons) come to one building, are at this conference together, or are
    in one core group, and ask a second person to agree.
    """
    if shared not in Shared.values:
        raise Invalid("Choose what the two may share.", field="shared")
    about = conference.family if shared == Shared.CORE_GROUP else conference
    details = {"reason": reason.strip(), "step": str(shared), "people": [one.pk, other.pk]}
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, **details):
        if not pairs_to_separate([one.pk, other.pk]):
            raise WrongState(f"It is no longer recorded that {one.full_name} and {other.full_name} must not meet.")
        before = decision_on(shared, about, one.pk, other.pk)
        if before is not None and before.state != CheckState.REFUSED:
            raise WrongState("This has already been decided. A second person can agree on this page.")
        return documents.ask_to_be_together(
            by, about=conference, fingerprint=fingerprint_of(shared, about, one.pk, other.pk), reason=reason,
            who=[one.full_name, other.full_name, str(Shared(shared).label)],
        )  # fmt: skip


def answer_to_share(*, by, conference, check, agreed, reason) -> None:
    """Record the answer of a second person: a manager who agrees protections and did not ask."""
    details = {"reason": reason.strip(), "check": check.pk, "agreed": agreed}
    with acting(by, Permission.AGREE_PROTECTIONS, on=conference, **details):
        documents.decide_to_be_together(by, check=check, agreed=agreed, reason=reason)
