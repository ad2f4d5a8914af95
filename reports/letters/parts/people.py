"""Who a letter may name: the covered children, who came, and whose reports there were. Plain values only."""

from dataclasses import dataclass

from conferences.choices import Attendance
from cpc.core.kernel.phrases import capital, listed
from cpc.core.policy.queries import words
from reports.letters.parts.said import long_day
from reports.queries.facts import Facts, first_name, would_name
from reports.rules import Reader, is_known_to, is_named_to


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A child of the conference: the name, and when born or expected. Never where."""

    name: str
    short: str
    born: str


@dataclass(frozen=True, kw_only=True)
class Attended:
    """Somebody who was invited, what they are, and whether they came."""

    name: str
    part: str
    came: str


@dataclass(frozen=True, kw_only=True)
class Received:
    """A report that came, and whether it was shared with whom the copy may name."""

    who: str
    shared: str


def subjects(facts: Facts, reader: Reader) -> tuple[Subject, ...]:
    """The children whom the copy covers."""
    found = []
    for child in facts.children:
        if child.pk in reader.children:
            born = f"born {long_day(child.born_on)}" if child.born_on else ""
            expected = f"expected {long_day(child.expected_on)}" if child.expected_on and not child.born_on else ""
            found.append(Subject(name=child.full_name, short=first_name(child), born=born or expected))
    return tuple(found)


def names_of(facts: Facts, reader: Reader) -> str:
    """The first names of the children whom the copy covers, as a sentence says them."""
    return listed(subject.short for subject in subjects(facts, reader))


def attended(facts: Facts, reader: Reader) -> tuple[Attended, ...]:
    """Who was invited and who came, as far as they belong to the children whom the copy covers."""
    said = {
        Attendance.PRESENT: "came",
        Attendance.APOLOGIES: "sent apologies",
        Attendance.ABSENT: "did not come",
        Attendance.EXCLUDED: "was asked by the chair not to take part",
        Attendance.UNKNOWN: "not recorded",
    }
    found = []
    for one in facts.invitations:
        if one.person_id:
            children = facts.children_of_person(one.person_id)
            part = facts.tie_words(one.person_id, reader.children, reader.kept_ties) or _family_part(facts, one)
            is_named = is_named_to(one.person_id, children, reader, facts.included)
            name = one.name
        else:
            is_named = is_known_to(facts.covers[one.pk], reader, facts.included)
            name, part = professional(facts, reader, one.name, _professional_part(one), one.agency_id)
        if is_named:
            found.append(Attended(name=name, part=capital(part), came=said[Attendance(one.attendance)]))
    chair = facts.conference.chair.get_full_name()
    return (Attended(name=chair, part=capital(words("chair_title")), came="chaired the conference"), *found)


def _professional_part(invitation) -> str:
    return (
        f"{invitation.get_role_display()}, {invitation.agency.name}"
        if invitation.agency
        else (invitation.get_role_display())
    )


def professional(facts: Facts, reader: Reader, name: str, part: str, agency) -> tuple[str, str]:
    """The name and part of a professional; nobody in particular where either would tell this reader of a school, a
    refuge or a placement that is kept from them.
    """
    if agency in reader.kept_agencies or would_name(reader, f"{name}, {part}"):
        names = names_of(facts, reader)
        return (f"A professional who knows {names}" if names else "A professional"), ""
    return name, part


def _family_part(facts, invitation) -> str:
    return "child" if invitation.person_id in facts.included else str(invitation.get_role_display())


def received(facts: Facts, reader: Reader) -> tuple[Received, ...]:
    """The reports on children whom the copy covers, and whether they were shared with whom it may name.

    Why one was not shared with somebody stays in the file: it is often about that person's safety.
    """
    found = []
    for report in facts.reports:
        covers = {row.child_id for row in report.children.all()}
        if not covers & reader.children:
            continue
        author, agency = professional(
            facts, reader, report.author, report.agency.name if report.agency else "", report.agency_id
        )
        who = f"{report.get_kind_display()}: {author}" + (f", {agency}" if agency else "")
        found.append(Received(who=who, shared=_shared(facts, report, reader)))
    return tuple(found)


def _shared(facts, report, reader) -> str:
    said = []
    for sharing in report.sharings.all():
        when = f"on {long_day(sharing.shared_on)}" if sharing.shared_on else ""
        if sharing.parent_id == reader.person:
            said.append(f"shared with you {when}" if when else "not shared with you before the conference")
        elif reader.professional and facts.children_of_person(sharing.parent_id) & reader.children:
            name = sharing.parent.full_name
            said.append(f"shared with {name} {when}" if when else f"not shared with {name} before the conference")
    return capital("; ".join(said))
