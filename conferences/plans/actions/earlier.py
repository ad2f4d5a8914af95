"""What happened earlier and is entered now, with its true date: it counts like what was entered at the time."""

from django.db import IntegrityError, transaction

from conferences.choices import Category
from conferences.plans import rules
from conferences.plans.choices import EarlierKind
from conferences.plans.models import EarlierEvent, ProtectionPlan
from conferences.plans.queries import open_plans
from conferences.plans.queries.reviews import last_review_on, last_reviews
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import review_due
from families.queries import that_papers_may_say_of


def enter_earlier(*, by, family, children, kind, happened_on, category="", seen_alone=None, note="") -> list:
    """It stands on the record of each of ``children`` on the day it happened, and their next dates are counted from it.

    Raises Invalid, and then nothing has changed, for a day that cannot be or a child without an open plan.
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
            for child in that_papers_may_say_of(family.pk, children)
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
        raise Invalid(f"A {said} on that day is entered for {child.full_name} already.", "happened_on") from None
    if kind == EarlierKind.REVIEW:
        count_reviews_again([plan])
    elif kind == EarlierKind.CATEGORY:
        _take_latest_category(plan)
    return event


def count_reviews_again(plans) -> None:
    """The next review of each of these plans, each with a review, is counted from its last one. Inside an act."""
    last = last_reviews(plans)
    for plan in plans:
        plan.review_due_on = review_due(last[plan.pk], first=False).on
    ProtectionPlan.objects.bulk_update(plans, ["review_due_on"])


def _take_latest_category(plan) -> None:
    changes = EarlierEvent.objects.filter(child=plan.child_id, kind=EarlierKind.CATEGORY)
    latest = changes.filter(happened_on__gte=plan.started_on).order_by("happened_on").last()
    reviewed = last_review_on(plan)
    # A review held here decided the category with everything known that day: only what came after it changes that.
    if latest and (reviewed is None or latest.happened_on >= reviewed):
        plan.category = latest.category
        plan.save()
