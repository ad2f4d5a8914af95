"""The letter to tell a family member that a child's protection plan has ended without a conference."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.choices import InviteeRole
from conferences.convening.letters import facts
from conferences.convening.letters.conference_moved_family import reader_of
from conferences.plans.choices import EndReason
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter
from cpc.core.kernel.phrases import capital, possessive
from families.people.rules.short_names import UNBORN

MAY_SAY_WHY = (EndReason.EIGHTEEN, EndReason.MOVED, EndReason.LEFT_UK)


@dataclass(frozen=True, kw_only=True)
class PlanEndedFamily(Letter):
    """The plan has ended, on which day, and who answers questions. ``why`` is a code, or "" where it is not said.

    It never says where the child lives, nor which authority has taken over.
    """

    title = "A child protection plan has ended"

    reader: str
    child: str
    is_child: bool
    ended_on: date
    why: str
    social_worker: str
    signed_by: str

    @property
    def plan(self) -> str:
        """The plan, as a sentence about it begins."""
        what = "child protection plan"
        return f"Your {what}" if self.is_child else capital(possessive(self.child, what))


def plan_ended_family(context, invitation, plan, on) -> PlanEndedFamily:
    """The letter to one reader. A reader is told of a move only if nothing is withheld from them."""
    is_child = invitation.role == InviteeRole.CHILD and invitation.person_id == plan.child_id
    says_where = plan.end_reason in (EndReason.MOVED, EndReason.LEFT_UK)
    is_told = plan.end_reason in MAY_SAY_WHY and not (says_where and context.withheld_from(invitation).protected)
    worker = str(plan.lead_social_worker or context.social_worker or "")
    return PlanEndedFamily(
        letterhead=letterhead(),
        addressee=facts.addressee(context, invitation)[0],
        dated_on=on,
        large_print=facts.wants_large_print(invitation.person),
        reader=reader_of(invitation),
        child=capital(UNBORN) if plan.child.is_unborn and not plan.child.first_name else plan.child.full_name,
        is_child=is_child,
        ended_on=plan.ended_on,
        why=str(plan.end_reason) if is_told else "",
        social_worker=worker,
        signed_by=worker or letterhead().service_name,
    )
