"""When a conference could be held, before its last day or soon after it: free chairs and rooms, and their bookings."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from conferences.convening.choices import TAKES_PLACE, ConferenceState
from conferences.convening.models import Conference, PostHeld, Room
from conferences.convening.permissions.independence import why_chair_knows
from conferences.convening.queries.booking import chair_posts, chairs, is_away, rooms, why_may_not_chair
from conferences.convening.queries.clock import notice_key
from conferences.convening.rules.slots import Busy, Slot, free_slots
from cpc.core.accounts.models import TeamCover, User
from cpc.core.accounts.permissions import Viewer
from cpc.core.kernel.dates import time_in_words
from cpc.core.kernel.deadlines import Due
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import calendar, due, setting

MOST_DAYS = 20
LATE_DAYS = 10
LOAD_DAYS = 28


@dataclass(frozen=True)
class ChairToChoose:
    """Somebody who could chair: their post, and how many conferences they have in the next four weeks."""

    user: User
    booked: int
    chaired_last: bool
    post: str

    def __str__(self):
        last = "chaired last time, " if self.chaired_last else ""
        post = f"{self.post}, " if self.post else ""
        return f"{self.user} ({last}{post}{self.booked} booked in the next 4 weeks)"


@dataclass(frozen=True)
class FreeDay:
    """A working day on which the conference could be held."""

    on: date
    short_notice: str
    is_target: bool

    @property
    def monday(self) -> date:
        """The first day of its week."""
        return monday_of(self.on)


@dataclass(frozen=True)
class FreeTimes:
    """The free times for a conference until its last day: of each chair with any room, and of each room with any chair.
    ``is_late``: no working day is left until then, and these are the times of the first days after it.

    ``by_chair`` and ``by_room`` are by id and day; ``away`` says why a chair is not there on a day. ``target``: the day
    to book a review for, with its working.
    """

    days: list[FreeDay]
    chairs: list[ChairToChoose]
    rooms: list[Room]
    by_chair: dict[int, dict[date, list[Slot]]]
    by_room: dict[int, dict[date, list[Slot]]]
    away: dict[int, dict[date, str]]
    target: Due | None
    is_late: bool

    @property
    def has_any(self) -> bool:
        """Whether any time with a chair and a room is free."""
        return any(_all(days) for found in (self.by_chair, self.by_room) for days in found.values())

    def slot(self, key: str) -> Slot | None:
        """The free time that this key names; None if it is not free any more."""
        every = (slot for found in (self.by_chair, self.by_room) for days in found.values() for slot in _all(days))
        return next((slot for slot in every if slot.key == key), None)


def monday_of(day: date) -> date:
    """The Monday of the week of this day."""
    return day - timedelta(days=day.weekday())


def _all(days):
    return [slot for slots in days.values() for slot in slots]


def free_times(viewer: Viewer, conference, *, chair=None, room=None) -> FreeTimes:
    """The free times of each working day from tomorrow until the last day, for the chair and room chosen or for any;
    where no such day is left, of the first working days from tomorrow.

    The chair of the last conference comes first, then those with the fewest booked. A fixed number of queries but for
    each chair: whether they may chair this conference.
    """
    in_time = _days(viewer.on, conference.due_on)
    days = in_time or [calendar().add_working_days(viewer.on, n) for n in range(1, LATE_DAYS + 1)]
    taken_chairs, taken_rooms = _taken(days, conference)
    could_chair = chairs_to_choose(conference, viewer.on)
    able = [one.user for one in could_chair if chair is None or one.user.pk == chair]
    places = list(rooms())
    usable = [one.pk for one in places if room is None or one.pk == room]
    away = why_away(able, days)

    def slots_of(chairs_, rooms_):
        return free_slots(
            days,
            timedelta(minutes=setting("conference_minutes")),
            chairs_,
            rooms_,
            taken_chairs=taken_chairs,
            taken_rooms=taken_rooms,
            away=away,
            at=lambda day, time: timezone.make_aware(datetime.combine(day, time)),
        )

    target = due("review_target", conference.due_on) if conference.is_review and in_time else None
    return FreeTimes(
        [FreeDay(day, _short_notice(conference, day, viewer.on), bool(target and target.on == day)) for day in days],
        could_chair,
        places,
        {one.pk: slots_of([one.pk], usable) for one in able},
        {one: slots_of([chair.pk for chair in able], [one]) for one in usable},
        away,
        target,
        not in_time,
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
    """Why the chair and the room are not free from then until then, by "chair" and "room". Two queries."""
    others = Conference.objects.filter(state__in=TAKES_PLACE, starts_at__lt=ends_at, ends_at__gt=starts_at)
    others = list(others.exclude(pk=conference.pk).order_by("starts_at"))
    found = {}
    if taken := [one for one in others if one.chair_id == chair.pk]:
        found["chair"] = (
            f"{chair} is not free at that time, but {_booked(taken)}. Choose another time or another chair."
        )
    elif is_away(chair, timezone.localdate(starts_at)):
        found["chair"] = f"{chair} is away on that day. Choose another day or another chair."
    if room and (taken := [one for one in others if one.room_id == room.pk]):
        found["room"] = f"{room} is not free at that time, but {_booked(taken)}. Choose another time or another room."
    return found


def _booked(conferences) -> str:
    """From when until when they are booked, in words: no family is named, since the reader may not know of it."""
    times = [(timezone.localtime(one.starts_at), timezone.localtime(one.ends_at)) for one in conferences]
    return f"booked {listed([f'from {time_in_words(start)} until {time_in_words(end)}' for start, end in times])}"


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


def why_away(users, days) -> dict[int, dict[date, str]]:
    """Why each of these users cannot chair on some of the days: by id and day. Two queries."""
    found: dict[int, dict[date, str]] = defaultdict(dict)
    if not days:
        return found
    posts = defaultdict(list)
    for post in PostHeld.objects.chairing().filter(user__in=users):
        posts[post.user_id].append(post)
    for user in users:
        for day in days:
            if why := _why_not_in_post(posts[user.pk], day):
                found[user.pk][day] = why
    rows = TeamCover.objects.filter(
        absent__in=users, ended_on__isnull=True, from_on__lte=days[-1], until_on__gte=days[0]
    )
    for one in rows:
        for day in days:
            if one.from_on <= day <= one.until_on:
                found[one.absent_id][day] = "Away"
    return found


def _why_not_in_post(posts, day) -> str:
    now = [post for post in posts if post.covers(day)]
    if posts and not now:
        return "Not in post"
    return "Does not chair on this weekday" if now and not any(day.weekday() in one.weekdays for one in now) else ""


def chairs_to_choose(conference, on) -> list[ChairToChoose]:
    """Everybody who may chair this conference on some day: who chaired last, then those with the fewest booked."""
    last = conference.previous.chair_id if conference.previous_id else None
    booked = booked_soon()
    found = [
        ChairToChoose(one, booked[one.pk], one.pk == last, post_on(one, conference.held_on or on))
        for one in chairs(conference).prefetch_related("posts_held")
        if not why_may_not_chair(conference, one, on)
    ]
    return sorted(found, key=lambda one: (not one.chaired_last, one.booked, one.user.last_name, one.user.pk))


@dataclass(frozen=True)
class ChairCompared:
    """Somebody who could chair a booked conference instead: whether they are there and free at its time, and their part
    in the case, if the record shows one.
    """

    chair: ChairToChoose
    why_not_there: str
    part_in_case: str

    @property
    def hint(self) -> str:
        """Everything that speaks for or against them, in one line."""
        said = [self.why_not_there or "Free at that time"]
        if self.part_in_case:
            said.append(f"not independent: {self.part_in_case}")
        return "; ".join(said)


def chairs_to_compare(conference, on) -> list[ChairCompared]:
    """Everybody else who may chair this booked conference; those who are free come first."""
    others = [one for one in chairs_to_choose(conference, on) if one.user.pk != conference.chair_id]
    away = why_away([one.user for one in others], [conference.held_on])
    at_once = Conference.objects.filter(
        state__in=TAKES_PLACE, starts_at__lt=conference.ends_at, ends_at__gt=conference.starts_at
    )
    taken = set(at_once.values_list("chair_id", flat=True))
    found = []
    for one in others:
        why = away[one.user.pk].get(conference.held_on, "")
        if not why and one.user.pk in taken:
            why = "Has another conference at that time"
        found.append(ChairCompared(one, why, why_chair_knows(conference, one.user.pk)))
    return sorted(found, key=lambda one: bool(one.why_not_there or one.part_in_case))


def booked_soon() -> dict[int, int]:
    """How many conferences each chair (by id) has in the next four weeks. One query."""
    now, booked = timezone.now(), defaultdict(int)
    rows = Conference.objects.filter(
        state=ConferenceState.BOOKED, starts_at__lte=now + timedelta(days=LOAD_DAYS), starts_at__gte=now
    )
    for chair in rows.values_list("chair_id", flat=True):
        booked[chair] += 1
    return booked


def post_on(user, day) -> str:
    """The post in which the user chairs on that day; "" if none is recorded. Reads the posts fetched before."""
    posts = [post for post in chair_posts(user) if post.covers(day)]
    return posts[0].get_post_display().lower() if posts else ""


def _short_notice(conference, day, on) -> str:
    """Why a day gives people too little notice; "" if it does not."""
    limit = due(notice_key(conference.is_review), day)
    return f"Less than {limit.limit.length}’ notice" if limit.on < on else ""
