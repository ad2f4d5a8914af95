"""A family group decision-making meeting is recorded, and recorded again as it goes on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from conferences.convening.choices.enquiries import GroupAnswer
from conferences.convening.models import FamilyGroupMeeting, FamilyGroupOffer, GroupPlanFile
from conferences.convening.queries.family_groups import parents_of
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.audit.versions import lock, next_version
from cpc.core.kernel.refusals import Invalid
from cpc.core.web.uploads import KINDS
from families.people.models import Person

ATTACHED = "The family’s plan is attached."


@dataclass(frozen=True)
class Offer:
    """The offer to one parent, with their answer; or why it was not offered."""

    parent: Person
    offered_by: str = ""
    offered_on: date | None = None
    answer: str = ""
    why_not: str = ""


@dataclass(frozen=True)
class PlanFile:
    """The family’s plan as it was uploaded: its bytes, and the file type that they show."""

    body: bytes
    kind: str


def record_group_meeting(
    *, by, family, offers: Iterable[Offer], held_on=None, plan="", why_not="", meeting=None, seen=None, plan_file=None
) -> FamilyGroupMeeting:
    """Record a meeting of this family, or what has become of ``meeting``. Raises Stale.

    Each parent has an Offer. Give ``held_on`` and ``plan`` or ``plan_file``, or ``why_not``, or nothing while it is
    still to be held.
    """
    offers = {offer.parent.pk: offer for offer in offers}
    plan, why_not = plan.strip() or (ATTACHED if plan_file else ""), why_not.strip()
    with acting(by, Permission.RECORD_ENQUIRY, on=meeting or family, about=family, step="family group"):
        _refuse_incomplete(family, offers, held_on, plan, why_not, plan_file, by.on)
        if meeting:
            lock(meeting)
            meeting.version = next_version(
                meeting, seen, "This meeting was changed since you opened this page.",
                mine=plan or why_not, theirs=lambda: meeting.plan or meeting.why_not,
            )  # fmt: skip
        else:
            meeting = FamilyGroupMeeting(family=family)
        meeting.held_on, meeting.plan, meeting.why_not = held_on, plan, why_not
        meeting.recorded_by_id, meeting.recorded_at = by.id, timezone.now()
        meeting.save()
        if plan_file:
            GroupPlanFile.objects.create(
                meeting=meeting, kind=plan_file.kind, body=plan_file.body, uploaded_by_id=by.id
            )  # fmt: skip
        for offer in offers.values():
            FamilyGroupOffer.objects.update_or_create(
                meeting=meeting, person=offer.parent,
                defaults={
                    "offered_by": offer.offered_by.strip(), "offered_on": offer.offered_on, "answer": offer.answer,
                    "why_not": offer.why_not.strip(),
                },
            )  # fmt: skip
        return meeting


def _refuse_incomplete(family, offers, held_on, plan, why_not, plan_file, on) -> None:
    for parent in parents_of(family):
        offer, pk = offers.get(parent.pk), parent.pk
        if offer is None:
            raise Invalid(f"Say whether the meeting was offered to {parent.full_name}", f"offered_{pk}")
        if offer.offered_on is None:
            if not offer.why_not.strip():
                raise Invalid(f"Say why the meeting was not offered to {parent.full_name}", f"why_not_{pk}")
            continue
        if offer.offered_on > on:
            raise Invalid("The day of the offer must be today or in the past", f"offered_on_{pk}")
        if not offer.offered_by.strip():
            raise Invalid("Say who offered it", f"offered_by_{pk}")
        if offer.answer not in GroupAnswer.values:
            raise Invalid(f"Say what {parent.full_name} answered", f"answer_{pk}")
    if held_on and held_on > on:
        raise Invalid("The day of the meeting must be today or in the past", "held_on")
    if held_on and not plan:
        raise Invalid("Enter the family’s plan, attach it, or say that they made none", "plan")
    if plan_file and not held_on:
        raise Invalid("A plan can be attached to a meeting that was held", "plan_file")
    if plan_file and plan_file.kind not in KINDS:
        raise Invalid("The file must be a PDF, a Word document, a picture or plain text.", "plan_file")
    if held_on and why_not:
        raise Invalid("A meeting that was held has no reason for not being held", "why_not")
