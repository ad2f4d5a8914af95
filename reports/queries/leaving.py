"""What leaves for one reader, a copy of the record or of a file: what is kept from them, and what was read in it.

Nothing here writes.
"""

from cpc.core.documents.choices import Channel
from cpc.core.documents.examination import examine, glance
from cpc.core.documents.reading import Reading
from reports.models import Copy, FileCopy
from reports.queries.facts import reader_of
from reports.queries.kept_back import why_it_waits
from reports.queries.protected import protected_from
from reports.queries.uploads import file_reader, reading_kept, why_never

Leaving = Copy | FileCopy


def kept_from_reader(copy: Leaving) -> tuple[list, list]:
    """(what its reader must not learn, what they know), for the release check."""
    reader = file_reader(copy.file, copy.invitation) if isinstance(copy, FileCopy) else reader_of(copy)
    return protected_from(reader, copy.conference)


def read_before(copy: Leaving) -> Reading | None:
    """What was read in exactly these bytes when they came; None where they are made, or were made of a picture."""
    if not isinstance(copy, FileCopy) or copy.document.sha256 != copy.file.sha256:
        return None
    return reading_kept(copy.file)


def why_it_tells_too_much_now(outgoing) -> str:
    """Asked again before what was released is printed or handed over: nothing goes that would tell its reader what has
    been kept from them since. The sentence says that there is something, not what."""
    if outgoing.document_id is None or outgoing.channel not in (Channel.PRINT, Channel.HAND):
        return ""
    copy = _carried_by(outgoing.document_id)
    if copy is None:
        return ""
    if isinstance(copy, FileCopy) and why_never(copy.file, copy.invitation):
        return _SINCE
    if isinstance(copy, FileCopy) and why_it_waits(copy.file, copy.invitation):
        return _NOT_MEANT_TO_HAVE_IT
    protected, known = kept_from_reader(copy)
    if copy.document.carried:
        examined = examine(copy.document, protected=protected, known=known, reading=read_before(copy))
    else:
        examined = glance(copy.document, protected=protected, known=known)
    settled = {one["key"] for one in copy.document.findings}
    return _SINCE if examined.unreadable or any(one.key not in settled for one in examined.blocking) else ""


_SINCE = (
    "What this reader must not learn has changed since it was released. Take it back, look at what was found, and "
    "check it again."
)
_NOT_MEANT_TO_HAVE_IT = (
    "Since it was released it was recorded that this reader was not meant to have it. Take it back, or ask the chair "
    "to say on its page that they get it all the same."
)


def _carried_by(document) -> Leaving | None:
    """The copy whose document this is; None for a letter that is no copy."""
    of_file = FileCopy.objects.select_related("document", "invitation", "file__conference").filter(document=document)
    of_record = Copy.objects.select_related("document", "invitation", "record__conference").filter(document=document)
    return of_file.first() or of_record.first()
