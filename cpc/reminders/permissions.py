"""Who may see that somebody's reminders could not be sent: those who manage accounts."""

from django.db.models import Q

from cpc.core.accounts.permissions import Permission, Viewer, sees
from cpc.reminders.models import UnsentReminder


@sees(UnsentReminder)
def visible(viewer: Viewer) -> Q:
    """Every one, to those who manage accounts; none to anybody else."""
    return Q() if viewer.can(Permission.MANAGE_ACCOUNTS) else Q(pk__in=[])
