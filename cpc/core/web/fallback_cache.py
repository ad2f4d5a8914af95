"""The shared cache. While Redis is away each process remembers for itself, but sign-in and its limits are refused."""

import secrets
import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer

_DAY = 24 * 3600
_PAUSE = 5  # seconds in which a server that did not answer is not asked again
# The sign-in library's keys: wrong passwords, requests for a new password, codes that were used once already. Counted
# in each process apart, they would let somebody guess as many times more often as there are processes.
_ONLY_SHARED = "allauth"


class LimitsUnavailable(Exception):
    """Redis is away, so attempts to sign in cannot be counted, and none is allowed."""


def _with_fallback(name):
    def method(self, key, *args, **kwargs):
        if time.monotonic() >= FallbackCache.away_until:
            try:
                return getattr(RedisCache, name)(self, key, *args, **kwargs)
            except (NoConnection, NoAnswer):
                FallbackCache.away_until = time.monotonic() + _PAUSE
        if any(str(each).startswith(_ONLY_SHARED) for each in ([key] if isinstance(key, str) else key)):
            raise LimitsUnavailable
        return getattr(self.own, name)(key, *args, **kwargs)

    method.__name__ = name
    return method


class FallbackCache(RedisCache):
    """Redis; while it is away, this process's own memory for everything but the limits of sign-in.

    So no page breaks, and a form sent twice to one process is still done once.
    """

    away_until = 0.0

    def __init__(self, server, params):
        super().__init__(server, params)
        self.own = LocMemCache(f"fallback:{server}", {**params, "OPTIONS": {}})

    add, get, set, touch, delete = (_with_fallback(name) for name in ("add", "get", "set", "touch", "delete"))
    get_many, set_many, delete_many = (_with_fallback(name) for name in ("get_many", "set_many", "delete_many"))
    has_key, incr = (_with_fallback(name) for name in ("has_key", "incr"))

    def shared_number(self, key) -> int | None:
        """The number that all processes share under ``key``, begun at random; nothing while Redis is away."""
        if time.monotonic() < FallbackCache.away_until:
            return None
        try:
            number = RedisCache.get(self, key)
            if number is None:
                RedisCache.add(self, key, secrets.randbelow(2**48), timeout=_DAY)
                number = RedisCache.get(self, key)
        except (NoConnection, NoAnswer):
            FallbackCache.away_until = time.monotonic() + _PAUSE
            return None
        return number

    def raise_number(self, key) -> None:
        """Raise the shared number by one, where somebody asked for it before and Redis answers."""
        try:
            RedisCache.incr(self, key)
        except ValueError:
            pass  # nobody asked: the next who does begins at another random number
        except (NoConnection, NoAnswer):
            FallbackCache.away_until = time.monotonic() + _PAUSE
