"""What an import's file holds: the rows of its sheets, or the children of a census file. Nothing is believed."""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from cpc.core.kernel.refusals import Invalid
from cpc.imports.choices import FileKind
from cpc.imports.rules.columns import SHEETS, Sheet, sheet_of
from cpc.imports.rules.reading import Formula

MOST_ROWS = 100_000
MOST_UNPACKED = 400 * 1024 * 1024
# What a spreadsheet program would run as a formula when somebody opens the file.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([^"']+)""")
ZEROS = re.compile("00+")  # a number format: 00000 shows 123 as 00123
SEPARATORS = (",", ";", "\t", "|")
SEPARATOR_LINE = "sep="  # how some programs say in a first line which one the file uses
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WINDOWS = tuple(f"cp125{page}" for page in range(9))


def _same_everywhere() -> dict[int, str]:
    """The bytes that mean the same in every code page of Windows: quotation marks and dashes, and no letter."""
    read = {byte: {bytes([byte]).decode(page, "replace") for page in WINDOWS} for byte in range(0x80, 0x100)}
    return {byte: chars.pop() for byte, chars in read.items() if len(chars) == 1 and chars != {"\ufffd"}}


SAME_EVERYWHERE = _same_everywhere()


@dataclass
class Table:
    """One sheet of the file: its headings, and (row number, cells) of every row below."""

    sheet: Sheet
    headings: list[str]
    rows: list[tuple[int, list]] = field(default_factory=list)


def kind_of(body: bytes, name: str) -> FileKind:
    """What the file is, told from its bytes; raises Invalid when it is none that is read."""
    if body[:4] == b"PK\x03\x04":
        return FileKind.SPREADSHEET
    if body.startswith(OLD_OFFICE):
        says = "This is a spreadsheet of an old kind (.xls), or has a password. Save it as .xlsx, without a password."
        raise Invalid(says, "file")
    start = body[:2000].lstrip(codecs.BOM_UTF8).lstrip()
    wide = _utf_16(body)
    if start.startswith(b"<") or (wide and body[:2000].decode(wide, "ignore").lstrip("\ufeff \r\n").startswith("<")):
        return FileKind.CENSUS
    if wide or name.lower().endswith((".csv", ".txt", ".tsv")) or any(sign.encode() in start for sign in SEPARATORS):
        return FileKind.CSV
    raise Invalid("Choose the spreadsheet (.xlsx), a sheet of it as CSV (.csv), or a census file (.xml).", "file")


def _utf_16(body: bytes) -> str | None:
    """Which UTF-16 the text is, by its mark or because every second byte is empty."""
    if marked := UTF_16.get(body[:2]):
        return marked
    start = body[:200]
    if len(start) < 8 or start.count(0) * 3 < len(start):
        return None
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def tables(body: bytes, kind: str, tell=lambda part: None, sheets=SHEETS) -> list[Table]:
    """Those of ``sheets`` that a spreadsheet or CSV file has; raises Invalid, in a sentence, for a file that cannot be
    read. ``tell`` is given per cents."""
    return _of_spreadsheet(body, tell, sheets) if kind == FileKind.SPREADSHEET else [_of_csv(body, sheets)]


def _of_spreadsheet(body, tell, sheets) -> list[Table]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise Invalid("The spreadsheet is too large. Split it into several.", "file")
            pages = [part for part in parts.namelist() if part.endswith(".xml")]  # a sheet may be in any of them
            has_formulas = any(HAS_FORMULA.search(parts.read(part)) for part in pages)
            merged = next((cells[1].decode() for part in pages if (cells := MERGED.search(parts.read(part)))), "")
        if merged:
            raise Invalid(
                f"The cells {merged} are merged, so all but the first are empty. Unmerge them, and fill in each cell.",
                "file",
            )
        found = _sheets(body, has_formulas, tell, {sheet.name: sheet for sheet in sheets})
    except Invalid:
        raise
    except Exception:  # whatever a broken spreadsheet makes the library raise
        raise Invalid("The spreadsheet cannot be opened. Save it again as .xlsx, without a password.", "file") from None
    if not found:
        names = ", ".join(sheet.name for sheet in sheets)
        raise Invalid(f"The spreadsheet has no sheet called {names}. Use the template.", "file")
    return found


