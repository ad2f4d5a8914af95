"""Where the members of core groups will be, for ``conferences.separation``."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Q

from conferences.plans.choices import MeetingState
from conferences.plans.models import CoreGroupMeeting, CoreGroupMember
from conferences.separation.rules import IN_THE_ROOM, Presence

# A core group is booked without an end. Nobody is expected to be gone before this.
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
    return Presence(
        person=person,
        name=name,
        mode=IN_THE_ROOM,
        starts_at=meeting.starts_at,
        ends_at=meeting.starts_at + LENGTH,
        building=" ".join(meeting.place.casefold().replace(",", " ").split()),
        event=("core group", meeting.pk or 0),
        where=(meeting.place,),
    )
