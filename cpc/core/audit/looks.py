"""Who looked at a child's record. Written before the page is answered: if it cannot be written, nothing is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cpc.core.audit.models import Look

if TYPE_CHECKING:
    from cpc.core.accounts.permissions import Viewer

LONGEST = 200
_bases: list[Callable] = []
_children: list[Callable] = []


def how_they_came(find: Callable):
    """Registers ``find(viewer, ids) -> {child's id: words}``: on what basis a viewer sees each of these children."""
    if find not in _bases:
        _bases.append(find)
    return find


def children_of_families(find: Callable):
    """Registers ``find(families) -> ids``: the children of these families (ids)."""
    if find not in _children:
        _children.append(find)
    return find


def looked_at_families(viewer: Viewer, families, *, page: str) -> None:
    """A row for each child of ``families`` (ids): for a page that names families and none of their children."""
    looked(viewer, children=[child for find in _children if families for child in find(families)], page=page)


def looked(viewer: Viewer, *, children, page: str, basis: str = "") -> None:
    """A row for each of ``children`` (ids or records) says that ``viewer`` saw it on ``page``, and on what basis.

    The basis is found by itself; ``basis`` is for where no road leads to the child: out of hours, an invitation.
    """
    ids = [getattr(child, "pk", child) for child in children]
    known = {child: words for find in _bases if ids for child, words in find(viewer, ids).items()}
    Look.objects.bulk_create(
        Look(
            who_kind=viewer.kind,
            who_id=viewer.id,
            who_name=viewer.name,
            child_id=child,
            page=page,
            basis=(known.get(child) or basis)[:LONGEST],
        )
        for child in ids
    )
