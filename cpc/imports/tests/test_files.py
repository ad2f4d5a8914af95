"""Files as the world makes them: read to their real end, in the code page they have, or refused in a sentence."""

import codecs
import io
import re
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from cpc.core.kernel.refusals import Invalid
from cpc.imports import files
from cpc.imports.actions.bringing import LARGEST
from cpc.imports.rules.columns import PEOPLE
from cpc.imports.rules.rows import read_sheet
from cpc.imports.tests.made import as_csv, families, spreadsheet
from cpc.tests.architecture.places import ROOT


def people(body, name="people.csv"):
    """(the people of a file, what is wrong with them)."""
    [table, *_] = files.tables(body, files.kind_of(body, name))
    return read_sheet(table.sheet, table.headings, table.rows)


def changed(body: bytes, change) -> bytes:
    """The spreadsheet with the XML of its sheets changed by hand, as no program of ours would write it."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            new.writestr(part, change(text.decode()).encode() if part.startswith("xl/worksheets/sheet") else text)
    return kept.getvalue()


def text_of(rows=None, separator=",", first="") -> str:
    text = as_csv(PEOPLE, rows or families(1)["people"]).decode("utf-8-sig")
    return first + text.replace(";", "/").replace(",", separator) if separator != "," else first + text


@pytest.mark.parametrize("says", ["A1:C3", "A1", "A1:AF2", "A1:XFD1048576"])
def test_a_sheet_is_read_to_its_real_end_whatever_it_says_of_its_size(says):
    lied = changed(
        spreadsheet(families(3)), lambda xml: re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="{says}"', xml)
    )
    rows, faults = people(lied, "old.xlsx")
    assert (len(rows), faults) == (9, [])


def test_rows_far_below_are_read_and_empty_ones_between_are_passed_over():
    book = load_workbook(io.BytesIO(spreadsheet(families(1))))
    page = book["people"]
    page.append([])
    for at, cell in enumerate(page[4], start=1):
        page.cell(row=900, column=at, value=cell.value)
    page["F900"] = "M9"
    kept = io.BytesIO()
    book.save(kept)
    rows, faults = people(kept.getvalue(), "old.xlsx")
    assert ([row.number for row in rows], faults) == ([2, 3, 4, 900], [])


def edited(change, number=2) -> bytes:
    """A spreadsheet of these families after ``change`` was done to its sheet of people by hand."""
    book = load_workbook(io.BytesIO(spreadsheet(families(number))))
    change(book["people"])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("cells", ["T2:T4", "A2:A4", "AB3:AC3"])
def test_merged_cells_are_refused_because_all_but_the_first_would_be_read_as_empty(cells):
    with pytest.raises(Invalid, match=f"The cells {cells} are merged"):
        people(edited(lambda page: page.merge_cells(cells)), "old.xlsx")


def test_hidden_rows_and_columns_are_read():
    def hide(page):
        page.row_dimensions[3].hidden = page.column_dimensions["H"].hidden = True
        page.auto_filter.ref = "A1:AG7"

    rows, faults = people(edited(hide), "old.xlsx")
    assert (len(rows), faults) == (6, [])


def test_a_second_sheet_with_the_same_headings_is_never_left_out_without_a_word():
    with pytest.raises(Invalid, match=r"“people \(2\)” has the headings of the sheet people"):
        people(edited(lambda page: setattr(page.parent.copy_worksheet(page), "title", "people (2)")), "old.xlsx")
    assert people(edited(lambda page: page.parent.create_sheet("Notes").append(["Ask the team"])), "old.xlsx")[1] == []


def test_a_number_is_read_with_the_zeros_that_the_sheet_shows():
    def shown(page):
        page["F2"].value, page["F2"].number_format = 1234, "00000000"

    rows, _ = people(edited(shown), "old.xlsx")
    assert rows[0]["person_id"] == "00001234"


def test_what_lies_beside_the_headings_is_pointed_out_with_its_row():
    _, faults = people(edited(lambda page: page.cell(3, 60, "He has moved")), "old.xlsx")
    assert [fault.row for fault in faults] == [3] and "no heading above it" in faults[0].says
    _, faults = people((text_of().rstrip("\r\n") + ",Leeds\r\n").encode())
    assert [(fault.row, fault.typed) for fault in faults] == [(4, "Leeds")]


@pytest.mark.parametrize("typed", ['"Marlow', '"Anna" Marlow'])
def test_a_quotation_mark_that_is_missing_never_swallows_the_rows_after_it(typed):
    lines = text_of(families(1)["people"]).split("\r\n")
    lines[1] = lines[1].replace("Ashdown", typed, 1)
    with pytest.raises(Invalid, match="a quotation mark is missing"):
        people("\r\n".join(lines).encode())


def test_a_spreadsheet_of_an_old_kind_or_with_a_password_is_refused_with_what_to_do():
    with pytest.raises(Invalid, match="without a password"):
        people(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "old.xls")


def with_cell(column, value, cached=None) -> bytes:
    """A spreadsheet with a value or formula in the first row's column, and the value that was worked out, if any."""
    book = Workbook()
    page = book.active
    page.title = "people"
    page.append(PEOPLE.headings)
    row = families(1)["people"][0] | {column: value}
    page.append([row.get(name) for name in PEOPLE.headings])
    kept = io.BytesIO()
    book.save(kept)
    if cached is None:
        return kept.getvalue()
    formula = r'<c r="(\w+)"([^>]*)><f>([^<]*)</f><v ?/?>(?:</v>)?'
    return changed(kept.getvalue(), lambda xml: re.sub(formula, rf'<c r="\1" t="str"><f>\3</f><v>{cached}</v>', xml))


