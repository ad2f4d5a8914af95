"""The people that a letter may name: the covered children, who attended, and the authors of reports. Plain values
only."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.choices import Attendance, Participation
from conferences.separation.queries.presences import clock
from conferences.separation.queries.withheld import people_protected_from
from cpc.core.kernel.phrases import capital, listed
from cpc.core.policy.queries import words
from reports.incoming.choices import ReportKind
from reports.incoming.queries.requested import first_name
from reports.outgoing.letters.parts.paragraphs import long_day
from reports.outgoing.queries.facts import Facts, name_in_copy, would_name
from reports.outgoing.rules.copies import Reader, is_known_to, is_named_to

# How a child took part, in words: the national codes PN1 to PN6. The others say no more than who attended.
TOOK_PART = {
    Participation.PN1: "took part, and spoke for themselves",
    Participation.PN2: "took part, and an advocate spoke for them",
    Participation.PN3: "took part, and used symbols or signs",
    Participation.PN4: "attended, and did not say anything",
    Participation.PN5: "took part through an advocate",
    Participation.PN6: "took part in another way, without being there",
}


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A child of the conference: the name, and the date of birth or the expected date. Never the place."""

    name: str
    short: str
    born: str


@dataclass(frozen=True, kw_only=True)
class Attended:
    """An invited person, their part, and whether they attended."""

    name: str
    part: str
    came: str


@dataclass(frozen=True, kw_only=True)
class Received:
    """A report that arrived, and whether it was shared with people that the copy may name."""

    who: str
    shared: str


def subjects(facts: Facts, reader: Reader) -> tuple[Subject, ...]:
    """The children that the copy covers."""
    found = []
    for child in facts.children:
        if child.pk in reader.children:
            born = f"born {long_day(child.born_on)}" if child.born_on else ""
            expected = f"expected {long_day(child.expected_on)}" if child.expected_on and not child.born_on else ""
            short = name_in_copy(facts, reader, child)
            name = child.full_name if short == first_name(child) else capital(short)
            found.append(Subject(name=name, short=short, born=born or expected))
    return tuple(found)


def names_of(facts: Facts, reader: Reader) -> str:
    """The first names of the children that the copy covers, as part of a sentence."""
    return listed(subject.short for subject in subjects(facts, reader))


def attended(facts: Facts, reader: Reader) -> tuple[Attended, ...]:
    """Who was invited and who attended, if they belong to the children that the copy covers. Nobody who is protected
    from the reader is listed: whether and when they came is not the reader’s business. Who came with a member of the
    family is listed only where that person is.
    """
    kept = people_protected_from(reader.person, facts.pairs) if reader.person is not None else frozenset()
    said = {
        Attendance.PRESENT: "attended",
        Attendance.APOLOGIES: "sent apologies",
        Attendance.ABSENT: "did not attend",
        Attendance.EXCLUDED: "was asked by the chair not to take part",
        Attendance.UNKNOWN: "not recorded",
    }

    def is_listed(person):
        known = is_named_to(person, facts.children_of_person(person), reader, facts.included)
        return person not in kept and known

    found = []
    for one in facts.invitations:
        if one.person_id:
            part = facts.tie_words(one.person_id, reader.children, reader.withheld_ties) or _family_part(facts, one)
            is_named, name = is_listed(one.person_id), one.name
        else:
            is_named = is_known_to(facts.covers[one.pk], reader, facts.included)
            if one.companion:
                may_know = one.companion.relative_id not in kept | reader.withheld_people
                is_named = is_named and may_know and is_listed(one.companion.person_id)
            name, part = professional(facts, reader, one.name, one.role_at_agency, one.agency_id)
        if is_named:
            took_part = TOOK_PART.get(facts.participation.get(one.person_id, ""), "")
            found.append(Attended(name=name, part=capital(part), came=took_part or how_they_attended(one, said)))
    chaired = Attended(name=facts.chaired_by, part=capital(words("chair_title")), came="chaired the conference")
    return (chaired, *found)


def how_they_attended(invitation, said) -> str:
    """How somebody attended, with the times where they came later or left before the end. Of somebody who was not asked
    to come, it says that rather than that they did not attend.
    """
    if invitation.writes_only and invitation.attendance in (Attendance.ABSENT, Attendance.UNKNOWN):
        return "was asked for a written report only"
    found = said[Attendance(invitation.attendance)]
    if invitation.came_at:
        found += f" at {clock(invitation.came_at)}"
    if invitation.left_at:
        found += f" and left at {clock(invitation.left_at)}"
    return found


def professional(facts: Facts, reader: Reader, name: str, part: str, agency) -> tuple[str, str]:
    """The name and part of a professional. Neither is given if it would reveal to this reader a school, a refuge or a
    placement that is withheld from them."""
    if agency in reader.withheld_agencies or would_name(reader, f"{name}, {part}"):
        names = names_of(facts, reader)
        return (f"A professional who knows {names}" if names else "A professional"), ""
    return name, part


def _family_part(facts, invitation) -> str:
    return "child" if invitation.person_id in facts.included else str(invitation.get_role_display())


def received(facts: Facts, reader: Reader) -> tuple[Received, ...]:
    """The reports on children that the copy covers, and whether they were shared with people it may name.

    Why a report was not shared with somebody is not said: it is often about that person’s safety.
    """
    found = []
    for report in facts.reports:
        covers = {row.child_id for row in report.children.all()}
        if not covers & reader.children:
            continue
        author, agency = professional(
            facts, reader, report.author, report.agency.name if report.agency else "", report.agency_id
        )
        # The form of an agency would tell which agency it is, where its name is withheld.
        called = ReportKind.SOCIAL_WORK if report.kind == ReportKind.SOCIAL_WORK else ReportKind.AGENCY
        who = f"{called.label}: {author}" + (f", {agency}" if agency else "")
        found.append(Received(who=who, shared=_shared(facts, report, reader)))
    return tuple(found)


def _shared(facts, report, reader) -> str:
    named: dict[date | None, list[str]] = {}
    for sharing in report.sharings.all():
        if sharing.parent_id == reader.person:
            named.setdefault(sharing.shared_on, []).append("you")
        elif reader.professional and facts.children_of_person(sharing.parent_id) & reader.children:
            named.setdefault(sharing.shared_on, []).append(sharing.parent.full_name)
    said = [
        f"shared with {listed(names)} on {long_day(day)}"
        if day
        else f"not shared with {listed(names, 'or')} before the conference"
        for day, names in named.items()
    ]
    return capital("; ".join(said))
