"""The rows of a meeting that name people of the family."""

from conferences.meeting.models import LiveNote
from families.people.circles import Rows

ROWS = (Rows(LiveNote, "conference__family", ("child", "person")),)
