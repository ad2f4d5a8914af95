"""Static files as the web server gives them: compressed, under a name that changes with what is in them, for a year."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
ASK = """
import django
from django.test import Client
django.setup()
from django.contrib.staticfiles.storage import staticfiles_storage
for name in ("css/cpc.css", "js/live.js"):
    answer = Client().get(staticfiles_storage.url(name), headers={"Accept-Encoding": "br"})
    answer.close()
    print(staticfiles_storage.url(name), answer["Content-Encoding"], answer["Cache-Control"], sep=" | ")
url = staticfiles_storage.url("css/cpc.css")
for asked, accepts in ((url, "gzip"), (url, "identity"), ("/static/css/cpc.css", "br"), (url[:-5] + "0.css", "br")):
    answer = Client().get(asked, headers={"Accept-Encoding": accepts})
    answer.close()
    print(answer.status_code, answer.get("Content-Encoding"), answer.get("Cache-Control"), sep=" | ")
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """What a browser is told of two files, once they are collected as an installation does."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cpc.settings", "SECRET_KEY": "only-for-this-test", "CPC_HTTPS": "off",
        "STATIC_ROOT": str(tmp_path_factory.mktemp("static")), "ALLOWED_HOSTS": "testserver",
    }  # fmt: skip

    def run(*command):
        done = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    return [line.split(" | ") for line in run("-c", ASK).splitlines()]


def test_a_name_holds_a_hash_of_the_file(served):
    for (name, _, _), stem in zip(served[:2], ("/static/css/cpc.", "/static/js/live."), strict=True):
        assert name.startswith(stem) and len(name.removeprefix(stem).split(".")[0]) == 12


def test_it_is_compressed_and_kept_for_years(served):
    for _, encoding, kept in served[:2]:
        assert encoding == "br"
        assert "immutable" in kept and int(kept.split("max-age=")[1].split(",")[0]) >= 365 * 24 * 3600


@pytest.mark.parametrize(("number", "encoding"), [(2, "gzip"), (3, "None")])
def test_a_browser_that_knows_less_gets_it_as_it_can_read_it(served, number, encoding):
    status, said, kept = served[number]
    assert (status, said) == ("200", encoding) and "immutable" in kept


def test_a_name_without_a_hash_is_asked_for_again_soon_and_one_of_an_older_version_is_not_there(served):
    (_, _, kept), (gone, _, _) = served[4:]
    assert "immutable" not in kept and int(kept.split("max-age=")[1].split(",")[0]) <= 3600
    assert gone == "404"
