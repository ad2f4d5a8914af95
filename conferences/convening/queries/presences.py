"""Where people will be at booked conferences, for ``conferences.separation``."""

from conferences.convening.choices import Attendance, ConferenceState
from conferences.convening.models import Invitation
from conferences.separation.queries.presences import presence_at
from conferences.separation.rules import Presence

COMING = (ConferenceState.BOOKED, ConferenceState.OPEN)


def conference_presences(people, after) -> list[Presence]:
    """How these people (ids) attend the conferences that are booked or in progress. Nobody is where the chair excluded
    them. One query.
    """
    rows = Invitation.objects.filter(
        person__in=people, withdrawn_at__isnull=True, conference__state__in=COMING, conference__ends_at__gt=after
    ).exclude(attendance=Attendance.EXCLUDED)
    return [presence_at(one.conference, one) for one in rows.select_related("room", "conference__room").order_by("pk")]
