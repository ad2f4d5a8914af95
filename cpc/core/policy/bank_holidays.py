"""The bank holidays of England and Wales that ship with the software. What an install counts with is its own table."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from cpc.core.kernel.dates import SATURDAY, Calendar

# Back far enough for the whole childhood of anybody who is a child today, and forward for plans. Years not yet
# proclaimed are worked out by rule; an administrator adds what is proclaimed later.
FIRST_YEAR, LAST_YEAR = 2000, 2050
_OUR_NAMES = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
}


@cache
def shipped() -> Mapping[date, str]:
    """Each bank holiday with its name. Days on a weekend are left out: their substitute days are what closes."""
    import holidays  # here, so that nobody pays for reading it who has a table

    days = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1))
    return MappingProxyType({day: _name(name) for day, name in sorted(days.items()) if day.weekday() < SATURDAY})


def _name(name: str) -> str:
    if name.endswith(" (observed)"):
        return f"{_name(name.removesuffix(' (observed)'))} (substitute day)"
    return _OUR_NAMES.get(name, name).replace("'", "’")


def calendar_of(days: Mapping[date, str]) -> Calendar:
    """The calendar that closes on ``days``, which covers whole years from the first of them to the last."""
    if not days:
        return Calendar()
    return Calendar(
        closed=frozenset(days), names=days, first=date(min(days).year, 1, 1), last=date(max(days).year, 12, 31)
    )


@cache
def shipped_calendar() -> Calendar:
    """The calendar of the bank holidays that ship."""
    return calendar_of(shipped())
