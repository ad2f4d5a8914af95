"""What was recorded for the reader of each copy, and what their copy lacks of it. Nothing here writes."""

from dataclasses import dataclass

from conferences.disclosure.choices import InviteeKind
from conferences.plans.rules import PLAN_TEXTS
from cpc.core.documents.letters import Letter, flowing_text
from cpc.core.kernel.phrases import lines_of
from cpc.core.policy.queries import words
from reports.incoming.queries.requested import first_name
from reports.outgoing.choices import RecordPart, WrittenKind
from reports.outgoing.letters import letter_for, parts
from reports.outgoing.models import Copy
from reports.outgoing.queries.copies import copies_of
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.facts import Facts, name_in_copy, reader_of, scope_of, would_name
from reports.outgoing.rules import needs
from reports.outgoing.rules.copies import (
    FOR_NO_CHILD,
    NOT_THEIRS,
    ParagraphScope,
    Reader,
    allows,
    is_about_withheld_person,
    is_held,
    is_own_action,
)
from reports.outgoing.rules.needs import Lack, Need, Recorded

OF_PART = {
    RecordPart.REASON: Need.WORRIES,
    RecordPart.DANGER_STATEMENT: Need.WORRIES,
    RecordPart.WORRIED: Need.WORRIES,
    RecordPart.WORKING_WELL: Need.STRENGTHS,
    RecordPart.DECISION: Need.REASONS,
}


@dataclass(frozen=True)
class ReaderLacks:
    """A copy with what it lacks, in sentences."""

    copy: Copy
    sentences: tuple[str, ...]


def lacks_of(facts: Facts, copy: Copy, letter: Letter) -> tuple[Lack, ...]:
    """What this letter lacks of what its reader needs."""
    reader = reader_of(copy, facts=facts)
    return needs.lacking(
        _kind_of(facts, copy), copy.kind, _recorded(facts, copy, reader, letter.dated_on), flowing_text(letter)
    )


def copies_that_lack(facts: Facts, kinds, on) -> list[ReaderLacks]:
    """The copies of these kinds that are to be made and lack something, each with what it lacks."""
    found = []
    for copy in copies_of(facts.record):
        if copy.kind in kinds and not copy.withheld_reason:
            letter = letter_for(facts, copy, on=on, delivery=delivery_of(copy.invitation, on))
            if lacks := lacks_of(facts, copy, letter):
                found.append(ReaderLacks(copy, tuple(lack.sentence for lack in lacks)))
    return found


def invited_and_given_nothing(record, kinds) -> list[Copy]:
    """The copies of these kinds that the rule withholds from somebody who was invited about a child."""
    return [
        copy for copy in copies_of(record) if copy.kind in kinds and copy.withheld_reason in (NOT_THEIRS, FOR_NO_CHILD)
    ]


def _kind_of(facts, copy) -> str:
    if copy.invitation.person_id in facts.included:
        return needs.CHILD
    return needs.PROFESSIONAL if copy.invitation.kind == InviteeKind.PROFESSIONAL else needs.FAMILY


def _recorded(facts: Facts, copy: Copy, reader: Reader, on):
    """What was recorded for this reader about each child, without what a rule withholds from them."""
    invited_for = facts.covers.get(copy.invitation_id, frozenset()) & facts.included
    for child in facts.children:
        if child.pk in reader.children:
            yield from _about(facts, copy, reader, child)
        elif child.pk in invited_for - reader.withheld_people:
            yield Recorded(Need.ABOUT_CHILD, child=first_name(child))
    for one in facts.actions:
        action, is_withheld = one.action, bool(one.children) and one.children <= reader.withheld_people
        if is_own_action(action.who, reader) and not is_withheld and allows(ParagraphScope(action.audience), reader):
            yield Recorded(Need.OWN_ACTIONS, (action.action, parts.by_when(action)))
    if review := parts.what_next(facts, reader).review:
        yield Recorded(Need.DATES, (review,))
    yield Recorded(Need.PHONE, (words("contact_phone"),) if words("contact_phone") else ())
    route = parts.dissent_words(facts, on) if reader.professional else parts.disagree(facts, on).route
    yield Recorded(Need.DISAGREE, (route,) if route else ())


def _about(facts, copy, reader, child):
    name = first_name(child)
    if (decision := facts.decisions.get(child.pk)) is not None:
        as_child = reader.person == child.pk and copy.kind == WrittenKind.DECISION_LETTER
        if as_child:
            said = parts.outcome_sentence_to_child(facts, child, decision)
        else:
            said = parts.outcome_sentence(facts, child, decision, name_in_copy(facts, reader, child))
        yield Recorded(Need.DECISION, (said,), name)
    for one in facts.paragraphs:
        if one.child_id == child.pk and one.part in OF_PART and _may_read(one, reader):
            yield Recorded(OF_PART[one.part], lines_of(one.text), name)
    plan = facts.plans.get(child.pk)
    if plan is not None:
        yield Recorded(Need.PLAN, tuple(getattr(plan, text) for text in PLAN_TEXTS), name)
    for agreed in facts.actions:
        action = agreed.action
        mine = child.pk in agreed.children and allows(ParagraphScope(action.audience), reader)
        if mine and not would_name(reader, action.who):
            yield Recorded(Need.PLAN, (action.action, action.who), name)


def _may_read(paragraph, reader) -> bool:
    scope = scope_of(paragraph)
    return allows(scope, reader) and not is_about_withheld_person(scope, reader) and not is_held(scope, reader)
