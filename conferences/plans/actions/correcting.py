"""Correcting a decision of a held conference: what followed is undone, and worked out again by the code of closing."""

from conferences.convening.actions.safety_plans import end_with_conference
from conferences.convening.choices import ConferenceState, Outcome
from conferences.convening.models import Conference
from conferences.meeting.actions.decisions import decide
from conferences.meeting.models import Decision
from conferences.plans.actions.close import carry_out, give_reasons
from conferences.plans.actions.earlier import recalculate_category, recalculate_reviews
from conferences.plans.actions.ending import (
    end_core_group,
    give_back_professional_access,
    leave_out,
    reopen_plan,
)
from conferences.plans.actions.members import (
    leave,
    left_out_by_child,
    refuse_unexplained,
    refuse_unsafe_core_group,
)
from conferences.plans.choices import NeedEnd
from conferences.plans.models import ChildInNeedPlan, ClosingGap, CoreGroupMember, ProtectionPlan
from conferences.plans.queries import closing_outcomes, lead_social_workers, open_plans
from conferences.plans.queries.gaps import priorities
from conferences.plans.rules import PLAN_TEXTS, gaps_of_core_group
from cpc.core.accounts.permissions import Permission
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.phrases import capital, possessive
from cpc.core.kernel.refusals import Invalid, WrongState

LEAD = "lead_social_worker"
NOTE = "What the conference decided was entered wrongly and has been corrected."


def correct_decision(
    *, by, conference, row, lead_social_worker=None, members=(), gap_reasons=None, end_reason="", consent="", **typed
) -> None:
    """Correct the decision for one child (``row``), and work out again what followed from it. ``typed`` has the
    decision, as ``decide`` takes it, and the texts of a plan (PLAN_TEXTS) where one begins or goes on. ``gap_reasons``
    says why somebody who comes first is left out of its core group, as at closing.

    Call inside an act. Raises Invalid or WrongState for what is missing or was decided since.
    """
    texts = {name: typed.pop(name, "").strip() for name in PLAN_TEXTS}
    was = Decision.objects.get(conference_child=row)
    decide(by=by, conference=conference, children=[row], consent=consent, is_correction=True, **typed)
    now = Decision.objects.get(conference_child=row)
    if was.outcome == now.outcome and was.new_date_on == now.new_date_on:
        _correct_details(conference, row, now, end_reason)
        return
    _refuse_if_decided_since(conference, row)
    give_back_professional_access(conference.family_id, conference.held_on)
    before = left_out_by_child(conference.family, by.on)
    reopens = ProtectionPlan.objects.filter(child=row.child_id, ended_by_conference=conference).exists()
    _undo(by, conference, row, was)
    outcomes = [each for each in closing_outcomes(conference) if each.row.pk == row.pk]
    if any(each.opens or each.continues for each in outcomes):
        _ask_who_comes_first(conference, members, gap_reasons or {})
    carry_out(
        by, conference, outcomes,
        lead_social_worker=lead_social_worker, texts=texts, members=members, end_reasons={row.child_id: end_reason},
        is_correction=True,
    )  # fmt: skip
    end_with_conference(conference)
    if any(each.ends for each in outcomes):
        leave_out(by, row.child_id, _others(conference), _why(conference), NOTE, Permission.CORRECT)
    if not open_plans(conference.family_id):
        end_core_group(by, conference.family_id, by.on, Permission.CORRECT)
    elif reopens:  # who left the core group with this plan has come back
        refuse_unsafe_core_group(conference.family, by.on)
        known = dict(ClosingGap.objects.filter(conference=conference).values_list("key", "reason"))
        left_out = left_out_by_child(conference.family, by.on) - before
        refuse_unexplained((gap for _, gap in left_out), (gap_reasons or {}) | known)


def _ask_who_comes_first(conference, members, gap_reasons) -> None:
    left_out = gaps_of_core_group(priorities(conference), {each.person_id for each in members})
    known = ClosingGap.objects.filter(conference=conference).values_list("key", flat=True)
    give_reasons(conference, [gap for gap in left_out if gap.key not in known], gap_reasons)


def correct_plan(*, conference, row, lead_social_worker, **typed) -> None:
    """Correct the lead and the texts (PLAN_TEXTS) of the open plan that the conference made or kept for one child
    (``row``). The decision stays. Call inside an act.

    Raises Invalid for what is missing, and WrongState if the plan has ended or a later conference has dealt with it.
    """
    plan, name = open_plans(conference.family_id).get(row.child_id), row.child.full_name
    decided = Decision.objects.filter(conference_child=row, outcome=Outcome.PROTECTION_PLAN)
    if plan is None or not decided.exists():
        raise WrongState(f"{name} has no open plan that this conference made or kept.")
    if later := _later(conference, row):
        raise WrongState(
            f"The conference of {in_words(later.held_on)} has dealt with {possessive(name, 'plan')} since. Correct "
            "that one instead."
        )
    if lead_social_worker is None:
        raise Invalid("Choose the lead social worker", LEAD)
    is_new = lead_social_worker.pk != plan.lead_social_worker_id
    if is_new and not lead_social_workers(conference.family).filter(pk=lead_social_worker.pk).exists():
        raise Invalid("Choose a social worker of the team that works with this family.", LEAD)
    for field in PLAN_TEXTS:
        text = typed[field].strip()
        if getattr(plan, field) and not text:
            raise Invalid("Enter what it should say. It was recorded, so it cannot be left empty.", field)
        setattr(plan, field, text)
    plan.lead_social_worker = lead_social_worker
    plan.save()
    _fill_gaps(conference)


