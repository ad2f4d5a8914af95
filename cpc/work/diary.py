"""The conferences of a day, a week or a month, day by day: who chairs, and where."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import F, Q
from django.utils import timezone

from conferences.convening.choices import TAKES_PLACE
from conferences.convening.models import ActingChair, Conference, Room
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Viewer, seen_by
from cpc.core.kernel.dates import SATURDAY, Calendar

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
FIRST, LAST = date(2000, 1, 31), date(2100, 1, 1)  # no conference is booked outside these


class Period(NamedTuple):
    """The days that a page shows, and where the pages before and after it begin."""

    first: date
    after: date
    before: date


@dataclass(frozen=True)
class DiaryDay:
    """One day with its conferences, the earliest first. ``closed`` is the name of a bank holiday."""

    on: date
    conferences: list[Conference]
    closed: str = ""


def period(view: str, on: date) -> Period:
    """The day, the week from Monday, or the month that ``on`` lies in."""
    on = min(max(on, FIRST), LAST)
    if view == "day":
        return Period(on, on + DAY, on - DAY)
    if view == "month":
        first = on.replace(day=1)
        return Period(first, (first + timedelta(days=32)).replace(day=1), (first - DAY).replace(day=1))
    monday = on - timedelta(days=on.weekday())
    return Period(monday, monday + WEEK, monday - WEEK)


def diary(viewer: Viewer, shown: Period, days: Calendar, *, chair=None, room=None) -> list[DiaryDay]:
    """Each day of the period with the conferences that the viewer may see; a weekend only where it has one. Each has
    ``acting``: who acts for its chair on that day, or None. A chair’s own are also those where they act. Two queries.
    """
    start, end = (
        datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone()) for day in (shown.first, shown.after)
    )
    found = seen_by(viewer, Conference).filter(state__in=TAKES_PLACE, starts_at__gte=start, starts_at__lt=end)
    if chair:
        found = found.filter(Q(chair=chair) | Q(pk__in=_acting().filter(user=chair).values("conference")))
    if room:
        found = found.filter(room=room)
    of_day, found = defaultdict(list), list(found.select_related("family", "chair", "room").order_by("starts_at", "id"))
    acting = {one.conference_id: one.user for one in _acting().filter(conference__in=found).select_related("user")}
    for one in found:
        one.acting = acting.get(one.pk)
        of_day[timezone.localdate(one.starts_at)].append(one)
    every = [shown.first + n * DAY for n in range((shown.after - shown.first).days)]
    return [
        DiaryDay(day, of_day[day], days.names.get(day, ""))
        for day in every
        if day in of_day or day.weekday() < SATURDAY
    ]


def _acting():
    """Who acts for a chair on the day of the conference."""
    named = ActingChair.objects.filter(ended_at__isnull=True, user__is_active=True)
    return named.filter(Q(until_on__isnull=True) | Q(until_on__gte=F("conference__starts_at__date")))


def chairs_shown(viewer: Viewer):
    """The people who chair a conference that the viewer may see, by name. Two queries: as a part of another, the rule
    of what they may see would be made again each time.
    """
    theirs = seen_by(viewer, Conference).filter(chair__isnull=False).order_by()
    ids = set(theirs.values_list("chair", flat=True).distinct())
    return User.objects.filter(pk__in=ids).order_by("last_name", "first_name", "pk")


def rooms_shown():
    """Every room, by name."""
    return Room.objects.order_by("name")
