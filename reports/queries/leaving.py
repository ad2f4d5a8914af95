"""What leaves for one reader, a copy of the record or of a file: what is kept from them, and what was read in it.

Nothing here writes.
"""

from cpc.core.documents.reading import Reading
from reports.models import Copy, FileCopy
from reports.queries.facts import reader_of
from reports.queries.protected import protected_from
from reports.queries.uploads import file_reader, reading_kept

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
