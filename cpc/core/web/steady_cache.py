"""The shared cache, which a page can lean on even while Redis is away: each process then remembers for itself."""

import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer

_PAUSE = 5  # seconds in which a server that did not answer is not asked again


def _steady(name):
    def method(self, *args, **kwargs):
        if time.monotonic() >= SteadyCache.away_until:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except (NoConnection, NoAnswer):
                SteadyCache.away_until = time.monotonic() + _PAUSE
        return getattr(self.own, name)(*args, **kwargs)

    method.__name__ = name
    return method


class SteadyCache(RedisCache):
    """Redis; while it is away, this process's own memory.

    So sign-in still counts wrong passwords, a form sent twice is still done once, and no page breaks.
    """

    away_until = 0.0

    def __init__(self, server, params):
        super().__init__(server, params)
        self.own = LocMemCache(f"steady:{server}", {**params, "OPTIONS": {}})

    add, get, set, touch, delete = (_steady(name) for name in ("add", "get", "set", "touch", "delete"))
    get_many, set_many, delete_many = (_steady(name) for name in ("get_many", "set_many", "delete_many"))
    has_key, incr, clear = (_steady(name) for name in ("has_key", "incr", "clear"))
