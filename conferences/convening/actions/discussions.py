"""Strategy discussions, and the section 47 enquiry that one of them starts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from conferences.convening.choices.enquiries import (
    ActionState,
    DiscussedAgency,
    DiscussionDecision,
    MedicalExamination,
    ShareAudience,
)
from conferences.convening.models import (
    DiscussionAction,
    DiscussionAgency,
    DiscussionChild,
    Enquiry,
    EnquiryChild,
    StrategyDiscussion,
)
from conferences.convening.rules import enquiries as rules
from conferences.convening.states import DISCUSSION_ACTION
from cpc.core.accounts.permissions import Permission, few_seen_by
from cpc.core.audit.door import acting
from cpc.core.audit.versions import lock, next_version
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import due, setting
from families.people.choices import Part
from families.people.models import Person


@dataclass(frozen=True)
class AskedAgency:
    """An agency that was asked: who took part and what they shared, or why nobody did."""

    agency: str
    took_part: bool
    people: str = ""
    why_not: str = ""
    shared: str = ""
    audience: str = ShareAudience.POLICE


@dataclass(frozen=True)
class ChildDecision:
    """What the discussion decided for a child, and why."""

    child: Person
    decision: str
    reason: str


@dataclass(frozen=True)
class PlannedAction:
    """What somebody is to do, and by when."""

    what: str
    owner: str
    due_on: date | None


@dataclass(frozen=True)
class Discussed:
    """What was said at a strategy discussion, apart from its date and what was decided for each child."""

    chaired_by: str
    agencies: tuple[AskedAgency, ...]
    concerns: str
    medical: str = MedicalExamination.NOT_NEEDED
    medical_on: date | None = None
    medical_result: str = ""
    actions: tuple[PlannedAction, ...] = ()


def record_strategy_discussion(
    *, by, family, held_on, discussed: Discussed, decisions: Iterable[ChildDecision], continues=None
) -> StrategyDiscussion:
    """Record a strategy discussion, and open a section 47 enquiry about each child who needs one by its decision.

    ``continues`` is the earlier discussion of the family that it follows.
    """
    decisions = list(decisions)
    with acting(by, Permission.RECORD_ENQUIRY, on=family, step="strategy discussion"):
        if wrong := rules.what_is_wrong_with_strategy_date(held_on=held_on, opened_on=family.opened_on, on=by.on):
            raise Invalid(wrong, "held_on")
        due("icpc", held_on)  # raises Invalid if the limit cannot be calculated
        _refuse_wrong_decisions(by, family, decisions)
        _refuse_wrong_link(family, held_on, continues)
        _refuse_incomplete(discussed, held_on, [each.child for each in decisions], by.on)
        discussion = StrategyDiscussion(
            family=family, held_on=held_on, recorded_by_id=by.id, continues=continues
        )  # fmt: skip
        _write(discussion, discussed)
        for each in decisions:
            DiscussionChild.objects.create(
                discussion=discussion, child=each.child, decision=each.decision, reason=each.reason.strip()
            )
        to_enquire = [each.child for each in decisions if each.decision == DiscussionDecision.ENQUIRY]
        if to_enquire:
            enquiry = Enquiry.objects.create(family=family, strategy_discussion=discussion)
            for child in to_enquire:
                EnquiryChild.objects.create(enquiry=enquiry, child=child)
        return discussion


def change_strategy_discussion(
    *, by, discussion, discussed: Discussed, reasons: dict[int, str], held_on=None, seen=None
) -> StrategyDiscussion:
    """Correct what the discussion says. Raises Stale.

    ``reasons`` are those of the decisions by the child's id. ``held_on`` is only for a discussion that started no
    enquiry: the date of one that did is changed with the manager's agreement (``ask_date_change``).
    """
    with acting(by, Permission.RECORD_ENQUIRY, on=discussion, about=discussion.family, step="correction"):
        rows = list(discussion.children.select_related("child"))
        day = held_on or discussion.held_on
        if day != discussion.held_on:
            if Enquiry.objects.filter(strategy_discussion=discussion).exists():
                raise Invalid("Ask your manager to agree another date: the 15 working days count from it", "held_on")
            opened_on = discussion.family.opened_on
            if wrong := rules.what_is_wrong_with_strategy_date(held_on=day, opened_on=opened_on, on=by.on):
                raise Invalid(wrong, "held_on")
        _refuse_incomplete(discussed, day, [row.child for row in rows], by.on)
        for row in rows:
            _refuse_without_reason(row.child, reasons.get(row.child_id, ""))
        lock(discussion)
        discussion.version = next_version(
            discussion, seen, "This strategy discussion was changed since you opened this page.",
            mine=discussed.concerns, theirs=lambda: discussion.concerns,
        )  # fmt: skip
        discussion.held_on = day
        _write(discussion, discussed)
        for row in rows:
            row.reason = reasons[row.child_id].strip()
            row.save()
        return discussion


def mark_discussion_action(*, by, action, state, note="") -> DiscussionAction:
    """Mark an action of a strategy discussion as done, as not done with the reason, or again as to be done."""
    discussion, note = action.discussion, note.strip()
    if state == ActionState.NOT_DONE and not note:
        raise Invalid("Say why it will not be done", "note")
    with acting(
        by, Permission.RECORD_ENQUIRY, on=discussion, about=discussion.family, step="action", action=action.pk,
        state=str(state),
    ):  # fmt: skip
        lock(action)
        DISCUSSION_ACTION.move(action, state)
        is_marked = state != ActionState.TO_DO
        action.note = note if is_marked else ""
        action.marked_by_id, action.marked_at = (by.id, timezone.now()) if is_marked else (None, None)
        action.save()
        lock(discussion)  # somebody who is correcting the discussion sees that it has changed
        discussion.version += 1
        discussion.save(update_fields=["version"])
    return action


def _write(discussion, discussed: Discussed) -> None:
    """Save the discussion with its agencies and actions. An agency that was not asked, and a surplus action, go. An
    action that was marked as done or not done stays as it is.
    """
    for field in ("chaired_by", "concerns", "medical_result"):
        setattr(discussion, field, getattr(discussed, field).strip())
    discussion.medical, discussion.medical_on = discussed.medical, discussed.medical_on
    discussion.save()
    before = {row.agency: row for row in discussion.agencies.all()}
    for each in discussed.agencies:
        row = before.pop(each.agency, None) or DiscussionAgency(discussion=discussion, agency=each.agency)
        row.took_part, row.audience = each.took_part, each.audience
        row.people = each.people.strip() if each.took_part else ""
        row.why_not = "" if each.took_part else each.why_not.strip()
        row.shared = each.shared.strip()
        row.save()
    for row in before.values():
        row.delete()
    rows = list(discussion.actions.filter(state=ActionState.TO_DO))
    for index, each in enumerate(discussed.actions):
        row = rows[index] if index < len(rows) else DiscussionAction(discussion=discussion)
        row.what, row.owner, row.due_on = each.what.strip(), each.owner.strip(), each.due_on
        row.save()
    for row in rows[len(discussed.actions) :]:
        row.delete()


def _refuse_incomplete(discussed: Discussed, held_on, children, on) -> None:
    if not discussed.chaired_by.strip():
        raise Invalid("Enter who chaired the discussion", "chaired_by")
    if not discussed.concerns.strip():
        raise Invalid("Say what the concerns are", "concerns")
    given = {each.agency: each for each in discussed.agencies}
    age = setting("education_age")
    needed = rules.agencies_to_ask([child.born_on for child in children], held_on, age)
    for agency in needed:
        if agency not in given:
            of_age = f" about a child of {age} or over" if agency == rules.EDUCATION else ""
            said = f"{DiscussedAgency(agency).label} must be asked{of_age}"
            raise Invalid(f"{said}. Say who took part, or why nobody did", f"{agency}_part")
    for agency, each in given.items():
        name = DiscussedAgency(agency).label
        if each.took_part and not each.people.strip():
            raise Invalid(f"Enter who took part for {_within(name)}", f"{agency}_people")
        if not each.took_part and not each.why_not.strip():
            raise Invalid(f"Give the reason why nobody took part for {_within(name)}", f"{agency}_why_not")
        if each.audience not in ShareAudience.values:
            raise Invalid(f"Choose who may read what {_within(name)} shared", f"{agency}_audience")
    if discussed.medical == MedicalExamination.DONE:
        if discussed.medical_on is None:
            raise Invalid("Enter the date of the medical examination", "medical_on")
        if discussed.medical_on > on:
            raise Invalid("The medical examination must be today or in the past", "medical_on")
    for number, each in enumerate(discussed.actions, start=1):
        for value, sentence, field in (
            (each.what.strip(), "Say what is to be done", "what"),
            (each.owner.strip(), "Enter who does it", "owner"),
            (each.due_on, "Enter the date by which it is done", "due_on"),
        ):
            if not value:
                raise Invalid(sentence, f"action_{number}_{field}")
        if each.due_on < held_on:
            raise Invalid("The date must be on or after the day of the discussion", f"action_{number}_due_on")


def _within(name: str) -> str:
    """The name of an agency inside a sentence."""
    return f"{name[0].lower()}{name[1:]}"


def _refuse_without_reason(child, reason) -> None:
    if not reason.strip():
        raise Invalid(f"Say why this was decided for {child.full_name}", f"reason_{child.pk}")


def _refuse_wrong_decisions(by, family, decisions) -> None:
    if not decisions:
        raise Invalid("Choose what was decided for at least one child", "children")
    if not {each.child.pk for each in decisions} <= set(children_ids(family)):
        raise Invalid("One of these children is no longer in the family. Reload the page to see who is", "children")
    for each in decisions:
        _refuse_without_reason(each.child, each.reason)
        if each.decision == DiscussionDecision.ENQUIRY:
            _refuse_second_enquiry(by, each.child)
        if each.decision == DiscussionDecision.CONTINUES and not _under_way([each.child], family).exists():
            raise Invalid(
                f"No section 47 enquiry about {each.child.full_name} is in progress", f"decision_{each.child.pk}"
            )


def _refuse_wrong_link(family, held_on, continues) -> None:
    if continues is None:
        return
    if continues.family_id != family.pk:
        raise Invalid("Choose an earlier discussion of this family", "continues")
    if continues.held_on > held_on:
        raise Invalid("A discussion can only follow one that was before it", "continues")


def children_ids(family):
    """The ids of the family's children, including those outside the household."""
    return family.memberships.filter(part=Part.CHILD, person__died_on=None).values_list("person", flat=True)


def _under_way(children, family=None):
    """The rows of these children in enquiries that are not signed off."""
    rows = EnquiryChild.objects.filter(child__in=children, enquiry__signed_off_at=None)
    return rows.filter(enquiry__family=family) if family else rows


def _refuse_second_enquiry(by, child) -> None:
    # Data rules 8839 and 8890: no second section 47 enquiry about a child while one is in progress.
    under_way = _under_way([child])
    seen = under_way.filter(enquiry__in=few_seen_by(by, Enquiry)).exists()
    if seen or under_way.exists():
        # If the enquiry belongs to another family that is closed to them, the reason would reveal it.
        raise Invalid(
            f"A section 47 enquiry about {child.full_name} is already under way. Its outcome must be signed off first"
            if seen
            else f"No section 47 enquiry about {child.full_name} can be started here. Ask the conference service "
            "manager",
            f"decision_{child.pk}",
        )
