"""Late entries, with their true date. They count like entries made on the day."""

from copy import copy

from django.apps import apps
from django.db import IntegrityError, transaction

from conferences.convening.choices import Category, ConferenceState, Outcome
from conferences.meeting.models import Decision
from conferences.plans import rules
from conferences.plans.choices import CorrectionKind, EarlierKind
from conferences.plans.models import Correction, EarlierEvent, ProtectionPlan
from conferences.plans.queries import open_plans
from conferences.plans.queries.consequences import changes_between, plans_of_family
from conferences.plans.queries.reviews import last_review_on, last_reviews
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import review_due


def enter_earlier(*, by, family, children, kind, happened_on, category="", seen_alone=None, note="") -> list:
    """Enter what happened for each of ``children``, and recalculate their next dates from it.

    Raises Invalid, and then nothing has changed, for an impossible day or a child without an open plan.
    """
    with acting(by, Permission.ENTER_EARLIER, on=family, kind=str(kind), happened_on=str(happened_on)):
        if kind not in EarlierKind.values:
            raise Invalid("Choose what happened.", "kind")
        if kind == EarlierKind.CATEGORY and category not in Category.values:
            raise Invalid("Choose the category from that day.", "category")
        plans = open_plans(family)
        if not children:
            raise Invalid("Choose at least one child.", "children")
        return [
            _enter(by, family, plans.get(child.pk), child, kind, happened_on, category, seen_alone, note)
            for child in children
        ]


def _enter(by, family, plan, child, kind, happened_on, category, seen_alone, note):
    if plan is None:
        raise Invalid(f"{child.full_name} has no open plan in this family.", "children")
    if refusal := rules.earlier_refusal(str(kind), happened_on, plan.started_on, by.on, child.died_on):
        raise Invalid(refusal, "happened_on")
    try:
        with transaction.atomic():
            event = EarlierEvent.objects.create(
                child=child,
                family=family,
                kind=kind,
                happened_on=happened_on,
                category=category if kind == EarlierKind.CATEGORY else "",
                seen_alone=seen_alone if kind == EarlierKind.VISIT else None,
                note=note.strip(),
                entered_by_id=by.id,
            )
    except IntegrityError:
        said = EarlierKind(kind).label.lower()
        raise Invalid(f"A {said} on that day has already been entered for {child.full_name}.", "happened_on") from None
    # A review before the last one changes no date: the next still counts from the last.
    if kind == EarlierKind.REVIEW and last_review_on(plan) == happened_on:
        recalculate_reviews([plan])
    elif kind == EarlierKind.CATEGORY:
        take_latest_category(plan)
    return event


def remove_earlier(*, by, event, reason) -> Correction:
    """Remove a late entry that was wrong, and recalculate the dates and the category of the child’s plan without it."""
    reason = reason.strip()
    with acting(by, Permission.ENTER_EARLIER, on=event, about=event.family, reason=reason):
        if not reason:
            raise Invalid("Say why the entry is removed.", "reason")
        family, was = event.family, plans_of_family(event.family_id)
        plan, kind = open_plans(family).get(event.child_id), event.kind
        event.delete()
        if plan is not None and kind == EarlierKind.REVIEW:
            recalculate_reviews([plan])
        elif plan is not None and kind == EarlierKind.CATEGORY:
            recalculate_category(plan)
        return Correction.objects.create(
            family=family, kind=CorrectionKind.LATE_ENTRY, reason=reason, by_id=by.id,
            changes=changes_between(was, plans_of_family(family.pk)),
        )  # fmt: skip


def changes_by_removal(*, by, event) -> list[list[str]]:
    """What removing the late entry would change: what, was, now. It is done and undone; nothing is saved."""
    with transaction.atomic():
        changes = remove_earlier(by=by, event=copy(event), reason="To see what changes").changes
        transaction.set_rollback(True)
    return changes


def recalculate_reviews(plans) -> None:
    """Recalculate the next review of each of these plans from its last one, or from its start. Call inside an act."""
    last = last_reviews(plans)
    for plan in plans:
        reviewed = last.get(plan.pk)
        plan.review_due_on = review_due(reviewed or plan.started_on, first=reviewed is None).on
    ProtectionPlan.objects.bulk_update(plans, ["review_due_on"])


def recalculate_category(plan) -> None:
    """Give the plan the category that was decided or entered last. Call inside an act."""
    decided = Decision.objects.filter(
        conference_child__child=plan.child_id, outcome=Outcome.PROTECTION_PLAN,
        conference_child__conference__state=ConferenceState.HELD,
        conference_child__conference__starts_at__date__gte=plan.started_on,
    ).order_by("conference_child__conference__starts_at")  # fmt: skip
    if plan.ended_on:
        decided = decided.filter(conference_child__conference__starts_at__date__lte=plan.ended_on)
    if last := decided.last():
        plan.category = last.category
    else:  # it began elsewhere: as it was brought in
        history = apps.get_model("plans", "ProtectionPlanEvent").objects.filter(pgh_obj_id=plan.pk)
        plan.category = history.order_by("pgh_id").values_list("category", flat=True).first()
    plan.save()
    take_latest_category(plan)


def take_latest_category(plan) -> None:
    """Give the plan the category of its last late entry, unless a review decided one since. Call inside an act."""
    changes = EarlierEvent.objects.filter(child=plan.child_id, kind=EarlierKind.CATEGORY)
    latest = changes.filter(happened_on__gte=plan.started_on).order_by("happened_on").last()
    reviewed = last_review_on(plan)
    # A review held here decided the category with everything known that day; only later changes replace it.
    if latest and (reviewed is None or latest.happened_on >= reviewed):
        plan.category = latest.category
        plan.save()
