"""Who may see an import: whoever may bring records in. Its file and faults hold names, so nobody else does."""

from django.db.models import Q

from cpc.core.accounts.permissions import Permission, sees
from cpc.imports.models import Import


@sees(Import)
def visible(viewer) -> Q:
    """Every import, to those who may bring records in; none to anybody else."""
    return Q() if viewer.can(Permission.IMPORT_RECORDS) else Q(pk__in=[])
