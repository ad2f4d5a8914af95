"""Closing a conference, and what that makes: plans opened, continued or ended, the core group, the next conference."""

from django.db import IntegrityError, transaction

from conferences.actions import meet
from conferences.actions.leave import checked
from conferences.choices import ConferenceKind, ConferenceState, InviteeKind
from conferences.models import Conference, ConferenceChild, Invitation
from conferences.plans import rules
from conferences.plans.actions.core_groups import planned_core_group, refuse_core_group
from conferences.plans.choices import EndReason, MeetingState, PlanState
from conferences.plans.models import ChildInNeedPlan, CoreGroupMember, ProtectionPlan
from conferences.plans.queries import open_plans, still_to_do, what_follows
from conferences.plans.queries.core_groups import core_group_limit, meetings
from conferences.plans.states import MEETING, PLAN
from conferences.rules.audience import Readers
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import calendar, due


def close_conference(
    *,
    by,
    conference,
    lead_social_worker=None,
    aim="",
    contingency="",
    members=(),
    core_group_at=None,
    core_group_place="",
    review_on=None,
    end_reasons=None,
    leave="",
    at=None,
):
    """The conference is held, and for each child what was decided has happened: a plan opened, continued or ended, a
    child in need plan begun; the core group has its first date; the next conference waits to be booked. No letter is
    made here. Raises Invalid for anything missing, and FromRestricted where the aim or the contingency, which everyone
    who gets a copy reads, holds a passage that fewer may read; and then nothing has changed.
    """
    plans = open_plans(conference.family_id).values()
    already = [text for plan in plans for text in (plan.aim, plan.contingency)]
    trail = checked(
        by, conference.family_id, {"aim": aim, "contingency": contingency}, Readers(), leave=leave, already=already
    )
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, **trail):
        meet.close(by=by, conference=conference, at=at)
        following = what_follows(conference)
        planned = [each for each in following if each.opens or each.goes_on]
        if planned:
            _check_outline(conference, planned, lead_social_worker, aim, contingency, members)
        for each in following:
            if each.opens:
                _open_plan(conference, each, lead_social_worker, aim, contingency)
            elif each.goes_on:
                _continue_plan(conference, each, lead_social_worker, aim, contingency)
            elif each.ends:
                _end_plan(conference, each, (end_reasons or {}).get(each.row.child_id, EndReason.SAFE))
            if each.is_in_need:
                _begin_child_in_need(conference, each)
        actor = by.id or conference.chair_id
        if planned:
            _gather_core_group(conference, members)
            opens = any(each.opens for each in planned)
            _plan_core_group(conference, by, core_group_at, core_group_place, opens)
            _ask_for_review(conference, actor, planned, review_on)
        if any(each.ends for each in following) and not open_plans(conference.family_id):
            _part(conference)
        _hold_again(conference, actor, [each for each in following if each.is_put_off])
        if not any(each.is_put_off for each in following):
            _end_invitations(conference)
    return conference


def _end_invitations(conference):
    """Where no plan goes on, the professionals' sight of the family's conferences ends once they have its record."""
    in_need = ChildInNeedPlan.objects.filter(family=conference.family_id, ended_on__isnull=True)
    if not open_plans(conference.family_id) and not in_need.exists():
        held = Conference.objects.filter(family=conference.family_id, state=ConferenceState.HELD)
        theirs = Invitation.objects.filter(conference__in=held, user__isnull=False)
        theirs.filter(ends_on__isnull=True).update(ends_on=due("access_after_work", conference.held_on).on)


def _check_outline(conference, planned, lead_social_worker, aim, contingency, members):
    if lead_social_worker is None:
        raise Invalid("Choose the lead social worker.", "lead_social_worker")
    if not aim.strip():
        raise Invalid("Say what must change for the children to be safe without a plan.", "aim")
    if not contingency.strip():
        raise Invalid("Say what will happen if the plan does not work.", "contingency")
    if not members:
        raise Invalid("Choose the members of the core group.", "members")
    covered = {row.child_id for action in still_to_do(conference.family_id) for row in action.children.all()}
    for each in planned:
        if each.row.child_id not in covered:
            raise Invalid(f"The outline plan has no action for {each.row.child.full_name}. Add at least one.")


def _open_plan(conference, each, lead_social_worker, aim, contingency):
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
                started_on=held_on,
                lead_social_worker=lead_social_worker,
                aim=aim.strip(),
                contingency=contingency.strip(),
                first_core_group_due_on=due("first_core_group", held_on).on,
                review_due_on=each.review.on,
            )
    except IntegrityError:
        raise Invalid(f"{child.full_name}’s plan cannot be opened. Ask the conference service manager.") from None


def _continue_plan(conference, each, lead_social_worker, aim, contingency):
    plan = each.plan
    if conference.held_on <= plan.started_on:
        raise Invalid(f"{each.row.child.full_name}’s plan started on this day, so it cannot be reviewed on it.")
    plan.category = each.decision.category
    plan.lead_social_worker, plan.aim, plan.contingency = lead_social_worker, aim.strip(), contingency.strip()
    plan.review_due_on = each.review.on
    plan.save()


