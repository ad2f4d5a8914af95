import time

import pytest
from django.core.cache import cache

from cpc.core.web.fallback_cache import FallbackCache
from cpc.core.web.tests.conftest import PASSWORD
from cpc.core.web.tests.test_sign_in import code

pytestmark = pytest.mark.servers
AWAY = "redis://127.0.0.1:1/0"  # nothing listens there


@pytest.fixture
def redis_away(settings):
    was = settings.CACHES["default"]
    settings.CACHES = {"default": {**was, "LOCATION": AWAY}}
    FallbackCache.away_until = 0.0
    yield
    FallbackCache.away_until = 0.0


def test_while_redis_is_away_a_process_remembers_for_itself(redis_away):
    assert cache.add("key", 1, 60)
    assert not cache.add("key", 2, 60)
    assert cache.incr("key") == 2
    assert cache.get_many(["key"]) == {"key": 2}
    cache.delete("key")
    assert cache.get("key") is None


def test_a_server_that_is_away_is_not_asked_at_every_turn(redis_away):
    cache.get("key")
    assert time.monotonic() < FallbackCache.away_until


def test_with_redis_there_it_is_redis_that_remembers(db):
    cache.set("key", "kept", 60)
    assert FallbackCache.away_until == 0.0
    assert cache.own.get("key") is None
    assert cache.get("key") == "kept"


REFUSED = "You cannot sign in now"


def test_nobody_signs_in_while_redis_is_away_and_all_do_afterwards(redis_away, client, worker, settings):
    answer = client.post("/account/login/", {"login": worker.email, "password": PASSWORD})
    assert answer.status_code == 503 and REFUSED in answer.content.decode()
    assert client.get("/account/login/").status_code == 200
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": settings.REDIS_URL}}
    FallbackCache.away_until = 0.0
    assert client.post("/account/login/", {"login": worker.email, "password": PASSWORD}).status_code == 302


def test_a_new_password_is_refused_while_redis_is_away(redis_away, client, worker, mailoutbox):
    answer = client.post("/account/password/reset/", {"email": worker.email})
    assert answer.status_code == 503 and REFUSED in answer.content.decode()
    assert not mailoutbox


def test_a_second_factor_is_refused_while_redis_is_away(client, worker, settings):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(worker, secret)
    answer = client.post("/account/login/", {"login": worker.email, "password": PASSWORD})
    assert answer["Location"].startswith("/account/two-factor/")
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": AWAY}}
    FallbackCache.away_until = 0.0
    refused = client.post(answer["Location"], {"code": code(secret)})
    FallbackCache.away_until = 0.0
    assert refused.status_code == 503 and REFUSED in refused.content.decode()
    assert "_auth_user_id" not in client.session


def test_somebody_signed_in_goes_on_working_while_redis_is_away(redis_away, client, worker):
    client.force_login(worker)
    assert client.get("/").status_code == 200
