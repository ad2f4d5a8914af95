"""The conditions of a list as SQL that is made once: most of a list's time would go into making it again."""

from typing import Any


class CompiledConditions:
    """All that a query asks so far, as one child of its ``where``: compiled at its first use and then given as it is.

    Where the query becomes a part of another, its tables get other names: then it is compiled with these.
    """

    contains_aggregate = False
    contains_over_clause = False
    is_summary = False

    def __init__(self, where: Any):
        self._where = where
        self._made: tuple[str, tuple] | None = None

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        """The SQL and its values."""
        if self._made is None:
            sql, values = compiler.compile(self._where)
            self._made = sql, tuple(values)
        sql, values = self._made
        return sql, list(values)

    def relabeled_clone(self, names: dict) -> Any:
        """The conditions for other names of the tables: a copy that is not kept."""
        return self._where.relabeled_clone(names)

    def get_refs(self) -> set[str]:
        """The annotations that are asked about."""
        return self._where.get_refs()


def compiled_once(found: Any) -> Any:
    """The same query set, with the conditions it has now as SQL that is made once. For one thread."""
    where = found.query.where
    if where.children and not where.contains_aggregate and not where.contains_over_clause:
        found.query.where = where.create([CompiledConditions(where)])
    return found
