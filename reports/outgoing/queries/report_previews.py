"""What each person in the family would read of a written report. Nothing here writes."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from conferences.disclosure.choices import InviteeKind
from cpc.core.accounts.permissions import Permission, Viewer
from cpc.core.documents.check import check_parts
from cpc.core.documents.reading import TextPart
from families.people.models import Person
from families.people.queries.adults import adults_of, tie_of
from families.protections.queries.withheld import withholding_rules_for
from reports.incoming.models import ReportChild
from reports.incoming.queries.requested import is_verbal, parents_to_share_with, people_to_tell
from reports.incoming.queries.right_child import strangers_in
from reports.incoming.queries.words import Answer, words_of
from reports.outgoing.queries.copies import coverage_by_invitation
from reports.outgoing.queries.protected import protected_for_each
from reports.outgoing.rules.copies import Reader

NOT_SENT = "They read nothing of it as it is. The conference service can say more."


@dataclass(frozen=True)
class ReportPreview:
    """What one person would read of a report, or ``why_nothing``. ``findings`` are what the release check found in it,
    for those who may know what is withheld."""

    person: Person
    who: str
    words: tuple[Answer, ...] = ()
    why_nothing: str = ""
    findings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def report_previews(viewer: Viewer, report) -> list[ReportPreview]:
    """What each parent, and each older child, would read of the report, without its confidential part.

    Each reads what is about the family as a whole and about their own children.
    """
    told = {person.pk for person, _ in parents_to_share_with(report)}
    people = people_to_tell(report)
    children = children_told(report, [person.pk for person, _ in people])
    names = {row.child_id: row.child.full_name for row in report.children.select_related("child").order_by("pk")}
    knows = viewer.may(Permission.READ_PROTECTIONS, report.conference.family)
    readers = {pk: Reader(children=own, person=pk) for pk, own in children.items() if pk in told and own}
    findings_in = findings_for(report.conference, readers.values()) if knows and readers else None
    found = []
    for person, what in people:
        own = children[person.pk]
        why = ""
        if is_verbal(report.invitation):
            why = "This report is only shared verbally at the conference."
        elif person.pk not in told:
            why = "The chair decided that they get no documents." if knows else NOT_SENT
        elif not own:
            why = "It covers no child that they may read about." if knows else NOT_SENT
        words = () if why else tuple(words_of(report, own))
        findings = findings_in(readers[person.pk], words) if findings_in and not why else ()
        left_out = tuple(name for pk, name in names.items() if pk not in own) if knows and not why else ()
        found.append(ReportPreview(person, "; ".join(what), words, why, findings, left_out))
    return found


def children_told(report, people) -> dict[int, frozenset[int]]:
    """For each of the people (ids), the children of the report that they may read about."""
    return children_told_of_each(report.conference, [report], people)[report.pk]


def children_told_of_each(conference, reports, people) -> dict[int, dict[int, frozenset[int]]]:
    """For each report to the conference (its id), the children that each of the people (ids) may read about: an invited
    person those of their copy of the record, anybody else their own; a child themselves. Never a child that they must
    not learn of. What is withheld and who is covered is read once for all reports.
    """
    children = defaultdict(set)
    for report, child in ReportChild.objects.filter(report__in=reports).values_list("report", "child"):
        children[report].add(child)
    ties = [tie for tie in adults_of(set().union(*children.values())) if tie.adult_id in people and tie_of(tie).is_own]
    rules = withholding_rules_for(conference.family_id, people=list(people))
    withheld = {pk: rules.withheld_from(pk).people for pk in people}
    invited = [found for found in coverage_by_invitation(conference).values() if found[0].kind == InviteeKind.FAMILY]
    told = {}
    for report in reports:
        covered = frozenset(children[report.pk])
        own: dict[int, set[int]] = {pk: {pk} & covered for pk in people}
        for tie in ties:
            if tie.child_id in covered:
                own[tie.adult_id].add(tie.child_id)
        found = {pk: frozenset(theirs) - withheld[pk] for pk, theirs in own.items()}
        for one, coverage in invited:
            if one.person_id in found and one.person_id not in covered:
                found[one.person_id] = frozenset() if coverage.withheld else coverage.children & covered
        told[report.pk] = found
    return told


def findings_for(conference, readers) -> Callable[[Reader, Iterable[Answer]], tuple[str, ...]]:
    """What the release check finds in words for one of these readers of the conference, in a sentence each. What is
    withheld from them is read once for all of them.
    """
    protecting = protected_for_each(conference, readers)

    def findings_in(reader, words):
        protected, known = protecting(reader)
        text = text_of_words(words)
        hits = check_parts([TextPart("", text)], [*protected, *strangers_in(text, conference)], known)
        return tuple(hit.reason for hit in hits)

    return findings_in


def text_of_words(words) -> str:
    """The words as one text, for the release check."""
    said = [[one.label, *(f"{each.label}: {each.text}" if each.label else each.text for each in one.statements)]
            for one in words]  # fmt: skip
    return "\n\n".join("\n".join(lines) for lines in said)
