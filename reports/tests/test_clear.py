"""“Clear” is said on one page, and never of what was not read."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from cpc.core.documents.check import release_check
from cpc.core.documents.examination import Examination
from cpc.core.documents.protected import protect_phone
from cpc.tests.architecture.places import ROOT
from reports.outgoing.queries.checking import CopyCheck, Row

FOUND = release_check("Ring 07700 900123.", protect_phone("07700 900123"))
LOOK = SimpleNamespace(by_name="Priya Nandra", decided_at=None, reason="A drawing of a cat.")


def the_check(*, findings=(), blocking=(), unreadable=(), file_check=None, why_second=""):
    """A check of a file with these findings and unread parts, as the page gets it."""
    examined = Examination(
        b"", "", tuple(findings), tuple(blocking), tuple(unreadable), SimpleNamespace(), file_check=file_check
    )
    rows = tuple(Row(one, one in blocking, (), (), None) for one in findings)
    return CopyCheck(examined, rows, why_second, (), frozenset())


def page_of(check):
    """The words of the release check on the page of a copy."""
    context = {"check": check, "document": SimpleNamespace(pk=7, is_file=True), "may_look": False}
    return " ".join(render_to_string("reports/release_check.html", context).split())


@pytest.mark.parametrize(
    "unread",
    [
        {"unreadable": ["Page 2 is a picture."]},
        {"unreadable": ["Page 1 has lines that may be letters."], "findings": FOUND},
        {"unreadable": ["The file is locked."], "file_check": LOOK},
        {"blocking": FOUND, "findings": FOUND},
        {"why_second": "An address is protected in this family."},
    ],
)
def test_what_nobody_read_or_decided_is_not_clear(unread):
    check = the_check(**unread)
    page = page_of(check)
    assert not check.clear and ">Clear<" not in page and "Nothing was found" not in page
    assert all(sentence in page for sentence in unread.get("unreadable", ()))


def test_what_a_person_read_is_clear_and_says_that_the_program_did_not_read_it():
    page = page_of(the_check(file_check=LOOK))
    assert "Clear" in page and "The program did not read all of it: someone looked at the rest." in page


def test_what_was_decided_is_clear_and_does_not_say_that_nothing_was_found():
    page = page_of(the_check(findings=FOUND))
    assert "Everything that was found has been decided." in page and "Nothing was found" not in page


def test_what_was_read_with_nothing_found_is_clear():
    page = page_of(the_check())
    assert "Nothing was found" in page and "did not read" not in page


def test_no_other_page_says_clear():
    templates = ROOT / "templates"
    saying = [str(one.relative_to(templates)) for one in templates.rglob("*.html") if '"Clear"' in one.read_text()]
    assert saying == ["reports/release_check.html"]
