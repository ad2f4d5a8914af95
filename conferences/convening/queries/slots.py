"""When a conference could be held before its last day: free chairs and rooms, and how they are booked already."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from conferences.convening.choices import ConferenceState
from conferences.convening.models import Conference, Room
from conferences.convening.queries.booking import chairs, rooms, why_may_not_chair
from conferences.convening.queries.clock import notice_key
from conferences.convening.rules.slots import Busy, Slot, free_slots
from cpc.core.accounts.models import TeamCover, User
from cpc.core.accounts.permissions import Viewer
from cpc.core.policy.queries import calendar, due, setting

TAKES_PLACE = (ConferenceState.BOOKED, ConferenceState.OPEN, ConferenceState.HELD)
MOST_DAYS = 20
LOAD_DAYS = 28


@dataclass(frozen=True)
class ChairToChoose:
    """Somebody who could chair, with how many conferences they have in the next four weeks."""

    user: User
    booked: int
    chaired_last: bool

    def __str__(self):
        load = f"{self.booked} booked in the next 4 weeks"
        return f"{self.user} ({'chaired last time, ' if self.chaired_last else ''}{load})"


@dataclass(frozen=True)
class FreeDay:
    """A working day and the times on it at which a chair and a room are free."""

    on: date
    slots: list[Slot]
    short_notice: str


@dataclass(frozen=True)
class FreeTimes:
    """The free times for a conference until its last day, and everybody and every room that could be chosen."""

    days: list[FreeDay]
    chairs: list[ChairToChoose]
    rooms: list[Room]


def free_times(viewer: Viewer, conference, *, chair=None, room=None) -> FreeTimes:
    """The free times of each working day from tomorrow until the last day, for the chair and room chosen or for any.

    The chair of the last conference comes first, then those with the fewest booked. A fixed number of queries but for
    each chair: whether they may chair this conference.
    """
    days = _days(viewer.on, conference.due_on)
    taken_chairs, taken_rooms = _taken(days, conference) if days else ({}, {})
    could_chair = _chairs(conference, viewer.on)
    able = [one.user.pk for one in could_chair if chair is None or one.user.pk == chair]
    places = list(rooms())
    usable = [one.pk for one in places if room is None or one.pk == room]
    found = free_slots(
        days,
        timedelta(minutes=setting("conference_minutes")),
        able,
        usable,
        taken_chairs=taken_chairs,
        taken_rooms=taken_rooms,
        away=_away(days, able) if days else {},
        at=lambda day, time: timezone.make_aware(datetime.combine(day, time)),
    )
    return FreeTimes(
        [FreeDay(day, slots, _short_notice(conference, day, viewer.on)) for day, slots in found.items()],
        could_chair,
        places,
    )


def _days(on, last) -> list[date]:
    """The working days after ``on`` until ``last``: where there are more than MOST_DAYS, the last of them."""
    found, day, days = [], last, calendar()
    while day > on and len(found) < MOST_DAYS:
        if days.is_working_day(day):
            found.append(day)
        day -= timedelta(days=1)
    return found[::-1]


def clashes_of(conference, starts_at, ends_at, *, chair, room) -> dict[str, str]:
    """Why the chair and the room are not free from then until then, by "chair" and "room". One query."""
    others = Conference.objects.filter(state__in=TAKES_PLACE, starts_at__lt=ends_at, ends_at__gt=starts_at)
    others = list(others.exclude(pk=conference.pk).values_list("chair_id", "room_id"))
    found = {}
    if any(one == chair.pk for one, _ in others):
        found["chair"] = f"{chair} is not free at that time. Choose another time or another chair."
    if room and any(one == room.pk for _, one in others):
        found["room"] = f"{room} is not free at that time. Choose another time or another room."
    return found


def _taken(days, conference):
    """When each chair and each room (by id) is taken on these days, by another conference."""
    chairs_taken, rooms_taken = defaultdict(list), defaultdict(list)
    rows = Conference.objects.filter(
        state__in=TAKES_PLACE, starts_at__date__gte=days[0], starts_at__date__lte=days[-1]
    ).exclude(pk=conference.pk)
    for chair, room, starts, ends in rows.values_list("chair_id", "room_id", "starts_at", "ends_at"):
        chairs_taken[chair].append(Busy(starts, ends))
        rooms_taken[room].append(Busy(starts, ends))
    return chairs_taken, rooms_taken


def _away(days, chairs_) -> dict[int, set[date]]:
    """The days on which each of these people is away and somebody covers for them."""
    found = defaultdict(set)
    rows = TeamCover.objects.filter(
        absent__in=chairs_, ended_on__isnull=True, from_on__lte=days[-1], until_on__gte=days[0]
    )
    for one in rows:
        found[one.absent_id] |= {day for day in days if one.from_on <= day <= one.until_on}
    return found


def _chairs(conference, on) -> list[ChairToChoose]:
    """Everybody who may chair this conference: who chaired last, then those with the fewest booked."""
    last = conference.previous.chair_id if conference.previous_id else None
    until = timezone.now() + timedelta(days=LOAD_DAYS)
    booked = defaultdict(int)
    rows = Conference.objects.filter(state=ConferenceState.BOOKED, starts_at__lte=until, starts_at__gte=timezone.now())
    for chair in rows.values_list("chair_id", flat=True):
        booked[chair] += 1
    found = [
        ChairToChoose(one, booked[one.pk], one.pk == last)
        for one in chairs(conference)
        if not why_may_not_chair(conference, one, on)
    ]
    return sorted(found, key=lambda one: (not one.chaired_last, one.booked, one.user.last_name, one.user.pk))


def _short_notice(conference, day, on) -> str:
    """Why a day gives people too little notice; "" if it does not."""
    limit = due(notice_key(conference.is_review), day)
    return f"Less notice than {limit.limit.length}" if limit.on < on else ""
