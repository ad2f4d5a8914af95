"""What falls due in an enquiry: its outcome, the manager's sign-off, another date, the actions of its discussion, the
offer of a family group meeting, and the request that follows.
"""

from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from conferences.convening.choices import ConferenceState as S
from conferences.convening.choices.enquiries import ActionState, EnquiryOutcome, GroupAnswer
from conferences.convening.deadlines.names import of_team
from conferences.convening.models import (
    Conference,
    DateChange,
    DiscussionAction,
    Enquiry,
    EnquiryChild,
    FamilyGroupMeeting,
    FamilyGroupOffer,
    SafetyPlan,
)
from conferences.convening.queries.clock import stage_due
from conferences.convening.queries.counting import conferences_that_decided
from conferences.convening.queries.enquiries import from_enquiry
from cpc.core.kernel.duties import Duty, Harm, ids
from cpc.core.policy.asked_together import one_kind
from cpc.core.policy.queries import due


@one_kind
def outcomes(service, asked=None):
    """Enquiries with an outcome that is not signed off. Not written, or returned: for the social worker, then the
    manager. Written: for a manager other than its author, the team's or the service managers. One query.
    """
    found = Enquiry.objects.filter(signed_off_at=None).select_related("strategy_discussion", "family__team")
    if asked:
        to_write = Q(written_at=None) & of_team(asked.whose)
        found = found.filter(to_write | Q(written_at__isnull=False) & _of_manager(asked.whose, service))
    for enquiry in found.defer("family__search_index"):
        if enquiry.written_at is None:
            again = "Write the outcome again, as your manager asked" if enquiry.return_reason else "Write the outcome"
            yield _duty(
                "enquiry_outcome",
                enquiry,
                says=f"{again}, for each child of the section 47 enquiry: {enquiry.family}",
                path=reverse("conferences:write_outcome", args=[enquiry.pk]),
                owners=ids(enquiry.family.social_worker_id),
                then=ids(enquiry.family.team.manager_id),
            )
            continue
        yield _duty(
            "sign_off_outcome",
            enquiry,
            says=f"Sign off the outcome of the section 47 enquiry: {enquiry.family}",
            path=reverse("conferences:sign_off_outcome", args=[enquiry.pk]),
            owners=_managers(enquiry.family, enquiry.written_by_id, service),
            then=service - ids(enquiry.written_by_id),
        )


def _duty(kind, enquiry, stage="enquiry_outcome", **more) -> Duty:
    last_on = due("icpc", enquiry.strategy_discussion.held_on).on
    return Duty(
        kind=kind, id=enquiry.pk, due_on=stage_due(stage, last_on).on, family_id=enquiry.family_id, rule=stage,
        harm=Harm.STATUTORY, last_on=last_on, **more,
    )  # fmt: skip


def _of_manager(whose, service, family="family") -> Q:
    return Q() if service & whose else Q(**{f"{family}__team__manager__in": whose})


def _managers(family, author_id, service):
    """The team's manager; the service managers where the manager is the author, or there is none."""
    return ids(family.team.manager_id) - ids(author_id) or service - ids(author_id)


@one_kind
def date_changes(service, asked=None):
    """Other dates that were asked for and not answered: for a manager who did not ask. One query."""
    found = DateChange.objects.filter(answered_at=None).select_related("discussion__family__team")
    found = found.defer("discussion__family__search_index")
    if asked:
        found = found.filter(_of_manager(asked.whose, service, "discussion__family"))
    for change in found:
        family = change.discussion.family
        yield Duty(
            kind="answer_date_change",
            id=change.pk,
            # The limit may be counted from either day: the earlier one is the safe one.
            due_on=due("icpc", min(change.from_on, change.to_on)).on,
            says=f"Agree or decline another date of the strategy discussion: {family}",
            path=reverse("conferences:answer_date_change", args=[change.pk]),
            family_id=family.pk,
            owners=_managers(family, change.asked_by_id, service),
            then=service - ids(change.asked_by_id),
            rule="icpc",
            harm=Harm.STATUTORY,
        )


@one_kind
def plans_to_review(asked=None):
    """Interim safety plans in force: for the social worker, by the day of their review, then the team manager. One
    query.
    """
    found = SafetyPlan.objects.filter(ended_at=None).select_related("family__team").defer("family__search_index")
    if asked:
        found = found.filter(of_team(asked.whose))
    for plan in found:
        yield Duty(
            kind="review_safety_plan",
            id=plan.pk,
            due_on=plan.review_on,
            says=f"Review the interim safety plan: {plan.family}",
            path=reverse("conferences:review_safety_plan", args=[plan.pk]),
            family_id=plan.family_id,
            owners=ids(plan.family.social_worker_id),
            then=ids(plan.family.team.manager_id),
            harm=Harm.SAFETY,
        )


