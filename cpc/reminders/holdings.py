"""Reminders follow from what is due: nothing of them is held by a user."""

from cpc.core.accounts.holdings import history
from cpc.reminders.models import Reminder, UnsentReminder

history(Reminder, "user")
history(UnsentReminder, "user")
