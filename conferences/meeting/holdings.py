"""Nothing of the meeting is held by a user: who wrote and decided stays as it was."""

from conferences.meeting.models import Decision, LiveNote
from cpc.core.accounts.holdings import history

history(LiveNote, "saved_by")
history(Decision, "decided_by")