@pytest.mark.parametrize("column", ["died_on", "date_of_birth", "first_name", "phone"])
def test_a_formula_without_its_value_is_refused_with_its_row(column):
    _, faults = people(with_cell(column, "=A1+1"), "old.xlsx")
    assert [(fault.row, fault.column) for fault in faults] == [(2, column)]
    assert "formula without its value" in faults[0].says


def test_a_formula_is_read_by_its_value():
    rows, faults = people(with_cell("first_language", '="Pol"&"ish"', cached="Polish"), "old.xlsx")
    assert (rows[0]["first_language"], faults) == ("Polish", [])


def with_formula(cell: str) -> bytes:
    """A spreadsheet with the first row's language as a program writes a formula: ``cell`` is what its element holds."""
    made = r'<c r="(\w+)"[^>]*><f>[^<]*</f><v ?/?>(?:</v>)?</c>'
    return changed(with_cell("first_language", "=A1"), lambda xml: re.sub(made, rf'<c r="\1" {cell}</c>', xml))


@pytest.mark.parametrize(
    "cell",
    ['><f t="array" ref="Z2">A1</f>', '><f t="dataTable" ref="Z2"/>', '><f t="shared" si="0"/><v/>', "><f>A1</f>"],
)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_formula_of_any_kind_without_its_value_is_never_read_as_an_empty_cell(cell, prefix):
    own = f" xmlns:{prefix[:-1]}=" if prefix else " xmlns="
    body = changed(
        with_formula(cell), lambda xml: re.sub("<(/?)([a-z])", rf"<\1{prefix}\2", xml).replace(" xmlns=", own)
    )
    _, faults = people(body, "old.xlsx")
    assert [(fault.row, fault.column) for fault in faults] == [(2, "first_language")]


def test_a_formula_that_fills_several_cells_without_their_values_is_refused_with_the_cells():
    with pytest.raises(Invalid, match="The cells Z2:Z9 are filled by one formula"):
        people(with_formula('><f t="array" ref="Z2:Z9">SORT(A1:A8)</f>'), "old.xlsx")


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell():
    rows, faults = people(with_formula('t="str"><f>IF(A1="","",A1)</f><v></v>'), "old.xlsx")
    assert (rows[0]["first_language"], faults) == (None, [])


def test_a_cell_that_no_program_would_write_is_refused_in_a_sentence():
    broken = changed(
        spreadsheet(families(1)),
        lambda xml: xml.replace('t="inlineStr"', 't="n"').replace("<is><t>", "<v>").replace("</t></is>", "</v>"),
    )
    with pytest.raises(Invalid, match="cannot be opened"):
        people(broken, "old.xlsx")


@pytest.mark.parametrize("value", ["#N/A", "#REF!", "#VALUE!", "########", "#ERROR!", "err:502", "#BEZUG!"])
def test_what_a_spreadsheet_shows_for_no_value_is_a_fault_in_any_column(value):
    for column in ("died_on", "known_as", "address"):
        _, faults = people(with_cell(column, value), "old.xlsx")
        assert [(fault.row, fault.column) for fault in faults if "no value" in fault.says] == [(2, column)]


