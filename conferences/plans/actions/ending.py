"""Ending a protection plan, at a review or by the manager without a conference, and what ends with it."""

from django.db.models import Q

from conferences.convening.actions.booking import cancel_in_act
from conferences.convening.actions.notify import withdraw_in_act
from conferences.convening.choices import NOT_OVER, CancelReason, ConferenceKind, ConferenceState
from conferences.convening.models import Conference, ConferenceChild, Invitation, InvitationChild
from conferences.plans import rules
from conferences.plans.actions.date_notices import tell_of_date
from conferences.plans.actions.ended_notices import tell_of_end
from conferences.plans.actions.members import end_members_of_ended_plans, leave
from conferences.plans.choices import WITHOUT_A_CONFERENCE, EndReason, MeetingState, PlanState
from conferences.plans.models import ChildInNeedPlan, CoreGroupMember, PlanEnding
from conferences.plans.queries import open_plans
from conferences.plans.queries.core_groups import meetings
from conferences.plans.queries.reviews import held_conferences
from conferences.plans.states import MEETING, PLAN
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.audit.models import Event
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.phrases import possessive
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import due

PROOFS = {
    "authority": "Enter the name of the authority that has taken over.",
    "conference_on": "Enter the day on which the other authority held its conference.",
    "conference_proof": "Say what shows that the other authority held its conference.",
    "accepted_on": "Enter the day on which the other authority accepted responsibility.",
    "accepted_proof": "Say what shows that the other authority accepted responsibility.",
}


def end_without_conference(*, by, plan, reason, left_on=None, known_how="", consulted="", **proofs):
    """End the plan on the day of the death, the eighteenth birthday, the move or the departure, and tell the agencies
    and the family. ``left_on`` is for a departure, ``proofs`` (the names in PROOFS) for a move.

    A move ends the plan on the later of the two days: its conference, and the acceptance of responsibility. Raises
    Invalid for anything missing or impossible, and then nothing has changed.
    """
    with acting(by, Permission.END_PLAN, on=plan, about=plan.family, end=str(reason)):
        PLAN.move(plan, PlanState.ENDED)
        if reason not in WITHOUT_A_CONFERENCE:
            raise Invalid(
                "Choose why the plan ends. Only a review conference can decide that a child is safe.", "reason"
            )
        known_how, consulted = known_how.strip(), consulted.strip()
        if not known_how:
            raise Invalid("Say how you know.", "known_how")
        if not consulted and reason != EndReason.DIED:
            raise Invalid("Say which agencies you consulted and what they said.", "consulted")
        proofs = _proofs(plan, reason, proofs, by.on)
        ended_on = _last_day(plan, reason, left_on, proofs, by.on)
        end_plan(plan, reason, ended_on)
        PlanEnding.objects.create(plan=plan, known_how=known_how, consulted=consulted, ended_by_id=by.id, **proofs)
        leave_out_of_reviews(by, plan)
        if not open_plans(plan.family_id):
            alive = reason != EndReason.DIED
            end_core_group(by, plan.family_id, by.on, Permission.END_PLAN, to_family=alive)
        end_professional_access(plan.family_id, by.on)
        tell_of_end(by, plan)
    return plan


def end_plan(plan, reason, ended_on, conference=None) -> None:
    """End the plan on that day, and the place of the child, and of those who knew only this child, in the core group.
    Call inside an act.
    """
    child = plan.child
    if reason != EndReason.DIED and (
        refusal := rules.end_refusal(child.full_name, plan.started_on, ended_on, child.died_on)
    ):
        raise Invalid(refusal)
    plan.state = PlanState.ENDED
    plan.ended_on, plan.end_reason, plan.ended_by_conference = ended_on, reason, conference
    plan.save()
    for member in CoreGroupMember.objects.filter(family=plan.family_id, person=child, to_on__isnull=True):
        leave(member, ended_on)
    end_members_of_ended_plans(plan.family_id, ended_on)


def reopen_plan(plan, days=None) -> None:
    """Undo ``end_plan`` where the plan did not end: it is open again, with the core group that it had. ``days`` are
    those on which members left with it, if it is not the last day of the plan alone. Members who were removed by name
    then, or have left the service since, stay away. Call inside an act.
    """
    PLAN.move(plan, PlanState.OPEN)
    left = CoreGroupMember.objects.filter(family=plan.family_id, to_on__in=days or {plan.ended_on})
    left = left.exclude(user__is_active=False)
    kind, act = CoreGroupMember._meta.label_lower, Permission.ARRANGE_CORE_GROUP.value
    removed = Event.objects.filter(act=act, on_kind=kind, on_id__in=left.values("pk")).exclude(reason="")
    theirs = left.exclude(pk__in=removed.values("on_id")).filter(Q(plans__plan=plan) | Q(plans__isnull=True))
    CoreGroupMember.objects.filter(pk__in=list(theirs.values_list("pk", flat=True))).update(to_on=None)
    plan.ended_on, plan.end_reason, plan.ended_by_conference = None, "", None
    if plan.lead_social_worker and not plan.lead_social_worker.is_active:
        worker = plan.family.social_worker
        plan.lead_social_worker = worker if worker and worker.is_active else plan.family.team.manager
    plan.save()


