"""Correcting the day on which a conference was held: every date that counts from it is worked out again."""

from django.db import IntegrityError, transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from conferences.convening.choices import NOT_OVER, ConferenceState
from conferences.convening.models import Conference
from conferences.meeting.actions.attendance import must_be_held
from conferences.meeting.queries.board import included
from conferences.plans import rules
from conferences.plans.actions.close import first_dates
from conferences.plans.actions.earlier import recalculate_reviews
from conferences.plans.actions.ending import end_professional_access, give_back_professional_access
from conferences.plans.choices import MeetingState, NeedEnd
from conferences.plans.models import ChildInNeedPlan, CoreGroupMember, ProtectionPlan
from conferences.plans.queries import open_plans
from conferences.plans.queries.core_groups import meetings
from cpc.core.kernel.dates import SATURDAY, in_words
from cpc.core.kernel.phrases import capital, possessive
from cpc.core.kernel.refusals import Invalid, WrongState
from cpc.core.policy.queries import due


def correct_held_on(*, by, conference, starts_at, ends_at) -> None:
    """Correct when the conference was held, and every date that counts from it. Call inside an act.

    Raises Invalid for an impossible time, and WrongState if another conference was held between the two days.
    """
    must_be_held(conference)
    if ends_at <= starts_at:
        raise Invalid("The conference must end after it starts.", "ends_time")
    old, new = conference.held_on, timezone.localdate(starts_at)
    if new > by.on:
        raise Invalid("The day must be today or in the past.", "held_on")
    if new.weekday() >= SATURDAY:
        raise Invalid(f"{in_words(new)} is not a working day. No conference is held on it.", "held_on")
    _refuse_another_between(conference, starts_at)
    conference.starts_at, conference.ends_at = starts_at, ends_at
    try:
        with transaction.atomic():
            conference.save()
    except IntegrityError:
        raise Invalid("The chair or the room had another conference at this time.", "held_on") from None
    if new != old:
        _move_times_of_attendance(conference, new - old)
        _move_plans(conference, old, new)
        _move_what_comes(conference, old, new)
        if give_back_professional_access(conference.family_id, old):
            end_professional_access(conference.family_id, new)


def _refuse_another_between(conference, starts_at) -> None:
    first, last = sorted((conference.starts_at, starts_at))
    others = Conference.objects.filter(family=conference.family_id, state=ConferenceState.HELD)
    others = others.exclude(pk=conference.pk).filter(starts_at__gte=first, starts_at__lte=last)
    if other := others.first():
        raise WrongState(
            f"Another conference of this family was held on {in_words(other.held_on)}, between the two days. Correct "
            "that one first if its day is wrong."
        )


def _move_times_of_attendance(conference, by_days) -> None:
    for one in conference.invitations.all():
        if one.came_at or one.left_at:
            one.came_at = one.came_at and one.came_at + by_days
            one.left_at = one.left_at and one.left_at + by_days
            one.save()


def _move_plans(conference, old, new) -> None:
    for plan in ProtectionPlan.objects.filter(opened_by_conference=conference).select_related("child"):
        if refusal := rules.start_refusal(plan.child.full_name, new, plan.child.died_on):
            raise Invalid(refusal, "held_on")
        if plan.ended_on and plan.ended_on <= new:
            called = capital(possessive(plan.child.full_name, "plan"))
            raise Invalid(f"{called} ended on {in_words(plan.ended_on)}, before that.", "held_on")
        for name, day in first_dates(new).items():
            setattr(plan, name, day)
        plan.save()
    for plan in ProtectionPlan.objects.filter(ended_by_conference=conference, ended_on=old).select_related("child"):
        if refusal := rules.end_refusal(plan.child.full_name, plan.started_on, new, plan.child.died_on):
            raise Invalid(refusal, "held_on")
        plan.ended_on = new
        plan.save()
    children = [row.child_id for row in included(conference)]
    running = open_plans(conference.family_id)
    recalculate_reviews([running[child] for child in children if child in running])
    for need in ChildInNeedPlan.objects.filter(conference=conference, started_on=old):
        need.started_on = new
        if need.minimum_until_on:
            need.minimum_until_on = due("child_in_need_minimum", new).on
        need.save()
    ended = ChildInNeedPlan.objects.filter(child__in=children, end_reason=NeedEnd.PROTECTION, ended_on=old)
    ended.update(ended_on=Greatest("started_on", new))


def _move_what_comes(conference, old, new) -> None:
    members = CoreGroupMember.objects.filter(family=conference.family_id)
    members.filter(from_on=old).update(from_on=new)
    members.filter(to_on=old).update(to_on=Greatest("from_on", new))
    planned = meetings(conference.family_id).filter(state=MeetingState.PLANNED, is_first=True)
    planned.filter(due_on=due("first_core_group", old).on).update(due_on=due("first_core_group", new).on)
    running = open_plans(conference.family_id)
    following = Conference.objects.filter(family=conference.family_id, state__in=NOT_OVER, anchor_on=old)
    for one in following:
        dates = [running[row.child_id].review_due_on for row in included(one) if row.child_id in running]
        one.anchor_on = new
        if one.is_review and dates:
            one.due_on = min(dates)
        one.save()
