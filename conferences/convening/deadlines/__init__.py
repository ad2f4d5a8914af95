"""What falls due on the way to a conference. Each function makes one query for any number of conferences.

``administrators`` and ``service`` are the ids of the people with these roles, read once.
"""

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from conferences.convening.choices import ANSWERING, COMING, ConferenceKind, StageRole
from conferences.convening.choices import ConferenceState as S
from conferences.convening.deadlines.children import children_to_consider
from conferences.convening.deadlines.days import on_new_bank_holidays
from conferences.convening.deadlines.enquiries import (
    date_changes,
    discussion_actions,
    group_meetings,
    outcomes,
    plans_to_review,
    plans_to_write,
    to_request,
)
from conferences.convening.deadlines.lists import (
    exclusion_letters,
    exclusions_to_decide,
    held_back,
    lists_to_check,
    to_be_together,
    to_invite,
    to_invite_as_well,
    to_tell_of_a_change,
)
from conferences.convening.deadlines.names import PREVIOUS, named, of_administrator, page_of, with_names
from conferences.convening.deadlines.phone import to_tell_by_phone
from conferences.convening.deadlines.support import advocates_to_offer, companions_to_decide, support_to_arrange
from conferences.convening.models import Conference, DisputeStage, PostHeld
from conferences.convening.queries.acting import acting_id, runs_it, with_who_runs, without_a_chair
from conferences.convening.queries.booking import limit_key, waits_for_agreement
from conferences.convening.queries.clock import first_last_day_in_time, notice_key, stage_due
from conferences.convening.queries.disputes import holders_of, stage_key
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import TeamCover
from cpc.core.accounts.queries import ids_holding
from cpc.core.kernel.duties import Asked, Duty, Harm, ids, may_concern
from cpc.core.kernel.phrases import in_sentence
from cpc.core.policy.asked_together import one_kind
from cpc.core.policy.queries import due

REVIEW = ConferenceKind.REVIEW


def duties(asked: Asked | None = None) -> list[Duty]:
    """Everything still to be done about enquiries and conferences, in no order; or only what ``asked`` selects."""
    administrators, service = ids_holding(Role.ADMINISTRATOR), ids_holding(Role.SERVICE_MANAGER)
    checks = list(lists_to_check(service, asked))
    return [
        *outcomes(service, asked),
        *date_changes(service, asked),
        *plans_to_review(asked),
        *plans_to_write(asked),
        *discussion_actions(asked),
        *group_meetings(asked),
        *to_request(asked),
        *children_to_consider(asked),
        *to_agree(service, asked),
        *disputes(service, asked),
        *to_book(administrators, service, asked),
        *booked_too_late(administrators, service, asked),
        *on_new_bank_holidays(administrators, service, asked),
        *chairs_to_declare(service, asked),
        *chairs_to_agree(service, asked),
        *chairs_not_there(administrators, service, asked),
        *to_invite(administrators, service, asked),
        *to_invite_as_well(administrators, service, asked),
        *support_to_arrange(administrators, service, asked),
        *advocates_to_offer(asked),
        *to_tell_of_a_change(administrators, service, asked),
        *to_tell_by_phone(administrators, service, timezone.localdate(), asked),
        *checks,
        *held_back(administrators, service, frozenset(one.id for one in checks)),
        *to_be_together(),
        *exclusions_to_decide(asked),
        *exclusion_letters(administrators, asked),
        *companions_to_decide(asked),
        *to_hold(service, asked),
        *without_chair(service, asked),
    ]


@one_kind
def to_agree(service, asked=None):
    """Requested conferences: for the manager of the team."""
    found = Conference.objects.filter(state=S.REQUESTED).select_related("family__team")
    found = with_names(found, "family__team__manager")
    if asked:
        late = Q(pk__in=[])
        if service & asked.whose:
            in_time = first_last_day_in_time("conference_decision", asked.on)
            late = Q(due_on__lt=in_time) | Q(family__team__manager=None)
        found = found.filter(Q(family__team__manager__in=asked.whose) | late)
        found = asked.soonest("agree_conference", found, "due_on")
    for conference in found:
        yield Duty(
            kind="agree_conference",
            id=conference.pk,
            due_on=stage_due("conference_decision", conference.due_on).on,
            **named("Agree or decline the request for", conference),
            path=reverse("conferences:request", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.family.team.manager_id),
            then=service,
            rule="conference_decision",
            harm=Harm.STATUTORY,
            last_on=conference.due_on,
        )


