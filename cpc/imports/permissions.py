"""Who may see an import: whoever may bring records in. Its file and faults hold names, so nobody else does."""

from django.db.models import Q

from cpc.core.accounts.permissions import Permission, seen_by, sees
from cpc.imports.models import Import, SetAside
from families.models import Family


@sees(Import)
def visible(viewer) -> Q:
    """Every import, to those who may bring records in; none to anybody else."""
    return Q() if viewer.can(Permission.IMPORT_RECORDS) else Q(pk__in=[])


@sees(SetAside)
def visible_set_aside(viewer) -> Q:
    """What was set aside about families that ``viewer`` may see and record; whoever brought it in is not told of it."""
    if not viewer.can(Permission.RECORD_FAMILY):
        return Q(pk__in=[])
    return Q(family__in=seen_by(viewer, Family).order_by().values("pk"))
