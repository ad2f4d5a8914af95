"""Whether email and background jobs run: what the first pages and the page of the service show."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest, Now

from cpc.core.accounts.permissions import Permission, Viewer
from cpc.core.documents.models import MailQueue
from cpc.core.documents.queries import count_emails
from cpc.running.models import JobRun

# The most frequent job runs every ten seconds. After this long, the worker or the scheduler has stopped.
STILL_AFTER = timedelta(minutes=3)


@dataclass(frozen=True)
class Jobs:
    """When any background job last ran, and whether that is too long ago."""

    ran_at: datetime | None
    stand_still: bool


def jobs() -> Jobs:
    """Whether background jobs run, by the database's clock (one query)."""
    late = Case(When(last__lt=Now() - Value(STILL_AFTER), then=Value(True)), default=Value(False))
    ran = JobRun.objects.annotate(last=Greatest("ended_at", "failed_at")).annotate(late=late)
    latest = ran.order_by("-last").first()
    return Jobs(latest.last, latest.late) if latest else Jobs(None, stand_still=True)


def job_rows() -> list[tuple[str, JobRun | None]]:
    """Each job of the schedule by its words, with its last run if there was one (one query)."""
    ran = JobRun.objects.in_bulk()
    return [(words.capitalize(), ran.get(job["task"])) for words, job in settings.CELERY_BEAT_SCHEDULE.items()]


def failed_jobs() -> list[str]:
    """The jobs of the schedule that failed when they last ran, by their words."""
    failed = Q(ended_at__isnull=True) | Q(failed_at__gt=F("ended_at"))
    names = set(JobRun.objects.filter(failed, failed_at__isnull=False).values_list("name", flat=True))
    return [words for words, job in settings.CELERY_BEAT_SCHEDULE.items() if job["task"] in names]


@dataclass(frozen=True)
class Notices:
    """What a first page says about email and jobs. Nothing, when all is well."""

    is_restored: bool = False
    mail: MailQueue | None = None
    jobs: Jobs | None = None
    failed_jobs: tuple[str, ...] = ()
    failed: int = 0
    uncertain: int = 0

    @property
    def stand_still(self) -> bool:
        """Whether email or jobs have stopped."""
        return bool(self.is_restored or self.mail or self.jobs)

    @property
    def need_somebody(self) -> bool:
        """Whether somebody who can act should look at the page of the service."""
        return bool(self.stand_still or self.failed or self.uncertain or self.failed_jobs)


def notices(viewer: Viewer) -> Notices:
    """What ``viewer`` is told: staff when email or jobs have stopped, and what failed to those who can act on it."""
    if not viewer.can(Permission.READ_TIMESCALES):
        return Notices()
    mail, now = MailQueue.objects.current(), jobs()
    counted = count_emails() if viewer.can(Permission.RUN_SERVICE) else {}
    return Notices(
        is_restored=mail.is_restored,
        mail=mail if mail.waits_since else None,
        jobs=now if now.stand_still else None,
        failed_jobs=tuple(failed_jobs()) if counted else (),
        failed=counted.get("failed", 0),
        uncertain=counted.get("uncertain", 0),
    )
