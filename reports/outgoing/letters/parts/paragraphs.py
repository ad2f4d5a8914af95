"""Words and dates in a letter, and the paragraphs of a copy. Plain values only."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from conferences.convening.choices import ConferenceKind
from conferences.convening.queries.attending import called
from conferences.convening.rules.childs_voice import Voice, voice_of
from conferences.disclosure.rules.audience import EVERYONE, FAMILY, PROFESSIONALS
from conferences.separation.queries.presences import clock
from conferences.separation.queries.withheld import people_protected_from
from cpc.core.documents.letters import rebuild
from cpc.core.documents.queries import may_have_reached
from cpc.core.kernel.phrases import lines_of, listed
from cpc.core.policy.queries import due, words
from families.people.rules.short_names import UNBORN, name_among
from reports.outgoing.choices import RecordPart
from reports.outgoing.queries.facts import Facts, name_in_copy, scope_of, would_name, would_name_others
from reports.outgoing.rules.copies import Reader, appears_in, is_about_withheld_person, is_held

# The sections that every record has. It never says whether there is a text for other readers.
USUAL = (
    RecordPart.REASON, RecordPart.WORRIED, RecordPart.WORKING_WELL, RecordPart.NEEDS_TO_HAPPEN, RecordPart.CHILD_VIEWS,
    RecordPart.PARENT_VIEWS,
)  # fmt: skip
NOTHING = "Nothing was recorded for this copy."
_ORDER = list(RecordPart)
# These parts have one line for each agency, beginning with its name.
BY_AGENCY = (RecordPart.QUORUM, RecordPart.SCALING, RecordPart.AGENCY_VIEWS, RecordPart.DISSENT)


@dataclass(frozen=True, kw_only=True)
class LetterParagraph:
    """A heading and the lines below it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Disagree:
    """What a reader who disagrees can do, in the service’s own words."""

    route: str
    email: str
    phone: str
    by: str
    ombudsman: str = ""


# What a corrected letter says of each part in which it differs from the one before.
DIFFERS = {
    "children": "the children it is about", "names": "the children it is about",
    "decisions": "what was decided, and why", "steps": "the plan", "aims": "the plan", "next": "what happens next",
    "would_help": "what you said would help", "people": "who took part",
    "reports": "the reports", "paragraphs": "what was said",
}  # fmt: skip


def long_date(value: date) -> str:
    """Tuesday 31 March 2026."""
    return str(date_format(value, "l j F Y"))


def long_day(value: date) -> str:
    """31 March 2026."""
    return str(date_format(value, "j F Y"))


def moment(value) -> str:
    """Tuesday 31 March 2026 at 2:30pm."""
    return f"{long_date(timezone.localdate(value))} at {clock(value)}"


def paragraphs(facts: Facts, reader: Reader, *, without=()) -> tuple[LetterParagraph, ...]:
    """The paragraphs that appear in the copy, in the order of the record.

    The same text of several children is printed once, and its heading names those that the copy covers. A usual section
    without any text for a covered child says so.
    """
    found, written = [], set()
    kept = people_protected_from(reader.person, facts.pairs) if reader.person is not None else frozenset()
    said = [one for one in facts.paragraphs if one.part not in without]
    # Whether somebody was there is not the business of a reader that they are protected from.
    said = [one for one in said if one.part != RecordPart.EXCLUSION or one.person_id not in kept]
    for together in _the_same_text(said):
        mine = [one for one in together if appears_in(scope_of(one), reader)]
        if not mine or (len(mine) < len(together) and would_name_others(reader, _words_of(mine[0]))):
            continue
        if lines := lines_for(reader, mine[0]):
            heading = _heading(facts, reader, mine[0].heading, [one.child for one in mine if one.child_id])
            found.append((mine[0].part, LetterParagraph(heading=heading, lines=lines)))
            written |= {(one.part, one.child_id) for one in mine}
    for part in USUAL:
        empty = [child for child in facts.children if child.pk in reader.children and (part, child.pk) not in written]
        if part == RecordPart.CHILD_VIEWS:
            on = facts.conference.held_on
            empty = [child for child in empty if voice_of(child, on) != Voice.UNBORN]
        if empty:
            heading = _heading(facts, reader, str(RecordPart(part).label), empty)
            found.append((part, LetterParagraph(heading=heading, lines=(NOTHING,))))
    return tuple(one for _, one in sorted(found, key=lambda each: _ORDER.index(each[0])))


