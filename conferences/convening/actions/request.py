"""From the strategy discussion to a requested conference: agreed, or declined and disputed."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from conferences.convening.actions.dispute_notices import tell_of_answer
from conferences.convening.choices import Category, ConferenceKind, ConferenceState, EnquiryOutcome
from conferences.convening.models import (
    Conference,
    ConferenceChild,
    Dispute,
    Enquiry,
    EnquiryChild,
    PlanElsewhere,
    StrategyDiscussion,
)
from conferences.convening.rules import booking
from conferences.convening.states import CONFERENCE, DISPUTE, ENQUIRY
from conferences.convening.states import OPEN as UNANSWERED
from cpc.core.accounts.permissions import Permission, few_seen_by
from cpc.core.audit.door import acting
from cpc.core.audit.versions import lock, next_version
from cpc.core.kernel.refusals import Invalid, WrongState
from cpc.core.policy.queries import due, review_due
from families.people.choices import Part
from families.people.models import Person

S, Kind = ConferenceState, ConferenceKind
FROM_AN_ENQUIRY = (Kind.INITIAL, Kind.PRE_BIRTH)
UNDER_WAY = (S.REQUESTED, S.AGREED, S.BOOKED, S.OPEN)


@dataclass(frozen=True)
class OtherPlan:
    """The plan with which children moved here: its authority, since when, its category, and its last review."""

    authority: str
    plan_started_on: date | None
    category: str
    last_reviewed_on: date | None = None


@dataclass(frozen=True)
class ConsideredChild:
    """A child of the household: included in this conference, or left out with a reason."""

    child: Person
    included: bool = True
    left_out_reason: str = ""


def record_strategy_discussion(*, by, family, held_on, who_took_part, concerns, decided, children) -> Enquiry:
    """Record the discussion, and open its section 47 enquiry about ``children``."""
    with acting(by, Permission.RECORD_ENQUIRY, on=family, step="strategy discussion"):
        given = _discussion(family, by.on, held_on, who_took_part, concerns, decided)
        children = _children(family, children)
        _refuse_second_enquiry(by, children)
        discussion = StrategyDiscussion.objects.create(family=family, recorded_by_id=by.id, **given)
        enquiry = Enquiry.objects.create(family=family, strategy_discussion=discussion)
        for child in children:
            EnquiryChild.objects.create(enquiry=enquiry, child=child)
        return enquiry


def change_strategy_discussion(
    *, by, discussion, held_on, who_took_part, concerns, decided, seen=None
) -> StrategyDiscussion:
    """Correct the discussion, and recalculate the limit of conferences not yet held. Raises Stale."""
    with acting(by, Permission.RECORD_ENQUIRY, on=discussion, about=discussion.family, step="correction"):
        given = _discussion(discussion.family, by.on, held_on, who_took_part, concerns, decided)
        lock(discussion)
        discussion.version = next_version(
            discussion, seen, "Somebody else changed this strategy discussion while you were typing.",
            mine="\n\n".join([given["who_took_part"], given["concerns"], given["decided"]]),
            theirs=lambda: "\n\n".join([discussion.who_took_part, discussion.concerns, discussion.decided]),
        )  # fmt: skip
        enquiry = Enquiry.objects.filter(strategy_discussion=discussion).first()
        if enquiry and enquiry.outcome_on and enquiry.outcome_on < held_on:
            raise Invalid("The strategy discussion cannot be after the enquiry’s outcome", "held_on")
        for field, value in given.items():
            setattr(discussion, field, value)
        discussion.save()
        _recalculate_limits(enquiry, held_on)
        return discussion


def record_outcome(*, by, enquiry, outcome, outcome_on, findings, seen=None) -> Enquiry:
    """Record the outcome of the enquiry. Raises WrongState once a conference has been requested."""
    with acting(by, Permission.RECORD_ENQUIRY, on=enquiry, about=enquiry.family, step="outcome"):
        if wrong := booking.what_is_wrong_with_outcome_date(
            outcome_on=outcome_on, held_on=enquiry.strategy_discussion.held_on, on=by.on
        ):
            raise Invalid(wrong, "outcome_on")
        if not findings.strip():
            raise Invalid("Say what the enquiry found", "findings")
        if outcome != EnquiryOutcome.CONFERENCE and _live_conferences(enquiry).exists():
            ENQUIRY.refuse(enquiry, "be given another outcome")
        lock(enquiry)
        enquiry.version = next_version(
            enquiry, seen, "Somebody else recorded an outcome while you were typing.",
            mine=findings, theirs=lambda: enquiry.findings,
        )  # fmt: skip
        enquiry.outcome, enquiry.outcome_on, enquiry.findings = outcome, outcome_on, findings.strip()
        enquiry.save()
        return enquiry


def request_conference(
    *, by, family, kind, children, request_reason, enquiry=None, told_on=None, elsewhere=None, interpreter=""
) -> Conference:
    """Request a conference. Every child of the family is considered, and the last day of its limit is set.

    ``children`` are ConsideredChild. The limit of an initial or pre-birth conference counts from the strategy
    discussion of its ``enquiry``; of a transfer-in conference from ``told_on``, the day this authority was told of the
    move. It also needs ``elsewhere``, the plan of the other authority (OtherPlan).
    """
    with acting(by, Permission.REQUEST_CONFERENCE, on=family, kind=str(kind)):
        anchor_on, limit = _anchor(family, kind, enquiry, told_on, by.on)
        if not request_reason.strip():
            raise Invalid("Say why a conference is needed", "request_reason")
        if kind == Kind.TRANSFER_IN:
            _refuse_other_plan(elsewhere, by.on)
        considered = _all_considered(family, children)
        included = [each.child for each in considered if each.included]
        wrong = booking.what_is_wrong_with_kind(
            is_pre_birth=kind == Kind.PRE_BIRTH,
            any_unborn=any(child.is_unborn for child in included),
            any_born=any(not child.is_unborn for child in included),
        )
        if wrong:
            raise Invalid(wrong, "kind")
        conference = Conference.objects.create(
            family=family,
            kind=kind,
            enquiry=enquiry,
            anchor_on=anchor_on,
            due_on=due(limit, anchor_on).on,
            request_reason=request_reason.strip(),
            interpreter=interpreter.strip(),
            requested_by_id=by.id,
            requested_at=timezone.now(),
        )
        for each in considered:
            ConferenceChild.objects.create(
                conference=conference,
                child=each.child,
                included=each.included,
                left_out_reason="" if each.included else each.left_out_reason.strip(),
            )
        if kind == Kind.TRANSFER_IN:
            last = elsewhere.last_reviewed_on
            PlanElsewhere.objects.create(
                conference=conference,
                authority=elsewhere.authority.strip(),
                plan_started_on=elsewhere.plan_started_on,
                category=elsewhere.category,
                last_reviewed_on=last,
                review_due_on=review_due(last or elsewhere.plan_started_on, first=last is None).on,
            )
        return conference


def _refuse_other_plan(elsewhere, today) -> None:
    if elsewhere is None or not elsewhere.authority.strip():
        raise Invalid("Enter the name of the authority that the family moved from", "authority")
    if elsewhere.plan_started_on is None:
        raise Invalid("Enter the day on which the other authority’s plan began", "plan_started_on")
    if elsewhere.category not in Category.values:
        raise Invalid("Choose the category of the other authority’s plan", "category")
    last = elsewhere.last_reviewed_on
    for day, field in ((elsewhere.plan_started_on, "plan_started_on"), (last, "last_reviewed_on")):
        if day and day > today:
            raise Invalid("The day must be today or in the past", field)
    if last and last <= elsewhere.plan_started_on:
        raise Invalid("The last review was after the plan began: check the two days", "last_reviewed_on")


def agree_request(*, by, conference) -> Conference:
    """Agree the request, so that the conference can be booked."""
    with acting(by, Permission.AGREE_CONFERENCE, on=conference, about=conference.family, decision="agreed"):
        CONFERENCE.must_be(conference, S.REQUESTED, to="agreed")  # after a decline, only a dispute leads there
        CONFERENCE.move(conference, S.AGREED)
        conference.agreed_by_id, conference.agreed_at = by.id, timezone.now()
        conference.save()
        return conference


def decline_request(*, by, conference, reason) -> Conference:
    """Decline the request, with the reason."""
    if not reason.strip():
        raise Invalid("Give the reasons for not holding a conference", "reason")
    reason = reason.strip()
    with acting(
        by, Permission.AGREE_CONFERENCE, on=conference, about=conference.family, reason=reason, decision="declined"
    ):
        CONFERENCE.move(conference, S.DECLINED)
        conference.declined_by_id, conference.declined_at = by.id, timezone.now()
        conference.decline_reason = reason
        conference.save()
        return conference


def dispute_decision(*, by, conference, reason) -> Dispute:
    """Record that this person disagrees with the decision not to hold a conference, and why."""
    if not reason.strip():
        raise Invalid("Say why a conference should be held", "reason")
    with acting(by, Permission.DISPUTE_DECISION, on=conference, about=conference.family, reason=reason.strip()):
        CONFERENCE.must_be(conference, S.DECLINED, to="disputed")
        if Dispute.objects.filter(conference=conference, raised_by=by.id, answered_at=None).exists():
            raise WrongState("You have already disputed this decision. It has still to be answered.")
        return Dispute.objects.create(
            conference=conference, raised_by_id=by.id, raised_at=timezone.now(), reason=reason.strip()
        )


def answer_dispute(*, by, dispute, answer, upheld=False) -> Dispute:
    """Record the answer to the dispute, by somebody who did not take the decision, and tell who disputed it.

    ``upheld``: the conference is held after all. The request is agreed and can be booked.
    """
    if not answer.strip():
        raise Invalid("Write your answer", "answer")
    with acting(
        by, Permission.ANSWER_DISPUTE, on=dispute.conference, about=dispute.conference.family, dispute=dispute.pk
    ):
        dispute.refresh_from_db()
        DISPUTE.must_be(dispute, UNANSWERED, to="answered")
        dispute.answer, dispute.answered_by_id, dispute.answered_at = answer.strip(), by.id, timezone.now()
        dispute.upheld = upheld
        dispute.save()
        if upheld:
            _hold_after_all(by, dispute.conference)
        tell_of_answer(by, dispute)
        return dispute


def _hold_after_all(by, conference) -> None:
    if conference.enquiry and _live_conferences(conference.enquiry).exists():
        raise Invalid("Another conference has been requested since. Answer that this one is not needed.", "upheld")
    CONFERENCE.move(conference, S.AGREED)
    conference.agreed_by_id, conference.agreed_at = by.id, timezone.now()
    conference.save()


def _discussion(family, on, held_on, who_took_part, concerns, decided) -> dict:
    if wrong := booking.what_is_wrong_with_strategy_date(held_on=held_on, opened_on=family.opened_on, on=on):
        raise Invalid(wrong, "held_on")
    due("icpc", held_on)  # raises Invalid if the limit cannot be calculated
    given = {"who_took_part": who_took_part, "concerns": concerns, "decided": decided}
    for field, sentence in (
        ("who_took_part", "Say who took part: names and agencies"),
        ("concerns", "Say what the concerns are"),
        ("decided", "Say what was decided and why"),
    ):
        if not given[field].strip():
            raise Invalid(sentence, field)
    return {"held_on": held_on, **{field: text.strip() for field, text in given.items()}}


def _children(family, children) -> list[Person]:
    children = list(children)
    if not children:
        raise Invalid("Choose at least one child", "children")
    ours = set(children_ids(family))
    if not all(child.pk in ours for child in children):
        raise Invalid("One of these children is no longer in the family. Reload the page to see who is", "children")
    return children


def children_ids(family):
    """The ids of the family's children, including those outside the household."""
    return family.memberships.filter(part=Part.CHILD, person__died_on=None).values_list("person", flat=True)


