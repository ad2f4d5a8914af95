"""Reminding people of what falls due: each once a stage, by a neutral e-mail that opens on the thing itself."""

from collections import defaultdict
from dataclasses import replace

from django.conf import settings
from django.utils import timezone

from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Permission, viewer_of
from cpc.core.audit.door import acting
from cpc.core.documents.actions import queue
from cpc.core.documents.choices import Channel
from cpc.core.documents.readers import Recipient
from cpc.core.kernel.dates import in_words
from cpc.core.policy.queries import calendar, setting
from cpc.reminders.choices import Stage
from cpc.reminders.models import Reminder
from cpc.reminders.queries import duties, duties_of
from cpc.reminders.rules import recipients, stage


def remind(by) -> int:
    """Everybody who should have been told by now has been told, once; returns how many reminders that took.

    Running it again sends nothing more. One transaction a person: one failing never holds up the others.
    """
    reached = defaultdict(list)
    days, found = calendar(), duties()
    for duty in found:
        at = stage(duty.due_on, by.on, days, duty.notice or setting("reminder_days"))
        for user in recipients(duty, at) if at else ():
            reached[user].append((duty, at))
    people = User.objects.filter(pk__in=reached, is_active=True).order_by("pk")
    return sum(_remind_one(by, user, reached[user.pk]) for user in people)


def _remind_one(by, user, reached) -> int:
    # Whoever may not see the family (a declared conflict, a restricted case) is not told either.
    may_know = {(duty.kind, duty.id) for duty in duties_of(viewer_of(user, by.on), _told(user, reached))}
    reached = [(duty, at) for duty, at in reached if (duty.kind, duty.id) in may_know]
    same = Reminder.objects.filter(user=user, duty_id__in={duty.id for duty, at in reached})
    sent = set(same.values_list("kind", "duty_id", "due_on", "stage"))
    new = [(duty, at) for duty, at in reached if (duty.kind, duty.id, duty.due_on, at) not in sent]
    if not new:
        return 0
    with acting(by, Permission.RUN_JOBS):
        now = timezone.now()
        made = Reminder.objects.bulk_create(
            Reminder(kind=duty.kind, duty_id=duty.id, due_on=duty.due_on, stage=at, user=user, sent_at=now)
            for duty, at in new
        )
        queue(
            by,
            key=f"reminder:{user.pk}:{made[0].pk}",
            purpose="reminder",
            channel=Channel.EMAIL,
            recipient=Recipient.of(user),
            to_address=user.email,
            subject=_subject(new),
            body=_body(user, new),
        )
    return len(made)


def _told(user, reached):
    # duties_of asks who a duty is for; here that is decided already, so every duty counts as this person's own.
    return [replace(duty, owners=frozenset({user.pk})) for duty, at in reached]


def _subject(new) -> str:
    late = sum(at == Stage.LATE for duty, at in new)
    return f"Work that is late: {late}" if late else "Work that is due soon"


def _body(user, new) -> str:
    lines = [f"- {_when(duty, at)}: {settings.CPC_BASE_URL}{duty.path}" for duty, at in new]
    return "\n".join(
        [
            f"Hello {user.first_name},",
            "",
            "This work is waiting for you. Sign in to see what it is.",
            "",
            *lines,
            "",
            "This message names nobody on purpose. Please do not reply to it.",
        ]
    )


def _when(duty, at) -> str:
    day = in_words(duty.due_on)
    return {Stage.SOON: f"Due by {day}", Stage.TODAY: f"Due today, {day}", Stage.LATE: f"Late: was due by {day}"}[at]
