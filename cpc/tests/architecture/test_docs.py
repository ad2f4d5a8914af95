"""What the pages for developers say is there, is there."""

import ast
import re
from collections import Counter
from math import prod

import pytest

from cpc.core.accounts.management.commands.states import markdown as states_page
from cpc.core.audit.management.commands.tables import markdown
from cpc.core.policy.rulebook import national
from cpc.tests.architecture.places import ROOT, our_files, our_models

PAGES = [ROOT / "CONTRIBUTING.md", ROOT / "README.md"]
PAGES += sorted((ROOT / "docs").glob("*.md"))
PAGES += [page for folder in ("how-to", "for-councils") for page in sorted((ROOT / "docs" / folder).glob("*.md"))]
HAZARDS = ROOT / "docs/for-councils/hazard-log.md"
NAMING_TESTS = [HAZARDS, ROOT / "docs/service-promises.md", ROOT / "docs/faults-and-tests.md"]
TOPS = {path.name for path in ROOT.iterdir()} - {".local", ".git", ".venv"}
NAMED = re.compile(r"`(?:python3? )?([\w.\-]+(?:/[\w.\-]+)*/?)(?: [^`]*)?`|\]\(([\w./\-]+)\)")


def missing_paths(text):
    """The paths of the project that a page names and that are not there; ``your_…`` stands for a name to choose."""
    found = {one or other for one, other in NAMED.findall(text)}
    ours = {name for name in found if "/" in name and name.split("/")[0] in TOPS and "your_" not in name}
    return sorted(name for name in ours if not (ROOT / name).exists())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_a_page_names_is_there(page):
    assert missing_paths(page.read_text()) == []


def test_a_path_that_is_not_there_is_found():
    text = "`families/nowhere.py`, `bin/test`, `python bench/gone.py --x`, `families/urls.py`, [a](docs/no.md)"
    assert missing_paths(text) == ["bench/gone.py", "docs/no.md", "families/nowhere.py"]


def test_the_diagram_of_the_tables_is_in_step_with_the_models():
    assert (ROOT / "docs/tables.md").read_text() == markdown(), "run: manage.py tables > docs/tables.md"


def test_the_page_of_what_becomes_of_each_record_is_in_step_with_the_states():
    assert (ROOT / "docs/states.md").read_text() == states_page(), "run: manage.py states > docs/states.md"


def test_every_limit_and_setting_is_applied_or_says_that_it_is_only_shown():
    text = "".join((ROOT / path).read_text() for path in our_files("*.py") if "tests" not in path.parts)
    entries = national().limits | national().settings
    # A numbered key, such as a stage of a disagreement, is put together from its first part.
    unread = {key for key in entries if f'"{key}"' not in text and f'"{key[:-1]}{{' not in text}
    assert sorted(key for key in unread if not entries[key].shown_only) == []
    assert "conference_mode" in unread  # so that the search can find one


def test_the_diagram_has_every_table_of_ours():
    page = markdown()
    assert [model.__name__ for model in our_models() if f"\n    {model.__name__}\n" not in page] == []


@pytest.mark.parametrize("page", NAMING_TESTS, ids=lambda page: page.stem)
def test_every_test_that_a_page_names_is_there(page):
    written = {
        name
        for path in our_files("*.py")
        if "tests" in path.parts
        for name in re.findall(r"^\s*def (test_\w+)", (ROOT / path).read_text(), re.M)
    }
    named = set(re.findall(r"`(test_\w+)`", page.read_text()))
    assert named and sorted(named - written) == []


def cases_of_tests():
    """For each test, how many cases it has. Values that are worked out, such as every page, count as four."""
    found = Counter()
    for path in our_files("*.py"):
        if "tests" in path.parts:
            tree = ast.parse((ROOT / path).read_text())
            named = {
                target.id: one.value for one in ast.walk(tree) if isinstance(one, ast.Assign)
                for target in one.targets if isinstance(target, ast.Name)
            }  # fmt: skip
            for test in ast.walk(tree):
                if isinstance(test, ast.FunctionDef):
                    marks = [one for one in test.decorator_list if "parametrize(" in ast.unparse(one)]
                    found[test.name] += prod(_how_many(mark.args[1], named) for mark in marks)
    return found


def _how_many(values, named) -> int:
    values = named.get(values.id, values) if isinstance(values, ast.Name) else values
    listed = getattr(values, "elts", getattr(values, "keys", None))
    return len(listed) if isinstance(listed, list) else 4


def test_every_hazard_is_held_by_four_cases_at_least():
    cases = cases_of_tests()
    held = {row: set(re.findall(r"`(test_\w+)`", row)) for row in HAZARDS.read_text().splitlines() if row[:1] == "|"}
    few = {row.split(" | ")[0]: sum(cases[one] for one in tests) for row, tests in held.items() if tests}
    assert len(few) > 100 and {hazard: number for hazard, number in few.items() if number < 4} == {}


def test_every_hazard_says_what_holds_it_or_that_it_is_open():
    rows = [
        line.split(" | ")
        for line in HAZARDS.read_text().splitlines()
        if line.count("|") == 6 and line.endswith("| [ ] | [ ] |") and not line.startswith("| [ ]")
    ]
    assert len(rows) > 100
    silent = [row[0] for row in rows if not re.search(r"`test_|open|by hand", row[2])]
    assert silent == []
