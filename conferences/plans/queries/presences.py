"""Where the family will be for core groups and child in need meetings, for ``conferences.separation``."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Q

from conferences.plans.choices import MeetingState
from conferences.plans.models import CoreGroupMeeting, CoreGroupMember, NeedMeetingPerson
from conferences.separation.rules import IN_THE_ROOM, Presence

# These meetings are booked without an end. Nobody is expected to be gone before this.
LENGTH = timedelta(hours=2)


def core_group_presences(people, after) -> list[Presence]:
    """The coming core groups of these people (ids). Two queries."""
    members = CoreGroupMember.objects.filter(Q(to_on__isnull=True) | Q(to_on__gt=after.date()), person__in=people)
    by_family = defaultdict(list)
    for member in members.order_by("pk"):
        by_family[member.family_id].append(member)
    meetings = CoreGroupMeeting.objects.filter(
        family__in=by_family, state=MeetingState.PLANNED, starts_at__gt=after - LENGTH
    )
    return [
        core_group_presence(member.person_id, member.name, meeting)
        for meeting in meetings.order_by("starts_at", "pk")
        for member in by_family[meeting.family_id]
    ]


def core_group_presence(person: int, name: str, meeting) -> Presence:
    """How one member of the family attends a core group."""
    return _presence(person, name, meeting, "core group")


def need_meeting_presences(people, after) -> list[Presence]:
    """The coming child in need meetings of these people (ids). One query."""
    found = NeedMeetingPerson.objects.filter(
        person__in=people, meeting__state=MeetingState.PLANNED, meeting__starts_at__gt=after - LENGTH
    )
    rows = found.select_related("person", "meeting").order_by("meeting__starts_at", "pk")
    return [need_meeting_presence(row.person_id, row.person.full_name, row.meeting) for row in rows]


def need_meeting_presence(person: int, name: str, meeting) -> Presence:
    """How one member of the family attends a child in need meeting."""
    return _presence(person, name, meeting, "child in need meeting")


def _presence(person: int, name: str, meeting, kind: str) -> Presence:
    return Presence(
        person=person,
        name=name,
        mode=IN_THE_ROOM,
        starts_at=meeting.starts_at,
        ends_at=meeting.starts_at + LENGTH,
        building=" ".join(meeting.place.casefold().replace(",", " ").split()),
        event=(kind, meeting.pk or 0),
        where=(meeting.place,),
    )
