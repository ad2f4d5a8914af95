"""Closing a conference, and what follows: plans opened, continued or ended, the core group, the next conference."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from conferences.convening.actions.days import reason_for_day
from conferences.disclosure.actions import Before, Disclosure, require_permission_to_share
from conferences.meeting.actions import attendance
from conferences.plans import rules
from conferences.plans.actions.child_in_need import begin_child_in_need, end_for_protection
from conferences.plans.actions.core_groups import planned_core_group, refuse_core_group
from conferences.plans.actions.ending import end_core_group, end_plan, end_professional_access
from conferences.plans.actions.members import choose_at_conference
from conferences.plans.actions.reviews import ask_for_review, hold_again
from conferences.plans.choices import AT_A_REVIEW, EndReason, MeetingState
from conferences.plans.models import ClosingGap, ProtectionPlan
from conferences.plans.queries import children_with_action, closing_outcomes, open_plans
from conferences.plans.queries.core_groups import core_group_limit, meetings
from conferences.plans.queries.gaps import closing_gaps, priorities
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.phrases import capital, possessive
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import due


def close_conference(
    *,
    by,
    conference,
    lead_social_worker=None,
    aim="",
    contingency="",
    trigger="",
    visits="",
    family_meeting="",
    will_be_told="",
    members=(),
    core_group_at=None,
    core_group_place="",
    core_group_day_reason="",
    review_on=None,
    review_day_reason="",
    end_reasons=None,
    gap_reasons=None,
    gap_reason="",
    consent="",
    at=None,
):
    """Close the conference and carry out each child's decision: open, continue or end a plan, or begin a child in need
    plan. Plan the core group, and request the next conference. Makes no letters.

    ``gap_reasons`` has the chair's reason for each thing that is not recorded, by its key (``queries.gaps``);
    ``gap_reason`` serves for each of the others that needs no reason of its own.

    Raises Invalid for anything missing. Raises RestrictedTextCopied if a text of the plan, which appears in every copy,
    or a reason holds a restricted passage. Then nothing has changed.
    """
    texts = {
        "aim": aim, "contingency": contingency, "trigger": trigger, "visits": visits, "family_meeting": family_meeting,
        "will_be_told": will_be_told,
    }  # fmt: skip
    texts = {name: text.strip() for name, text in texts.items()}
    plans = open_plans(conference.family_id).values()
    before = tuple(Before("\n".join(getattr(plan, name) for name in texts)) for plan in plans)
    reasons = "\n".join([gap_reason, *(gap_reasons or {}).values()])
    text = Disclosure({**texts, "gap_reason": reasons}, before=before)
    shared = require_permission_to_share(by, conference.family_id, text, consent=consent)
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, **shared):
        gaps = closing_gaps(conference)
        attendance.close(by=by, conference=conference, at=at)
        outcomes = closing_outcomes(conference)
        if planned := [each.row.child.short_name for each in outcomes if each.opens or each.continues]:
            gaps += rules.gaps_of_plan(texts, planned)
            gaps += rules.gaps_of_core_group(priorities(conference), {each.person_id for each in members})
        give_reasons(conference, gaps, gap_reasons or {}, gap_reason)
        carry_out(
            by, conference, outcomes, lead_social_worker=lead_social_worker, texts=texts, members=members,
            core_group_at=core_group_at, core_group_place=core_group_place,
            core_group_day_reason=core_group_day_reason, review_on=review_on, review_day_reason=review_day_reason,
            end_reasons=end_reasons or {},
        )  # fmt: skip
    return conference


def carry_out(
    by,
    conference,
    outcomes,
    *,
    lead_social_worker,
    texts,
    members,
    core_group_at=None,
    core_group_place="",
    core_group_day_reason="",
    review_on=None,
    review_day_reason="",
    end_reasons,
    is_correction=False,
):
    """Do what was decided for the children of ``outcomes``, and what follows for the family. Call inside an act.

    ``is_correction``: no action and no date of a core group is needed. Its last day may be over; booking it is a duty.
    """
    permission = Permission.CORRECT if is_correction else Permission.HOLD_CONFERENCE
    planned = [each for each in outcomes if each.opens or each.continues]
    if planned:
        _check_outline(lead_social_worker, members)
        if not is_correction:
            _check_actions(conference, planned)
    for each in outcomes:
        if each.opens:
            _open_plan(conference, each, lead_social_worker, texts)
            end_for_protection(by, each.row.child, conference, permission)
        elif each.continues:
            _continue_plan(conference, each, lead_social_worker, texts)
        elif each.ends:
            _end_plan(conference, each, end_reasons.get(each.row.child_id, ""))
        if each.is_in_need:
            lead = lead_social_worker or conference.family.social_worker
            begin_child_in_need(conference, each.row.child, each.decision.consent_by, lead, after_protection=each.ends)
    actor = by.id or conference.chair_id
    if planned:
        if not is_correction:
            opens = any(each.opens for each in planned)
            _plan_core_group(conference, by, core_group_at, core_group_place, core_group_day_reason, opens)
        now = open_plans(conference.family_id)
        choose_at_conference(conference, members, [now[each.row.child_id] for each in planned])
        ask_for_review(conference, actor, planned, review_on, review_day_reason)
    if any(each.ends for each in outcomes) and not open_plans(conference.family_id):
        end_core_group(by, conference.family_id, conference.held_on, permission)
    hold_again(conference, actor, [each for each in outcomes if each.is_deferred])
    if not any(each.is_deferred for each in outcomes):
        end_professional_access(conference.family_id, conference.held_on)


def give_reasons(conference, gaps, reasons, shared_reason="") -> None:
    """Keep the reason for each of the ``gaps``: its own (``reasons``, by key), or the shared one where that counts.
    Call inside an act. Raises Invalid if one has no reason.
    """
    own = {key: reason.strip() for key, reason in reasons.items() if not rules.says_nothing(reason)}
    given = {gap.key: own.get(gap.key, "" if gap.is_own else shared_reason.strip()) for gap in gaps}
    without = [gap for gap in gaps if rules.says_nothing(given[gap.key])]
    if without:
        said = " ".join(gap.sentence for gap in without)
        raise Invalid(f"Record what is missing, or give a reason. {said}", without[0].field)
    for gap in gaps:
        ClosingGap.objects.create(conference=conference, key=gap.key, sentence=gap.sentence, reason=given[gap.key])


def _check_outline(lead_social_worker, members):
    if lead_social_worker is None:
        raise Invalid("Choose the lead social worker.", "lead_social_worker")
    if not members:
        raise Invalid("Choose the members of the core group.", "members")


def _check_actions(conference, planned):
    covered = children_with_action(conference.family_id)
    for each in planned:
        if each.row.child_id not in covered:
            raise Invalid(f"The outline plan has no action for {each.row.child.full_name}. Add at least one.")


def _open_plan(conference, each, lead_social_worker, texts):
    child, held_on = each.row.child, conference.held_on
    if refusal := rules.start_refusal(child.full_name, held_on, child.died_on):
        raise Invalid(refusal)
    try:
        with transaction.atomic():
            return ProtectionPlan.objects.create(
                child=child,
                family_id=conference.family_id,
                opened_by_conference=conference,
                initial_category=each.decision.category,
                category=each.decision.category,
                lead_social_worker=lead_social_worker,
                **texts,
                **first_dates(held_on),
                review_due_on=each.review.on,
            )
    except IntegrityError:
        plan = capital(possessive(child.full_name, "plan"))
        raise Invalid(f"{plan} cannot be opened. Ask the conference service manager.") from None


def first_dates(held_on) -> dict:
    """The dates of a plan that begins at a conference held on this day, except that of its next review."""
    return {"started_on": held_on, "first_core_group_due_on": due("first_core_group", held_on).on}


def _continue_plan(conference, each, lead_social_worker, texts):
    plan = each.plan
    if each.forced:
        why, day = each.forced
        what = "died" if why == EndReason.DIED else "reached 18"
        raise Invalid(
            f"{each.row.child.full_name} {what} on {in_words(day)}, so the plan cannot continue: decide that there is "
            "no child protection plan."
        )
    if conference.held_on <= plan.started_on:
        called = capital(possessive(each.row.child.full_name, "plan"))
        raise Invalid(f"{called} started on this day, so it cannot be reviewed on it.")
    plan.category = each.decision.category
    plan.lead_social_worker = lead_social_worker
    for name, text in texts.items():
        setattr(plan, name, text)
    plan.review_due_on = each.review.on
    plan.save()


def _end_plan(conference, each, reason):
    plan, child = each.plan, each.row.child
    if each.forced:
        end_plan(plan, *each.forced, conference)
        return
    if reason not in AT_A_REVIEW:
        if reason in EndReason.values:
            raise Invalid(
                f"A review cannot give this reason for {child.full_name}: the team manager ends the plan, on its page, "
                "with the proof.",
                f"end_{child.pk}",
            )
        raise Invalid(f"Choose why {possessive(child.full_name, 'plan')} ends.", f"end_{child.pk}")
    end_plan(plan, reason, conference.held_on, conference)


def _plan_core_group(conference, by, starts_at, place, day_reason, opens):
    if starts_at is None:
        if opens:
            raise Invalid("Enter the date and time of the first core group.", "core_group_on")
        return
    limit = core_group_limit(conference.family_id, conference.held_on, opens)
    refuse_core_group(by, starts_at, place, conference.held_on, limit.on, "core_group_on", "core_group_place")
    day_reason = reason_for_day(
        timezone.localdate(starts_at), day_reason, earliest=conference.held_on, on_field="core_group_on",
        reason_field="core_group_day_reason",
    )  # fmt: skip
    if not opens and meetings(conference.family_id).filter(state=MeetingState.PLANNED).exists():
        sentence = "The core group already has a date. Leave this empty, or change the date on the plan’s page."
        raise Invalid(sentence, "core_group_on")
    actor = by.id or conference.chair_id
    planned_core_group(conference.family_id, limit, actor, starts_at, place, day_reason).save()