def _refuse_second_enquiry(by, children) -> None:
    # Data rules 8839 and 8890: no second section 47 enquiry about a child while one is in progress.
    under_way = EnquiryChild.objects.filter(child__in=children, enquiry__outcome="").select_related("child")
    seen = under_way.filter(enquiry__in=few_seen_by(by, Enquiry)).first()
    if already := seen or under_way.first():
        name = already.child.full_name
        # If the enquiry belongs to another family that is closed to them, the reason would reveal it.
        raise Invalid(
            f"A section 47 enquiry about {name} is already under way. Record its outcome first"
            if seen
            else f"No section 47 enquiry about {name} can be started here. Ask the conference service manager",
            "children",
        )


def _anchor(family, kind, enquiry, told_on, on):
    """Day 0 and the key of the limit. Raises Invalid if there is nothing to count from."""
    if kind == Kind.TRANSFER_IN:
        if told_on is None:
            raise Invalid("Enter the day this authority was told that the family had moved here", "told_on")
        if told_on > on:
            raise Invalid("The day this authority was told must be today or in the past", "told_on")
        live = Conference.objects.filter(family=family, kind=kind, state__in=UNDER_WAY)
        if live.exists():
            raise WrongState("A transfer-in conference has already been requested.")
        return told_on, "transfer_in_conference"
    if kind not in FROM_AN_ENQUIRY:
        raise Invalid("A review is arranged from the plan, not requested here", "kind")
    if enquiry is None or enquiry.family_id != family.pk:
        raise Invalid("Record the strategy discussion first: the 15 working days count from it")
    enquiry.refresh_from_db()
    if enquiry.outcome != EnquiryOutcome.CONFERENCE or _live_conferences(enquiry).exists():
        ENQUIRY.refuse(enquiry, "lead to a request now")
    return enquiry.strategy_discussion.held_on, "icpc"


