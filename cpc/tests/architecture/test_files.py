"""No file is too long to read at a sitting, and none is named for what it is not."""

import pytest

from cpc.tests.architecture.places import our_files

CEILING = 400
EXEMPT = {"migrations", "choices", "letters", "tests"}
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff"}


def too_long(path, lines):
    return lines > CEILING and not (EXEMPT & {*path.parts, path.stem})


def test_no_file_is_longer_than_the_ceiling():
    counted = [(len(path.read_text().splitlines()), path) for path in our_files()]
    assert [f"{path}: {lines} lines" for lines, path in counted if too_long(path, lines)] == []


def test_no_file_is_called_by_no_name():
    assert [str(path) for path in our_files("*") if path.stem in NO_NAMES] == []


@pytest.mark.parametrize(
    "name, answer",
    [
        ("families/models.py", True),
        ("families/models/people.py", True),
        ("families/choices.py", False),
        ("families/migrations/0001_initial.py", False),
        ("reports/letters/record.py", False),
        ("families/tests/test_models.py", False),
    ],
)
def test_the_ceiling_exempts_migrations_choices_letters_and_tests_only(name, answer):
    from pathlib import Path

    assert too_long(Path(name), 401) is answer
    assert too_long(Path(name), 400) is False
