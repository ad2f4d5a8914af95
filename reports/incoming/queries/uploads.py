"""Uploaded files: which children each is about, its bytes, and what was read in it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone

from cpc.core.documents.choices import Channel
from cpc.core.documents.reading import Reading, TextPart
from families.people.models import Person
from families.people.queries.household import eldest_first
from reports.incoming.choices import MadeHow, SharedHow
from reports.incoming.models import FileCopy, UploadedFile


@dataclass(frozen=True)
class SentFile:
    """A report file that was sent to a family member: the day, and how."""

    person: Person
    on: date
    how: str


def children_of(file) -> list[Person]:
    """The children that the file covers, eldest first."""
    rows = file.children.values("child")
    return list(Person.objects.filter(pk__in=rows).order_by(*eldest_first()))


def body_of(file) -> bytes:
    """The bytes of the file (1 query)."""
    return bytes(UploadedFile.objects.values_list("body", flat=True).get(pk=file.pk))


def stored_reading(file) -> Reading:
    """What was read in the file when it was uploaded."""
    parts = UploadedFile.objects.values_list("reading", flat=True).get(pk=file.pk)
    return Reading(tuple(TextPart(*one) for one in parts), tuple(file.unreadable), file.pages)


def words_of_file(file) -> str:
    """Every word that was read in the file when it was uploaded."""
    return words_of_reading(stored_reading(file))


def words_of_reading(read: Reading) -> str:
    """Every word of what was read in a file."""
    return "\n\n".join(part.text for part in read.parts if not part.shadow)


def files_sent_to_family(conference, invitation=None) -> dict[int, list[SentFile]]:
    """The report files that were posted or handed over, by the invitation that they came from (one query)."""
    found: dict[int, list[SentFile]] = {}
    copies = FileCopy.objects.filter(file__conference=conference, document__outgoing__sent_at__isnull=False)
    if invitation is not None:
        copies = copies.filter(file__invitation=invitation)
    rows = copies.annotate(
        at=F("document__outgoing__sent_at"), by=F("document__outgoing__channel"), report=F("file__invitation")
    )
    for one in rows.select_related("invitation__person").order_by("at", "pk"):
        how = SharedHow.POST if one.by == Channel.PRINT else SharedHow.BY_HAND
        found.setdefault(one.report, []).append(SentFile(one.invitation.person, timezone.localdate(one.at), how))
    return found


def came_as_file(report) -> str:
    """That the report was uploaded as a file, in a sentence; empty if it was not."""
    files = UploadedFile.objects.filter(invitation=report.invitation_id, made=MadeHow.CAME)
    return "The report was uploaded as a file." if files.exists() else ""


def is_original(file) -> bool:
    """Whether the file is as its author made it, so that a version can be made from it."""
    return file.made != MadeHow.REDACTED
