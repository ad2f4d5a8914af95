"""The pages on which a file of agencies is checked and then loaded."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cpc.core.accounts.models import Agency
from cpc.core.accounts.tests.builders import a_council
from cpc.imports.rules.directory import AGENCIES
from cpc.imports.tests.made import as_csv

pytestmark = pytest.mark.django_db
ROWS = [{"name": "Elm School", "kind": "School", "reference": "100001"}, {"name": "Mill Road Surgery", "kind": "gp"}]


@pytest.fixture
def council():
    return a_council()


@pytest.fixture
def keeper(client, council):
    client.force_login(council.users.administrator)


def check(client, rows, name="agencies.csv", body=None):
    given = SimpleUploadedFile(name, as_csv(AGENCIES, rows) if body is None else body)
    return client.post(reverse("imports:directory"), {"file": given}).content.decode()


def signed(page) -> str:
    return re.search(r'name="signed" value="([^"]+)"', page)[1]


def test_a_file_is_checked_first_and_loaded_only_then(client, council, keeper):
    page = check(client, ROWS)
    assert "Nothing has been saved yet" in page and not Agency.objects.filter(name="Elm School").exists()
    answer = client.post(reverse("imports:load_directory"), {"signed": signed(page)}, follow=True).content.decode()
    assert "Loaded: 1 new, 0 changed, 1 as before." in answer and "Elm School" in answer


def test_faults_are_shown_with_their_rows_and_nothing_can_be_loaded(client, council, keeper):
    page = check(client, [*ROWS, {"name": "#N/A", "kind": "castle"}])
    assert "Correct these in the file" in page and "castle" in page and 'name="signed"' not in page


@pytest.mark.parametrize(
    ("body", "name", "sentence"),
    [
        (b"first,last\nA,B\n", "agencies.csv", "headings"),
        (b"<Message/>", "agencies.xml", "Choose a CSV file"),
        (b"name,kind\n", "agencies.csv", "no agencies"),
        (b"PK\x03\x04broken", "agencies.xlsx", "cannot be opened"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(client, council, keeper, body, name, sentence):
    page = check(client, [], name, body)
    assert "There is a problem" in page and sentence in page


def test_what_was_checked_by_somebody_else_or_changed_on_the_way_is_not_loaded(client, council, keeper):
    given = signed(check(client, ROWS))
    for other in (given[:-2] + "xx", ""):
        client.post(reverse("imports:load_directory"), {"signed": other})
    client.force_login(council.users.system_administrator)
    answer = client.post(reverse("imports:load_directory"), {"signed": given}, follow=True).content.decode()
    assert "Check the file again" in answer and not Agency.objects.filter(name="Elm School").exists()


@pytest.mark.parametrize("who", ["social_worker", "chair", "service_manager"])
def test_nobody_else_opens_the_pages(client, council, keeper, who):
    given = signed(check(client, ROWS))
    client.force_login(getattr(council.users, who))
    assert client.get(reverse("imports:directory")).status_code == 403
    assert client.post(reverse("imports:load_directory"), {"signed": given}).status_code == 403
    assert not Agency.objects.filter(name="Elm School").exists()
