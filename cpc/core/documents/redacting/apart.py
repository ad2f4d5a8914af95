"""A file from outside is drawn by a process of its own with little room, no keys and little time."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from cpc.core.documents.redacting.marks import SECONDS, CannotRedact, Mark

_ROOT = Path(__file__).resolve().parents[4]
_ROOM = 2_000_000_000
_REFUSED = 3  # the process's answer is a sentence


def picture(body: bytes, number: int) -> bytes:
    """One page (from 1) as a PNG. Raises CannotRedact."""
    return _run({"page": number}, body)


def redact(body: bytes, marks: Iterable[Mark]) -> bytes:
    """A new PDF without what is marked, and without anything that is not seen on a page. Raises CannotRedact."""
    return _run({"marks": [asdict(mark) for mark in marks]}, body)


def _run(asked: dict, body: bytes) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "cpc.core.documents.redacting", json.dumps(asked)],
            input=body, capture_output=True, timeout=SECONDS + 15, cwd=_ROOT, preexec_fn=_little, check=False,
            # Nothing of ours goes along: no key, no address of the database.
            env={key: os.environ[key] for key in ("PATH", "LANG", "HOME") if key in os.environ},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise CannotRedact(f"Drawing the file took longer than {SECONDS} seconds.") from None
    if done.returncode == _REFUSED:
        raise CannotRedact(done.stdout.decode())
    if done.returncode:
        raise CannotRedact("The file is broken, or takes more room than any report does. Ask its author for another.")
    return done.stdout


def answer(asked: str) -> int:
    """What the process does: the file from its input, the picture or the new file to its output."""
    from cpc.core.documents.redacting.here import picture_here, redact_here

    body, wanted = sys.stdin.buffer.read(), json.loads(asked)
    try:
        if "page" in wanted:
            made = picture_here(body, wanted["page"])
        else:
            made = redact_here(body, [Mark(**mark) for mark in wanted["marks"]])
    except CannotRedact as refused:
        sys.stdout.write(str(refused))
        return _REFUSED
    sys.stdout.buffer.write(made)
    return 0


def _little() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + 5, SECONDS + 10))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
