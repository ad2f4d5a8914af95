"""Stops a save on another family's person, and a save of something that was changed meanwhile."""

from cpc.core.audit.versions import versions
from cpc.core.kernel.refusals import Invalid, Stale
from families.people.queries.merged_records import records_in_family


def require_family_members(family, people) -> None:
    """Raise Invalid unless all of ``people`` are in this family: permission was given for this family only."""
    ids = {person.pk for person in people}
    if not ids <= records_in_family(family):
        raise Invalid("One of these people is no longer in the family. Reload the page to see who is")


def values_of(record, fields) -> dict:
    """The current values of ``fields``, as text."""
    return {field: str(getattr(record, field) if getattr(record, field) is not None else "") for field in fields}


def refuse_if_changed(record, fields, seen, given: dict, *, now: str = "") -> None:
    """Raise Stale, with both texts, if the record was saved since the page was shown. ``seen`` None: no check.

    ``now`` is what the page would carry now: the versions of all the rows that it shows, if not of the record alone.
    """
    if seen is None or seen == (now or versions(record)):
        return
    theirs = values_of(record, fields)
    mine = {field: str(given[field] if given[field] is not None else "") for field in fields}
    differing = [field for field in fields if theirs[field] != mine[field]]
    raise Stale(
        "This was changed since you opened this page. Nothing is lost: what was saved is shown beside what you typed.",
        mine="\n".join(mine[field] for field in differing),
        theirs="\n".join(theirs[field] for field in differing),
    )
