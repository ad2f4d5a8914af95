"""A file from outside is read by a process of its own with little room and little time: a bomb ends that, not us."""

import base64
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

from cpc.core.documents.reading.found import MOST_BYTES, SECONDS, Part, Reading

_ROOT = Path(__file__).resolve().parents[4]
_ROOM = 2_000_000_000
_LOOK = "Somebody must look at it."


def read_apart(body: bytes, name: str) -> Reading:
    """What stands in the file; a file that cannot be read in the room and time says so. Never raises for a bad file."""
    name_alone = (Part("The file’s name", name),) if name else ()
    if len(body) > MOST_BYTES:
        return Reading(name_alone, (f"It is larger than {MOST_BYTES // 1_000_000} MB, and was not read.",))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "cpc.core.documents.reading", base64.b64encode(name.encode()).decode()],
            input=body, capture_output=True, timeout=SECONDS + 15, cwd=_ROOT, preexec_fn=_little, check=False,
            # Nothing of ours goes along: no key, no address of the database.
            env={key: os.environ[key] for key in ("PATH", "LANG", "HOME") if key in os.environ},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Reading(name_alone, (f"Reading it took longer than {SECONDS} seconds. {_LOOK}",))
    if done.returncode:
        return Reading(name_alone, (f"It is broken, or takes more room than any report does. {_LOOK}",))
    kept = json.loads(done.stdout)
    parts = tuple(Part(where, text, shadow) for where, text, shadow in kept["parts"])
    return Reading(parts, tuple(kept["unreadable"]), kept["pages"])


def answer(name: str) -> None:
    """What the process does: the file from its input, what was read to its output."""
    from cpc.core.documents.reading.here import read_here

    read = read_here(sys.stdin.buffer.read(), base64.b64decode(name).decode())
    parts = [(part.where, part.text, part.shadow) for part in read.parts]
    json.dump({"parts": parts, "unreadable": read.unreadable, "pages": read.pages}, sys.stdout)


def _little() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + 5, SECONDS + 10))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
