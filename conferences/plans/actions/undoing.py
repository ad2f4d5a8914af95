"""Putting right that a plan was ended without a conference by mistake: it goes on as if it had not ended."""

from copy import copy
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from conferences.convening.queries.last_told import HAS_LEFT
from conferences.plans.actions.ended_notices import messages_of_end, tell_that_it_goes_on
from conferences.plans.actions.ending import give_back_professional_access, reopen_plan
from conferences.plans.actions.members import (
    left_out_by_child,
    reasons_as_said,
    refuse_unexplained,
    refuse_unsafe_core_group,
)
from conferences.plans.actions.reviews import ask_for_review_if_missing
from conferences.plans.choices import CorrectionKind, PlanState
from conferences.plans.models import ChildInNeedPlan, Correction, PlanEnding, ProtectionPlan
from conferences.plans.queries import open_plans
from conferences.plans.queries.consequences import changes_between, plans_of_family
from conferences.plans.queries.gaps import priorities_between_conferences
from conferences.plans.rules import must_end
from conferences.plans.states import PLAN
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents import actions as documents
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.phrases import possessive
from cpc.core.kernel.refusals import Invalid, WrongState

WHY = "The plan goes on: it was ended by mistake."


def undo_ending(*, by, plan, reason, gap_reasons=None) -> Correction:
    """Open the plan again, with its core group, its access for professionals and a review to come. What still waits
    about its end is withdrawn, and the agencies that had an e-mail about it get another. The family is told in person.
    ``gap_reasons`` says why somebody who comes first is not in the core group that comes back, as for ``add_member``.

    Raises Invalid or WrongState, and then nothing has changed.
    """
    reason, said = reason.strip(), reasons_as_said(gap_reasons)
    with acting(by, Permission.END_PLAN, on=plan, about=plan.family, reason=reason, end="undone", **said):
        if not reason:
            raise Invalid("Say what was wrong and how you know.", "reason")
        PLAN.must_be(plan, PlanState.ENDED, to="put back")
        ending = PlanEnding.objects.filter(plan=plan).first()
        _refuse(plan, ending, by.on)
        was, before = plans_of_family(plan.family_id), left_out_by_child(plan.family, by.on)
        messages = messages_of_end(plan, ending)
        documents.withdraw_waiting(messages, WHY)
        told = list(messages.filter(HAS_LEFT).select_related("document"))
        key, days = ending.pk, _ended_with(plan, ending)
        ending.delete()
        reopen_plan(plan, {day for both in days for day in both})
        for _, recorded_on in days:
            give_back_professional_access(plan.family_id, recorded_on)
        refuse_unsafe_core_group(plan.family, by.on)
        refuse_unexplained((gap for _, gap in left_out_by_child(plan.family, by.on) - before), gap_reasons)
        ask_for_review_if_missing(by, plan.family_id, "A plan was ended by mistake and goes on.")
        tell_that_it_goes_on(by, plan, key, told)
        return Correction.objects.create(
            family_id=plan.family_id, kind=CorrectionKind.ENDING, reason=reason, by_id=by.id,
            changes=changes_between(was, plans_of_family(plan.family_id)),
        )  # fmt: skip


def changes_by_undoing(*, by, plan) -> list[list[str]]:
    """What it would change that the plan goes on: what, was, now. It is done and undone; nothing is saved or sent."""
    reasons = {one.gap.key: "To see what changes" for one in priorities_between_conferences(plan.family, by.on)}
    with transaction.atomic():
        changes = undo_ending(by=by, plan=copy(plan), reason="To see what changes", gap_reasons=reasons).changes
        transaction.set_rollback(True)
    return changes


def _ended_with(plan, ending) -> list[tuple[date, date]]:
    """The last day, and the day on which it was recorded, of this end; and where no plan of the family goes on, of each
    later one, because the core group and the professionals' access ended with the last of them.
    """
    days = [(plan.ended_on, timezone.localdate(ending.ended_at))]
    if open_plans(plan.family_id):
        return days
    later = Q(ending__ended_at__gt=ending.ended_at) | Q(ended_by_conference__closed_at__gt=ending.ended_at)
    others = ProtectionPlan.objects.filter(later, family=plan.family_id)
    for ended_on, ended_at in others.values_list("ended_on", "ending__ended_at"):
        days.append((ended_on, timezone.localdate(ended_at) if ended_at else ended_on))
    return days


def _refuse(plan, ending, today) -> None:
    name = plan.child.full_name
    if ending is None:
        raise WrongState(f"A review conference ended {possessive(name, 'plan')}. Its chair can correct that decision.")
    if forced := must_end(plan.started_on, plan.child.born_on, plan.child.died_on, today):
        recorded = "died" if forced[0] == "died" else "reached 18"
        raise WrongState(
            f"{name} is recorded as having {recorded} by {in_words(forced[1])}. If that is wrong, correct it on the "
            "family’s pages first."
        )
    if ProtectionPlan.objects.filter(child=plan.child_id, started_on__gte=plan.ended_on).exclude(pk=plan.pk).exists():
        raise WrongState(f"{name} has had another child protection plan since.")
    if ChildInNeedPlan.objects.filter(child=plan.child_id, ended_on__isnull=True).exists():
        raise WrongState(f"{name} has a child in need plan. End it first: the two never run side by side.")
