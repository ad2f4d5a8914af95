"""What falls due about reminders themselves: somebody's could not be sent."""

from django.urls import reverse

from cpc.core.accounts.choices import Role
from cpc.core.accounts.queries import ids_holding
from cpc.core.kernel.duties import Duty
from cpc.reminders.models import UnsentReminder

UNSENT = "reminder_not_sent"


def duties():
    """Each person who could not be reminded, as a duty of every system administrator. Two queries."""
    for unsent in UnsentReminder.objects.select_related("user"):
        yield Duty(
            kind=UNSENT,
            id=unsent.pk,
            due_on=unsent.failed_on,
            says=f"Reminders for {unsent.user} are not sent: {unsent.why}",
            path=reverse("accounts:user", args=[unsent.user_id]),
            family_id=0,
            owners=ids_holding(Role.SYSTEM_ADMINISTRATOR),
        )
