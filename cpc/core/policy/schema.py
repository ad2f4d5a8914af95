"""What a policy file may say. Every mistake is refused when the file is read, by a line that names its place."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cpc.core.kernel import deadlines as words
from cpc.core.kernel.deadlines import Limit

# A limit of years is a slip of the finger: nothing in this field is longer.
MOST = {words.WORKING_DAYS: 260, words.DAYS: 366, words.WEEKS: 52, words.MONTHS: 12, words.HOURS: 720}


class PolicyFileError(ValueError):
    """A policy file says something that cannot be; the message names the file, the place, and what may be there."""


@dataclass(frozen=True)
class Setting:
    """A local choice that is not a date: what it is, what it may be, who says so."""

    key: str
    value: bool | int | str
    label: str = ""
    source: str = ""
    choices: tuple[str, ...] = ()
    named: str = ""
    shown_only: bool = False  # nothing in the software applies it yet


class Table:
    """One table of a policy file, read field by field; what is left over at the end is an error."""

    def __init__(self, values: object, where: str):
        if not isinstance(values, dict):
            raise PolicyFileError(f"{where}: this must be a table.")
        self.left, self.where = dict(values), where

    def text(self, key: str, default: str | None = None, one_of: Collection[str] = ()) -> str:
        """The text under ``key``, one of ``one_of`` where given."""
        value: str = self._take(key, str, default, "a text")
        if not value.strip():
            raise self.error(key, "must not be empty")
        if one_of and value not in one_of:
            raise self.error(key, f"is “{value}”, and must be one of: {', '.join(one_of)}")
        return value

    def number(self, key: str, most: int = 10_000) -> int:
        """The whole number under ``key``, from 1 to ``most``."""
        value: int = self._take(key, int, None, "a whole number")
        if not 1 <= value <= most:
            raise self.error(key, f"is {value}, and must be from 1 to {most}")
        return value

    def number_or_none(self, key: str, most: int = 10_000) -> int | None:
        """The whole number under ``key``, as ``number`` reads it; none when it is not there."""
        return self.number(key, most) if key in self.left else None

    def flag(self, key: str) -> bool:
        """The true or false under ``key``: false when it is not there."""
        value: bool = self._take(key, bool, False, "true or false")
        return value

    def tables(self, key: str) -> dict[str, Any]:
        """The tables under ``key``: none when it is not there."""
        return Table(self.left.pop(key, {}), f"{self.where}, {key}").left

    def has(self, key: str) -> None:
        """``key`` is there."""
        if key not in self.left:
            raise self.error(key, "is missing")

    def done(self) -> None:
        """Nothing is left over: a name that nobody reads is a mistake, not a comment."""
        if self.left:
            raise PolicyFileError(f"{self.where}: unknown {', '.join(sorted(self.left))}.")

    def error(self, key: str, what: str) -> PolicyFileError:
        """The error that says ``what`` is wrong with ``key`` here."""
        return PolicyFileError(f"{self.where}: {key} {what}.")

    def _take(self, key: str, kind: type, default: object, called: str) -> Any:
        if key not in self.left and default is None:
            raise self.error(key, "is missing")
        value = self.left.pop(key, default)
        if type(value) is not kind:  # exact: True is an int to isinstance
            raise self.error(key, f"must be {called}")
        return value


def read(path: Path) -> Table:
    """The whole file as one table, named for the file."""
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyFileError(f"{path.name}: {error}") from None


def national_limit(key: str, values: object, where: str) -> Limit:
    """The limit that national.toml describes under ``key``."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", key):
        raise PolicyFileError(f"{where}: a key is small letters, digits and underscores.")
    table = Table(values, f"{where}, {key}")
    unit = table.text("unit", one_of=words.UNITS)
    table.has("amount")
    limit = Limit(
        key=key,
        label=table.text("label"),
        amount=table.number("amount", most=MOST[unit]),
        unit=unit,
        direction=table.text("direction", one_of=(words.AFTER, words.BEFORE)),
        anchor=table.text("anchor"),
        owner=table.text("owner"),
        source=table.text("source"),
        standing=table.text("standing", one_of=(words.NATIONAL, words.DEFAULT)),
        kind=table.text("kind", words.AT_MOST, one_of=(words.AT_MOST, words.AT_LEAST, words.RIGHT)),
        counting=table.text("counting", words.ORDINARY, one_of=words.COUNTINGS),
        days=table.number_or_none("days", most=MOST[words.DAYS]),
        to_check=table.text("to_check") if "to_check" in table.left else "",
        shown_only=table.flag("shown_only"),
    )
    table.done()
    check_counting(limit, table.where)
    return limit


def check_counting(limit: Limit, where: str) -> None:
    """Clear days belong to limits that count back, and minimums and second ceilings to limits that count forward."""
    if limit.counting == words.CLEAR and limit.direction == words.AFTER:
        raise PolicyFileError(f"{where}: clear days are only for a limit that counts back.")
    if limit.counting != words.ORDINARY and limit.unit == words.HOURS:
        raise PolicyFileError(f"{where}: hours are counted in the ordinary way.")
    if limit.direction == words.BEFORE and (limit.kind != words.AT_MOST or limit.days):
        raise PolicyFileError(
            f"{where}: a minimum, a right or a second ceiling is only for a limit that counts forward."
        )
    if limit.kind == words.RIGHT and limit.days:
        raise PolicyFileError(f"{where}: a right has no second ceiling, which would make it shorter.")


def national_setting(key: str, values: object, where: str) -> Setting:
    """The setting that national.toml describes under ``key``."""
    table = Table(values, f"{where}, {key}")
    table.has("value")
    value, choices = table.left.pop("value"), tuple(table.left.pop("choices", ()))
    setting = Setting(
        key, value, table.text("label"), table.text("source"), choices, shown_only=table.flag("shown_only")
    )
    table.done()
    if type(value) not in (bool, int, str):
        raise table.error("value", "must be true, false, a whole number or a text")
    return chosen(setting, value, table.where)


def chosen(setting: Setting, value: bool | int | str, where: str) -> Setting:
    """``setting`` with ``value``, which is of its kind and among its choices."""
    kinds = {bool: "true or false", int: "a whole number", str: "a text"}
    if type(value) is not type(setting.value):
        raise PolicyFileError(f"{where}: {setting.key} must be {kinds[type(setting.value)]}.")
    if setting.choices and value not in setting.choices:
        raise PolicyFileError(f"{where}: {setting.key} must be one of: {', '.join(setting.choices)}.")
    if type(value) is int and value < 0:
        raise PolicyFileError(f"{where}: {setting.key} must not be below 0.")
    if type(value) is str and not value.strip():
        raise PolicyFileError(f"{where}: {setting.key} must not be empty.")
    return replace(setting, value=value)
