"""Records are brought in through the browser: two hundred planted faults, all reported; mended, loaded, found."""

from datetime import UTC, datetime, time

import pytest
import time_machine
from playwright.sync_api import expect

from conferences.plans.models import ProtectionPlan
from cpc.core.accounts.tests.builders import TODAY, a_council
from cpc.imports.tasks import work
from cpc.imports.tests.made import families, spreadsheet, with_faults
from families.cases.models import Family

pytestmark = pytest.mark.django_db(transaction=True)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(datetime.combine(TODAY, time(9), tzinfo=UTC), tick=True):
        yield


def test_two_hundred_faults_are_read_mended_and_loaded(window, axe):
    council = a_council()
    rows, planted = with_faults(200)
    page = window(council.users.system_administrator, "/imports/")
    axe(page)
    bring(page, "old.xlsx", spreadsheet(rows))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Being checked")
    work()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Has faults", timeout=20_000
    )  # the page asks by itself
    axe(page)
    said = told_on_every_page(page)
    missing = [
        (sheet, row, says)
        for sheet, row, _, says in planted
        if not any(line[0] == f"{sheet.capitalize()}, row {row}" and says in line[1] for line in said)
    ]
    assert missing == []
    assert not Family.objects.exists()

    page.get_by_role("link", name="Import records").first.click()
    bring(page, "mended.xlsx", spreadsheet(families(20)))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Being checked")
    work()
    expect(page.get_by_role("button", name="Load the file")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("60 new people")).to_be_visible()
    page.get_by_role("button", name="Load the file").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Being loaded")
    work()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Loaded", timeout=20_000)
    axe(page)
    assert (Family.objects.count(), ProtectionPlan.objects.count()) == (20, 40)


def bring(page, name, body):
    page.get_by_label("Choose a file").set_input_files({"name": name, "mimeType": XLSX, "buffer": body})
    page.get_by_role("button", name="Check the file").click()


def told_on_every_page(page) -> list[tuple]:
    """(where, what is wrong) of every line, from the first page to the last."""
    said, number = [], 1
    address = page.url.split("?")[0]
    while True:
        lines = page.locator("main tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
        )
        said += [(cells[0], cells[2]) for cells in lines]
        if page.get_by_role("link", name="Next").count() == 0:
            return said
        number += 1
        page.goto(f"{address}?page={number}")
