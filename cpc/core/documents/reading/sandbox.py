"""Read a file from outside in a separate process with limited memory and time: a zip bomb ends only that process."""

import base64
import json
import subprocess
import sys

from cpc.core.documents import sandbox
from cpc.core.documents.reading.found import MOST_BYTES, SECONDS, Reading, TextPart

_PERSON_MUST_LOOK = "Somebody must look at it."


def read_in_sandbox(body: bytes, name: str) -> Reading:
    """Read the file in a separate process. A file that exceeds the memory or time limit is listed as unreadable. Never
    raises for a bad file."""
    name_alone = (TextPart("The file’s name", name),) if name else ()
    if len(body) > MOST_BYTES:
        return Reading(name_alone, (f"It is larger than {MOST_BYTES // 1_000_000} MB, and was not read.",))
    try:
        argument = base64.b64encode(name.encode()).decode()
        done = sandbox.run("cpc.core.documents.reading", argument, body, SECONDS)
    except subprocess.TimeoutExpired:
        return Reading(name_alone, (f"Reading it took longer than {SECONDS} seconds. {_PERSON_MUST_LOOK}",))
    if done.returncode:
        return Reading(name_alone, (f"It is broken, or takes more room than any report does. {_PERSON_MUST_LOOK}",))
    answer = json.loads(done.stdout)
    parts = tuple(TextPart(where, text, shadow) for where, text, shadow in answer["parts"])
    return Reading(parts, tuple(answer["unreadable"]), answer["pages"])


def main(name: str) -> None:
    """The process itself: read the file from standard input, write what was read to standard output."""
    sandbox.limit_resources(SECONDS)
    from cpc.core.documents.reading.extract import read_trusted_file

    read = read_trusted_file(sys.stdin.buffer.read(), base64.b64decode(name).decode())
    parts = [(part.where, part.text, part.shadow) for part in read.parts]
    json.dump({"parts": parts, "unreadable": read.unreadable, "pages": read.pages}, sys.stdout)
