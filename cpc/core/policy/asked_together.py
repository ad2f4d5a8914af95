"""What found nothing when it was last asked is asked again in one statement, for all kinds of duties together.

There are some sixty kinds of duties, and most users have none of most kinds. Django takes far longer to make a query
than the database takes to answer it. So when a kind found nothing, its SQL is remembered for that user and day. Next
time, one statement asks which of the remembered ones finds a row now. Only those kinds are gathered.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from cpc.core.accounts.choices import Role
from cpc.core.accounts.queries import ids_holding, roles_read_once
from cpc.core.kernel.duties import Asked
from cpc.core.policy.queries import rules, rules_read_once

# The roles that statements may depend on. Where a kind needs the holders of another role, to read them is one more of
# its statements.
ROLES = (Role.ADMINISTRATOR, Role.SERVICE_MANAGER, Role.CHAIR)
Statements = tuple[tuple[str, tuple], ...]


class _Together:
    """What is known within the block: by kind, the statements that found nothing before, and the kinds that still find
    nothing.
    """

    def __init__(self, remembered: dict[tuple, Statements]):
        self.remembered = remembered
        self.still_nothing = _that_find_nothing(remembered)


_now: ContextVar[_Together | None] = ContextVar("asked_together", default=None)


@contextmanager
def asked_together(asked: Asked | None) -> Iterator[None]:
    """Within the block, a kind that still finds nothing for the users who ask is not gathered again."""
    if asked is None:
        yield
        return
    holders = tuple(ids_holding(role) for role in ROLES)
    # Read here, the rules are no statement of a kind: what is remembered depends on them.
    with rules_read_once():
        read = rules()
        token = _now.set(_Together(_remembered(
            asked.whose, asked.on, timezone.localdate(), holders, settings.CPC_PRESET, read.calendar, read.rows
        )))  # fmt: skip
        try:
            yield
        finally:
            _now.reset(token)


@lru_cache(maxsize=500)
def _remembered(*depends_on: Any) -> dict[tuple, Statements]:
    """What found nothing, by kind. A statement is the same only while all of these are; see ``one_kind``."""
    return {}


def one_kind(gather: Callable[..., Iterable]) -> Callable[..., Iterable]:
    """Marks a function that gathers the duties of one kind, or of a few that are found together.

    Its statements may depend only on its arguments, the day, the rules, the holders of ``ROLES`` and what its own
    earlier statements found. If none of them finds a row, it is not called again until one does. A statement with a
    moment in it is not remembered, because a minute later it would be a different one.
    """

    @wraps(gather)
    def gathered(*args: Any, **named: Any) -> Iterable:
        together = _now.get()
        if together is None:
            return gather(*args, **named)
        given = (*args, *sorted(named.items()))
        kind = gather, tuple(one for one in given if not isinstance(one, Asked))
        if kind in together.still_nothing:
            return ()
        with _recorded() as statements:
            found = list(gather(*args, **named))
        if found or None in statements:
            together.remembered.pop(kind, None)
        else:
            together.remembered[kind] = tuple(statements)
        return found

    return gathered


@contextmanager
def _recorded() -> Iterator[list]:
    """The statements that are run in the block; None for one that found a row, or that has a moment in it."""
    statements: list[tuple[str, tuple] | None] = []

    def run(execute: Callable, sql: str, values: Any, many: bool, context: dict) -> Any:
        result = execute(sql, values, many, context)
        same = sql.lstrip("(").startswith("SELECT") and not any(isinstance(one, datetime) for one in values or ())
        nothing = same and context["cursor"].rowcount == 0
        statements.append((_one_text(sql), tuple(values or ())) if nothing else None)
        return result

    token = _now.set(None)  # a kind within this one is gathered as part of it: its statements are this one's too
    try:
        # Who holds any other role must be read here, so that this too is one of the statements.
        with roles_read_once(ROLES), connection.execute_wrapper(run):
            yield statements
    finally:
        _now.reset(token)


@lru_cache(maxsize=2000)
def _one_text(sql: str) -> str:
    """One string for each text, however many users it is remembered for: only their values differ."""
    return sql


def _that_find_nothing(remembered: dict[tuple, Statements]) -> frozenset[tuple]:
    """The kinds that still find nothing. They are asked in one statement."""
    kinds = remembered.copy()  # another thread may add to it
    if not kinds:
        return frozenset()
    texts = [" OR ".join(f"EXISTS ({sql})" for sql, _ in statements) or "FALSE" for statements in kinds.values()]
    values = [value for statements in kinds.values() for _, given in statements for value in given]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(texts)}", values)
        found = cursor.fetchone()
    return frozenset(kind for kind, is_there in zip(kinds, found, strict=True) if not is_there)