def end_core_group(by, family_id, on, permission, *, to_family=True) -> None:
    """End the core group after the last plan of the family: members leave, planned meetings are cancelled, and who was
    told of one is told. Call inside an act of that permission.
    """
    for member in CoreGroupMember.objects.filter(family=family_id, to_on__isnull=True):
        leave(member, on)
    for meeting in meetings(family_id).filter(state=MeetingState.PLANNED):
        MEETING.move(meeting, MeetingState.CANCELLED)
        meeting.save()
        tell_of_date(by, meeting, permission, to_family=to_family)


def end_professional_access(family_id, on) -> None:
    """If no plan goes on, end the professionals' access to the family's conferences after they have had time to read
    of its end.
    """
    in_need = ChildInNeedPlan.objects.filter(family=family_id, ended_on__isnull=True)
    if not open_plans(family_id) and not in_need.exists():
        theirs = Invitation.objects.filter(conference__in=held_conferences(family_id), user__isnull=False)
        theirs.filter(ends_on__isnull=True).update(ends_on=due("access_after_work", on).on)


def give_back_professional_access(family_id, on) -> bool:
    """Undo ``end_professional_access`` of that day. Returns whether there was anything to undo. Call inside an act."""
    theirs = Invitation.objects.filter(conference__in=held_conferences(family_id), user__isnull=False)
    return bool(theirs.filter(ends_on=due("access_after_work", on).on).update(ends_on=None))


def leave_out_of_reviews(by, plan) -> None:
    """Leave the child out of the reviews that are still to come, because the plan has ended. Call inside an act."""
    why = f"The plan ended on {in_words(plan.ended_on)}."
    reviews = Conference.objects.filter(family=plan.family_id, kind=ConferenceKind.REVIEW)
    leave_out(by, plan.child_id, reviews, why, "The child protection plan has ended.", Permission.END_PLAN)


def leave_out(by, child_id, conferences, why, note, permission) -> None:
    """Leave the child out of those of ``conferences`` that are still to come. One without any other child is cancelled
    with ``note``, and everyone invited is told; one that is in progress is left to its chair. Call inside an act.
    """
    rows = ConferenceChild.objects.filter(
        child=child_id, included=True, conference__in=conferences, conference__state__in=NOT_OVER
    )
    for row in rows.select_related("conference"):
        conference = row.conference
        if conference.children.filter(included=True).exclude(pk=row.pk).exists():
            row.included, row.left_out_reason = False, why
            row.save()
            _uncover(by, conference, row.child_id, permission)
        elif conference.state != ConferenceState.OPEN:
            cancel_in_act(by, conference, CancelReason.NO_LONGER_NEEDED, note, permission=permission)


def _uncover(by, conference, child_id, permission) -> None:
    """Take the child off every invitation that covers other children too. A professional or an agency that was invited
    for this child alone is not invited any more, and is told. Members of the family are for the administrator.
    """
    covered = InvitationChild.objects.filter(invitation__conference=conference)
    others = covered.exclude(child=child_id).values("invitation")
    alone = covered.filter(child=child_id).exclude(invitation__in=others)
    if conference.state == ConferenceState.BOOKED:
        rows = Invitation.objects.filter(pk__in=alone.values("invitation"), person=None, withdrawn_at=None)
        for invitation in rows.select_related("conference"):
            why = "The child that they were invited for is no longer part of this review."
            withdraw_in_act(by, invitation, why, permission=permission)
    covered.filter(child=child_id, invitation__in=others).delete()


def _proofs(plan, reason, given, today) -> dict:
    if reason != EndReason.MOVED:
        return {}
    found = {}
    for name, sentence in PROOFS.items():
        value = given.get(name)
        found[name] = value.strip() if isinstance(value, str) else value
        if not found[name]:
            raise Invalid(sentence, name)
    for name in ("conference_on", "accepted_on"):
        if found[name] > today:
            raise Invalid("This day must be today or in the past: the plan goes on until then.", name)
    if found["conference_on"] <= plan.started_on:
        started = in_words(plan.started_on)
        sentence = f"The plan started on {started}, so the other authority’s conference was after that."
        raise Invalid(sentence, "conference_on")
    return found


def _last_day(plan, reason, left_on, proofs, today):
    child = plan.child
    forced = rules.must_end(plan.started_on, child.born_on, child.died_on, today)
    if reason in (EndReason.DIED, EndReason.EIGHTEEN):
        if forced and forced[0] == reason:
            return forced[1]
        if reason == EndReason.DIED:
            raise Invalid(
                f"Record {possessive(child.full_name, 'death', 'of')} on the family’s pages first: the plan ends on "
                "that day.",
                "reason",
            )
        raise Invalid(f"{child.full_name} did not reach 18 while this plan was open.", "reason")
    if reason == EndReason.LEFT_UK:
        if left_on is None:
            raise Invalid("Enter the day on which the child left the country.", "left_on")
        if left_on > today:
            raise Invalid("The day must be today or in the past.", "left_on")
        day, field = left_on, "left_on"
    else:
        day, field = max(proofs["conference_on"], proofs["accepted_on"]), "accepted_on"
    if forced and forced[1] < day:
        why = "died" if forced[0] == EndReason.DIED else "reached 18"
        raise Invalid(
            f"{child.full_name} {why} on {in_words(forced[1])}, before that day. Choose that reason.", "reason"
        )
    if refusal := rules.end_refusal(child.full_name, plan.started_on, day, child.died_on):
        raise Invalid(refusal, field)
    return day
