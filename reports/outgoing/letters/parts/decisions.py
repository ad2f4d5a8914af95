"""What was decided for each child that a copy covers. Plain values only."""

from dataclasses import dataclass

from conferences.convening.choices import Category, NotDecidedReason, Outcome
from cpc.core.kernel.phrases import capital, possessive
from reports.incoming.queries.requested import first_name
from reports.outgoing.choices import RecordPart
from reports.outgoing.letters.parts.paragraphs import lines_for, long_date
from reports.outgoing.queries.facts import Facts, name_in_copy, scope_of, would_name
from reports.outgoing.rules.copies import Reader, appears_in


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The decision for one child: the outcome, the category, the reasons, and what happens in the meantime.
    ``category_before`` is that of a plan that continues in another one.
    """

    name: str
    short: str
    outcome: str
    category: str
    consent: str
    reasons: tuple[str, ...]
    interim: tuple[str, ...]
    new_date: str
    dissent: tuple[str, ...] = ()
    is_multiple: bool = False
    category_before: str = ""


def decided(facts: Facts, reader: Reader) -> tuple[Decided, ...]:
    """The decision for each child that the copy covers, with the reasons that the reader may see."""
    found = []
    for child in facts.children:
        decision = facts.decisions.get(child.pk)
        if decision is None or child.pk not in reader.children:
            continue
        short = name_in_copy(facts, reader, child)
        found.append(
            Decided(
                name=child.full_name if short == first_name(child) else capital(short),
                short=short,
                outcome=outcome_sentence(facts, child, decision, short),
                category=str(Category(decision.category).label) if decision.category else "",
                consent="" if would_name(reader, decision.consent_by) else decision.consent_by,
                reasons=_part(facts, reader, child, RecordPart.DECISION),
                interim=_part(facts, reader, child, RecordPart.INTERIM_PLAN),
                new_date=long_date(decision.new_date_on) if decision.new_date_on else "",
                dissent=_part(facts, reader, child, RecordPart.DISSENT),
                is_multiple=decision.is_multiple,
                category_before=_category_before(facts, child, decision),
            )
        )
    return tuple(found)


def _category_before(facts, child, decision) -> str:
    before = facts.category_before.get(child.pk) if child.pk in facts.continued else None
    return str(Category(before).label) if before and decision.category and before != decision.category else ""


def outcome_sentence(facts: Facts, child, decision, called: str = "") -> str:
    """The decision in one plain sentence; a review says whether the plan continues or has ended. ``called`` is the name
    that the copy uses for the child."""
    return capital(_outcome_sentence(facts, child, decision, called or first_name(child)))


def _outcome_sentence(facts: Facts, child, decision, name: str) -> str:
    if decision.outcome == Outcome.PROTECTION_PLAN:
        if facts.conference.is_review and child.pk in facts.continued:
            return f"{possessive(name, 'child protection plan')} continues."
        return f"{name} needs a child protection plan."
    ended = f"{possessive(name, 'child protection plan')} has ended. " if child.pk in facts.ended else ""
    if decision.outcome == Outcome.CHILD_IN_NEED:
        return f"{ended}{capital(name)} will have a child in need plan, which the family has agreed to."
    if decision.outcome == Outcome.NO_PLAN:
        return f"{ended}{name} does not need a plan." if not ended else ended.strip()
    inquorate = decision.not_decided_reason == NotDecidedReason.INQUORATE
    why = "too few agencies took part" if inquorate else "the conference was adjourned"
    return f"Nothing has been decided for {name} yet, because {why}."


def outcome_sentence_to_child(facts: Facts, child, decision) -> str:
    """The same decision, addressed to the child."""
    has_ended = child.pk in facts.ended
    ended = "The plan to keep you safe, your child protection plan, has ended. " if has_ended else ""
    if decision.outcome == Outcome.PROTECTION_PLAN:
        if facts.conference.is_review and child.pk in facts.continued:
            return "The plan to keep you safe goes on. It is called a child protection plan."
        return "There will be a plan to keep you safe. It is called a child protection plan."
    if decision.outcome == Outcome.CHILD_IN_NEED:
        return f"{ended}You will have a child in need plan, which your family has agreed to."
    if decision.outcome == Outcome.NO_PLAN:
        return ended.strip() or "You do not need a plan."
    return "Nothing has been decided for you yet. We will meet again."


def _part(facts, reader, child, part) -> tuple[str, ...]:
    return tuple(
        line
        for one in facts.paragraphs
        if one.part == part and one.child_id == child.pk and appears_in(scope_of(one), reader)
        for line in lines_for(reader, one)
    )
