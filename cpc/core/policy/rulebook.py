"""What the policy files say: the national file, a preset for each authority, and local rows laid over them. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from cpc.core.kernel.dates import Calendar
from cpc.core.kernel.deadlines import COUNTINGS, LOCAL, NATIONAL, PRESET, UNITS, Limit, loosens
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy import schema
from cpc.core.policy.bank_holidays import shipped_calendar
from cpc.core.policy.schema import PolicyFileError, Setting, Table

_Entry = TypeVar("_Entry")
HERE = Path(__file__).parent
NATIONAL_FILE, AUTHORITIES = HERE / "national.toml", HERE / "authorities"
# Each day of the week, month's end and bank holiday is met in four years; a limit that is never later in them is not.
_STARTS = [date(2024, 1, 1) + timedelta(days=k) for k in range(366 + 3 * 365)]


@dataclass(frozen=True)
class Rulebook:
    """Every limit, setting and word under one preset; ``stated`` are the limits that the preset itself speaks of."""

    name: str
    label: str
    limits: dict[str, Limit]
    settings: dict[str, Setting]
    words: dict[str, str]
    stated: frozenset[str] = frozenset()

    def limit(self, key: str) -> Limit:
        """The limit called ``key``; raises Invalid, naming the command that lists them, when there is none."""
        return _found(self.limits, key, f"There is no limit called “{key}”. “due --list” names them all.")

    def setting(self, key: str) -> bool | int | str:
        """The value of the setting called ``key``."""
        return _found(self.settings, key, f"There is no setting called “{key}”.").value

    def word(self, key: str) -> str:
        """The local word or contact called ``key``."""
        return _found(self.words, key, f"There is no local word called “{key}”.")


@dataclass(frozen=True)
class LocalRow:
    """A service's own value for one limit, from a day on."""

    key: str
    amount: int
    unit: str
    counting: str
    from_on: date
    source: str


def _found(table: dict[str, _Entry], key: str, sentence: str) -> _Entry:
    try:
        return table[key]
    except KeyError:
        raise Invalid(sentence) from None


@cache
def national() -> Rulebook:
    """The national file: what comes before any preset."""
    return read_national(NATIONAL_FILE)


@cache
def presets() -> tuple[str, ...]:
    """The names of the presets that ship, in order."""
    return tuple(sorted(path.stem for path in AUTHORITIES.glob("*.toml")))


@cache
def rulebook(name: str) -> Rulebook:
    """The rules under the preset called ``name``; raises Invalid, naming the presets, when there is none."""
    if name not in presets():
        raise Invalid(f"There is no preset called “{name}”. The presets are: {', '.join(presets())}.")
    return read_authority(AUTHORITIES / f"{name}.toml", national(), shipped_calendar())


def read_national(path: Path) -> Rulebook:
    """The rules that a national file describes; raises PolicyFileError for the first thing that cannot be."""
    table = schema.read(path)
    limits = {
        key: schema.national_limit(key, values, f"{path.name}, limits")
        for key, values in table.tables("limits").items()
    }
    settings = {
        key: schema.national_setting(key, values, f"{path.name}, settings")
        for key, values in table.tables("settings").items()
    }
    words = table.tables("words")
    table.done()
    return Rulebook("national", "National", limits, settings, _words(words, words, path.name, may_be_empty=True))


def read_authority(path: Path, base: Rulebook, calendar: Calendar) -> Rulebook:
    """``base`` with what an authority's file lays over it; raises PolicyFileError for what cannot be."""
    table = schema.read(path)
    preset = Table(table.left.pop("preset", None), f"{path.name}, preset")
    name, label, source = preset.text("name"), preset.text("label"), preset.text("source")
    preset.done()
    if name != path.stem:
        raise preset.error("name", f"is “{name}”, and must be the file’s own name")
    limits, stated = dict(base.limits), table.tables("limits")
    for key, values in stated.items():
        limits[key] = _preset_limit(path.name, key, values, base, (label, source), calendar)
    settings = dict(base.settings)
    for key, value in table.tables("settings").items():
        if key not in settings:
            raise PolicyFileError(f"{path.name}, settings: unknown {key}.")
        setting = schema.chosen(settings[key], value, f"{path.name}, settings")
        settings[key] = replace(setting, named=label, source=source)
    words = base.words | _words(table.tables("words"), base.words, path.name)
    table.done()
    return Rulebook(name, label, limits, settings, words, frozenset(stated))


def _preset_limit(
    file: str, key: str, values: object, base: Rulebook, says: tuple[str, str], calendar: Calendar
) -> Limit:
    if key not in base.limits:
        raise PolicyFileError(f"{file}, limits: unknown {key}.")
    national, (label, source) = base.limits[key], says
    table = Table(values, f"{file}, limits, {key}")
    table.has("amount")
    unit = table.text("unit", one_of=UNITS)
    limit = replace(
        national,
        amount=table.number("amount", most=schema.MOST[unit]),
        unit=unit,
        counting=table.text("counting", national.counting, one_of=COUNTINGS),
        source=table.text("source", source),
        standing=PRESET,
        named=label,
        to_check="",
    )
    table.done()
    schema.check_counting(limit, table.where)
    if national.standing != NATIONAL:
        return limit
    if same_length(limit, national):
        return national  # what the preset repeats is still the national limit
    try:
        refuse_loosening(limit, national, calendar)
    except Invalid as refusal:
        raise PolicyFileError(f"{table.where}: {refusal.sentence}") from None
    return limit


def _words(values: dict[str, Any], known: Collection[str], file: str, *, may_be_empty: bool = False) -> dict[str, str]:
    for key, value in values.items():
        if key not in known:
            raise PolicyFileError(f"{file}, words: unknown {key}.")
        if type(value) is not str or not (value.strip() or may_be_empty):
            raise PolicyFileError(f"{file}, words: {key} must be a text that is not empty.")
    return dict(values)


def same_length(one: Limit, other: Limit) -> bool:
    """Whether two limits end on the same day from every start, as their own terms say it."""
    return (one.amount, one.unit, one.counting, one.days) == (other.amount, other.unit, other.counting, other.days)


def refuse_loosening(proposed: Limit, national: Limit, calendar: Calendar) -> None:
    """Raises Invalid when ``proposed`` would ever end later than the national limit; silent when it never would."""
    if national.standing != NATIONAL:
        return
    if loosens(proposed, national, calendar, _STARTS):
        raise Invalid(
            f"{national.label}: {proposed.length} {proposed.direction} {national.anchor} can end later than the "
            f"national limit of {national.length_with_days}. A national limit may be made shorter, never longer.",
            field="amount",
        )


def with_local_row(book: Rulebook, key: str, rows: Iterable[LocalRow], start: date) -> Limit:
    """The limit called ``key`` for what starts on ``start``: the latest local row by then, else the preset's."""
    limit = book.limit(key)
    in_force = [row for row in rows if row.key == key and row.from_on <= start]
    if not in_force:
        return limit
    row = max(in_force, key=lambda row: row.from_on)
    return replace(
        limit, amount=row.amount, unit=row.unit, counting=row.counting, source=row.source, standing=LOCAL, named=""
    )
