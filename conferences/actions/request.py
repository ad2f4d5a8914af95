"""From the strategy discussion to a conference asked for: and agreed, or declined and disputed."""

from dataclasses import dataclass

from django.utils import timezone

from conferences.choices import ConferenceKind, ConferenceState, EnquiryOutcome
from conferences.models import Conference, ConferenceChild, Dispute, Enquiry, EnquiryChild, StrategyDiscussion
from conferences.rules import request as rules
from conferences.states import CONFERENCE
from cpc.core.accounts.permissions import Permission, seen_by
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, Stale, WrongState
from cpc.core.policy.queries import due
from families.choices import Part
from families.models import Person
from families.queries import that_papers_may_say_of
from families.rules import stamp

S, Kind = ConferenceState, ConferenceKind
FROM_AN_ENQUIRY = (Kind.INITIAL, Kind.PRE_BIRTH)
UNDER_WAY = (S.REQUESTED, S.AGREED, S.BOOKED, S.OPEN)


@dataclass(frozen=True)
class Considered:
    """A child of the household: to be heard at this conference, or left out and why."""

    child: Person
    included: bool = True
    left_out_reason: str = ""


def record_strategy_discussion(*, by, family, held_on, who_took_part, concerns, decided, children) -> Enquiry:
    """The discussion is on the record and the section 47 enquiry that it started is open for ``children``."""
    with acting(by, Permission.RECORD_ENQUIRY, on=family, step="strategy discussion"):
        given = _discussion(family, by.on, held_on, who_took_part, concerns, decided)
        children = _children(family, children)
        _refuse_second_enquiry(by, family, children)
        discussion = StrategyDiscussion.objects.create(family=family, recorded_by_id=by.id, **given)
        enquiry = Enquiry.objects.create(family=family, strategy_discussion=discussion)
        for child in children:
            EnquiryChild.objects.create(enquiry=enquiry, child=child)
        return enquiry


def change_strategy_discussion(
    *, by, discussion, held_on, who_took_part, concerns, decided, seen=None
) -> StrategyDiscussion:
    """The discussion is as given; conferences not yet held count again from its day. Raises Stale."""
    with acting(by, Permission.RECORD_ENQUIRY, on=discussion, about=discussion.family, step="correction"):
        given = _discussion(discussion.family, by.on, held_on, who_took_part, concerns, decided)
        if seen is not None and seen != discussion_stamp(discussion):
            raise Stale(
                "Somebody else changed this strategy discussion while you were typing.",
                mine="\n\n".join([given["who_took_part"], given["concerns"], given["decided"]]),
                theirs="\n\n".join([discussion.who_took_part, discussion.concerns, discussion.decided]),
            )
        enquiry = Enquiry.objects.filter(strategy_discussion=discussion).first()
        if enquiry and enquiry.outcome_on and enquiry.outcome_on < held_on:
            raise Invalid("The strategy discussion cannot be after the enquiry’s outcome", "held_on")
        for field, value in given.items():
            setattr(discussion, field, value)
        discussion.save()
        _count_again(enquiry, held_on)
        return discussion


def discussion_stamp(discussion) -> str:
    """The mark that a page carries of the discussion that it showed."""
    return stamp([discussion.held_on, discussion.who_took_part, discussion.concerns, discussion.decided])


def record_outcome(*, by, enquiry, outcome, outcome_on, findings, seen=None) -> Enquiry:
    """The enquiry ended as given; raises WrongState once a conference has been asked for."""
    with acting(by, Permission.RECORD_ENQUIRY, on=enquiry, about=enquiry.family, step="outcome"):
        if wrong := rules.what_is_wrong_with_outcome_date(
            outcome_on=outcome_on, held_on=enquiry.strategy_discussion.held_on, on=by.on
        ):
            raise Invalid(wrong, "outcome_on")
        if not findings.strip():
            raise Invalid("Say what the enquiry found", "findings")
        if outcome != EnquiryOutcome.CONFERENCE and _standing(enquiry).exists():
            raise WrongState("A conference has been asked for after this enquiry, so its outcome cannot be another.")
        if seen is not None and seen != outcome_stamp(enquiry):
            raise Stale(
                "Somebody else recorded an outcome while you were typing.", mine=findings, theirs=enquiry.findings
            )
        enquiry.outcome, enquiry.outcome_on, enquiry.findings = outcome, outcome_on, findings.strip()
        enquiry.save()
        return enquiry


def outcome_stamp(enquiry) -> str:
    """The mark that a page carries of the outcome that it showed."""
    return stamp([enquiry.outcome, enquiry.outcome_on, enquiry.findings])


