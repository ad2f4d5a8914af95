"""The rows of a sheet: those that could be read, and what is wrong with the others. Pure: no database, no Django."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cpc.imports.rules.columns import Sheet
from cpc.imports.rules.reading import Wrong, damage

# Columns of numbers that may begin with a zero, which a spreadsheet drops.
NUMBERS = {"person_id", "family_number"}
BESIDE = "perhaps the row has a separator too many. Correct the row, or take this out"
Cells = Sequence[object]  # the values in one row of a sheet


@dataclass(frozen=True)
class Fault:
    """What is wrong, where, and what was typed there. ``row`` counts from the heading, which is row 1."""

    sheet: str
    row: int
    column: str
    typed: str
    says: str


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, and the values that could be read, by column. ``whole``: all of them could."""

    number: int
    values: dict[str, Any]  # what a column’s reader gives
    whole: bool = True

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


def read_sheet(
    sheet: Sheet,
    headings: list[str],
    typed_rows: Iterable[tuple[int, Cells]],
    came: Callable[[int], object] = lambda number: None,
) -> tuple[list[Row], list[Fault]]:
    """(the rows, the faults of those that are not whole). A row with nothing in it is passed over. ``came`` is given
    the number of each row as it is read.

    A row that is not whole still says who is in the file, so that its own fault is not told again of every other row.
    """
    faults = [
        Fault(sheet.name, 1, name, "", f"The column {name} is missing. Use the headings of the template")
        for name in (one.name for one in sheet.columns if one.needed)
        if name not in headings
    ]
    faults += [
        Fault(sheet.name, 1, name, name, "There is no such column in the template. Take it out, or correct its name")
        for name in headings
        if name and name not in sheet.headings
    ]
    faults += [
        Fault(sheet.name, 1, name, name, "This column is there twice. Keep one")
        for name in sorted({name for name in headings if name and headings.count(name) > 1})
    ]
    if faults:
        return [], faults
    place = {name: headings.index(name) for name in headings if name}
    typed_rows = list(typed_rows)
    zeros = _longest_with_zeros(typed_rows, place)
    rows: list[Row] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, cells in typed_rows:
        came(number)
        if all(_empty(cell) for cell in cells):
            continue
        values: dict[str, Any] = {}
        wrong = [
            Fault(sheet.name, number, "", str(cell)[:200], f"“{str(cell)[:60]}” has no heading above it: {BESIDE}")
            for at, cell in enumerate(cells)
            if not _empty(cell) and (at >= len(headings) or not headings[at])
        ]
        for column in sheet.columns:
            cell = cells[place[column.name]] if place.get(column.name, len(cells)) < len(cells) else None
            if _empty(cell):
                if column.needed:
                    wrong.append(Fault(sheet.name, number, column.name, "", f"{column.name} must be filled in"))
                continue
            try:
                if wrongly := damage(cell):
                    raise Wrong(wrongly)
                if column.name in NUMBERS and _may_have_lost_zeros(cell, zeros.get(column.name, 0)):
                    raise Wrong("is shorter than the numbers here that begin with 0: type it again, as text")
                values[column.name] = column.read(cell)
            except Wrong as reason:
                wrong.append(Fault(sheet.name, number, column.name, str(cell)[:200], f"“{str(cell)[:60]}” {reason}"))
        key = tuple(values.get(name) for name in sheet.key)
        if None not in key and key in seen:
            says = f"The same as row {seen[key]}: {', '.join(map(str, key))}. Keep one of them"
            wrong.append(Fault(sheet.name, number, sheet.key[0], str(key[0]), says))
        seen.setdefault(key, number)
        faults += wrong
        if all(values.get(name) is not None for name in sheet.needed_key):
            rows.append(Row(number, values, whole=not wrong))
    return rows, faults


def _longest_with_zeros(typed_rows: list[tuple[int, Cells]], place: dict[str, int]) -> dict[str, int]:
    """For each column of numbers, how long the longest is that begins with a zero."""
    found: dict[str, int] = {}
    for name in NUMBERS & set(place):
        typed = (str(cells[place[name]]).strip() for _, cells in typed_rows if place[name] < len(cells))
        found[name] = max((len(text) for text in typed if text.startswith("0") and text.isdigit()), default=0)
    return found


def _may_have_lost_zeros(cell: object, longest: int) -> bool:
    text = str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()
    return text.isdigit() and len(text) < longest


def _empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
