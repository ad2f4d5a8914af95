"""Draw a file from outside in a separate process with little memory, no keys and little time."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache

from cpc.core.documents import sandbox
from cpc.core.documents.redacting.marks import SECONDS, CannotRedact, Mark

_REFUSED = 3  # the process's answer is a sentence


def picture(body: bytes, number: int) -> bytes:
    """One page (from 1) as a PNG. Raises CannotRedact."""
    return _run({"page": number}, body)


def redact(body: bytes, marks: Iterable[Mark]) -> bytes:
    """A new PDF without the marked parts and without anything that cannot be seen on a page. Raises CannotRedact."""
    return _run({"marks": [asdict(mark) for mark in marks]}, body)


@lru_cache(maxsize=2)
def redraw(body: bytes) -> bytes:
    """A new PDF of every page as a picture, with its words laid over it, and nothing else. Raises CannotRedact.

    The same file makes the same bytes, for each of its readers in turn.
    """
    return _run({"redraw": True}, body)


def _run(asked: dict, body: bytes) -> bytes:
    try:
        done = sandbox.run("cpc.core.documents.redacting", json.dumps(asked), body, SECONDS)
    except subprocess.TimeoutExpired:
        raise CannotRedact(f"Drawing the file took longer than {SECONDS} seconds.") from None
    if done.returncode == _REFUSED:
        raise CannotRedact(done.stdout.decode())
    if done.returncode:
        raise CannotRedact("The file is broken, or takes more room than any report does. Ask its author for another.")
    return done.stdout


def main(asked: str) -> int:
    """The process itself: read the file from standard input, write the picture or the new file to standard output."""
    sandbox.limit_resources(SECONDS)
    from cpc.core.documents.redacting.pages import draw_page, redact_pages, redraw_pages

    body, wanted = sys.stdin.buffer.read(), json.loads(asked)
    try:
        if "page" in wanted:
            made = draw_page(body, wanted["page"])
        elif "redraw" in wanted:
            made = redraw_pages(body)
        else:
            made = redact_pages(body, [Mark(**mark) for mark in wanted["marks"]])
    except CannotRedact as refused:
        sys.stdout.write(str(refused))
        return _REFUSED
    sys.stdout.buffer.write(made)
    return 0
