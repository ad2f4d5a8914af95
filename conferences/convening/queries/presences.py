"""Where people will be at booked conferences, for ``conferences.separation``."""

from dataclasses import replace

from conferences.convening.choices import Attendance, CompanionState, ConferenceState
from conferences.convening.models import Companion, Invitation
from conferences.separation.queries.presences import presence_at
from conferences.separation.rules import Presence

COMING = (ConferenceState.BOOKED, ConferenceState.OPEN)


def conference_presences(people, after) -> list[Presence]:
    """How these people (ids) attend the conferences that are booked or in progress, and where they come with somebody.
    Nobody is where the chair excluded them. Three queries at most.
    """
    rows = Invitation.objects.filter(
        person__in=people, withdrawn_at__isnull=True, conference__state__in=COMING, conference__ends_at__gt=after
    ).exclude(attendance=Attendance.EXCLUDED)
    rows = rows.select_related("room", "conference__room").order_by("pk")
    return [presence_at(one.conference, one) for one in rows] + _companions(people, after)


def _companions(people, after) -> list[Presence]:
    """Those of these people (ids) who come with somebody else, as that person comes."""
    found = []
    rows = Companion.objects.filter(
        relative__in=people, state=CompanionState.AGREED, conference__state__in=COMING, conference__ends_at__gt=after
    )
    for one in rows.order_by("pk"):
        beside = Invitation.objects.filter(conference=one.conference_id, person=one.person_id, withdrawn_at=None)
        for invitation in beside.select_related("room", "conference__room"):
            with_them = presence_at(invitation.conference, invitation)
            found.append(replace(with_them, person=one.relative_id, name=one.name))
    return found