def _fill_gaps(conference) -> None:
    """Take back the reasons for texts that were missing as the conference closed, and that every plan has now."""
    plans = [plan for child, plan in open_plans(conference.family_id).items() if child in _children(conference)]
    filled = [f"plan-{field}" for field in PLAN_TEXTS if plans and all(getattr(plan, field) for plan in plans)]
    ClosingGap.objects.filter(conference=conference, key__in=filled).delete()


def _children(conference) -> set[int]:
    return set(conference.children.filter(included=True).values_list("child", flat=True))


def _why(conference) -> str:
    return f"The decision of {in_words(conference.held_on)} was corrected."


def _others(conference):
    return Conference.objects.filter(family=conference.family_id).exclude(pk=conference.pk)


def _later(conference, row):
    """The next conference about this child that was opened since."""
    since = _others(conference).filter(
        starts_at__gt=conference.starts_at, state__in=(ConferenceState.OPEN, ConferenceState.HELD),
        children__child=row.child_id, children__included=True,
    )  # fmt: skip
    return since.order_by("starts_at").first()


def _refuse_if_decided_since(conference, row) -> None:
    name = row.child.full_name
    if later := _later(conference, row):
        raise WrongState(
            f"The conference of {in_words(later.held_on)} has dealt with {name} since, so this decision cannot become "
            f"another one. Correct the decision of that conference. The category, the consent and the reasons of this "
            "one can be corrected."
        )
    ended = ProtectionPlan.objects.filter(child=row.child_id, opened_by_conference=conference, ending__isnull=False)
    if plan := ended.first():
        raise WrongState(
            f"{capital(possessive(name, 'plan'))} ended on {in_words(plan.ended_on)} without a conference, so this "
            "decision cannot become another one. The category and the reasons can be corrected."
        )


def _correct_details(conference, row, now, end_reason) -> None:
    """Bring the category, the consent and the reason for an end into the plan of the same decision."""
    if now.outcome == Outcome.PROTECTION_PLAN:
        plans = ProtectionPlan.objects.filter(child=row.child_id, started_on__lte=conference.held_on)
        plan = plans.order_by("started_on").last()
        if plan.opened_by_conference_id == conference.pk:
            plan.initial_category = now.category
        plan.save()
        recalculate_category(plan)
    elif now.outcome == Outcome.CHILD_IN_NEED:
        ChildInNeedPlan.objects.filter(child=row.child_id, conference=conference).update(consent_by=now.consent_by)
    if end_reason:
        ended = ProtectionPlan.objects.filter(child=row.child_id, ended_by_conference=conference)
        ended.update(end_reason=end_reason)


def _undo(by, conference, row, was) -> None:
    """Take back what closing did for this child."""
    child, day = row.child_id, conference.held_on
    if was.outcome == Outcome.PROTECTION_PLAN:
        opened = ProtectionPlan.objects.filter(child=child, opened_by_conference=conference).first()
        if opened is not None:
            _remove_plan(by, conference, opened)
        elif plan := open_plans(conference.family_id).get(child):
            recalculate_reviews([plan])
            recalculate_category(plan)
    elif was.outcome == Outcome.NOT_DECIDED:
        again = Conference.objects.filter(previous=conference, kind=conference.kind)
        leave_out(by, child, again, _why(conference), NOTE, Permission.CORRECT)
    for plan in ProtectionPlan.objects.filter(child=child, ended_by_conference=conference):
        reopen_plan(plan)
    if was.outcome == Outcome.CHILD_IN_NEED:
        ChildInNeedPlan.objects.filter(child=child, conference=conference, started_on=day).delete()


def _remove_plan(by, conference, plan) -> None:
    """Delete a plan that never was, with its core group and its place in reviews. The trail and its history stay."""
    members = list(CoreGroupMember.objects.filter(plans__plan=plan, to_on__isnull=True))
    plan.core_group.all().delete()
    for member in members:
        if not member.plans.exists():
            leave(member, by.on)
    child, started_on = plan.child_id, plan.started_on
    plan.delete()
    for need in ChildInNeedPlan.objects.filter(child=child, end_reason=NeedEnd.PROTECTION, ended_on=started_on):
        need.ended_on, need.end_reason, need.ended_by = None, "", None
        need.save()
    leave_out(by, child, _others(conference), _why(conference), NOTE, Permission.CORRECT)
