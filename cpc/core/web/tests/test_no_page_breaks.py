"""No page answers 500, whatever is sent to it: charsets, long numbers, buttons that were not offered."""

import pytest
from django.test import Client

from cpc.core.web.tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
FORM = "application/x-www-form-urlencoded"
KINDS = [
    f"{FORM}; charset=utf-16", f"{FORM}; charset=utf-7", f"{FORM}; charset=nonsense", f"{FORM}; charset=",
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x; charset=utf-16",
    "multipart/form-data; boundary=x; charset=nonsense", "application/json; charset=utf-16", "nonsense",
]  # fmt: skip
OPEN = ["/account/login/", "/account/password/reset/", "/account/password/reset/key/1-x/", "/families/add/", "/"]
CLOSED = ["/families/add/", "/session/discard/", "/session/stay/", "/account/password/change/", "/people/add/"]
LONG = "9" * 5000


def answers(paths, *, checks_csrf, user=None):
    client = Client(raise_request_exception=False, enforce_csrf_checks=checks_csrf)
    if user:
        client.force_login(user)
    return {
        (path, kind): client.generic("POST", path, b"login=a&page=/&form_token=x", content_type=kind).status_code
        for path in paths
        for kind in KINDS
    }


@pytest.mark.parametrize("checks_csrf", [True, False])
def test_no_kind_of_content_breaks_a_page(worker, checks_csrf):
    found = answers(OPEN, checks_csrf=checks_csrf) | answers(CLOSED, checks_csrf=checks_csrf, user=worker)
    assert {key: status for key, status in found.items() if status >= 500} == {}


SECOND_FACTOR = [
    "recovery-codes/", "recovery-codes/generate/", "recovery-codes/download/", "totp/deactivate/", "totp/activate/",
    "authenticate/", "reauthenticate/", "",
]  # fmt: skip


def test_nothing_of_the_second_factor_breaks_without_one(worker):
    client = Client(raise_request_exception=False)
    assert client.post("/account/login/", {"login": worker.email, "password": PASSWORD}).status_code == 302
    urls = [f"/account/two-factor/{path}" for path in SECOND_FACTOR]
    found = {(url, method): getattr(client, method)(url).status_code for url in urls for method in ("get", "post")}
    assert {key: status for key, status in found.items() if status >= 500} == {}
    answer = client.post("/account/two-factor/recovery-codes/generate/").content.decode()
    assert "You cannot generate recovery codes without" in answer, "the sign-in was recent, so the view itself answers"


@pytest.mark.parametrize(
    "typed",
    [
        {"born_on_month": LONG}, {"born_on_day": LONG}, {"born_on_year": LONG}, {"born_on_month": "²"},
        {"born_on_month": "\x00"}, {"name": "\x00"}, {"born_on_month": "١"},
    ],
)  # fmt: skip
def test_no_part_of_a_date_breaks_a_page(worker, practice, typed):
    client = Client(raise_request_exception=False)
    client.force_login(worker)
    given = {"born_on_day": "1", "born_on_month": "1", "born_on_year": "2020"}
    assert client.post("/components/", given | typed).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        f"/families/{LONG}/", f"/?page={LONG}", f"/conferences/all/?page={LONG}", "/timescales/bank-holidays/?year=0",
        f"/timescales/bank-holidays/?year={LONG}", f"/families/search/?q={LONG}", "/account/login/?next=%00", "/%00",
        f"/account/password/reset/key/{LONG}-x/", f"/people/?page={LONG}&role=%00",
    ],
)  # fmt: skip
def test_no_number_in_an_address_breaks_a_page(worker, path):
    client = Client(raise_request_exception=False)
    client.force_login(worker)
    assert client.get(path).status_code < 500
