"""Two people save one row that has a ``version`` column: the second is told, and neither loses a word."""

from cpc.core.kernel.refusals import Stale


def next_version(row, seen, sentence: str, *, mine: str, theirs=lambda: "") -> int:
    """The version to save the row with; raises Stale with both texts when it is no longer the one that a page showed.

    ``row`` None is not there yet: its version is 0. ``seen`` is the version that the page carried; None asks nothing.
    ``theirs`` answers what the row says. Call inside ``acting()``, with the row locked.
    """
    now = row.version if row is not None else 0
    if seen is not None and str(seen) != str(now):
        raise Stale(sentence, mine=mine, theirs=theirs() if row is not None else "", version=now)
    return now + 1


def versions(*rows) -> str:
    """What a page carries of the rows that it shows: it differs once one of them was saved again, came or went."""
    return "-".join(f"{row.pk or 0}.{row.version}" for row in rows)


def lock(row) -> None:
    """The row is read again as it is now, and stays so until the act ends."""
    row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update())
