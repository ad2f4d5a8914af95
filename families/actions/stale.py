"""Two people save the same record: the second is told, and neither loses a word."""

from cpc.core.kernel.refusals import Stale
from families.rules import stamp


def values_of(record, fields) -> dict:
    """The plain values of ``fields`` as they stand."""
    return {field: str(getattr(record, field) if getattr(record, field) is not None else "") for field in fields}


def seen_stamp(record, fields) -> str:
    """The mark that a page carries of what it showed."""
    return stamp(values_of(record, fields))


def refuse_if_changed(record, fields, seen, given: dict) -> None:
    """Raises Stale, with both texts, when the record is no longer what the page showed. ``seen`` None asks nothing."""
    if seen is None or seen == seen_stamp(record, fields):
        return
    theirs = values_of(record, fields)
    mine = {field: str(given[field] if given[field] is not None else "") for field in fields}
    differing = [field for field in fields if theirs[field] != mine[field]]
    raise Stale(
        "Somebody else changed this while you were typing. Nothing is lost: "
        "what they saved is shown beside what you typed.",
        mine="\n".join(mine[field] for field in differing),
        theirs="\n".join(theirs[field] for field in differing),
    )
