"""A requested conference: agreed or declined."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from conferences.convening.actions.discussions import children_ids
from conferences.convening.actions.enquiries import counted_from, enquiries_for, join_enquiries
from conferences.convening.actions.worry import set_worry
from conferences.convening.choices import FROM_AN_ENQUIRY, NOT_OVER, Category, ConferenceKind, ConferenceState
from conferences.convening.models import Conference, ConferenceChild, PlanElsewhere
from conferences.convening.rules import booking
from conferences.convening.states import CONFERENCE, DECLINED, ENQUIRY, NEEDED
from conferences.disclosure.actions import Disclosure, require_permission_to_share
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from cpc.core.policy.queries import due, review_due
from families.people.models import Person

S, Kind = ConferenceState, ConferenceKind


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


def request_conference(
    *,
    by,
    family,
    kind,
    children,
    request_reason,
    enquiry=None,
    told_on=None,
    elsewhere=None,
    worry="",
    consent="",
) -> Conference:
    """Request a conference. Every child of the family is considered, and the last day of its limit is set.

    ``children`` are ConsideredChild. The limit of an initial or pre-birth conference counts from the strategy
    discussion of its ``enquiry``, or from the earliest one where included children come from other enquiries of the
    family; of a transfer-in conference from ``told_on``, the day this authority was told of the move. That also needs
    ``elsewhere``, the plan of the other authority (OtherPlan). ``worry`` is for the family's letter: raises
    RestrictedTextCopied if it holds a restricted passage and no ``consent`` is given.
    """
    shared = require_permission_to_share(by, family.pk, Disclosure({"worry": worry}), consent=consent)
    with acting(by, Permission.REQUEST_CONFERENCE, on=family, kind=str(kind), **shared):
        anchor_on, limit = _anchor(family, kind, enquiry, told_on, by.on)
        if not request_reason.strip():
            raise Invalid("Say why a conference is needed", "request_reason")
        if kind == Kind.TRANSFER_IN:
            _refuse_other_plan(elsewhere, by.on)
        considered = _all_considered(family, children)
        included = [each.child for each in considered if each.included]
        led = enquiries_for(enquiry, included) if enquiry else {}
        if led:
            enquiry = counted_from(led.values())
            anchor_on = enquiry.strategy_discussion.held_on
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
            requested_by_id=by.id,
            requested_at=timezone.now(),
        )
        for each in considered:
            ConferenceChild.objects.create(
                conference=conference,
                child=each.child,
                included=each.included,
                left_out_reason="" if each.included else each.left_out_reason.strip(),
                enquiry=led.get(each.child.pk) if each.included else None,
            )
        join_enquiries(conference)
        set_worry(conference, worry)
        conference.save(update_fields=["worry"])
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


def _anchor(family, kind, enquiry, told_on, on):
    """Day 0 and the key of the limit. Raises Invalid if there is nothing to count from."""
    if kind == Kind.TRANSFER_IN:
        if told_on is None:
            raise Invalid("Enter the day this authority was told that the family had moved here", "told_on")
        if told_on > on:
            raise Invalid("The day this authority was told must be today or in the past", "told_on")
        live = Conference.objects.filter(family=family, kind=kind, state__in=NOT_OVER)
        if live.exists():
            raise WrongState("A transfer-in conference has already been requested.")
        return told_on, "transfer_in_conference"
    if kind not in FROM_AN_ENQUIRY:
        raise Invalid("A review is arranged from the plan, not requested here", "kind")
    if enquiry is None or enquiry.family_id != family.pk:
        raise Invalid("Record the strategy discussion first: the 15 working days count from it")
    enquiry.refresh_from_db()
    if ENQUIRY.now(enquiry) not in (NEEDED, DECLINED):
        ENQUIRY.refuse(enquiry, "lead to a request now")
    return enquiry.strategy_discussion.held_on, "icpc"


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
