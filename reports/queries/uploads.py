"""Reports that came as files: who may have one as it is, and what was asked for. Nothing here writes."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from conferences.choices import InviteeKind
from conferences.models import Invitation
from cpc.core.accounts.permissions import seen_by
from cpc.core.documents.check import check_parts
from cpc.core.documents.reading.found import Part
from families.models import Person
from reports.choices import Fate, MadeHow
from reports.models import UploadedFile, VersionRequest
from reports.queries.copies import reaches
from reports.queries.protected import protected_for_each
from reports.rules import Reader, files_fate


@dataclass(frozen=True)
class FamilyReader:
    """One of the family, what they may have of a file and why, and what was made or asked for them."""

    invitation: Invitation
    fate: Fate
    why: tuple[str, ...]
    versions: list[UploadedFile] = field(default_factory=list)
    request: VersionRequest | None = None

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
    return list(Person.objects.filter(pk__in=rows).order_by("born_on", "pk"))


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
    parts = [Part(where, text, shadow) for where, text, shadow in _reading(file)]
    names = {child.pk: child.full_name for child in children_of(file)}
    versions, requests = _versions(file), _requests(file)
    found = []
    for one, reach in family:
        findings = [] if reach.withheld else check_parts(parts, *kept_from(readers[one.pk]))
        fate = Fate(
            files_fate(covers, reach, stops=any(hit.stops for hit in findings), asks=bool(findings or file.unreadable))
        )
        why = _why(fate, reach, [names[pk] for pk in names if pk not in reach.children], findings, file.unreadable)
        found.append(FamilyReader(one, fate, why, versions.get(one.pk, []), requests.get(one.pk)))
    return found


def _why(fate, reach, others, findings, unreadable) -> tuple[str, ...]:
    if fate == Fate.NOTHING:
        return (reach.withheld or "It covers no child of theirs.",)
    found = [f"It covers {', '.join(others)}, who is not theirs to read about."] if others else []
    for hit in findings:
        where = f" ({', '.join(hit.where[:3]).lower()})" if hit.where else ""
        found.append(f"{hit.reason}{where}")
    return (*found, *(f"Could not be read: {said}" for said in unreadable))


def _reading(file):
    return UploadedFile.objects.values_list("reading", flat=True).get(pk=file.pk)


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
    theirs = next((reach for one, reach in reaches(file.conference).values() if one.pk == reader.pk), None)
    if theirs is None or theirs.withheld:
        return []
    return [child for child in children_of(file) if child.pk in theirs.children]


def is_original(file) -> bool:
    """Whether the file is as its author made it, so that a version can be made of it."""
    return file.made != MadeHow.REDACTED