@one_kind
def disputes(service, asked=None):
    """Disputed decisions not to hold a conference, at the stage that they have reached: to be answered, for the person
    named for the stage, and for the service managers where that is nobody here or who took the decision; or answered,
    for the person who disagreed to say whether that settles it. The only service manager, who took the decision, has to
    have another one named.
    """
    found = DisputeStage.objects.filter(dispute__closed_at=None).annotate(last=_last_stage()).filter(number=F("last"))
    if asked and not service & asked.whose:
        family = "dispute__conference__family"
        theirs = Q(role=StageRole.WORKER, **{f"{family}__social_worker__in": asked.whose})
        theirs |= Q(role=StageRole.MANAGER, **{f"{family}__team__manager__in": asked.whose})
        raised = Q(dispute__raised_by__in=asked.whose, answered_at__isnull=False)
        found = found.filter(raised | theirs & Q(answered_at=None))
    found = found.select_related("dispute__conference__family__team", "dispute__raised_by")
    for stage in found.defer("dispute__conference__family__search_index"):
        dispute, conference = stage.dispute, stage.dispute.conference
        given = {"id": dispute.pk, "family_id": conference.family_id, "harm": Harm.SAFETY}
        if stage.answered_at is None:
            able, others = _who_answers(stage, conference, service), service - ids(conference.declined_by_id)
            says = f"Answer stage {stage.number} ({stage.people}) of the disagreement about not holding"
            page, args = "conferences:answer_dispute", [dispute.pk]
            if not able | others:  # the only service manager took the decision
                says = "Have another service manager named, to answer the disagreement about not holding"
                page, args = "conferences:request", [conference.pk]
            yield Duty(
                kind="answer_dispute",
                due_on=stage.due_on,
                **named(says, conference),
                path=reverse(page, args=args),
                owners=able if able | others else service,
                then=others,
                rule=stage_key(stage.number),
                **given,
            )
        else:
            is_here = dispute.raised_by.is_active
            yield Duty(
                kind="reply_to_answer",
                due_on=due("disagreement_reply", timezone.localdate(stage.answered_at)).on,
                # It names no family: a professional reads the decision without the family's name.
                says="Say whether the answer settles your disagreement with the decision not to hold the "
                f"{in_sentence(conference.kind_shown.label)}",
                day=conference.day_shown,
                path=reverse("conferences:reply_to_answer", args=[dispute.pk]),
                owners=ids(dispute.raised_by_id) if is_here else service,
                then=service,
                rule="disagreement_reply",
                **given,
            )


def _who_answers(stage, conference, service) -> frozenset[int]:
    """The user named for the stage; the service managers where nobody can, who took no part in it."""
    family, parties = conference.family, ids(conference.declined_by_id) | ids(stage.dispute.raised_by_id)
    if stage.role in ANSWERING:
        named = service & holders_of(stage.role)
    else:
        one = {StageRole.WORKER: family.social_worker_id, StageRole.MANAGER: family.team.manager_id}.get(stage.role)
        named = ids(one)
    return named - parties or service - parties


def _last_stage() -> Subquery:
    stages = DisputeStage.objects.filter(dispute=OuterRef("dispute")).order_by("-number")
    return Subquery(stages.values("number")[:1])


@one_kind
def to_book(administrators, service, asked=None):
    """Agreed conferences that are not booked: for the administrators, who alone can book them. Reviews are a kind of
    their own, because their longer notice puts them in another order. Two queries.
    """
    for kind, is_review in (("book_conference", False), ("book_review", True)):
        found = Conference.objects.filter(state=S.AGREED)
        found = found.filter(kind=REVIEW) if is_review else found.exclude(kind=REVIEW)
        found = with_names(found)
        if asked:
            if not (administrators or service) & asked.whose:
                if not service & asked.whose:
                    continue
                in_time = first_last_day_in_time("conference_booking", asked.on, is_review)
                found = found.filter(due_on__lt=in_time)
            found = asked.soonest(kind, found, "due_on")
        for conference in found:
            yield Duty(
                kind=kind,
                id=conference.pk,
                due_on=stage_due("conference_booking", conference.due_on, is_review).on,
                **named("Book", conference),
                path=page_of(conference.pk),
                family_id=conference.family_id,
                owners=administrators,
                then=service,
                rule="conference_booking",
                harm=Harm.STATUTORY,
                last_on=conference.due_on,
            )


@one_kind
def booked_too_late(administrators, service, asked=None):
    """Conferences that were booked in time for a last day that is now earlier, for example after a birth: for the
    administrators, to move them or to say why not. One query.
    """
    found = Conference.objects.filter(state=S.BOOKED, lateness_reason="", starts_at__date__gt=F("due_on"))
    if asked and not service & asked.whose:
        found = found.filter(of_administrator(asked.whose, administrators))
    for conference in with_names(found.select_related("previous"), *PREVIOUS):
        yield Duty(
            kind="move_conference",
            id=conference.pk,
            due_on=conference.due_on,
            **named("Book an earlier day, or give the reason for the delay, for", conference),
            path=reverse("conferences:move", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.administrator_id) or administrators,
            then=service,
            rule=limit_key(conference),
            harm=Harm.STATUTORY,
        )


