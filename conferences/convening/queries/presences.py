"""Where people will be at booked conferences, for ``conferences.separation``."""

from dataclasses import replace

from conferences.convening.choices import COMING, Attendance, CompanionState
from conferences.convening.models import Companion, Invitation
from conferences.separation.queries.presences import presence_at
from conferences.separation.rules import Presence
from families.people.queries.merged_records import all_records_of


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
        for invitation in invitations_beside(one.conference_id, one.person_id):
            found.append(presence_beside(invitation.conference, invitation, one.relative_id, one.name))
    return found


def invitations_beside(conference, person):
    """The invitations of somebody who may bring somebody, without one that the chair excluded."""
    found = Invitation.objects.filter(conference=conference, person__in=all_records_of([person]), withdrawn_at=None)
    return found.exclude(attendance=Attendance.EXCLUDED).select_related("room", "conference__room").order_by("pk")


def presence_beside(conference, invitation, relative, name) -> Presence:
    """Where a member of the family (an id) is who comes with the reader of this invitation: where that person is."""
    return replace(presence_at(conference, invitation), person=relative, name=name)
