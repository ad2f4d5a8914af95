"""Templates can be read in a diff, and draw tables and lists of facts with the tags that exist for them."""

import re

from django.conf import settings

LONGEST = 120
BY_HAND = re.compile(r'class="[^"]*govuk-(table|summary-list)')
COMPONENTS = {"components"}
LETTERS = {"letters", "documents"}  # printed: their tables have the style of the letter


def templates():
    found = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    assert len(found) > 150, "this looks in the wrong place"
    return found


def lines(found):
    return [(path, number, line) for path in found for number, line in enumerate(path.read_text().splitlines(), 1)]


def test_no_line_of_a_template_is_longer_than_a_diff_shows():
    emails = sorted((settings.BASE_DIR / "templates/emails").glob("*.txt"))
    assert len(emails) > 20, "this looks in the wrong place"
    every = lines([*templates(), *emails])
    assert [f"{path}:{number}" for path, number, line in every if len(line) > LONGEST] == []


def test_no_page_writes_a_table_or_a_list_of_facts_by_hand():
    pages = [path for path in templates() if not COMPONENTS & set(path.parts)]
    assert [f"{path}:{number}" for path, number, line in lines(pages) if BY_HAND.search(line)] == []
    plain = [path for path in pages if not LETTERS & set(path.parts)]
    assert [f"{path}:{number}" for path, number, line in lines(plain) if "<table" in line or "<dl" in line] == []


def test_no_page_cuts_what_is_typed_into_a_large_box():
    cut = re.compile(r"<textarea[^>]*\smaxlength", re.DOTALL)
    assert [str(path) for path in templates() if cut.search(path.read_text())] == []
