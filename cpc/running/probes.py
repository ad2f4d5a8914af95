"""Addresses for a load balancer: `/healthz` (this process answers) and `/readyz` (it can show pages).

They are answered before everything else: a probe comes by number instead of by name, by plain http and without a
session. The answers say nothing about anybody.
"""

from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from redis.exceptions import RedisError


class ProbeMiddleware:
    """The first of all: answers both addresses, and hands on every other request."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.is_migrated = False

    def __call__(self, request):
        if request.path == "/healthz":
            return _answer(200, "ok")
        if request.path == "/readyz":
            return self._ready()
        return self.get_response(request)

    def _ready(self):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            # Asked until it holds: a process that has seen its tables does not lose them.
            self.is_migrated = self.is_migrated or not _missing_migrations()
        except DatabaseError:
            return _answer(503, "database: does not answer")
        if not self.is_migrated:
            return _answer(503, "database: migrations are missing. Run manage.py migrate")
        # Without Redis pages are shown, but nobody can sign in: for a load balancer the process is ready.
        return _answer(200, "database: ok", f"redis: {'ok' if _redis_answers() else 'does not answer'}")


def _missing_migrations():
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def _redis_answers() -> bool:
    cache = caches["default"]
    try:
        return bool(cache._cache.get_client(None).ping())
    except (RedisError, OSError):
        return False


def _answer(status: int, *lines: str) -> HttpResponse:
    text = "\n".join(lines) + "\n"
    answer = HttpResponse(text, status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})
    answer._has_been_logged = True  # who probes knows it: a line every few seconds would bury the others
    return answer