def ask_for_conference(
    *, by, family, kind, children, request_reason, enquiry=None, told_on=None, interpreter=""
) -> Conference:
    """A conference is asked for, every child of the family considered, with the last day of its limit.

    ``children`` are Considered. An initial or pre-birth conference counts from the strategy discussion of its
    ``enquiry``; a transfer-in conference from the day ``told_on`` that this authority was told of the move.
    """
    with acting(by, Permission.REQUEST_CONFERENCE, on=family, kind=str(kind)):
        anchor_on, limit = _anchor(family, kind, enquiry, told_on, by.on)
        if not request_reason.strip():
            raise Invalid("Say why a conference is needed", "request_reason")
        considered = _all_considered(family, children)
        included = [each.child for each in considered if each.included]
        wrong = rules.what_is_wrong_with_kind(
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
        return conference


def agree_request(*, by, conference) -> Conference:
    """The conference is to be booked."""
    with acting(by, Permission.AGREE_CONFERENCE, on=conference, about=conference.family, decision="agreed"):
        CONFERENCE.move(conference, S.AGREED)
        conference.agreed_by_id, conference.agreed_at = by.id, timezone.now()
        conference.save()
        return conference


def decline_request(*, by, conference, reason) -> Conference:
    """No conference is held on this request, for the reason given."""
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
    """It stands in the record that this person disagrees with the decision not to hold a conference, and why."""
    if not reason.strip():
        raise Invalid("Say why a conference should be held", "reason")
    with acting(by, Permission.DISPUTE_DECISION, on=conference, about=conference.family, reason=reason.strip()):
        if conference.state != S.DECLINED:
            raise WrongState("Only a decision not to hold a conference can be disputed, and this is not one.")
        if Dispute.objects.filter(conference=conference, raised_by=by.id, answered_at=None).exists():
            raise WrongState("You have already disputed this decision. The team manager has still to answer.")
        return Dispute.objects.create(
            conference=conference, raised_by_id=by.id, raised_at=timezone.now(), reason=reason.strip()
        )


def answer_dispute(*, by, dispute, answer) -> Dispute:
    """The manager's answer to the dispute stands beside it."""
    if not answer.strip():
        raise Invalid("Write your answer", "answer")
    with acting(
        by, Permission.AGREE_CONFERENCE, on=dispute.conference, about=dispute.conference.family, dispute=dispute.pk
    ):
        dispute.refresh_from_db()
        if dispute.answered_at:
            raise WrongState("This dispute has already been answered.")
        dispute.answer, dispute.answered_by_id, dispute.answered_at = answer.strip(), by.id, timezone.now()
        dispute.save()
        return dispute


def _discussion(family, on, held_on, who_took_part, concerns, decided) -> dict:
    if wrong := rules.what_is_wrong_with_strategy_date(held_on=held_on, opened_on=family.opened_on, on=on):
        raise Invalid(wrong, "held_on")
    due("icpc", held_on)  # raises Invalid where the limit could not be counted
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
    """The ids of the children of the family, whether or not they live in the household."""
    return family.memberships.filter(part=Part.CHILD, person__died_on=None).values_list("person", flat=True)


def _refuse_second_enquiry(by, family, children) -> None:
    # Data rules 8839 and 8890: no second section 47 enquiry of a child while one is under way.
    under_way = EnquiryChild.objects.filter(child__in=children, enquiry__outcome="").select_related("child")
    seen = under_way.filter(enquiry__in=seen_by(by, Enquiry)).first()
    if already := seen or under_way.first():
        name = that_papers_may_say_of(family.pk, [already.child])[0].full_name
        # Where the enquiry is another family's that is closed to them, why would tell that there is one.
        raise Invalid(
            f"A section 47 enquiry about {name} is already under way. Record its outcome first"
            if seen
            else f"No section 47 enquiry about {name} can be started here. Ask the conference service manager",
            "children",
        )


def _anchor(family, kind, enquiry, told_on, on):
    """Day nought and the key of the limit; raises Invalid when there is nothing to count from."""
    if kind == Kind.TRANSFER_IN:
        if told_on is None:
            raise Invalid("Enter the day this authority was told that the family had moved here", "told_on")
        if told_on > on:
            raise Invalid("The day this authority was told must be today or in the past", "told_on")
        live = Conference.objects.filter(family=family, kind=kind, state__in=UNDER_WAY)
        if live.exists():
            raise WrongState("A transfer-in conference has already been asked for.")
        return told_on, "transfer_in_conference"
    if kind not in FROM_AN_ENQUIRY:
        raise Invalid("A review is arranged from the plan, not asked for here", "kind")
    if enquiry is None or enquiry.family_id != family.pk:
        raise Invalid("Record the strategy discussion first: the 15 working days count from it")
    enquiry.refresh_from_db()
    if enquiry.outcome != EnquiryOutcome.CONFERENCE:
        raise WrongState("Record first that the enquiry found that an initial conference is needed.")
    if _standing(enquiry).exists():
        raise WrongState("A conference has already been asked for after this enquiry.")
    return enquiry.strategy_discussion.held_on, "icpc"


def _standing(enquiry):
    """The conferences that follow from the enquiry and have not been declined or cancelled."""
    return enquiry.conferences.exclude(state__in=[S.DECLINED, S.CANCELLED])


def _all_considered(family, children) -> list[Considered]:
    considered = {each.child.pk: each for each in children}
    children = Person.objects.filter(pk__in=children_ids(family)).order_by("pk")
    ours = {child.pk: child for child in that_papers_may_say_of(family.pk, children)}
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


def _count_again(enquiry, held_on) -> None:
    """Conferences not yet held take their last day from the corrected discussion."""
    if enquiry is None:
        return
    for conference in enquiry.conferences.filter(kind__in=FROM_AN_ENQUIRY, state__in=UNDER_WAY):
        conference.anchor_on, conference.due_on = held_on, due("icpc", held_on).on
        conference.save()