@one_kind
def plans_to_write(asked=None):
    """Enquiries that found that a conference is needed, with no interim safety plan and no reason why there is none:
    for the social worker, then the team manager. Until a conference has decided about each child, or is declined. One
    query.
    """
    declined = Conference.objects.filter(from_enquiry(OuterRef("pk")), state=S.DECLINED)
    decided = conferences_that_decided().filter(from_enquiry(OuterRef("pk")))
    needed = EnquiryChild.objects.filter(enquiry=OuterRef("pk"), outcome=EnquiryOutcome.CONFERENCE)
    plans = SafetyPlan.objects.filter(enquiry=OuterRef("pk"))
    found = Enquiry.objects.filter(
        ~Exists(plans),
        ~Exists(declined),
        ~Exists(decided),
        Exists(needed),
        no_plan_reason="",
        written_at__isnull=False,
    )
    found = found.select_related("family__team").defer("family__search_index")
    if asked:
        found = found.filter(of_team(asked.whose))
    for enquiry in found:
        yield Duty(
            kind="write_safety_plan",
            id=enquiry.pk,
            due_on=due("safety_plan", enquiry.outcome_on).on,
            says=f"Write the interim safety plan until the conference, or say why there is none: {enquiry.family}",
            path=reverse("conferences:enquiry", args=[enquiry.pk]),
            family_id=enquiry.family_id,
            owners=ids(enquiry.family.social_worker_id),
            then=ids(enquiry.family.team.manager_id),
            rule="safety_plan",
            harm=Harm.SAFETY,
        )


@one_kind
def discussion_actions(asked=None):
    """Actions of strategy discussions that are to be done: for the social worker, who asks the person named, then the
    team manager. One query.
    """
    found = DiscussionAction.objects.filter(state=ActionState.TO_DO).select_related("discussion__family__team")
    if asked:
        found = found.filter(of_team(asked.whose, "discussion__family"))
    for action in found.defer("discussion__family__search_index"):
        family = action.discussion.family
        yield Duty(
            kind="mark_discussion_action",
            id=action.pk,
            due_on=action.due_on,
            says=f"Record the result of an action from the strategy discussion ({action.owner}): {family}",
            path=reverse("conferences:mark_discussion_action", args=[action.pk]),
            family_id=family.pk,
            owners=ids(family.social_worker_id),
            then=ids(family.team.manager_id),
            harm=Harm.SAFETY,
        )


@one_kind
def group_meetings(asked=None):
    """Family group meetings that are neither held nor given up: for the social worker, who asks a parent for their
    answer or sees that it is held, then the team manager. One query.
    """
    no_answer = FamilyGroupOffer.objects.filter(meeting=OuterRef("pk"), answer=GroupAnswer.NONE)
    found = FamilyGroupMeeting.objects.filter(held_on=None, why_not="").select_related("family__team")
    if asked:
        found = found.filter(of_team(asked.whose))
    found = found.annotate(
        waits=Exists(no_answer), since=Coalesce(Max("offers__offered_on"), TruncDate(F("recorded_at")))
    )
    for meeting in found.defer("family__search_index"):
        meeting_called = "family group decision-making meeting"
        kind, rule, what = (
            ("answer_group_offer", "family_group_answer", f"Record the answer to the offer of the {meeting_called}")
            if meeting.waits
            else (
                "hold_group_meeting",
                "family_group_meeting",
                f"Hold the {meeting_called}, or say why it was not held",
            )
        )
        yield Duty(
            kind=kind,
            id=meeting.pk,
            due_on=due(rule, meeting.since).on,
            says=f"{what}: {meeting.family}",
            path=reverse("conferences:change_group_meeting", args=[meeting.pk]),
            family_id=meeting.family_id,
            owners=ids(meeting.family.social_worker_id),
            then=ids(meeting.family.team.manager_id),
            rule=rule,
        )


@one_kind
def to_request(asked=None):
    """Enquiries that found that a conference is needed, with none requested since or only cancelled ones: for the
    social worker, then the team manager.
    """
    requested = Conference.objects.filter(from_enquiry(OuterRef("pk"))).exclude(state=S.CANCELLED)
    needed = EnquiryChild.objects.filter(enquiry=OuterRef("pk"), outcome=EnquiryOutcome.CONFERENCE)
    found = Enquiry.objects.filter(~Exists(requested), Exists(needed), signed_off_at__isnull=False)
    found = found.select_related("strategy_discussion", "family__team").defer("family__search_index")
    if asked:
        found = found.filter(of_team(asked.whose))
    for enquiry in found:
        yield _duty(
            "request_conference",
            enquiry,
            stage="conference_request",
            says=f"Request the conference that the enquiry found to be needed: {enquiry.family}",
            path=reverse("conferences:enquiry", args=[enquiry.pk]),
            owners=ids(enquiry.family.social_worker_id),
            then=ids(enquiry.family.team.manager_id),
        )
