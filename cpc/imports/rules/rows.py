"""The rows of a sheet: those that could be read, and what is wrong with the others. Pure: no database, no Django."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cpc.imports.rules.columns import Sheet
from cpc.imports.rules.reading import Wrong


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
    values: dict
    whole: bool = True

    def __getitem__(self, name):
        return self.values.get(name)


def read_sheet(
    sheet: Sheet, headings: list[str], typed_rows: Iterable[tuple[int, list]], came: Callable = lambda number: None
) -> tuple[list, list]:
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
    rows, seen = [], {}
    for number, cells in typed_rows:
        came(number)
        if all(_empty(cell) for cell in cells):
            continue
        values, wrong = {}, []
        for column in sheet.columns:
            cell = cells[place[column.name]] if place.get(column.name, len(cells)) < len(cells) else None
            if _empty(cell):
                if column.needed:
                    wrong.append(Fault(sheet.name, number, column.name, "", f"{column.name} must be filled in"))
                continue
            try:
                values[column.name] = column.read(cell)
            except Wrong as reason:
                wrong.append(Fault(sheet.name, number, column.name, str(cell)[:200], f"“{str(cell)[:60]}” {reason}"))
        key = tuple(values.get(name) for name in sheet.key)
        if None not in key and key in seen:
            says = f"The same as row {seen[key]}: {', '.join(map(str, key))}. Keep one of them"
            wrong.append(Fault(sheet.name, number, sheet.key[0], str(key[0]), says))
        seen.setdefault(key, number)
        faults += wrong
        if None not in key:
            rows.append(Row(number, values, whole=not wrong))
    return rows, faults


def _empty(cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
