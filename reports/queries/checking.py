"""How far the release check of a copy, of the record or of a file, is: what was found and where, what is judged, who
looked. Nothing here writes."""

from collections import defaultdict
from dataclasses import dataclass

from conferences.models import Conference
from conferences.queries.checking import entries_of
from cpc.core.documents.check import Finding, Passage, unjudged
from cpc.core.documents.examination import Examination, examine, glance, hash_of, recipient_of, writers_of
from cpc.core.documents.judged import JudgedForMany, reader_key, second_looks_at
from cpc.core.documents.models import Document, Override, SecondLook
from cpc.core.documents.protected import fingerprints
from cpc.core.documents.readers import reference_to
from families.queries.standing import where_something_is_kept
from reports.queries.copies import is_ready
from reports.queries.facts import reader_of
from reports.queries.leaving import Leaving, kept_from_reader, read_before
from reports.queries.protected import protected_for_each


@dataclass(frozen=True)
class Row:
    """One finding as its page shows it: the passages still to be judged, and what was judged of the others."""

    finding: Finding
    blocks: bool
    open: tuple[Passage, ...]
    judged: tuple
    override: Override | None

    @property
    def waits(self) -> bool:
        """Whether a second person was asked and has not decided yet."""
        return self.override is not None and self.override.agreed is None


@dataclass(frozen=True)
class CopyCheck:
    """The release check of one copy, and the second pair of eyes where one is needed."""

    examined: Examination
    rows: tuple[Row, ...]
    why_second: str
    looks: tuple[SecondLook, ...]
    writers: frozenset[int]

    @property
    def checked(self) -> SecondLook | None:
        """The look of a second person who said that the copy may go."""
        return next((one for one in self.looks if one.checked_at and one.by_id not in self.writers), None)

    @property
    def lacks_look(self) -> bool:
        """Whether a second person is needed and has not said yet that the copy may go."""
        return bool(self.why_second) and self.checked is None

    @property
    def clear(self) -> bool:
        """Whether nothing blocks the release any more."""
        return self.examined.clear and not self.lacks_look

    @property
    def stops(self) -> list[Row]:
        """What needs a correction, or a second person's override."""
        return [row for row in self.rows if row.finding.stops and row.blocks]

    @property
    def asks(self) -> list[Row]:
        """What somebody must say is harmless here."""
        return [row for row in self.rows if not row.finding.stops and row.blocks]

    @property
    def settled(self) -> list[Row]:
        """What was found and has been judged."""
        return [row for row in self.rows if not row.blocks]

    def needs(self) -> list[str]:
        """What the copy still needs before it can go, in a few words each."""
        waiting = sum(row.waits for row in self.stops)
        said = [
            (len(self.stops) - waiting, "to correct"),
            (waiting, "waiting for a second person"),
            (len(self.asks), "to judge"),
            (len(self.examined.unreadable), "to look at"),
        ]
        return [f"{number} {what}" for number, what in said if number] + ["a second look"] * self.lacks_look

    def lets_go(self, viewer) -> bool:
        """Whether the viewer may release it: nobody releases what they alone overrode or checked."""
        others = [one for one in self.looks if one.checked_at and one.by_id not in self.writers | {viewer.id}]
        own = [row for row in self.rows if row.finding.stops and row.override and row.override.by_id == viewer.id]
        return self.clear and not own and (not self.why_second or bool(others))

    def opened_by(self, viewer) -> bool:
        """Whether the viewer has opened the preview of exactly this text."""
        return any(one.by_id == viewer.id for one in self.looks)


def why_second_look(conference) -> str:
    """Why a second person must check every document about this family; empty where nobody need."""
    return entries_of(conference.family).why


def lacking_second_look(copies) -> list[Leaving]:
    """Those of the copies, ready to go, that a second person must still look at: something is kept in their family, and
    nobody but who made or approved them has said of exactly this copy, knowing of all that is kept from its reader now,
    that it may go. Five queries; what was looked at is read besides."""
    kept = where_something_is_kept({one.conference.family_id for one in copies}) if copies else set()
    copies = [one for one in copies if one.conference.family_id in kept]
    looks = defaultdict(list)
    conferences = [one.conference.pk for one in copies]
    about = {"about_kind": Conference._meta.label_lower, "about_id__in": conferences}
    for look in SecondLook.objects.filter(checked_at__isnull=False, **about) if copies else ():
        looks[look.about_id, *reader_key(look)].append(look)
    return [one for one in copies if not _is_looked_at(one, looks[one.conference.pk, *reader_key(one.document)])]


def _is_looked_at(copy, looks) -> bool:
    looks = [one for one in looks if one.by_id not in writers_of(copy.document)]
    hashed = hash_of(copy.document) if looks else ""
    looks = [one for one in looks if one.text_hash == hashed]
    kept = fingerprints(*kept_from_reader(copy)) if looks else frozenset()
    return any(one.knew_of(kept) for one in looks)


def check_of(copy: Leaving) -> CopyCheck | None:
    """The check of what is ready to go; None where there is nothing to check yet."""
    if not is_ready(copy):
        return None
    conference = copy.conference
    protected, known = kept_from_reader(copy)
    why = why_second_look(conference)
    examined = examine(copy.document, protected=protected, known=known, reading=read_before(copy))
    recipient = recipient_of(copy.document)
    looks = second_looks_at(conference, recipient, examined.text_hash, examined.kept) if why else ()
    return _check(copy.document, examined, why, looks)


def checks_of(conference, copies, knowing) -> dict[int, CopyCheck]:
    """A glance at each copy that is ready to go, by the copy's id: for the list of all of them (a fixed number of
    queries). ``knowing`` is what ``known_of_readers`` said of theirs."""
    ready = [copy for copy in copies if is_ready(copy)]
    if not ready:
        return {}
    values = dict(Document.objects.filter(copy__in=ready).values_list("pk", "values"))
    for copy in ready:
        copy.document.values = values[copy.document_id]
    readers = {copy.pk: reader_of(copy, knowing) for copy in ready}
    protected_for = protected_for_each(conference, list(readers.values()), knowing)
    judged = JudgedForMany([recipient_of(copy.document) for copy in ready])
    why, looks = why_second_look(conference), defaultdict(list)
    for one in SecondLook.objects.filter(**reference_to(conference)).order_by("pk") if why else ():
        looks[one.text_hash, *reader_key(one)].append(one)
    found = {}
    for copy in ready:
        document, (protected, known) = copy.document, protected_for(readers[copy.pk])
        examined = glance(document, protected=protected, known=known, judged=judged)
        theirs = [one for one in looks[examined.text_hash, *reader_key(document)] if one.knew_of(examined.kept)]
        found[copy.pk] = _check(document, examined, why, theirs)
    return found


def _check(document, examined, why, looks) -> CopyCheck:
    blocking = {finding.key for finding in examined.blocking}
    harmless = examined.judged.harmless
    rows = [
        Row(
            finding=one,
            blocks=one.key in blocking,
            open=_each_once(unjudged(one, frozenset(harmless)) if not one.stops else one.passages),
            judged=tuple(harmless[one.key, each.hash] for each in one.passages if (one.key, each.hash) in harmless),
            override=examined.judged.overrides.get(one.key),
        )
        for one in examined.findings
    ]
    return CopyCheck(examined, tuple(rows), why, tuple(looks), writers_of(document))


def _each_once(passages) -> tuple[Passage, ...]:
    """As a page shows them: one sentence that was read in two orders stands there once."""
    return tuple({(one.where, one.sentence): one for one in passages}.values())
