"""A person who has not signed in reaches the sign-in page, and nothing else."""

import pytest
from django.conf import settings
from django.shortcuts import resolve_url

from cpc.tests.architecture.addresses import addresses
from cpc.tests.architecture.test_views import OPEN_TO_ANYBODY

# The sign-in library's own pages that must work before anybody is signed in.
OPEN_OF_THE_LIBRARY = {
    "/account/login/": "the sign-in page",
    "/account/inactive/": "says that an account has been closed",
    "/account/password/reset/": "asks for a new password",
    "/account/password/reset/done/": "says that a message was sent, whether or not there is such an account",
    "/account/password/reset/key/1-a/": "takes the new password, for whoever holds the key from the message",
    "/account/password/reset/key/done/": "says that the password was changed",
    "/account/confirm-email/1/": "leads nowhere without a key, which nobody is sent",
}
NEVER_ANSWERED = {"put", "delete"}  # a stranger may learn that a page takes no such request
OPEN = {*OPEN_TO_ANYBODY, *OPEN_OF_THE_LIBRARY}


def closed():
    return [address for address in addresses() if address.path not in OPEN]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_every_address_sends_a_stranger_to_the_sign_in_page(client, method):
    sign_in = resolve_url(settings.LOGIN_URL)
    answers = {a.path: getattr(client, method)(a.path) for a in closed()}
    assert len(answers) > 10, "too few addresses were found: this test looks in the wrong place"
    leaks = [
        f"{path}: {answer.status_code} {answer.get('Location', '')}"
        for path, answer in answers.items()
        if not answer.get("Location", "").startswith(sign_in)
        and not (answer.status_code == 405 and method in NEVER_ANSWERED)
    ]
    assert leaks == [], "\n".join(leaks)


@pytest.mark.django_db
def test_the_open_pages_never_fail(client):
    answers = {a.path: client.get(a.path).status_code for a in addresses() if a.path in OPEN}
    assert {path: code for path, code in answers.items() if code >= 500} == {}
