"""What was decided for each child whom a copy covers. Plain values only."""

from dataclasses import dataclass

from conferences.choices import Category, NotDecidedReason, Outcome
from reports.choices import RecordPart
from reports.letters.parts.said import long_date, told_to
from reports.queries.facts import Facts, as_written, first_name, would_name
from reports.rules import Reader, stands_in


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided for one child, under which category, with the reasons, and what happens meanwhile."""

    name: str
    short: str
    outcome: str
    category: str
    consent: str
    reasons: tuple[str, ...]
    interim: tuple[str, ...]
    new_date: str
    dissent: tuple[str, ...] = ()


def decided(facts: Facts, reader: Reader) -> tuple[Decided, ...]:
    """What was decided for each child whom the copy covers, with the reasons that stand in the copy."""
    found = []
    for child in facts.children:
        decision = facts.decisions.get(child.pk)
        if decision is None or child.pk not in reader.children:
            continue
        found.append(
            Decided(
                name=child.full_name,
                short=first_name(child),
                outcome=outcome_sentence(facts, child, decision),
                category=str(Category(decision.category).label) if decision.category else "",
                consent="" if would_name(reader, decision.consent_by) else decision.consent_by,
                reasons=_part(facts, reader, child, RecordPart.DECISION),
                interim=_part(facts, reader, child, RecordPart.INTERIM_PLAN),
                new_date=long_date(decision.new_date_on) if decision.new_date_on else "",
                dissent=_part(facts, reader, child, RecordPart.DISSENT),
            )
        )
    return tuple(found)


def outcome_sentence(facts: Facts, child, decision) -> str:
    """The decision in one plain sentence; a review says whether the plan continues or has ended."""
    name = first_name(child)
    if decision.outcome == Outcome.PROTECTION_PLAN:
        if facts.conference.is_review and child.pk in facts.continued:
            return f"{name}’s child protection plan continues."
        return f"{name} needs a child protection plan."
    ended = f"{name}’s child protection plan has ended. " if child.pk in facts.ended else ""
    if decision.outcome == Outcome.CHILD_IN_NEED:
        return f"{ended}{name} will have a child in need plan, which the family has agreed to."
    if decision.outcome == Outcome.NO_PLAN:
        return f"{ended}{name} does not need a plan." if not ended else ended.strip()
    why = {
        NotDecidedReason.INQUORATE: "too few agencies took part",
        NotDecidedReason.ADJOURNED: "the conference was adjourned",
    }[NotDecidedReason(decision.not_decided_reason)]
    return f"Nothing has been decided for {name} yet, because {why}."


def outcome_told_to(facts: Facts, child, decision) -> str:
    """The same decision, said to the child whom it is about."""
    has_ended = child.pk in facts.ended
    ended = "Your child protection plan has ended. " if has_ended else ""
    if decision.outcome == Outcome.PROTECTION_PLAN:
        if facts.conference.is_review and child.pk in facts.continued:
            return "Your child protection plan continues."
        return "You need a child protection plan."
    if decision.outcome == Outcome.CHILD_IN_NEED:
        return f"{ended}You will have a child in need plan, which your family has agreed to."
    if decision.outcome == Outcome.NO_PLAN:
        return ended.strip() or "You do not need a plan."
    return "Nothing has been decided for you yet. We will meet again."


def _part(facts, reader, child, part) -> tuple[str, ...]:
    return tuple(
        line
        for one in facts.paragraphs
        if one.part == part and one.child_id == child.pk and stands_in(as_written(one), reader, facts.included)
        for line in told_to(reader, one)
    )
