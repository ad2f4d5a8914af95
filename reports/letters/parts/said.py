"""How words and dates stand in a letter, and the paragraphs that stand in a copy. Plain values only."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from conferences.letters.facts import clock
from conferences.rules.audience import EVERYONE, FAMILY, PROFESSIONALS
from cpc.core.policy.queries import due, limit, words
from reports.choices import RecordPart
from reports.queries.facts import Facts, as_written, would_name
from reports.rules import Reader, is_about_somebody_kept, stands_in

# Drafted a line an agency, each with its name.
BY_AGENCY = (RecordPart.QUORUM, RecordPart.SCALING, RecordPart.AGENCY_VIEWS, RecordPart.DISSENT)


@dataclass(frozen=True, kw_only=True)
class Para:
    """A heading and what was written under it, a line each."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Disagree:
    """What a reader may do who disagrees, in the service's own words."""

    route: str
    email: str
    phone: str
    by: str


def long_date(value: date) -> str:
    """Tuesday 31 March 2026."""
    return str(date_format(value, "l j F Y"))


def long_day(value: date) -> str:
    """31 March 2026."""
    return str(date_format(value, "j F Y"))


def moment(value) -> str:
    """Tuesday 31 March 2026 at 2:30pm."""
    return f"{long_date(timezone.localdate(value))} at {clock(value)}"


def lines_of(text: str) -> tuple[str, ...]:
    """A typed text as its lines, empty ones left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def paragraphs(facts: Facts, reader: Reader, *, without=()) -> tuple[Para, ...]:
    """The paragraphs that stand in the copy, in the order of the record."""
    return tuple(
        Para(heading=one.heading, lines=lines)
        for one in facts.paragraphs
        if one.part not in without
        and stands_in(as_written(one), reader, facts.included)
        and (lines := told_to(reader, one))
    )


def told_to(reader: Reader, paragraph) -> tuple[str, ...]:
    """The lines of a paragraph that this reader may read. Where each line begins with an agency's name, the line of one
    that is kept from them is left out; what somebody typed is for the release check and its corrections.
    """
    lines = lines_of(paragraph.text)
    if paragraph.part not in BY_AGENCY:
        return lines
    return tuple(line for line in lines if not would_name(reader, line))


def is_part_only(facts: Facts, reader: Reader) -> bool:
    """Whether something that the family or the professionals may read is not in this copy.

    What is for the chair alone, or for people named, is not counted: nobody learns by their copy that it exists.
    """
    told = [
        one
        for one in facts.paragraphs
        if one.audience in (EVERYONE, FAMILY, PROFESSIONALS) and not _hangs_on_somebody_kept(facts, one, reader)
    ]
    return not all(stands_in(as_written(one), reader, facts.included) for one in told)


def _hangs_on_somebody_kept(facts, paragraph, reader) -> bool:
    # That something about them is left out would tell that they are there.
    if is_about_somebody_kept(as_written(paragraph), reader):
        return True
    return (
        paragraph.child_id is None
        and bool(reader.kept & facts.included)
        and (facts.included - reader.kept <= reader.children)
    )


def disagree(facts: Facts) -> Disagree:
    """How to complain here, and by when."""
    return Disagree(
        route=words("complaint_route"),
        email=words("complaint_email"),
        phone=words("contact_phone"),
        by=long_date(due("complaint", facts.conference.held_on).on),
    )


def kind_words(facts: Facts) -> str:
    """What this service calls the conference."""
    return words("conference_review") if facts.conference.is_review else words("conference_initial")


def dissent_words() -> str:
    """By when and how an agency says that it disagrees, as the limit here has it."""
    found = limit("dissent")
    return (
        f"If your agency disagrees with a decision, tell the {words('chair_title')} in writing within {found.amount} "
        f"{found.unit} of the conference. The decision stands meanwhile."
    )


def replaces(copy) -> str:
    """The date of the copy that this one replaces, when it is a correction."""
    old = copy.document if copy.document_id else None
    if old is not None and not old.issued_at:
        old = old.supersedes
    return long_day(timezone.localdate(old.issued_at)) if old is not None else ""