def _end_plan(conference, each, reason):
    plan, child = each.plan, each.row.child
    if reason not in EndReason.values:
        raise Invalid(f"Choose why {child.full_name}’s plan ends.", f"end_{child.pk}")
    if refusal := rules.end_refusal(child.full_name, plan.started_on, conference.held_on, child.died_on):
        raise Invalid(refusal)
    PLAN.move(plan, PlanState.ENDED)
    plan.ended_on, plan.end_reason, plan.ended_by_conference = conference.held_on, reason, conference
    plan.save()


def _begin_child_in_need(conference, each):
    # The service's minimum counts from the conference that ended a protection plan; otherwise there is none.
    minimum = due("child_in_need_minimum", conference.held_on).on if each.ends else None
    ChildInNeedPlan.objects.create(
        child=each.row.child,
        family_id=conference.family_id,
        conference=conference,
        consent_by=each.decision.consent_by,
        started_on=conference.held_on,
        minimum_until_on=minimum,
    )


def _gather_core_group(conference, members):
    """The core group from this day is ``members``: who stays stays, who is new joins, who is not named has left."""
    held_on = conference.held_on
    standing = {
        (each.user_id, each.person_id, each.name): each
        for each in CoreGroupMember.objects.filter(family=conference.family_id, to_on__isnull=True)
    }
    wanted = {(each.user_id, each.person_id, each.name): each for each in members}
    for key, member in standing.items():
        if key not in wanted:
            member.to_on = max(held_on, member.from_on)
            member.save()
    for key, invitation in wanted.items():
        if invitation.conference_id != conference.pk:
            raise Invalid("Choose the core group from the people of this conference.", "members")
        if key in standing:
            continue
        CoreGroupMember.objects.create(
            family_id=conference.family_id,
            user_id=invitation.user_id,
            person_id=invitation.person_id,
            agency_id=invitation.agency_id,
            name=invitation.name,
            part=invitation.get_role_display()
            if invitation.kind == InviteeKind.FAMILY or invitation.agency is None
            else f"{invitation.get_role_display()}, {invitation.agency.name}"[:120],
            from_on=held_on,
        )


def _part(conference):
    """The last plan of the family has ended: its core group has nothing more to meet for."""
    for member in CoreGroupMember.objects.filter(family=conference.family_id, to_on__isnull=True):
        member.to_on = max(conference.held_on, member.from_on)
        member.save()
    for meeting in meetings(conference.family_id).filter(state=MeetingState.PLANNED):
        MEETING.move(meeting, MeetingState.CANCELLED)
        meeting.save()


def _plan_core_group(conference, by, starts_at, place, opens):
    if starts_at is None:
        if opens:
            raise Invalid("Enter the date and time of the first core group.", "core_group_on")
        return
    limit = core_group_limit(conference.family_id, conference.held_on, opens)
    refuse_core_group(by, starts_at, place, conference.held_on, limit.on, "core_group_on", "core_group_place")
    if not opens and meetings(conference.family_id).filter(state=MeetingState.PLANNED).exists():
        sentence = "The core group has a date already. Leave this empty, or move it on the plan’s page."
        raise Invalid(sentence, "core_group_on")
    planned_core_group(conference.family_id, limit, by.id or conference.chair_id, starts_at, place).save()


def _ask_for_review(conference, actor, planned, review_on):
    """The next review conference of the family waits to be booked; one that waits already takes these children in."""
    due_on = min(each.review.on for each in planned)
    if review_on and (refusal := rules.review_refusal(review_on, conference.held_on, due_on, calendar())):
        raise Invalid(refusal, "review_on")
    agreed = f" The conference agreed on {in_words(review_on)}." if review_on else ""
    children = {each.row.child_id for each in planned}
    waiting = (
        Conference.objects.select_for_update(of=("self",), no_key=True)
        .filter(family_id=conference.family_id, kind=ConferenceKind.REVIEW, state=ConferenceState.AGREED)
        .first()
    )
    if waiting is not None:
        standing = set(waiting.children.values_list("child_id", flat=True))
        for child in sorted(children - standing):
            ConferenceChild.objects.create(conference=waiting, child_id=child)
        waiting.children.filter(child__in=children, included=False).update(included=True, left_out_reason="")
        if due_on < waiting.due_on:
            waiting.anchor_on, waiting.due_on = conference.held_on, due_on
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


def _hold_again(conference, actor, put_off):
    """The conference that decided nothing waits to be booked again. Its limit does not begin anew."""
    if not put_off:
        return
    new_on = min(each.decision.new_date_on for each in put_off)
    why = put_off[0].decision.get_not_decided_reason_display().lower()
    _next_conference(
        conference,
        actor,
        conference.kind,
        {each.row.child_id for each in put_off},
        anchor_on=conference.anchor_on,
        due_on=conference.due_on,
        reason=(
            f"The conference of {in_words(conference.held_on)} was {why}. It agreed to meet again on "
            f"{in_words(new_on)}; {due('inquorate_rehold', conference.held_on).sentence}."
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
        interpreter=conference.interpreter,
        requested_by_id=actor,
        requested_at=conference.closed_at,
        agreed_by_id=actor,
        agreed_at=conference.closed_at,
    )
    for row in conference.children.order_by("pk"):
        stays = row.child_id in children
        ConferenceChild.objects.create(
            conference=made, child_id=row.child_id, included=stays, left_out_reason="" if stays else left_out
        )
    return made
