"""What the rows of a file of agencies say, and what is wrong with them."""

import pytest

from cpc.imports import files
from cpc.imports.rules.directory import AGENCIES, entries
from cpc.imports.rules.rows import read_sheet
from cpc.imports.tests.made import as_csv

SCHOOL = {"name": "Elm School", "kind": "school"}
LEAD = {"contact_name": "Priya Lane", "contact_role": "safeguarding", "contact_phone": "020 7946 0102"}


def read(*rows):
    [table] = files.tables(as_csv(AGENCIES, rows), "csv", sheets=(AGENCIES,))
    found, faults = read_sheet(table.sheet, table.headings, table.rows)
    assert faults == []
    return entries(found)


def test_the_template_is_read_as_it_is():
    body = files.template_csv(AGENCIES).encode()
    [table] = files.tables(body, "csv", sheets=(AGENCIES,))
    rows, faults = read_sheet(table.sheet, table.headings, table.rows)
    [agency], more = entries(rows)
    assert (
        faults + more == [] and agency.details["is_active"] and agency.contacts[0][:2] == ("safeguarding", "Priya Lane")
    )


def test_an_agency_with_two_contacts_has_two_rows_and_is_one_agency():
    other = LEAD | {"contact_name": "Jo Ray", "contact_role": "office"}
    [agency], faults = read(SCHOOL | LEAD | {"phone": "020 7946 0101"}, SCHOOL | other)
    assert faults == [] and agency.details == {"phone": "020 7946 0101"}
    assert [name for _, name, *_ in agency.contacts] == ["Priya Lane", "Jo Ray"]


@pytest.mark.parametrize(
    ("rows", "column", "sentence"),
    [
        ([SCHOOL | LEAD | {"email": "a@example.org"}, SCHOOL | {"email": "b@example.org"}], "email", "Row 2 says"),
        ([SCHOOL | LEAD | {"contact_role": ""}], "contact_role", "contacted about"),
        ([SCHOOL | LEAD | {"contact_phone": ""}], "contact_phone", "phone number or an email"),
        ([SCHOOL | {"contact_phone": "020 7946 0102"}], "contact_name", "the name of this contact"),
        ([SCHOOL | {"reference": "a1"}, {"name": "Oak", "kind": "gp", "reference": "A1"}], "reference", "Row 2 has"),
    ],
)
def test_what_cannot_be_right_is_a_fault_with_its_row(rows, column, sentence):
    _, [fault] = read(*rows)
    assert (fault.row, fault.column) == (len(rows) + 1, column) and sentence in fault.says


def test_a_word_that_is_not_known_is_answered_with_the_words_to_choose_from():
    rows = [SCHOOL | LEAD | {"contact_role": "boss"}, SCHOOL | LEAD | {"contact_phone": "77"}]
    [table] = files.tables(as_csv(AGENCIES, rows), "csv", sheets=(AGENCIES,))
    _, faults = read_sheet(table.sheet, table.headings, table.rows)
    says = {fault.column: fault.says for fault in faults}
    assert "Safeguarding lead (safeguarding)" in says["contact_role"]
    assert "is no telephone number" in says["contact_phone"]
