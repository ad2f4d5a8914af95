"""What the rest of the software asks of policy: a due date, a limit, a setting, a word. Nothing here writes."""

import json
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from cpc.core.kernel.dates import Calendar
from cpc.core.kernel.deadlines import Due, Limit, compute
from cpc.core.policy import rulebook as books
from cpc.core.policy.bank_holidays import calendar_of, shipped
from cpc.core.policy.models import BankHoliday, LocalLimit, LocalWord
from cpc.core.policy.rulebook import LocalRow, Rulebook


@dataclass(frozen=True)
class Rules:
    """The rules of this install today: its preset, its bank holidays, and its own dated values."""

    book: Rulebook
    calendar: Calendar
    rows: tuple[LocalRow, ...]

    def limit(self, key: str, start: date) -> Limit:
        """The limit called ``key`` for what starts on ``start``."""
        return books.with_local_row(self.book, key, self.rows, start)

    def due(self, key: str, start: date) -> Due:
        """The day on which the limit called ``key`` is reached, counted from ``start``."""
        return compute(self.limit(key, start), start, self.calendar)


# What one request (or one job) has read of the rules, so that a page of fifty dates asks twice and not a hundred times.
_held: ContextVar[dict | None] = ContextVar("rules_held", default=None)


@contextmanager
def rules_read_once():
    """Within the block the rules are read at most once. A request is such a block; so should be a job with a loop."""
    if _held.get() is not None:
        yield
        return
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def read_again() -> None:
    """Make the next question read the rules again: for the actions that have just changed them."""
    if _held.get():
        _held.get().clear()


def rules() -> Rules:
    """The rules of this install: two small queries, or none when the block already holds them."""
    return Rules(book(), calendar(), _once(_local_rows))


def _once(read):
    """``read()``, or what it gave before in this block."""
    shelf = _held.get()
    if shelf is None:
        return read()
    if read not in shelf:
        shelf[read] = read()
    return shelf[read]


_HOLIDAYS_AND_WORDS = f"""
SELECT coalesce((SELECT json_object_agg(falls_on, name ORDER BY falls_on)
                 FROM {BankHoliday._meta.db_table})::text, '{{}}'),
       coalesce((SELECT json_object_agg(key, text ORDER BY from_on)
                 FROM {LocalWord._meta.db_table} WHERE withdrawn_at IS NULL AND from_on <= %s)::text, '{{}}')
"""


def _local_rows() -> tuple[LocalRow, ...]:
    return tuple(local_row(row) for row in LocalLimit.objects.filter(withdrawn_at__isnull=True))


def _holidays_and_words(on: date | None = None) -> tuple[str, str]:
    # Each as one text of JSON: a page reads them in one answer, and makes a calendar only where the text is a new one.
    with connection.cursor() as cursor:
        cursor.execute(_HOLIDAYS_AND_WORDS, [on or timezone.localdate()])
        return cursor.fetchone()


@lru_cache(maxsize=4)
def _calendar(days: str) -> Calendar:
    # The days themselves are the key: a changed table can never meet an old calendar, in whichever process.
    # An empty table is a table that was lost, not a country without bank holidays.
    return calendar_of({date.fromisoformat(day): name for day, name in json.loads(days).items()} or shipped())


def local_row(row: LocalLimit) -> LocalRow:
    """The row as the pure rules read it."""
    source = f"This service from {row.from_on:%d/%m/%Y}: {row.reason}"
    return LocalRow(row.key, row.amount, row.unit, row.counting, row.from_on, source)


def book() -> Rulebook:
    """The preset of this install, as it ships (no query)."""
    return books.rulebook(settings.CPC_PRESET)


def calendar() -> Calendar:
    """The bank holidays of this install: one small query, or none when the block already holds them or the words."""
    return _calendar(_once(_holidays_and_words)[0])


def limit(key: str, on: date | None = None) -> Limit:
    """The limit called ``key`` for what starts on ``on`` (today where a page shows a rule and not a date)."""
    return rules().limit(key, on or timezone.localdate())


def due(key: str, start: date) -> Due:
    """The day on which the limit called ``key`` is reached under the rules of this install, with its working."""
    return rules().due(key, start)


def review_key(first: bool) -> str:
    """The key of the limit for a review: the first one, or a later one."""
    return "first_review" if first else "next_review"


def review_due(anchor: date, first: bool) -> Due:
    """The last day for a review: the first counts from the initial conference, a later one from the review before."""
    return due(review_key(first), anchor)


def setting(key: str):
    """The value of a local setting that is not a date (no query)."""
    return book().setting(key)


def words(key: str) -> str:
    """A local word or contact: this service’s own text if it has one, else the preset’s. Empty if it prints nothing."""
    return _own_words().get(key, book().word(key))


def words_from(on: date) -> dict[str, str]:
    """Every local word and contact as it will be on ``on`` (one query)."""
    return book().words | _words(_holidays_and_words(on)[1])


def _own_words() -> dict[str, str]:
    """This service’s own texts that apply today: read in one with the bank holidays."""
    try:
        return _words(_once(_holidays_and_words)[1])
    except (DatabaseError, InterfaceError):
        return {}  # the page that says that the database does not answer has the service's name at its head


@lru_cache(maxsize=4)
def _words(texts: str) -> dict[str, str]:
    return json.loads(texts)


def local_words():
    """This service’s own texts, those replaced on the same day included: latest first."""
    return LocalWord.objects.order_by("-from_on", "-set_at", "key")


def local_limits():
    """This service's own values, those withdrawn included: latest first for each limit."""
    return LocalLimit.objects.order_by("key", "-from_on", "-set_at")


def bank_holidays(year: int):
    """The bank holidays of a year, in order."""
    return BankHoliday.objects.filter(falls_on__year=year)
