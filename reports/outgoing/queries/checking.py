"""The release check of a copy (of the record, a letter or a file): what its reader must not learn, what was found, what
people decided, and who has checked it. Nothing here writes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from conferences.convening.models import Conference
from cpc.core.accounts.permissions import Viewer
from cpc.core.documents.check import Finding, Passage, unjudged
from cpc.core.documents.choices import Channel, CheckKind, CheckState, OutgoingState
from cpc.core.documents.examination import (
    Examination,
    JudgedForMany,
    examine,
    hash_of,
    opened_by,
    quick_check,
    reader_key,
    recipient_of,
    second_checks_of,
    words_of_letter,
    writers_of,
)
from cpc.core.documents.models import Document, Outgoing, SecondCheck
from cpc.core.documents.protected import fingerprints
from cpc.core.documents.readers import reference_to
from cpc.core.documents.reading import Reading
from families.protections.queries.entries import MUST_NOT_MEET, sorts_of_entries
from reports.incoming.models import FileCopy
from reports.incoming.queries.requested import is_verbal
from reports.incoming.queries.right_child import strangers_in
from reports.incoming.queries.uploads import stored_reading, words_of_file
from reports.outgoing.choices import IN_CORRECTION
from reports.outgoing.models import Copy
from reports.outgoing.queries.copies import approved_for, is_ready, withholding_rules_for_readers
from reports.outgoing.queries.facts import reader_of
from reports.outgoing.queries.facts_since import has_changed_since_approval
from reports.outgoing.queries.file_copies import file_reader, why_chair_must_decide, why_never_released
from reports.outgoing.queries.protected import protected_for_each
from reports.outgoing.queries.second_checks import SecondCheckRule, why_second_check

AnyCopy = Copy | FileCopy


def protected_and_known(copy: AnyCopy, rules=None) -> tuple[list, list]:
    """(what its reader must not learn, what they already know), for the release check. ``rules`` is the result of
    ``withholding_rules_for_readers``, if it was already read."""
    return protected_and_known_of_each(copy.conference, [copy], rules)[0]


def protected_and_known_of_each(conference, copies, rules=None) -> list[tuple[list, list]]:
    """``protected_and_known`` of many copies of one conference: what is withheld is read once for all of them."""
    rules = rules or withholding_rules_for_readers(conference, [one.invitation for one in copies])
    readers = [
        file_reader(one.file, one.invitation) if isinstance(one, FileCopy) else reader_of(one, rules) for one in copies
    ]
    protected_for = protected_for_each(conference, readers, rules)
    found = [(copy, *protected_for(reader)) for copy, reader in zip(copies, readers, strict=True)]
    return [([*protected, *strangers_in(_words_of(copy), conference)], known) for copy, protected, known in found]


def _words_of(copy: AnyCopy) -> str:
    if isinstance(copy, FileCopy):
        return words_of_file(copy.file)
    return words_of_letter(copy.document) if copy.document_id else ""


def read_before(copy: AnyCopy) -> Reading | None:
    """What was read in the uploaded file that this copy was drawn from; None for a copy of a letter or the record."""
    return stored_reading(copy.file) if isinstance(copy, FileCopy) else None


def why_not_safe_to_send_now(outgoing) -> str:
    """Checked again before a released copy is printed or handed over: more may be withheld from its reader since, a
    child was born, died or got another name, or the copy is being corrected. The sentence says that there is something,
    not what."""
    if outgoing.document_id is None or outgoing.channel == Channel.EMAIL:
        return ""
    if outgoing.opened_at and (copy := copy_of_document(outgoing.document_id)):
        return _why_withheld_now(copy)
    return _why_not_safe_now(outgoing.document_id)


def hidden_documents(documents: Iterable[int]) -> set[int]:
    """Which of these documents (ids) were hidden from the reader who reads them after signing in (one query)."""
    held = Outgoing.objects.filter(channel=Channel.PORTAL, state=OutgoingState.HELD, document__in=documents)
    return set(held.values_list("document", flat=True))


def must_be_checked_again(copy: Copy) -> bool:
    """Whether a released copy is not shown to its reader until somebody has checked it again: it was hidden, or must be
    now (see ``why_not_shown``).
    """
    return bool(hidden_documents([copy.document_id]) or why_not_shown(copy))


def why_not_shown(copy: Copy, rules=None) -> str:
    """Why a released copy must not be shown to its reader as it is, for staff; empty if it may. What they have opened
    stays theirs to read, unless something in it is withheld from them now. Before that, a correction, a birth, a death
    or a new name counts too. ``rules`` as for ``protected_and_known``.
    """
    online = copy.document.outgoing.filter(channel=Channel.PORTAL)
    was_opened = online.filter(opened_at__isnull=False).exists()
    return _why_withheld_now(copy, rules) if was_opened else _why_not_safe_now(copy.document_id, rules)


def _why_not_safe_now(document: int, rules=None) -> str:
    if Document.objects.filter(supersedes=document).exists():
        return _BEING_REPLACED
    copy = copy_of_document(document)
    if copy is None:
        return ""
    if isinstance(copy, Copy) and not approved_for(copy.record, copy.kind):
        return IN_CORRECTION
    if isinstance(copy, Copy) and copy.withheld_reason:
        return _GETS_NONE
    if isinstance(copy, Copy) and has_changed_since_approval(copy):
        return _CHILDREN_CHANGED
    if isinstance(copy, FileCopy) and is_verbal(copy.file.invitation):
        return _ONLY_VERBAL
    if isinstance(copy, FileCopy) and why_never_released(copy.file, copy.invitation):
        return _WITHHOLDING_CHANGED
    if isinstance(copy, FileCopy) and why_chair_must_decide(copy.file, copy.invitation):
        return _CHAIR_MUST_DECIDE
    return _why_withheld_now(copy, rules) or (_CHECK_LAPSED if without_second_check([copy], rules) else "")


def _why_withheld_now(copy: AnyCopy, rules=None) -> str:
    protected, known = protected_and_known(copy, rules)
    if copy.document.is_file:
        examined = examine(copy.document, protected=protected, known=known, reading=read_before(copy))
    else:
        examined = quick_check(copy.document, protected=protected, known=known)
    settled = {one["key"] for one in copy.document.findings}
    return (
        _WITHHOLDING_CHANGED if examined.unreadable or any(one.key not in settled for one in examined.blocking) else ""
    )


_WITHHOLDING_CHANGED = (
    "What this reader must not know has changed since it was released. Recall it, look at what was found, and "
    "check it again."
)
_CHECK_LAPSED = (
    "More is withheld from this reader than when it was released, so a second person must check it first. Recall it, "
    "and have it checked."
)
# Said to the reader of a copy, so it gives no reason.
CHECK_AGAIN = "This must be checked again before you can read it. Ask the conference administrator."
_BEING_REPLACED = "A corrected copy has been made for this reader. It replaces this one, which must not go out."
_GETS_NONE = "Since it was released it was decided that this reader gets no copy. Take it back."
_CHILDREN_CHANGED = (
    "Since the chair approved it, a birth, a death or a new name was recorded of a child that it is about. It must not "
    "go out. Ask the chair to reopen the record and approve it again."
)
# To finish the correction is somebody’s duty already.
BEING_CORRECTED = (IN_CORRECTION, _BEING_REPLACED)
_ONLY_VERBAL = (
    "Since it was released, the service decided that police information is only shared verbally. It must not go out. "
    "Recall it."
)
_CHAIR_MUST_DECIDE = (
    "Since it was released it was recorded that this reader was not meant to have it. Recall it, or ask the chair "
    "to say on its page that they get it all the same."
)


def copy_of_document(document) -> AnyCopy | None:
    """The copy with this document; None for a letter that is not a copy."""
    of_file = FileCopy.objects.select_related("document", "invitation", "file__conference").filter(document=document)
    of_record = Copy.objects.select_related("document", "invitation", "record__conference").filter(document=document)
    return of_file.first() or of_record.first()


@dataclass(frozen=True)
class Row:
    """One finding on its page: the passages that are still to be judged, and the decisions about the others."""

    finding: Finding
    blocks: bool
    open: tuple[Passage, ...]
    judged: tuple
    override: SecondCheck | None

    @property
    def waits(self) -> bool:
        """Whether a second person was asked and has not decided yet."""
        return self.override is not None and self.override.state == CheckState.ASKED


@dataclass(frozen=True)
class CopyCheck:
    """The release check of one copy, and its second checks if one is needed."""

    examined: Examination
    rows: tuple[Row, ...]
    why_second: str
    checks: tuple[SecondCheck, ...]
    writers: frozenset[int]

    @property
    def checked(self) -> SecondCheck | None:
        """The check of a second person who said that the copy may be released."""
        return next((one for one in self.checks if one.decided_at and one.by_id not in self.writers), None)

    @property
    def lacks_check(self) -> bool:
        """Whether a second check is needed and nobody has made it yet."""
        return bool(self.why_second) and self.checked is None

    @property
    def clear(self) -> bool:
        """Whether nothing blocks the release any more."""
        return self.examined.clear and not self.lacks_check

    @property
    def stops(self) -> list[Row]:
        """Findings that need a correction or a second person’s override."""
        return [row for row in self.rows if row.finding.stops and row.blocks]

    @property
    def asks(self) -> list[Row]:
        """Findings that somebody must mark as harmless."""
        return [row for row in self.rows if not row.finding.stops and row.blocks]

    @property
    def settled(self) -> list[Row]:
        """Findings that have been decided."""
        return [row for row in self.rows if not row.blocks]

    def needs(self) -> list[str]:
        """What the copy still needs before it can be released, in a few words each."""
        waiting = sum(row.waits for row in self.stops)
        said = [
            (len(self.stops) - waiting, "to correct"),
            (waiting, "waiting for a second person"),
            (len(self.asks), "to decide"),
            (len(self.examined.unreadable), "to look at"),
        ]
        return [f"{number} {what}" for number, what in said if number] + ["a second check"] * self.lacks_check

    def may_be_released_by(self, viewer: Viewer) -> bool:
        """Whether the viewer may release it: nobody releases a copy that they alone overrode or checked."""
        others = [one for one in self.checks if one.decided_at and one.by_id not in self.writers | {viewer.id}]
        own = [row for row in self.rows if row.finding.stops and row.override and row.override.by_id == viewer.id]
        return self.clear and not own and (not self.why_second or bool(others))

    def opened_by(self, viewer: Viewer) -> bool:
        """Whether the viewer has opened the preview of exactly this text."""
        return any(one.by_id == viewer.id for one in self.checks)


def without_second_check(copies, rules=None) -> list[AnyCopy]:
    """The copies, ready to be released, that still need a second check (see ``SecondCheckRule``).

    A check counts if it is of exactly this copy, made by a person who neither made nor approved it and who knew of
    everything that is withheld from the reader now. Five queries, those that read what was checked, and those of the
    rule for a conference where people must not meet and nothing else is withheld. ``rules`` as for
    ``protected_and_known``, if all copies are of one conference.
    """
    sorts = sorts_of_entries({one.conference.family_id for one in copies}) if copies else {}
    copies = [one for one in copies if one.conference.family_id in sorts]
    checks = defaultdict(list)
    conferences = [one.conference.pk for one in copies]
    about = {"about_kind": Conference._meta.label_lower, "about_id__in": conferences}
    made = SecondCheck.objects.filter(kind=CheckKind.COPY, state=CheckState.AGREED, **about)
    for check in made if copies else ():
        checks[check.about_id, *reader_key(check)].append(check)
    checked = _checked({one: checks[one.conference.pk, *reader_key(one.document)] for one in copies}, rules)
    found = [one for one in copies if one not in checked]
    kept_apart = {one.conference for one in found if sorts[one.conference.family_id] == {MUST_NOT_MEET}}
    needs = {conference.pk: SecondCheckRule(conference) for conference in kept_apart}
    return [one for one in found if one.conference.pk not in needs or needs[one.conference.pk].why(one)]


def _checked(checks: dict[AnyCopy, list[SecondCheck]], rules=None) -> set[AnyCopy]:
    """The copies with a check that counts. What is withheld is read once for each conference."""
    conferences = defaultdict(list)
    for copy, made in checks.items():
        made = [one for one in made if one.by_id not in writers_of(copy.document)]
        hashed = hash_of(copy.document) if made else ""
        if made := [one for one in made if one.fingerprint == hashed]:
            conferences[copy.conference].append((copy, made))
    found = set()
    for conference, theirs in conferences.items():
        withheld = protected_and_known_of_each(conference, [copy for copy, _ in theirs], rules)
        for (copy, made), protected_known in zip(theirs, withheld, strict=True):
            now = fingerprints(*protected_known)
            found |= {copy} if any(one.knew_all(now) for one in made) else set()
    return found


def has_opened(viewer: Viewer, copy: AnyCopy, withheld: frozenset[str]) -> bool:
    """Whether the viewer has opened the preview of exactly this copy, knowing of everything in ``withheld``."""
    return opened_by(viewer, copy.document, hash_of(copy.document), withheld) is not None


def check_of(copy: AnyCopy, rules=None) -> CopyCheck | None:
    """The check of a copy that is ready to be released; None if there is nothing to check yet. ``rules`` is the result
    of ``withholding_rules_for_readers``, if it was already read."""
    if not is_ready(copy):
        return None
    protected, known = protected_and_known(copy, rules)
    why = why_second_check(copy)
    examined = examine(copy.document, protected=protected, known=known, reading=read_before(copy))
    checks = second_checks_of(copy.document, examined.text_hash, examined.withheld) if why else ()
    return _check(copy.document, examined, why, checks)


def checks_of(conference, copies, rules) -> dict[int, CopyCheck]:
    """A quick check of each copy that is ready to be released, by the copy’s id, for the list of all copies (a fixed
    number of queries). ``rules`` is the result of ``withholding_rules_for_readers`` for their readers."""
    ready = [copy for copy in copies if is_ready(copy)]
    if not ready:
        return {}
    values = dict(Document.objects.filter(copy__in=ready).values_list("pk", "values"))
    for copy in ready:
        copy.document.values = values[copy.document_id]
    readers = {copy.pk: reader_of(copy, rules) for copy in ready}
    protected_for = protected_for_each(conference, list(readers.values()), rules)
    judged = JudgedForMany([recipient_of(copy.document) for copy in ready])
    rule, checks = SecondCheckRule(conference), defaultdict(list)
    made = SecondCheck.objects.filter(kind=CheckKind.COPY, **reference_to(conference)).order_by("pk")
    for one in made if rule.entries.why else ():
        checks[one.fingerprint, *reader_key(one)].append(one)
    found = {}
    for copy in ready:
        document, (protected, known) = copy.document, protected_for(readers[copy.pk])
        examined = quick_check(document, protected=protected, known=known, judged=judged)
        theirs = [one for one in checks[examined.text_hash, *reader_key(document)] if one.knew_all(examined.withheld)]
        why = rule.why(copy)
        found[copy.pk] = _check(document, examined, why, theirs if why else ())
    return found


def _check(document, examined, why, checks) -> CopyCheck:
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
    return CopyCheck(examined, tuple(rows), why, tuple(checks), writers_of(document))


def _each_once(passages) -> tuple[Passage, ...]:
    """The passages for a page: a sentence that was read in two orders is shown once."""
    return tuple({(one.where, one.sentence): one for one in passages}.values())
