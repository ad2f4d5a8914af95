"""The demonstration's own clock: the main job takes three months, the check of it two minutes.

The setting ``CPC_CLOCK`` names a file that holds a number of days. Each request and each task begins by reading it and
lives that many days ahead; nothing but ``bin/demo --check`` writes it. No conference is held on a weekend, so on a
Saturday or Sunday the demonstration lives on the next Monday.
"""

from datetime import date, timedelta
from pathlib import Path
from threading import Lock

import time_machine
from celery.signals import task_prerun
from django.conf import settings
from django.utils import timezone

from cpc.core.kernel.dates import SATURDAY


class Clock:
    """How far this process is, in days ahead of the machine's own clock."""

    def __init__(self):
        self.days, self.traveller, self.lock = 0, None, Lock()

    def go_to(self, days: float) -> None:
        """This process lives ``days`` days ahead (a part of one, for minutes), and its clock runs on."""
        with self.lock:
            if days == self.days:
                return
            if self.traveller:
                self.traveller.stop()
            self.traveller = time_machine.travel(timezone.now() + timedelta(days=days), tick=True)
            self.traveller.start()
            self.days = days


CLOCK = Clock()


def tell(days: int) -> None:
    """This process, and every other that follows the clock from its next request or task on, lives ``days`` ahead."""
    Path(settings.CPC_CLOCK).write_text(str(days))
    CLOCK.go_to(days)


def follow(**_) -> None:
    """Goes to the day that the file says, or the Monday after it."""
    told = Path(settings.CPC_CLOCK)
    real_today = timezone.localdate() - timedelta(days=CLOCK.days)
    CLOCK.go_to(off_the_weekend(int(told.read_text()) if told.exists() else 0, real_today))


def off_the_weekend(days: int, today: date) -> int:
    """So many days after ``today``, or as many more as lead from a Saturday or Sunday to the Monday."""
    weekday = (today + timedelta(days=days)).weekday()
    return days + 7 - weekday if weekday >= SATURDAY else days


class ClockMiddleware:
    """Before anything else in a request, the clock is right."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        follow()
        return self.get_response(request)


def start() -> None:
    """Tasks follow the clock as requests do, where there is one."""
    if settings.CPC_CLOCK:
        task_prerun.connect(follow, weak=False, dispatch_uid="the check's clock")
