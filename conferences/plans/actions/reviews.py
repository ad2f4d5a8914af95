"""The next conference: the review of plans that go on, and a conference that is held again because nothing was decided.

While a plan is open there is a review to come, or a duty to ask for one. Cancelling a review asks for another.
"""

from django.utils import timezone

from conferences.convening.actions.days import reason_for_day
from conferences.convening.choices import ConferenceKind, ConferenceState
from conferences.convening.models import Conference, ConferenceChild
from conferences.convening.queries.counting import children_that_count
from conferences.plans import rules
from conferences.plans.queries.reviews import plans_without_review
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.refusals import Invalid, WrongState
from cpc.core.policy.queries import due


def keep_review(by, conference) -> Conference | None:
    """Ask for another review in place of the one that was cancelled, for the children who have an open plan and no
    other review to come. Its last day does not move. Call inside an act; does nothing for another kind of conference.
    """
    if not conference.is_review:
        return None
    why = conference.get_cancel_reason_display()
    when = f" of {in_words(conference.held_on)}" if conference.held_on else ""
    return _ask(by, conference.family_id, f"The review{when} was cancelled: {why[0].lower()}{why[1:]}.", conference)


def ask_for_missing_review(*, by, family) -> Conference:
    """Ask for a review of the family’s open plans that have none to come."""
    with acting(by, Permission.BOOK_CONFERENCE, on=family, step="ask for review"):
        made = _ask(by, family.pk, "These plans had no review booked or requested.", None)
        if made is None:
            raise WrongState(
                "Every open plan in this family already has a review booked or requested. Reload the page."
            )
    return made


def ask_for_review_if_missing(by, family_id, reason) -> Conference | None:
    """Ask for a review of open plans that have none to come, if there are any. Call inside an act."""
    return _ask(by, family_id, reason, None)


def _ask(by, family_id, reason, instead_of) -> Conference | None:
    plans = list(plans_without_review(family_id))
    if not plans:
        return None
    due_on = min(plan.review_due_on for plan in plans)
    if instead_of:
        due_on = min(due_on, instead_of.due_on)
    waiting = _waiting_review(family_id)
    if waiting is not None:
        _add_children(waiting, {plan.child_id for plan in plans}, due_on, waiting.anchor_on)
        return waiting
    last = instead_of or _last_decided(plans)
    made = Conference.objects.create(
        family_id=family_id,
        kind=ConferenceKind.REVIEW,
        state=ConferenceState.AGREED,
        previous=(instead_of.previous if instead_of else last) if last else None,
        anchor_on=instead_of.anchor_on if instead_of else last.held_on if last else plans[0].started_on,
        due_on=due_on,
        request_reason=reason,
        requested_by_id=by.id or plans[0].lead_social_worker_id,
        requested_at=timezone.now(),
        agreed_by_id=by.id or plans[0].lead_social_worker_id,
        agreed_at=timezone.now(),
    )
    for plan in plans:
        ConferenceChild.objects.create(conference=made, child_id=plan.child_id)
    return made


def _last_decided(plans):
    counted = children_that_count().filter(child__in=[plan.child_id for plan in plans])
    held = Conference.objects.filter(family=plans[0].family_id, pk__in=counted.values("conference"))
    return held.order_by("starts_at").last()


def _waiting_review(family_id):
    return (
        Conference.objects.select_for_update(of=("self",), no_key=True)
        .filter(family_id=family_id, kind=ConferenceKind.REVIEW, state=ConferenceState.AGREED)
        .first()
    )


def _add_children(waiting, children, due_on, anchor_on) -> None:
    existing = set(waiting.children.values_list("child_id", flat=True))
    for child in sorted(children - existing):
        ConferenceChild.objects.create(conference=waiting, child_id=child)
    waiting.children.filter(child__in=children, included=False).update(included=True, left_out_reason="")
    if due_on < waiting.due_on:
        waiting.anchor_on, waiting.due_on = anchor_on, due_on
        waiting.save()


def ask_for_review(conference, actor, planned, review_on, day_reason=""):
    """Request the family's next review conference, or add these children to one that already waits to be booked."""
    due_on = min(each.review.on for each in planned)
    agreed = f" The conference agreed on {_agreed_day(conference, review_on, due_on, day_reason)}" if review_on else ""
    children = {each.row.child_id for each in planned}
    waiting = _waiting_review(conference.family_id)
    if waiting is not None:
        _add_children(waiting, children, due_on, conference.held_on)
        waiting.request_reason = f"{waiting.request_reason}{agreed}".strip()
        waiting.save()
        return waiting
    return _next_conference(
        conference,
        actor,
        ConferenceKind.REVIEW,
        children,
        anchor_on=conference.held_on,
        due_on=due_on,
        reason=f"Review of the plan made at the conference of {in_words(conference.held_on)}.{agreed}",
        left_out="No child protection plan to review.",
    )


def _agreed_day(conference, review_on, due_on, day_reason) -> str:
    if refusal := rules.review_refusal(review_on, conference.held_on, due_on):
        raise Invalid(refusal, "review_on")
    why = reason_for_day(
        review_on, day_reason, earliest=conference.held_on, on_field="review_on", reason_field="review_day_reason"
    )
    return _with_reason(review_on, why)


def _with_reason(day, why) -> str:
    """The day, and why it is a bank holiday, as the end of a sentence and a sentence."""
    return f"{in_words(day)}. It is a bank holiday, because: {why}" if why else f"{in_words(day)}."


def hold_again(conference, actor, put_off):
    """Request the conference that decided nothing again. Its limit does not start again: it is held again within the
    limit for that, if that is earlier.
    """
    if not put_off:
        return
    new_on, why_then = min((each.decision.new_date_on, each.decision.new_date_reason) for each in put_off)
    due_on = min(conference.due_on, due("inquorate_rehold", conference.held_on).on)
    why = put_off[0].decision.get_not_decided_reason_display().lower()
    _next_conference(
        conference,
        actor,
        conference.kind,
        {each.row.child_id for each in put_off},
        anchor_on=conference.anchor_on,
        due_on=due_on,
        reason=(
            f"The conference of {in_words(conference.held_on)} was {why}. It must be held again by "
            f"{in_words(due_on)}, and agreed to meet on {_with_reason(new_on, why_then)}"
        ),
        left_out=f"Decided at the conference of {in_words(conference.held_on)}.",
    )


def _next_conference(conference, actor, kind, children, *, anchor_on, due_on, reason, left_out):
    made = Conference.objects.create(
        family_id=conference.family_id,
        kind=kind,
        state=ConferenceState.AGREED,
        enquiry_id=conference.enquiry_id if kind == conference.kind else None,
        previous=conference,
        anchor_on=anchor_on,
        due_on=due_on,
        request_reason=reason,
        requested_by_id=actor,
        requested_at=conference.closed_at,
        agreed_by_id=actor,
        agreed_at=conference.closed_at,
    )
    for row in conference.children.order_by("pk"):
        stays = row.child_id in children
        ConferenceChild.objects.create(
            conference=made, child_id=row.child_id, included=stays, left_out_reason="" if stays else left_out,
            enquiry_id=row.enquiry_id if stays and kind == conference.kind else None,
        )  # fmt: skip
    return made