def said_would_help(facts: Facts, reader: Reader) -> tuple[str, ...]:
    """What the reader said at the conference would help, once for all children."""
    theirs = [
        one
        for one in facts.paragraphs
        if one.part == RecordPart.WOULD_HELP and one.person_id == reader.person and appears_in(scope_of(one), reader)
    ]
    return tuple(dict.fromkeys(line for one in theirs for line in lines_for(reader, one))) if reader.person else ()


def _the_same_text(paragraphs) -> list[list]:
    """The paragraphs, those with the same words for several children together, in the order of the first of them."""
    groups: dict[tuple, list] = {}
    for one in paragraphs:
        key = (one.part, one.heading, one.text, one.audience, one.person_id) if one.child_id else (one.pk,)
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _words_of(paragraph) -> str:
    return f"{paragraph.heading}\n{paragraph.text}"


def _heading(facts: Facts, reader: Reader, heading: str, children) -> str:
    names = [name_in_copy(facts, reader, child) for child in children]
    if len(children) == 1 and name_among(children[0], facts.children) == UNBORN:
        heading = heading.replace(UNBORN, names[0])
    says_it = len(names) == 1 and names[0] in heading
    if not names or says_it or len(facts.included) == 1:
        return heading
    return f"{heading}{' about' if heading.endswith(' said') else ':'} {listed(names)}"


def lines_for(reader: Reader, paragraph) -> tuple[str, ...]:
    """The lines of a paragraph that this reader may read. In a paragraph with one line for each agency, the line of a
    withheld agency is left out. The release check covers what people typed."""
    lines = lines_of(paragraph.text)
    if paragraph.part not in BY_AGENCY:
        return lines
    return tuple(line for line in lines if not would_name(reader, line))


def is_incomplete(facts: Facts, reader: Reader) -> bool:
    """Whether this copy leaves out something that the family or the professionals may read.

    Paragraphs for the chair alone or for named people do not count: a copy must not reveal that they exist.
    """
    told = [
        one
        for one in facts.paragraphs
        if one.audience in (EVERYONE, FAMILY, PROFESSIONALS)
        # Saying that something is left out would reveal that they exist, or that they said something.
        and not is_about_withheld_person(scope_of(one), reader)
        and not is_held(scope_of(one), reader)
    ]
    return not all(appears_in(scope_of(one), reader) for one in told)


def disagree(facts: Facts, on: date) -> Disagree:
    """How to complain here, and by when, in a letter of the day ``on``."""
    return Disagree(
        route=words("complaint_route"),
        email=words("complaint_email"),
        phone=words("contact_phone"),
        by=long_date(_last_day("complaint", facts, on)),
        ombudsman=words("ombudsman"),
    )


def kind_words(facts: Facts) -> str:
    """What this service calls the conference."""
    if facts.conference.kind == ConferenceKind.TRANSFER_IN:
        return called(facts.conference)
    return words("conference_review") if facts.conference.is_review else words("conference_initial")


def dissent_words(facts: Facts, on: date) -> str:
    """How and by when an agency says that it disagrees, in a letter of the day ``on``: the last day of its right."""
    last = long_date(_last_day("dissent", facts, on))
    return (
        f"If your agency disagrees with a decision, tell the {words('chair_title')} in writing by {last}. The decision "
        "stays in place meanwhile."
    )


def _last_day(right: str, facts: Facts, on: date) -> date:
    """The last day of a right, counted from the conference; from the letter if that goes later. A letter that comes
    late must not shorten the right that it tells of."""
    return due(right, max(on, facts.conference.held_on)).on


def replaces(copy) -> str:
    """The date of the copy that this one corrects; empty if its reader has none."""
    old = _corrected(copy)
    return long_day(timezone.localdate(old.issued_at)) if old is not None else ""


def with_differences(letter, copy):
    """The letter, and in it the parts in which it differs from the copy that it corrects, in words for its reader."""
    old = _corrected(copy)
    if old is None:
        return letter
    return replace(letter, differs=differences(letter, rebuild(old.kind, old.values)))


def differences(letter, before) -> str:
    """The parts in which the letter differs from the one before, in words for its reader."""
    found = [said for name, said in DIFFERS.items() if getattr(letter, name, "") != getattr(before, name, "")]
    return listed(dict.fromkeys(found))


def _corrected(copy):
    # The last that its reader may have: what was replaced before it left is not spoken of.
    old = copy.document if copy.document_id else None
    while old is not None and not may_have_reached(old):
        old = old.supersedes
    return old
