"""What the rest of the software asks of policy: a due date, a limit, a setting, a word. Nothing here writes."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from cpc.core.kernel.dates import Calendar
from cpc.core.kernel.deadlines import Due, Limit, compute
from cpc.core.policy import rulebook as books
from cpc.core.policy.bank_holidays import calendar_of, shipped
from cpc.core.policy.models import BankHoliday, LocalLimit
from cpc.core.policy.rulebook import LocalRow, Rulebook


@dataclass(frozen=True)
class Rules:
    """The rules of this install as they stand: its preset, its bank holidays, and its own dated values."""

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
_held: ContextVar[list | None] = ContextVar("rules_held", default=None)


@contextmanager
def held():
    """Within the block the rules are read at most once. A request is such a block; so should be a job with a loop."""
    if _held.get() is not None:
        yield
        return
    token = _held.set([])
    try:
        yield
    finally:
        _held.reset(token)


def read_again() -> None:
    """The next question reads the rules anew: for the actions that have just changed them."""
    if _held.get():
        _held.get().clear()


def rules() -> Rules:
    """The rules of this install: two small queries, or none when the block already holds them."""
    shelf = _held.get()
    if shelf:
        return shelf[0]
    days = tuple(BankHoliday.objects.order_by("falls_on").values_list("falls_on", "name"))
    rows = tuple(local_row(row) for row in LocalLimit.objects.filter(withdrawn_at__isnull=True))
    made = Rules(book(), _calendar(days), rows)
    if shelf is not None:
        shelf.append(made)
    return made


@lru_cache(maxsize=4)
def _calendar(days: tuple) -> Calendar:
    # The days themselves are the key: a changed table can never meet an old calendar, in whichever process.
    # An empty table is a table that was lost, not a country without bank holidays.
    return calendar_of(dict(days) or shipped())


def local_row(row: LocalLimit) -> LocalRow:
    """The row as the pure rules read it."""
    source = f"This service from {row.from_on:%d/%m/%Y}: {row.reason}"
    return LocalRow(row.key, row.amount, row.unit, row.counting, row.from_on, source)


def book() -> Rulebook:
    """The preset of this install, as it ships (no query)."""
    return books.rulebook(settings.CPC_PRESET)


def calendar() -> Calendar:
    """The bank holidays of this install."""
    return rules().calendar


def limit(key: str, on: date | None = None) -> Limit:
    """The limit called ``key`` for what starts on ``on`` (today where a page shows a rule and not a date)."""
    return rules().limit(key, on or timezone.localdate())


def due(key: str, start: date) -> Due:
    """The day on which the limit called ``key`` is reached under the rules of this install, with its working."""
    return rules().due(key, start)


def review_due(anchor: date, first: bool) -> Due:
    """The last day for a review: the first counts from the initial conference, a later one from the review before."""
    return due("first_review" if first else "next_review", anchor)


def setting(key: str):
    """The value of a local setting that is not a date (no query)."""
    return book().setting(key)


def words(key: str) -> str:
    """A local word or contact (no query)."""
    return book().word(key)


def local_limits():
    """This service's own values, those withdrawn included: latest first for each limit."""
    return LocalLimit.objects.order_by("key", "-from_on", "-set_at")


def bank_holidays(year: int):
    """The bank holidays of a year, in order."""
    return BankHoliday.objects.filter(falls_on__year=year)
