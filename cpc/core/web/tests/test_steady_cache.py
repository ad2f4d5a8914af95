import time

import pytest
from django.core.cache import cache

from cpc.core.web.steady_cache import SteadyCache
from cpc.core.web.tests.conftest import PASSWORD


@pytest.fixture
def redis_away(settings):
    was = settings.CACHES["default"]
    settings.CACHES = {"default": {**was, "LOCATION": "redis://127.0.0.1:1/0"}}
    SteadyCache.away_until = 0.0
    yield
    SteadyCache.away_until = 0.0


def test_while_redis_is_away_a_process_remembers_for_itself(redis_away):
    assert cache.add("key", 1, 60)
    assert not cache.add("key", 2, 60)
    assert cache.incr("key") == 2
    assert cache.get_many(["key"]) == {"key": 2}
    cache.delete("key")
    assert cache.get("key") is None


def test_a_server_that_is_away_is_not_asked_at_every_turn(redis_away):
    cache.get("key")
    assert time.monotonic() < SteadyCache.away_until


def test_with_redis_there_it_is_redis_that_remembers(db):
    cache.set("key", "kept", 60)
    assert SteadyCache.away_until == 0.0
    assert cache.own.get("key") is None
    assert cache.get("key") == "kept"


def test_people_sign_in_while_redis_is_away_and_wrong_passwords_are_still_counted(redis_away, client, worker):
    for _ in range(11):
        answer = client.post("/account/login/", {"login": worker.email, "password": "wrong"})
    assert answer.status_code == 429 or "Too many failed" in answer.content.decode()
    cache.own.clear()
    assert client.post("/account/login/", {"login": worker.email, "password": PASSWORD}).status_code == 302
