"""Reports that came as files: who may have one as it is, and what was asked for. Nothing here writes."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from conferences.choices import InviteeKind
from conferences.models import Invitation
from cpc.core.accounts.permissions import seen_by
from cpc.core.documents.check import check_parts
from cpc.core.documents.choices import Channel
from cpc.core.documents.reading import Part, Reading
from cpc.core.kernel.phrases import listed
from families.models import Person
from families.queries import call_as_papers_may, that_papers_may_say_of
from reports.choices import Fate, FileKind, MadeHow, SharedHow
from reports.models import FileCopy, UploadedFile, VersionRequest
from reports.queries.copies import ENDED, reaches, state_of
from reports.queries.kept_back import KeptBack, kept_back
from reports.queries.protected import protected_for_each
from reports.rules import Reach, Reader, files_fate

# What goes out is a PDF: a picture is put on a page. What another program makes of a Word file nobody here can see.
CAN_BE_RELEASED = (FileKind.PDF, FileKind.PNG, FileKind.JPG)
ASK_FOR_ANOTHER = "It cannot be printed: read it again, or ask its author for one that opens."


@dataclass(frozen=True)
class FamilyReader:
    """One of the family, what they may have of a file and why, and what was made or asked for them."""

    invitation: Invitation
    fate: Fate
    why: tuple[str, ...]
    versions: list[UploadedFile] = field(default_factory=list)
    request: VersionRequest | None = None
    copy: FileCopy | None = None
    kept_back: KeptBack | None = None
    covers_others: bool = False

    @property
    def state(self) -> tuple[str, str]:
        """How far what goes to them is, in a word or two, with its tone."""
        return state_of(self.copy)

    @property
    def may_get_this(self) -> bool:
        """Whether it can be released to them once it is checked: it is about no child but theirs."""
        return self.fate != Fate.NOTHING and not self.covers_others

    @property
    def may_get_another(self) -> bool:
        """Whether a version can be made for them: whoever reads it may want one where the software found nothing."""
        return self.fate != Fate.NOTHING


def files_of(viewer, conference) -> list[UploadedFile]:
    """The files of the conference that the viewer may see, each version after what it was made of (two queries);
    ``wanted`` where a separate version has been asked for and has not come."""
    open_requests = VersionRequest.objects.filter(file=OuterRef("pk"), answered_with__isnull=True)
    found = list(
        seen_by(viewer, UploadedFile)
        .filter(conference=conference)
        .annotate(wanted=Exists(open_requests))
        .select_related("agency", "made_for__person")
        .prefetch_related("children__child")
        .order_by("pk")
    )
    covered = [(child, "child") for one in found for child in one.children.all()]
    made_for = [(one.made_for, "person") for one in found if one.made_for_id]
    call_as_papers_may(conference.family_id, [*covered, *made_for])
    versions: dict[int, list[UploadedFile]] = {}
    for one in found:
        versions.setdefault(one.version_of_id, []).append(one)
    ids = {one.pk for one in found}
    rows = []
    waiting = [one for one in reversed(found) if one.version_of_id not in ids]
    while waiting:
        one = waiting.pop()
        rows.append(one)
        waiting.extend(reversed(versions.get(one.pk, [])))
    return rows


def children_of(file) -> list[Person]:
    """The children whom the file covers, eldest first."""
    rows = file.children.values("child")
    children = Person.objects.filter(pk__in=rows).order_by("born_on", "pk")
    return that_papers_may_say_of(file.conference.family_id, children)


def body_of(file) -> bytes:
    """The bytes of the file."""
    return bytes(UploadedFile.objects.values_list("body", flat=True).get(pk=file.pk))


def may_be_shared_with(file) -> list[FamilyReader]:
    """Each of the family who was invited, what they may have of this file and why (a fixed number of queries)."""
    covers = frozenset(file.children.values_list("child", flat=True))
    family = [
        (one, reach)
        for one, reach in reaches(file.conference).values()
        if one.kind == InviteeKind.FAMILY and file.made_for_id in (None, one.pk)
    ]
    readers = {
        one.pk: Reader(children=reach.children, person=one.person_id, invitation=one.pk) for one, reach in family
    }
    kept_from = protected_for_each(file.conference, readers.values())
    parts = reading_kept(file).parts
    names = {child.pk: child.full_name for child in children_of(file)}
    versions, requests, copies = _versions(file), _requests(file), copies_of_file(file)
    kept, found = kept_back(file), []
    for one, reach in family:
        findings = [] if reach.withheld else check_parts(parts, *kept_from(readers[one.pk]))
        fate = Fate(
            files_fate(covers, reach, stops=any(hit.stops for hit in findings), asks=bool(findings or file.unreadable))
        )
        others = [names[pk] for pk in names if pk not in reach.children]
        why = _why(fate, reach, others, findings, file.unreadable)
        made, asked, copy = versions.get(one.pk, []), requests.get(one.pk), copies.get(one.pk)
        found.append(FamilyReader(one, fate, why, made, asked, copy, kept.get(one.pk), bool(others)))
    return found


def _why(fate, reach, others, findings, unreadable) -> tuple[str, ...]:
    if fate == Fate.NOTHING:
        return (reach.withheld or "It covers no child of theirs.",)
    found = [f"It covers {', '.join(others)}, who is not theirs to read about."] if others else []
    for hit in findings:
        where = f" ({', '.join(hit.where[:3]).lower()})" if hit.where else ""
        found.append(f"{hit.reason}{where}")
    return (*found, *(f"Could not be read: {said}" for said in unreadable))


def reading_kept(file) -> Reading:
    """What was read in the file when it came."""
    kept = UploadedFile.objects.values_list("reading", flat=True).get(pk=file.pk)
    return Reading(tuple(Part(*one) for one in kept), tuple(file.unreadable), file.pages)


def copies_of_file(file) -> dict[int, FileCopy]:
    """The copy that each reader gets or got of the file, by the invitation: the last one that was not taken back."""
    found = FileCopy.objects.filter(file=file).exclude(document__state__in=ENDED)
    return {one.invitation_id: one for one in found.select_related("document").order_by("pk")}


@dataclass(frozen=True)
class Gone:
    """A report that came as a file has gone to one of the family: the day, and how."""

    person: Person
    on: date
    how: str


def gone_to_the_family(conference, invitation=None) -> dict[int, list[Gone]]:
    """To whom files were posted or handed over, by the invitation for whose report they came (one query)."""
    found: dict[int, list[Gone]] = {}
    copies = FileCopy.objects.filter(file__conference=conference, document__outgoing__sent_at__isnull=False)
    if invitation is not None:
        copies = copies.filter(file__invitation=invitation)
    rows = copies.annotate(
        at=F("document__outgoing__sent_at"), by=F("document__outgoing__channel"), report=F("file__invitation")
    )
    rows = list(rows.select_related("invitation__person").order_by("at", "pk"))
    call_as_papers_may(conference.family_id, [(one.invitation, "person") for one in rows])
    for one in rows:
        how = SharedHow.POST if one.by == Channel.PRINT else SharedHow.BY_HAND
        found.setdefault(one.report, []).append(Gone(one.invitation.person, timezone.localdate(one.at), how))
    return found


def file_reader(file, invitation) -> Reader:
    """One of the family as the reader of the file, with the children of whom they may read."""
    theirs = _reach(file, invitation)
    return Reader(
        children=theirs.children if theirs else frozenset(), person=invitation.person_id, invitation=invitation.pk
    )


def why_never(file, reader: Invitation) -> str:
    """Why this file, as it is, can never go to this reader, in a sentence; empty where it may once it is checked."""
    theirs, covered = _reach(file, reader), children_of(file)
    if reader.conference_id != file.conference_id or reader.kind != InviteeKind.FAMILY or theirs is None:
        return f"{reader.name} is not one of the family who was invited to this conference."
    if file.made_for_id not in (None, reader.pk):
        return "This version was made for somebody else."
    others = [child.full_name for child in covered if child.pk not in theirs.children]
    if theirs.withheld or len(others) == len(covered):
        return f"{reader.name} gets nothing of it. {theirs.withheld or 'It covers no child of theirs.'}"
    if others:
        return f"It covers {listed(others)}, not theirs to read about. It needs a separate version or a redacted one."
    if file.kind not in CAN_BE_RELEASED:
        return (
            f"A {file.get_kind_display().lower()} file shows other things in other programs, so nobody can see here "
            "what its reader would see. Ask its author for a PDF."
        )
    return f"No program could open it: {' '.join(file.unreadable)} {ASK_FOR_ANOTHER}" if file.did_not_open else ""


def _reach(file, reader: Invitation) -> Reach | None:
    return next((reach for one, reach in reaches(file.conference).values() if one.pk == reader.pk), None)


def _versions(file) -> dict[int, list[UploadedFile]]:
    found: dict[int, list[UploadedFile]] = {}
    for one in UploadedFile.objects.filter(version_of=file).order_by("pk"):
        found.setdefault(one.made_for_id, []).append(one)
    return found


def _requests(file) -> dict[int, VersionRequest]:
    open_ones = VersionRequest.objects.filter(file=file, answered_with__isnull=True).select_related("asked_by")
    return {one.reader_id: one for one in open_ones}


def children_for(file, reader: Invitation) -> list[Person]:
    """The children whom a version of the file for this reader may cover: those that are theirs."""
    theirs = _reach(file, reader)
    if theirs is None or theirs.withheld:
        return []
    return [child for child in children_of(file) if child.pk in theirs.children]


def is_original(file) -> bool:
    """Whether the file is as its author made it, so that a version can be made of it."""
    return file.made != MadeHow.REDACTED