def _live_conferences(enquiry):
    """The conferences that follow from the enquiry and were not declined or cancelled."""
    return enquiry.conferences.exclude(state__in=[S.DECLINED, S.CANCELLED])


def _all_considered(family, children) -> list[ConsideredChild]:
    considered = {each.child.pk: each for each in children}
    children = Person.objects.filter(pk__in=children_ids(family)).order_by("pk")
    ours = {child.pk: child for child in children}
    if missing := [person.full_name for pk, person in ours.items() if pk not in considered]:
        raise Invalid(f"Say whether to include {' and '.join(missing)}: every child of the family is considered")
    if not considered.keys() <= ours.keys():
        raise Invalid("One of these children is no longer in the family. Reload the page to see who is")
    for each in considered.values():
        if not each.included and not each.left_out_reason.strip():
            raise Invalid(f"Say why {ours[each.child.pk].full_name} is left out", f"reason_{each.child.pk}")
    if not any(each.included for each in considered.values()):
        raise Invalid("Include at least one child")
    return [considered[pk] for pk in ours]


def _recalculate_limits(enquiry, held_on) -> None:
    """Recalculate the last day of conferences not yet held from the corrected discussion."""
    if enquiry is None:
        return
    for conference in enquiry.conferences.filter(kind__in=FROM_AN_ENQUIRY, state__in=UNDER_WAY):
        conference.anchor_on, conference.due_on = held_on, due("icpc", held_on).on
        conference.save()
