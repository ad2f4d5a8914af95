"""The log: one short line for each error, with the number that the error page shows.

A line names the kind of the error and where it happened, never its message: that may hold what somebody typed. Only
the message of a server that cannot be reached is written.
"""

import logging
import secrets
import traceback
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.db import OperationalError, ProgrammingError
from psycopg2.errors import UndefinedColumn, UndefinedTable

ROOT = Path(__file__).resolve().parents[3]
_ANSWERS = (SMTPRecipientsRefused, SMTPResponseException)  # of a mail server: they hold somebody's address
PLACES = 4  # how many calls of ours a line names, the last first
_SIGNS = "23456789BCDFGHJKMNPQRSTVWXZ"  # none that is misread when it is told on the telephone


def new_number() -> str:
    """A number for one error, such as K7QF-29BD."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def error_number(request) -> str:
    """The number of the error that this request met: the same on its page and in the log."""
    if not hasattr(request, "error_number"):
        request.error_number = new_number()
    return request.error_number


class BriefFormatter(logging.Formatter):
    """One line a record. An error has its number, what failed, the kind of exception and where it was raised."""

    def __init__(self):
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record):
        if record.levelno < logging.ERROR:
            line = super().formatMessage(self._prepared(record, record.getMessage()))
        else:
            request = getattr(record, "request", None)
            number = error_number(request) if hasattr(request, "path") else new_number()
            raised = record.exc_info[1] if record.exc_info else None
            parts = [number, _what_failed(record), _kind(raised) if raised else "", _places(raised) if raised else ""]
            line = super().formatMessage(self._prepared(record, " ".join(filter(None, parts))))
        return " ".join(line.split())

    def _prepared(self, record, message):
        record.message, record.asctime = message, self.formatTime(record)
        return record


def _what_failed(record) -> str:
    task = getattr(record, "data", None)  # Celery's own message holds the arguments of the task
    if isinstance(task, dict) and "name" in task:
        return f"Task {task['name']} failed:"
    return record.getMessage().partition("\n")[0]  # Celery's scheduler adds every call on the way there


def lacks_a_migration(raised) -> bool:
    """Whether a table or column is not there: the code is newer than the database, or older."""
    return isinstance(raised, ProgrammingError) and isinstance(raised.__cause__, UndefinedColumn | UndefinedTable)


def _kind(raised) -> str:
    if lacks_a_migration(raised):
        return f"{type(raised).__name__} ({raised.__cause__.diag.message_primary}: see /readyz)"
    is_away = isinstance(raised, OperationalError | OSError) and not isinstance(raised, _ANSWERS)
    return type(raised).__name__ + (f" ({raised})" if is_away else "")


def _places(raised) -> str:
    """Where it was raised: our own calls on the way there, the last first, and the library's line if it was there."""
    frames = traceback.extract_tb(raised.__traceback__)[::-1]
    ours = [frame for frame in frames if _path(frame)]
    inside = frames[:1] if frames and not _path(frames[0]) else []
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in inside]
    places += [f"{_path(frame)}:{frame.lineno}" for frame in ours[:PLACES]]
    return f"at {' < '.join(places)}" if places else ""


def _path(frame) -> Path | None:
    """The path of a file of ours below the project; None for a library's."""
    path = Path(frame.filename)
    ours = path.is_relative_to(ROOT) and "site-packages" not in path.parts
    return path.relative_to(ROOT) if ours else None
