"""What is installed is pinned with its hashes, and is what people chose, each line with its reason."""

import re
from pathlib import Path

import pytest

CHOSEN = {"requirements.in": "requirements.txt", "requirements-dev.in": "requirements-dev.txt"}
PIN = re.compile(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^ ;]+)", re.MULTILINE)


@pytest.mark.parametrize("chosen", CHOSEN)
def test_every_chosen_package_has_its_reason(chosen):
    lines = [line for line in Path(chosen).read_text().splitlines() if line and not line.startswith(("#", "-r "))]
    assert lines and [line for line in lines if not re.match(r"\S+==\S+  # \w", line)] == []


@pytest.mark.parametrize("chosen, pinned", CHOSEN.items())
def test_every_chosen_package_is_pinned_in_the_same_version(chosen, pinned):
    pins = dict(PIN.findall(Path(pinned).read_text()))
    assert set(PIN.findall(Path(chosen).read_text())) <= set(pins.items()), "run bin/pin"


def test_tests_run_on_the_versions_that_the_application_runs_on():
    application, tests = (dict(PIN.findall(Path(pinned).read_text())) for pinned in CHOSEN.values())
    assert application.items() <= tests.items(), "run bin/pin"


@pytest.mark.parametrize("pinned", CHOSEN.values())
def test_every_pin_has_hashes_and_no_list_names_an_index(pinned):
    text = Path(pinned).read_text()
    assert "://" not in text and "-index" not in text
    bare = [pin for pin in re.split(r"\n(?=\S)", text) if PIN.match(pin) and "--hash=sha256:" not in pin]
    assert bare == []


def test_the_oldest_python_that_we_run_on_gets_what_only_it_needs():
    assert "async-timeout" in dict(PIN.findall(Path("requirements.txt").read_text())), "Debian 12 has Python 3.11.2"