@one_kind
def chairs_to_declare(service, asked=None):
    """Booked conferences with a chair who has not declared whether they are independent: for that chair."""
    found = Conference.objects.filter(state=S.BOOKED, chair_independent__isnull=True).annotate(acting_id=acting_id())
    found = with_names(found)
    if asked and not service & asked.whose:
        found = found.filter(Q(chair__in=asked.whose) | Q(acting_id__in=asked.whose))
    able = ids_holding(Role.CHAIR)
    for conference in found:
        if not conference.acting_id and conference.chair_id not in able:
            continue  # the service manager names somebody first: without_chair
        # The invitations wait for it.
        notice = notice_key(conference.is_review)
        yield Duty(
            kind="declare_independence",
            id=conference.pk,
            due_on=due(notice, conference.held_on).on,
            **named("Declare whether you are independent to chair", conference),
            path=reverse("conferences:declare_independence", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.acting_id or conference.chair_id),
            then=service,
            rule=notice,
        )


@one_kind
def chairs_to_agree(service, asked=None):
    """Chairs who are not independent and need the service manager's reason."""
    if not may_concern(asked, service):
        return
    found = Conference.objects.filter(waits_for_agreement()).select_related("family", "chair")
    for conference in found.defer("family__search_index"):
        yield Duty(
            kind="agree_chair",
            id=conference.pk,
            due_on=conference.held_on,
            **named(f"Approve {conference.chair}, who is not independent, as chair of", conference),
            path=reverse("conferences:agree_chair", args=[conference.pk]),
            family_id=conference.family_id,
            owners=service - ids(conference.chair_id),
        )


@one_kind
def chairs_not_there(administrators, service, asked=None):
    """Booked conferences with a chair, or somebody who acts for the chair, who is away on that day, with nobody to run
    it for them, or holds no post any more: for the administrators, to choose another chair or another day. One query,
    and a few for each of these.
    """
    day = OuterRef("day")
    away = TeamCover.objects.live_on(day).filter(absent=OuterRef("runs"))
    posts = PostHeld.objects.chairing().filter(user=OuterRef("runs"))
    found = with_who_runs(Conference.objects).filter(
        Exists(away) | Exists(posts) & ~Exists(posts.on(day)), state=S.BOOKED
    )
    if asked and not service & asked.whose:
        found = found.filter(of_administrator(asked.whose, administrators))
    for conference in with_names(found.select_related("chair", "previous"), *PREVIOUS):
        if runs_it(conference).pk != conference.runs:
            continue
        who = "chair" if conference.runs == conference.chair_id else "acting chair"
        notice = notice_key(conference.is_review)
        yield Duty(
            kind="chair_not_there",
            id=conference.pk,
            due_on=due(notice, conference.held_on).on,
            **named(f"The {who} is away, or not in post. Choose another chair or another day for", conference),
            path=reverse("conferences:change_chair", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.administrator_id) or administrators,
            then=service,
            rule=notice,
            last_on=conference.due_on,
        )


@one_kind
def to_hold(service, asked=None):
    """Booked or open conferences: for their chair, on the day."""
    found = Conference.objects.filter(state__in=COMING).annotate(acting_id=acting_id())
    found = with_names(found)
    if asked:
        late = Q(starts_at__date__lt=asked.on) if service & asked.whose else Q(pk__in=[])
        found = found.filter(Q(chair__in=asked.whose) | Q(acting_id__in=asked.whose) | late)
        found = asked.soonest("hold_conference", found, TruncDate("starts_at"), "due_on")
    able = ids_holding(Role.CHAIR)
    for conference in found:
        if not conference.acting_id and conference.chair_id not in able:
            continue  # the service manager names somebody first: without_chair
        yield Duty(
            kind="hold_conference",
            id=conference.pk,
            due_on=conference.held_on,
            **named("Close" if conference.state == S.OPEN else "Chair", conference),
            path=page_of(conference.pk),
            family_id=conference.family_id,
            owners=ids(conference.acting_id or conference.chair_id),
            then=service,
            harm=Harm.STATUTORY,
            last_on=conference.due_on,
        )


@one_kind
def without_chair(service, asked=None):
    """Conferences that nobody can chair or write up, because their chair has left: for the service managers, at once.

    Of those held, only those with no drafted record: ``reports`` knows of the others.
    """
    if not may_concern(asked, service):
        return
    found = without_a_chair().filter(~Q(state=S.HELD) | Q(to_write_up=True))
    for conference in found.select_related("family", "chair"):
        yield no_chair(conference, service)


def no_chair(conference, service) -> Duty:
    """The duty to name somebody who acts for the chair of this conference, today."""
    return Duty(
        kind="name_acting_chair",
        id=conference.pk,
        due_on=timezone.localdate(),
        **named(f"{conference.chair} no longer chairs. Name an acting chair for", conference),
        path=reverse("conferences:acting_chair", args=[conference.pk]),
        family_id=conference.family_id,
        owners=service,
    )
