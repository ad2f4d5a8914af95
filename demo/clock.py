"""The council lives through its past: within the block the clock is on the day that its people act."""

from contextlib import contextmanager
from datetime import date, datetime, time

import time_machine
from django.utils import timezone

from cpc.core.accounts.permissions import viewer_of


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """That time of that day, in London."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@contextmanager
def living_on(day: date, hour: int = 10, minute: int = 0):
    """Whatever asks for the time is told this one; the clock runs on from there."""
    with time_machine.travel(moment(day, hour, minute), tick=True):
        yield


def as_(user, day: date):
    """The viewer that ``user`` was on that day."""
    return viewer_of(user, day)
