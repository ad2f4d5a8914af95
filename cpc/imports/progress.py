"""How far an import has come, for the page that waits for it. Kept in the cache: the writing is one transaction."""

import time

from django.core.cache import cache

KEPT_SECONDS = 3600
# How many rows are written at a time: few enough that the bar moves every second or two, many enough to be quick.
AT_A_TIME = 500
# Beat asks for work every ten seconds; an import that nobody took up for longer than this waits for no worker at all.
PATIENCE_SECONDS = 60


def report(run_id: int, percent: int) -> None:
    """The page that waits shows this many per cent."""
    cache.set(f"import:{run_id}", min(percent, 100), KEPT_SECONDS)


def stretch(tell, start: int, end: int):
    """A ``tell`` for one part of the work: its 0 is ``start`` per cent of the whole, its 100 ``end``."""
    return lambda part: tell(start + part * (end - start) // 100)


def in_parts(rows, tell):
    """The rows, some hundreds at a time; after each part ``tell`` is given how many per cent of them are done."""
    rows = list(rows)
    for start in range(0, len(rows), AT_A_TIME):
        yield rows[start : start + AT_A_TIME]
        tell(100 * min(start + AT_A_TIME, len(rows)) // len(rows))


def percent_of(run_id: int) -> int:
    """How far the import is, in per cent; 0 before it begins."""
    return cache.get(f"import:{run_id}") or 0


def waits(run_id: int) -> None:
    """From now the import waits for a worker to take it up."""
    cache.set(f"import-waits:{run_id}", time.time(), KEPT_SECONDS)
    cache.delete(f"import:{run_id}")


def is_left_alone(run_id: int) -> bool:
    """Whether no worker has taken the import up, and one should have long ago."""
    since = cache.get(f"import-waits:{run_id}")
    return not percent_of(run_id) and since is not None and time.time() - since > PATIENCE_SECONDS
