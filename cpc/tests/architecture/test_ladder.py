"""A rung imports only from rungs below it; the contracts are in pyproject.toml."""

import os
import shutil
import subprocess
import sys

import pytest

from cpc.tests.architecture.places import PACKAGES, ROOT, contracts

# The name of a contract, the file that is changed, and the line that breaks it.
BREAKS = [
    ("The ladder", "families/people/queries/person.py", "import conferences.convening.models"),
    ("Inside an app: one home for each question", "families/cases/models.py", "import families.cases.permissions"),
    ("Inside an app: one home for each question", "conferences/convening/helpers.py", "LOOSE = 1"),
    ("The floors of families", "families/cases/rules.py", "import families.people.models"),
    ("The floors of conferences", "conferences/loose.py", "LOOSE = 1"),
    ("The floors of reports", "reports/incoming/models/uploads.py", "import reports.outgoing.models"),
    ("The ground has six floors and nothing lies about", "cpc/core/shared.py", "LOOSE = 1"),
    ("The roof has its rooms and nothing lies about", "cpc/misc.py", "LOOSE = 1"),
    ("Rules and the kernel are plain Python", "cpc/core/kernel/dates.py", "import django.utils.timezone"),
    ("The ground knows no app", "cpc/core/audit/door.py", "import families.cases.models"),
]


def lint(folder):
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1"},
    )


def test_every_import_goes_down_the_ladder():
    linted = lint(ROOT)
    assert linted.returncode == 0, linted.stdout + linted.stderr


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """What import-linter says of a copy of the code in which every contract is broken once."""
    copy = tmp_path_factory.mktemp("broken")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for _, path, line in BREAKS:
        with (copy / path).open("a") as changed:
            changed.write(f"\n{line}\n")
    return lint(copy).stdout


@pytest.mark.parametrize("name", sorted(contracts()))
def test_every_contract_can_be_broken(broken, name):
    assert name in {contract for contract, _, _ in BREAKS}, "add a line to BREAKS that breaks the new contract"
    assert f"{name} BROKEN" in broken


@pytest.mark.parametrize(
    "importer, imported",
    [
        ("families.people.queries.person", "conferences.convening.models"),
        ("families.cases.models", "families.cases.permissions"),
        ("cpc.core.kernel.dates", "django"),
        ("cpc.core.audit.door", "families.cases.models"),
        ("families.cases.rules", "families.people.models"),
        ("reports.incoming.models.uploads", "reports.outgoing.models"),
    ],
)
def test_a_broken_rung_is_named(broken, importer, imported):
    assert f"{importer} -> {imported}" in broken


@pytest.mark.parametrize("stray", ["conferences.convening.helpers", "conferences.loose", "cpc.core.shared", "cpc.misc"])
def test_a_stray_module_is_named(broken, stray):
    assert stray in broken