def _sheets(body, has_formulas: bool, tell, by_name) -> list[Table]:
    book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    as_typed = load_workbook(io.BytesIO(body), read_only=True) if has_formulas else None
    found = []
    for page in book.worksheets:
        sheet = by_name.get(page.title.strip().lower())
        if sheet is None:
            _refuse_another_of_ours(page, by_name.values())
            continue
        said_to_end = page.max_row
        rows = _all_rows(page, has_formulas)
        if as_typed is not None:
            rows = _with_formulas(rows, _all_rows(as_typed[page.title]))
        headings = _headings(next(rows, ()))
        found.append(Table(sheet, headings, _numbered(_counted(rows, said_to_end, book.worksheets, page, tell))))
    return found


def _refuse_another_of_ours(page, sheets) -> None:
    """Raise Invalid for a sheet with our headings under another name: its rows would be left out without a word."""
    if fits := sheet_of(_headings(next(_all_rows(page), ())), tuple(sheets)):
        raise Invalid(
            f"The sheet “{page.title}” has the headings of the sheet {fits.name}. Put its rows into that sheet, or "
            "delete it.", "file"
        )  # fmt: skip


def _all_rows(page, has_formulas: bool = False) -> Iterator[tuple]:
    """Every row that the sheet has. What the file says of its own size is not believed."""
    page.reset_dimensions()
    if not has_formulas and not any(ZEROS.fullmatch(code) for code in page.parent._number_formats):
        return page.iter_rows(values_only=True)
    return (tuple(map(_as_shown, cells)) for cells in page.iter_rows())


def _as_shown(cell):
    """The value of a cell. A number that the sheet shows with zeros at its beginning is read with them. A formula that
    gives an empty text has that as its value.
    """
    if cell.value is None and cell.data_type == "str":
        return ""
    shown = ZEROS.fullmatch(cell.number_format) if type(cell.value) is int else None
    return str(cell.value).zfill(len(shown[0])) if shown else cell.value


def _with_formulas(rows: Iterable[tuple], typed: Iterable[tuple]) -> Iterator[tuple]:
    """The rows by their values; a formula without a value in the file is there as itself."""
    for values, formulas in zip_longest(rows, typed, fillvalue=()):
        yield tuple(
            Formula(_text_of(formula)) if value is None and formula is not None else value
            for value, formula in zip_longest(values, formulas)
        )


def _text_of(formula) -> str:
    """The formula as it was typed. Raises Invalid where it fills other cells too, which would be read as empty."""
    if not isinstance(formula, ArrayFormula | DataTableFormula):
        return str(formula)
    if len(set(formula.ref.split(":"))) > 1:
        raise Invalid(
            f"The cells {formula.ref} are filled by one formula, without their values. Open the file in the "
            "spreadsheet program and save it there.", "file"
        )  # fmt: skip
    return getattr(formula, "text", None) or "="


def _counted(rows, most, pages, page, tell):
    """The same rows; every thousand of them tells how far it is, as each sheet were as long as this one."""
    before = pages.index(page)
    for number, cells in enumerate(rows, start=1):
        if number % 1000 == 0:
            tell(int(100 * (before + min(1, number / (most or MOST_ROWS))) / len(pages)))
        yield cells


def _of_csv(body, sheets) -> Table:
    text = _decoded(body)
    told = text[:8].lower().startswith(SEPARATOR_LINE) and text[len(SEPARATOR_LINE) : len(SEPARATOR_LINE) + 1]
    if told:
        text = text.partition("\n")[2]
    try:
        for separator in (told,) if told else SEPARATORS:
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
            headings = _headings(next(rows, ()))
            if sheet := sheet_of(headings, sheets):
                return Table(sheet, headings, _numbered(rows))
    except csv.Error:
        raise Invalid(
            f"The file cannot be read as CSV at or before line {rows.line_num + bool(told)}: perhaps a quotation mark "
            "is missing there. Save it again from the spreadsheet.", "file"
        ) from None  # fmt: skip
    raise Invalid(
        "The first line must hold the headings of one sheet of the template, with commas, semicolons or tabs between "
        "them.", "file"
    )  # fmt: skip


