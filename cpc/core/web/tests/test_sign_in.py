import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from celery.signals import task_prerun
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cpc.celery import app
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import RoleRequirement, User
from cpc.core.accounts.permissions import Permission, system
from cpc.core.audit.door import acting
from cpc.core.web.sign_in import BROWSER
from cpc.core.web.tasks import send_password_reset
from cpc.core.web.tests.conftest import PASSWORD, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
LOGIN = "/account/login/"


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def sign_out(client):
    """As a person does: the browser keeps its other cookies."""
    client.post("/account/logout/")


def code(secret):
    counter = int(time.time()) // 30
    return format_hotp_value(hotp_value(secret, counter))


def require_second_factor(role):
    with acting(system(on=timezone.localdate()), Permission.SET_UP):
        RoleRequirement.objects.update_or_create(role=role, defaults={"second_factor": True})


def test_a_person_signs_in_with_email_and_password(client, worker):
    assert worker.password.startswith("argon2")
    assert sign_in(client, "ALEX@example.org")["Location"] == "/"


def test_a_wrong_password_gets_one_sentence_that_tells_nothing_of_who_has_an_account(client, worker):
    known = sign_in(client, worker.email, "wrong").content.decode()
    unknown = sign_in(client, "nobody@example.org", "wrong").content.decode()
    told = [re.search(r'error-summary__list">(.*?)</ul>', page, re.S).group(1) for page in (known, unknown)]
    assert told[0] == told[1]
    assert f'value="{worker.email}"' in known


def test_nobody_can_make_an_account_or_change_an_address_for_themselves(client, worker):
    assert client.get("/account/signup/").status_code == 404
    client.force_login(worker)
    assert client.get("/account/email/").status_code == 404


def test_ten_wrong_passwords_hold_up_one_account_and_nobody_else_in_the_office(client, worker, other):
    for _ in range(11):
        answer = sign_in(client, worker.email, "wrong")
    assert "Too many failed" in answer.content.decode() or answer.status_code == 429
    assert sign_in(client, worker.email).status_code != 302
    assert sign_in(client, other.email).status_code == 302


