"""The release check on a file that somebody else made, for one reader; and what a person must look at in it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cpc.core.documents.check import Finding, check_parts, outstanding, text_hash
from cpc.core.documents.judged import Judged, judged_for, look_at
from cpc.core.documents.models import FileLook
from cpc.core.documents.protected import Protected
from cpc.core.documents.readers import Recipient
from cpc.core.documents.reading import Reading, read_file


@dataclass(frozen=True)
class FileExamination:
    """What was found in exactly this file for this reader, what could not be read, and who has looked at that."""

    sha256: str
    text_hash: str
    reading: Reading
    findings: tuple[Finding, ...]
    blocking: tuple[Finding, ...]
    unreadable: tuple[str, ...]
    look: FileLook | None
    judged: Judged

    @property
    def clear(self) -> bool:
        """Whether the file may go to this reader."""
        return not self.blocking and not self.unreadable


def examine_file(
    body: bytes,
    name: str,
    *,
    recipient: Recipient,
    protected: Iterable[Protected],
    known: Iterable[Protected | str] = (),
    reading: Reading | None = None,
    not_by: Iterable[int | None] = (),
) -> FileExamination:
    """The check on a file, made now. ``reading`` is what ``read_file`` said of these bytes before, to read them once.

    ``not_by`` are those whose overrides do not count: who wrote it, who approved it.
    """
    reading = reading or read_file(body, name)
    sha256 = hashlib.sha256(body).hexdigest()
    findings = check_parts(reading.parts, protected, known)
    hashed = text_hash(sha256)
    judged, look = judged_for(recipient, hashed), look_at(sha256, recipient)
    seen = set(look.unreadable) if look else set()
    writers = frozenset(one for one in not_by if one is not None)
    return FileExamination(
        sha256=sha256,
        text_hash=hashed,
        reading=reading,
        findings=tuple(findings),
        blocking=tuple(outstanding(findings, frozenset(judged.harmless), judged.overridden(writers))),
        unreadable=tuple(one for one in reading.unreadable if one not in seen),
        look=look,
        judged=judged,
    )