@pytest.mark.parametrize(
    "phone",
    [7700900123, 1632960001, 447700900123, "7700 900123", "7.7009E+09", 7700900123.0, "7700900123.0", "none", "x",
     "77"],
)  # fmt: skip
def test_a_telephone_number_that_lost_its_leading_zero_or_is_none_is_pointed_out(phone):
    _, faults = people(with_cell("phone", phone), "old.xlsx")
    assert [fault.column for fault in faults] == ["phone"]


@pytest.mark.parametrize(
    "phone", ["07700 900123", "+44 7700 900123", "00 48 12 345 67 89", "999", "0161 496 0000 ext 3"]
)
def test_a_telephone_number_that_is_whole_is_not(phone):
    assert people(with_cell("phone", phone), "old.xlsx")[1] == []


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_separators_and_kinds_of_unicode_are_recognised(separator, encoding):
    body = text_of([families(1)["people"][0] | {"first_name": "Łucja"}], separator).encode(encoding)
    rows, faults = people(body)
    assert ([row["first_name"] for row in rows], faults) == (["Łucja"], [])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_first_line_that_names_the_separator_is_believed(separator):
    rows, faults = people(text_of(None, separator, f"sep={separator}\r\n").encode())
    assert (len(rows), faults) == (3, [])


@pytest.mark.parametrize("code_page", ["cp1250", "cp1252", "cp1251", "cp1254", "latin-1", "iso8859-2"])
def test_a_code_page_in_which_a_letter_may_be_another_is_refused_with_its_line(code_page):
    name = "Müller" if code_page in ("cp1252", "latin-1", "cp1254") else "Юлия" if code_page == "cp1251" else "Łucja"
    body = text_of([families(1)["people"][0] | {"first_name": name}]).encode(code_page)
    with pytest.raises(Invalid, match=r"a letter in line 2 .* “CSV UTF-8”"):
        people(body)


def test_quotation_marks_that_every_code_page_of_windows_shares_are_read():
    body = text_of([families(1)["people"][0] | {"last_name": "O’Dell–Byrne"}]).encode("cp1252")
    rows, _ = people(body)
    assert rows[0]["last_name"] == "O’Dell–Byrne"


def test_a_file_without_our_headings_says_which_separators_are_known():
    with pytest.raises(Invalid, match="commas, semicolons or tabs"):
        people(b"a:b:c\n1:2:3\n")


def test_a_file_of_two_byte_letters_that_breaks_off_is_refused():
    with pytest.raises(Invalid, match="breaks off"):
        people(codecs.BOM_UTF16_LE + text_of().encode("utf-16-le")[:-1])


@pytest.mark.parametrize(
    "name",
    ["Łucja", "O’Dell", "Ó hUiginn", "Nguyễn", "李小明", "Юлия", "عائشة", "শ্রীমতী", "Anne-Marie", "D'Souza", "Ng Jr."],
)
def test_a_name_of_any_script_is_read_as_it_is(name):
    rows, faults = people(with_cell("first_name", name), "old.xlsx")
    assert (rows[0]["first_name"], faults) == (name, [])


@pytest.mark.parametrize(
    "name",
    [
        "£ucja",
        "Bug³¹k",
        "Ma?gorzata",
        "JosÃ©",
        "Å\x81ucja",
        "A\ufffda",
        "Ev\u202ea",
        "Eva\u200b",
        "Bj”rn",
        "?",
        "N/A",
        "tbc",
        "xxx",
        "UNKNOWN",
        "None",
        "Do not use",
        "Deceased",
        "-",
        "123",
    ],
)
def test_a_name_that_was_damaged_is_pointed_out(name):
    _, faults = people(with_cell("first_name", name), "old.xlsx")
    assert [(fault.row, fault.column) for fault in faults] == [(2, "first_name")]


def numbered(*ids):
    row = families(1)["people"][0]
    return as_csv(PEOPLE, [row | {"person_id": one} for one in ids])


def test_a_number_that_lost_noughts_which_others_have_is_pointed_out():
    rows, faults = people(numbered("00012345", "00067890", "12346", "A1"))
    assert [(fault.row, fault.column) for fault in faults] == [(4, "person_id")]
    assert "begin with 0" in faults[0].says and len(rows) == 3


def test_numbers_of_any_length_are_right_where_none_begins_with_a_zero():
    assert people(numbered("12345", "67", "890123"))[1] == []


def test_the_example_proxy_lets_the_largest_import_through_so_that_the_service_says_what_is_too_large():
    proxy = (ROOT / "docs/how-to/files/nginx.conf").read_text()
    assert int(re.search(r"client_max_body_size (\d+)m", proxy)[1]) * 1024 * 1024 > LARGEST