def test_a_stranger_elsewhere_cannot_keep_somebody_out_with_wrong_passwords(client, worker):
    for _ in range(12):
        last = client.post(LOGIN, {"login": worker.email, "password": "wrong"}, REMOTE_ADDR="198.51.100.7")
    assert "too many" in last.content.decode().lower()
    theirs = client.post(LOGIN, {"login": worker.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.10")
    assert theirs.status_code == 302


def test_forty_people_of_one_office_sign_in_within_a_minute(client, db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # only for the test's own speed
    worker = make_user("alex@example.org")
    for _ in range(40):
        assert sign_in(client, worker.email).status_code == 302
        client.logout()


def test_a_short_or_common_password_is_refused_in_words(client, worker):
    client.force_login(worker)
    answer = client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": "password", "password2": "password"}
    )
    assert "at least 12 characters" in answer.content.decode()


def test_who_holds_a_role_that_asks_for_a_second_factor_sets_it_up_first(client, worker, other, practice):
    require_second_factor(Role.SOCIAL_WORKER)
    sign_in(client, other.email)
    assert client.get("/components/").status_code == 200
    client.logout()
    sign_in(client, worker.email)
    answer = client.get("/components/")
    assert answer["Location"] == "/account/two-factor/totp/activate/"
    page = client.get(answer["Location"])
    assert "Your role needs a second step" in page.content.decode()
    secret = page.context["form"].secret
    assert client.post(answer["Location"], {"code": code(secret)}).status_code == 302
    assert client.get("/components/").status_code == 200
    assert secret not in str(Authenticator.objects.get(type="totp", user=worker).data)


def test_who_has_a_second_factor_is_asked_for_it(client, worker, practice):
    require_second_factor(Role.SOCIAL_WORKER)
    test_who_holds_a_role_that_asks_for_a_second_factor_sets_it_up_first(
        client, worker, make_user("third@example.org", Role.CHAIR), practice
    )
    client.logout()
    answer = sign_in(client, worker.email)
    assert answer["Location"].startswith("/account/two-factor/authenticate/")
    assert client.get("/components/").status_code == 302
    wrong = client.post("/account/two-factor/authenticate/", {"code": "000000"})
    assert "There is a problem" in wrong.content.decode()


def test_a_colleague_at_the_next_desk_cannot_keep_somebody_out_of_a_browser_they_use(worker, other):
    theirs, colleague, new = Client(), Client(), Client()
    assert sign_in(theirs, worker.email).status_code == 302
    sign_out(theirs)
    sign_in(colleague, other.email)
    sign_out(colleague)
    for _ in range(12):
        last = sign_in(colleague, worker.email, "wrong")
    assert "too many" in last.content.decode().lower()
    assert sign_in(theirs, worker.email).status_code == 302
    assert sign_in(new, worker.email).status_code != 302, "only a browser that the account has not used is held up"


def test_a_browser_that_is_known_is_held_up_as_well_after_ten_wrong_passwords(worker):
    client = Client()
    sign_in(client, worker.email)
    sign_out(client)
    for _ in range(12):
        last = sign_in(client, worker.email, "wrong")
    assert "too many" in last.content.decode().lower()


@pytest.mark.parametrize("cookie", ["x", "WyJ4IixbXV0:1:x", ""])
def test_a_browser_is_known_by_no_cookie_that_we_did_not_make(client, worker, cookie):
    client.cookies[BROWSER] = cookie
    for _ in range(12):
        sign_in(client, worker.email, "wrong")
    client.cookies[BROWSER] = cookie + "y"
    assert "too many" in sign_in(client, worker.email).content.decode().lower()


def test_another_host_in_the_request_is_no_way_round_the_limit(client, worker, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for _ in range(12):
        sign_in(client, worker.email, "wrong")
    last = client.post(LOGIN, {"login": worker.email, "password": PASSWORD}, headers={"host": "other.example.org"})
    assert "too many" in last.content.decode().lower()


def reset(client, email, **more):
    return client.post("/account/password/reset/", {"email": email}, **more)


@pytest.fixture
def at_once():
    """What is handed to the worker is done at once."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


def test_asking_for_a_new_password_tells_nothing_of_who_has_an_account(client, worker, mailoutbox, at_once):
    closed = make_user("closed@example.org")
    with acting(system(on=timezone.localdate()), Permission.SET_UP):
        User.objects.filter(pk=closed.pk).update(is_active=False)
    pages = []
    for email in (worker.email, "nobody@example.org", closed.email, "ALEX@example.org"):
        answer = reset(Client(), email)
        pages.append((answer.status_code, answer["Location"], Client().get(answer["Location"]).content))
    assert len({page[:2] for page in pages}) == 1
    assert [mail.to for mail in mailoutbox] == [[worker.email], [worker.email]], "nobody else gets any mail"


def test_the_page_asks_neither_the_accounts_nor_the_mail_server_so_its_time_tells_nothing(worker, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "192.0.2.1"
    for email in (worker.email, "nobody@example.org"):
        client = Client()
        with CaptureQueriesContext(connection) as asked:
            assert reset(client, email).status_code == 302
        assert not [one["sql"] for one in asked if "accounts_user" in one["sql"]]


def test_while_the_mail_server_is_away_the_worker_tries_again_and_then_says_so_once(worker, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    done = send_password_reset.apply(["nobody@example.org"])
    assert done.successful()
    tries = []
    task_prerun.connect(lambda **_: tries.append(1), weak=False, dispatch_uid="tries")
    done = send_password_reset.apply([worker.email])
    task_prerun.disconnect(dispatch_uid="tries")
    assert isinstance(done.result, OSError) and len(tries) == 6


def test_a_real_worker_sends_the_link(celery_worker, smtp_sink):
    worker, until = make_user("alex@example.org"), time.monotonic() + 30
    reset(Client(), worker.email)
    while not smtp_sink.messages and time.monotonic() < until:
        time.sleep(0.05)
    [mail] = smtp_sink.messages
    assert mail.recipients == [worker.email] and "/account/password/reset/key/" in mail.get_content()


@pytest.mark.parametrize("email", ["alex@example.org", "nobody@example.org"])
def test_where_no_worker_can_be_asked_the_page_says_so_to_everybody(client, worker, settings, email):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    answer = reset(client, email)
    assert answer.status_code == 503 and "We cannot send email now" in answer.content.decode()
    assert "the number of this error: <strong>" in answer.content.decode()


def test_links_in_mails_go_to_the_configured_address_whatever_host_the_request_names(
    client, worker, settings, mailoutbox, at_once
):
    settings.ALLOWED_HOSTS, settings.CPC_BASE_URL = ["*"], "https://conferences.example.org"
    reset(client, worker.email, headers={"host": "evil.example.net", "x-forwarded-host": "evil.example.net"})
    [mail] = mailoutbox
    text = mail.subject + mail.body + str(mail.extra_headers)
    assert "evil" not in text
    link = re.search(r"https://conferences\.example\.org(/account/password/reset/key/\S+)", text).group(1)
    page = client.get(link, follow=True)
    assert page.status_code == 200 and "New password" in page.content.decode()


@pytest.mark.parametrize("path", ["/account/login/", "/account/password/reset/", "/account/logout/"])
def test_the_librarys_pages_wear_our_clothes(client, worker, path):
    if "logout" in path:
        client.force_login(worker)
    html = client.get(path).content.decode()
    assert 'class="cpc-header"' in html
    assert "govuk-button" in html