def _decoded(body: bytes) -> str:
    """The text of a CSV file. Raises Invalid where letters in it could be others in another code page."""
    if wide := _utf_16(body):
        return _strictly(body, wide).lstrip("\ufeff")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    unclear = next((at for at, byte in enumerate(body) if byte >= 0x80 and byte not in SAME_EVERYWHERE), None)
    if unclear is None:
        return "".join(SAME_EVERYWHERE.get(byte, chr(byte)) for byte in body)
    line = body.count(b"\n", 0, unclear) + 1
    raise Invalid(
        f"The file is not saved as UTF-8, so a letter in line {line} may be read as another, such as £ for Ł. Save it "
        "as “CSV UTF-8” from the spreadsheet program, or import the spreadsheet (.xlsx) itself.", "file"
    )  # fmt: skip


def _strictly(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        raise Invalid("The file breaks off in a letter. Save it again, as “CSV UTF-8”.", "file") from None


def _headings(cells) -> list[str]:
    return [str(cell or "").strip().lower().replace(" ", "_") for cell in cells]


def _numbered(rows) -> list[tuple[int, list]]:
    found: list[tuple[int, list]] = []
    for number, cells in enumerate(rows, start=2):
        if all(cell is None or cell == "" for cell in cells):
            continue
        if len(found) >= MOST_ROWS:
            raise Invalid(f"A sheet has more than {MOST_ROWS:,} rows. Split it.", "file")
        found.append((number, list(cells)))
    return found


def template() -> bytes:
    """The spreadsheet that we publish: a sheet that explains every column, and one sheet each to fill in."""
    book = Workbook(write_only=True)
    notes = book.create_sheet("read me")
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 14, 26
    notes.column_dimensions["C"].width, notes.column_dimensions["D"].width = 10, 90
    notes.append([_bold(notes, name) for name in ("sheet", "column", "needed", "what stands in it")])
    for sheet in SHEETS:
        notes.append([sheet.name, "", "", sheet.says])
        for column in sheet.columns:
            notes.append([sheet.name, column.name, "yes" if column.needed else "", column.says])
    for sheet in SHEETS:
        page = book.create_sheet(sheet.name)
        for number, column in enumerate(sheet.columns, start=1):
            page.column_dimensions[get_column_letter(number)].width = max(12, len(column.name) + 3)
        page.freeze_panes = "A2"
        page.append([_bold(page, name) for name in sheet.headings])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _bold(page, text):
    cell = WriteOnlyCell(page, text)
    cell.font = Font(bold=True)
    return cell


def template_csv(sheet: Sheet) -> str:
    """One sheet of the template as CSV: its headings, and one invented row to show how each is written."""
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow(sheet.headings)
    writer.writerow([column.example for column in sheet.columns])
    return kept.getvalue()


def faults_csv(faults) -> str:
    """The faults as CSV, with nothing in it that a spreadsheet program would run."""
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow(["sheet", "row", "column", "what stands there", "what is wrong"])
    for sheet, row, column, typed, says in faults:
        writer.writerow([sheet, row, column, f"'{typed}" if typed.startswith(FORMULA) else typed, says])
    return kept.getvalue()


def census_children(body: bytes) -> list:
    """The Child elements of a Children in Need census file; raises Invalid for a file that is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Invalid("The file cannot be read as XML. Export it again from the case system.", "file") from None
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    if root.tag != "Message" or root.findtext("Header/CollectionDetails/Collection", "").strip() != "CIN":
        raise Invalid("This is not a Children in Need census file: its Collection is not CIN.", "file")
    return root.findall("Children/Child")
