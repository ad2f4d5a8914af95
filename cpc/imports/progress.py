"""How far an import has come, for the page that waits for it. Kept in the cache: the writing is one transaction."""

from django.core.cache import cache

KEPT_SECONDS = 3600


def report(run_id: int, percent: int) -> None:
    """The page that waits shows this many per cent."""
    cache.set(f"import:{run_id}", min(percent, 100), KEPT_SECONDS)


def percent_of(run_id: int) -> int:
    """How far the import is; nought before it begins."""
    return cache.get(f"import:{run_id}") or 0
