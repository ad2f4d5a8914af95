"""The outcome of a section 47 enquiry for each child, its sign-off, and another date to count from."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from conferences.convening.choices import CALLED_OFF, FROM_AN_ENQUIRY, TO_COME
from conferences.convening.choices.enquiries import EnquiryOutcome
from conferences.convening.models import Conference, DateChange, Enquiry
from conferences.convening.queries.enquiries import enquiries_to_request, enquiry_of_each, from_enquiry, led_to_it
from conferences.convening.rules import enquiries as rules
from conferences.convening.states import DATE_CHANGE, ENQUIRY, NEEDED, WAITS_FOR_ANSWER, WRITTEN
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.audit.versions import lock, next_version
from cpc.core.kernel.phrases import listed
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import due
from families.people.models import Person


@dataclass(frozen=True)
class ChildOutcome:
    """The outcome of the enquiry for a child: what it found, and what follows."""

    child: Person
    outcome: str
    findings: str
    follows: str = ""


def write_outcome(*, by, enquiry, outcome_on, outcomes: Iterable[ChildOutcome], seen=None) -> Enquiry:
    """Write the outcome for each child, for the manager to sign off. What was signed off before must be again.

    Raises WrongState once a conference has been requested.
    """
    outcomes = list(outcomes)
    with acting(by, Permission.RECORD_ENQUIRY, on=enquiry, about=enquiry.family, step="outcome"):
        if live_conferences(enquiry).exists():
            ENQUIRY.refuse(enquiry, "be given another outcome")
        if wrong := rules.what_is_wrong_with_outcome_date(
            outcome_on=outcome_on, held_on=enquiry.strategy_discussion.held_on, on=by.on
        ):
            raise Invalid(wrong, "outcome_on")
        rows = {row.child_id: row for row in enquiry.children.select_related("child").order_by("pk")}
        _refuse_incomplete_outcomes(rows, outcomes)
        lock(enquiry)
        enquiry.version = next_version(
            enquiry, seen, "The outcome was changed since you opened this page.",
            mine="\n\n".join(each.findings for each in outcomes),
            theirs=lambda: "\n\n".join(row.findings for row in rows.values()),
        )  # fmt: skip
        for each in outcomes:
            row = rows[each.child.pk]
            row.outcome, row.findings, row.follows = each.outcome, each.findings.strip(), each.follows.strip()
            row.save()
        enquiry.outcome_on = outcome_on
        enquiry.written_by_id, enquiry.written_at = by.id, timezone.now()
        enquiry.signed_off_by = enquiry.signed_off_at = None
        enquiry.save()
        return enquiry


def _refuse_incomplete_outcomes(rows, outcomes) -> None:
    given = {each.child.pk: each for each in outcomes}
    if not given.keys() <= rows.keys():
        raise Invalid("One of these children is not part of this enquiry. Reload the page to see who is")
    for pk, row in rows.items():
        each, name = given.get(pk), row.child.full_name
        if each is None or each.outcome not in EnquiryOutcome.values:
            raise Invalid(f"Choose the outcome for {name}", f"outcome_{pk}")
        if not each.findings.strip():
            raise Invalid(f"Say what the enquiry found about {name}", f"findings_{pk}")
        if each.outcome != EnquiryOutcome.CONFERENCE and not each.follows.strip():
            raise Invalid(f"Say what follows for {name}", f"follows_{pk}")


def sign_off_outcome(*, by, enquiry, seen=None) -> Enquiry:
    """Sign off the outcome for each child. Never by the person who wrote it. ``seen``: the version that was read."""
    with acting(by, Permission.SIGN_OFF_ENQUIRY, on=enquiry, about=enquiry.family, decision="signed off"):
        ENQUIRY.must_be(enquiry, WRITTEN, to="signed off")
        _next_of_read(enquiry, seen)
        enquiry.signed_off_by_id, enquiry.signed_off_at = by.id, timezone.now()
        enquiry.return_reason, enquiry.returned_by = "", None
        enquiry.save()
        for conference in Conference.objects.filter(family=enquiry.family_id, state__in=TO_COME).order_by("pk"):
            join_enquiries(conference)
        enquiry.refresh_from_db()
        return enquiry


def return_outcome(*, by, enquiry, reason, seen=None) -> Enquiry:
    """Return the outcome to its author with a reason. What was written stays, to be written again from it."""
    reason = reason.strip()
    if not reason:
        raise Invalid("Say what must be changed before you can sign it off", "reason")
    with acting(by, Permission.SIGN_OFF_ENQUIRY, on=enquiry, about=enquiry.family, reason=reason, decision="returned"):
        ENQUIRY.must_be(enquiry, WRITTEN, to="returned")
        _next_of_read(enquiry, seen)
        enquiry.return_reason, enquiry.returned_by_id = reason, by.id
        enquiry.written_at = enquiry.written_by = None
        enquiry.save()
        return enquiry


def _next_of_read(enquiry, seen) -> None:
    lock(enquiry)
    enquiry.version = next_version(
        enquiry, seen, "The outcome was written again while you were reading. Read it again.", mine=""
    )


def live_conferences(enquiry):
    """The conferences that follow from the enquiry and were not declined or cancelled."""
    return Conference.objects.filter(from_enquiry(enquiry)).exclude(state__in=CALLED_OFF).distinct()


def enquiries_for(enquiry, children) -> dict:
    """The enquiry that leads to a conference about each of ``children``, by their id: this one, or another of the same
    family that waits for a request too.

    Raises Invalid for a child without a signed-off outcome, and where none of them belongs to this enquiry.
    """
    found = enquiry_of_each(enquiries_to_request(enquiry.family), {child.pk for child in children})
    if missing := [child for child in children if child.pk not in found]:
        names = listed([child.full_name for child in missing])
        raise Invalid(
            f"No outcome of an enquiry is signed off for {names}. Leave them out with a reason, or hold a strategy "
            "discussion about them first",
            f"include_{missing[0].pk}",
        )
    led = {pk: row.enquiry for pk, row in found.items()}
    if enquiry not in led.values():
        raise Invalid("Include a child of this enquiry, or request the conference from the other enquiry")
    return led


def counted_from(enquiries) -> Enquiry:
    """The one of these enquiries that the 15 working days of a conference count from: its last day is the earliest."""
    return min(enquiries, key=lambda one: (one.strategy_discussion.held_on, one.pk))


def join_enquiries(conference) -> None:
    """Let each enquiry of the family that waits for a conference lead to this one, if it is about every child that the
    enquiry found to need one, and count its last day again. Call inside an act.
    """
    if conference.kind not in FROM_AN_ENQUIRY:
        return
    included = {row.child_id: row for row in conference.children.filter(included=True)}
    waiting = [one for one in enquiries_to_request(conference.family) if one.state == NEEDED]
    joining = [one for one in waiting if one.needing_ids <= included.keys()]
    for one in joining:
        for pk in one.needing_ids:
            if included[pk].enquiry_id is None:
                included[pk].enquiry = one.enquiry
                included[pk].save(update_fields=["enquiry"])
        one.enquiry.answered_by_conference = conference
        one.enquiry.save(update_fields=["answered_by_conference"])
    if joining:
        lock(conference)
        count_from_the_earliest(conference)


# --- The date from which the 15 working days count ------------------------------------------------------------------


def ask_date_change(*, by, discussion, to_on, reason) -> DateChange:
    """Ask the manager to agree another date of a discussion that started an enquiry. Until then the date stays."""
    if not reason.strip():
        raise Invalid("Say why the date must be changed", "reason")
    reason = reason.strip()
    with acting(
        by, Permission.RECORD_ENQUIRY, on=discussion, about=discussion.family, step="ask date change", reason=reason
    ):
        enquiry = Enquiry.objects.filter(strategy_discussion=discussion).first()
        if enquiry is None:
            raise Invalid("This discussion started no enquiry: change its date where you change what it says")
        _refuse_new_date(by, discussion, enquiry, to_on)
        if discussion.date_changes.filter(answered_at=None).exists():
            raise Invalid("Another date has already been asked for. The manager must answer that first")
        return DateChange.objects.create(
            discussion=discussion, from_on=discussion.held_on, to_on=to_on, reason=reason, asked_by_id=by.id,
            asked_at=timezone.now(),
        )  # fmt: skip


def answer_date_change(*, by, change, agreed, answer="") -> DateChange:
    """Agree another date, from which every limit is then counted, or decline it with a reason. Never by who asked."""
    answer = answer.strip()
    if not agreed and not answer:
        raise Invalid("Give your reason for not changing the date", "answer")
    discussion = change.discussion
    with acting(
        by, Permission.SIGN_OFF_ENQUIRY, on=change, about=discussion.family, decision="agreed" if agreed else "declined"
    ):
        DATE_CHANGE.must_be(change, WAITS_FOR_ANSWER, to="answered")
        if agreed:
            enquiry = discussion.enquiry
            _refuse_new_date(by, discussion, enquiry, change.to_on)
            discussion.held_on = change.to_on
            discussion.version += 1
            discussion.save()
            _recalculate_limits(enquiry)
        change.agreed, change.answer = agreed, answer
        change.answered_by_id, change.answered_at = by.id, timezone.now()
        change.save()
        return change


def _refuse_new_date(by, discussion, enquiry, to_on) -> None:
    opened_on = discussion.family.opened_on
    wrong = rules.what_is_wrong_with_strategy_date(
        held_on=to_on, opened_on=opened_on, on=by.on
    ) or rules.what_is_wrong_with_new_date(to_on=to_on, now=discussion.held_on, outcome_on=enquiry.outcome_on)
    if wrong:
        raise Invalid(wrong, "to_on")
    due("icpc", to_on)  # raises Invalid if the limit cannot be calculated


def _recalculate_limits(enquiry) -> None:
    """Recalculate day 0 and the last day of the conferences that follow from the enquiry, which has another date."""
    for conference in live_conferences(enquiry).filter(kind__in=FROM_AN_ENQUIRY):
        count_from_the_earliest(conference)


def count_from_the_earliest(conference) -> None:
    """Count the last day of the conference from the earliest of the enquiries that led to it. Call inside an act."""
    first = counted_from(led_to_it(conference))
    held_on = first.strategy_discussion.held_on
    conference.enquiry, conference.anchor_on, conference.due_on = first, held_on, due("icpc", held_on).on
    conference.save(update_fields=["enquiry", "anchor_on", "due_on"])
