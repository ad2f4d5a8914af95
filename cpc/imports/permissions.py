"""Who may see an import: those who may import records. Its file and faults hold names, so nobody else does."""

from django.db.models import Q

from cpc.core.accounts.permissions import Permission, Viewer, few_seen_by, sees
from cpc.imports.models import Import, SetAside
from families.cases.models import Family


@sees(Import)
def visible(viewer: Viewer) -> Q:
    """Every import, to those who may bring records in; none to anybody else."""
    return Q() if viewer.can(Permission.IMPORT_RECORDS) else Q(pk__in=[])


@sees(SetAside)
def visible_set_aside(viewer: Viewer) -> Q:
    """What was set aside about families that ``viewer`` may see and record; the user who imported it is not told."""
    if not viewer.can(Permission.RECORD_FAMILY):
        return Q(pk__in=[])
    return Q(family__in=few_seen_by(viewer, Family).order_by().values("pk"))
