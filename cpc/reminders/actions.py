"""Reminding people of what falls due: once for each urgency, by a neutral e-mail that opens on the thing itself."""

import logging
from collections import defaultdict
from dataclasses import replace

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Permission, viewer_of
from cpc.core.accounts.queries import stand_ins
from cpc.core.audit.door import acting
from cpc.core.documents.actions import queue
from cpc.core.documents.choices import Channel
from cpc.core.documents.emails import email
from cpc.core.documents.readers import Recipient
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.refusals import Refusal
from cpc.core.policy.queries import calendar, setting
from cpc.reminders.choices import Urgency
from cpc.reminders.models import Reminder, UnsentReminder
from cpc.reminders.queries import duties, duties_of
from cpc.reminders.rules import recipients, urgency

log = logging.getLogger(__name__)


def remind(by) -> int:
    """Everybody who should have been told by now has been told, once; returns how many reminders that took. A user
    who covers for somebody who is away is told what that person is told.

    Running it again sends nothing more. One transaction a person: where one fails, the others are still reminded,
    and an administrator of the system finds it on their work list.
    """
    reached = defaultdict(list)
    days, found, away = calendar(), duties(), stand_ins(by.on)
    for duty in found:
        at = urgency(duty, by.on, days, duty.notice or setting("reminder_days"))
        told = recipients(duty, at) if at else frozenset()
        for user in told.union(*(away.get(one, ()) for one in told)):
            reached[user].append((duty, at))
    sent, failed = 0, {}
    for user in User.objects.filter(pk__in=reached, is_active=True).order_by("pk"):
        try:
            sent += _remind_one(by, user, reached[user.pk])
        except Refusal as refused:
            failed[user.pk] = refused.sentence
        except (OperationalError, InterfaceError):
            raise  # the database is away, for everybody
        except Exception:
            log.exception("User %s could not be reminded", user.pk)
            failed[user.pk] = "there is a fault in the software. Tell the support team."
    _record_failures(by, failed)
    return sent


def _record_failures(by, failed: dict[int, str]) -> None:
    known = dict(UnsentReminder.objects.values_list("user", "why"))
    if known == failed:
        return
    with acting(by, Permission.RUN_JOBS):
        UnsentReminder.objects.exclude(user__in=failed).delete()
        for user, why in failed.items():
            if known.get(user) != why:
                UnsentReminder.objects.update_or_create(user_id=user, defaults={"failed_on": by.on, "why": why})


def _remind_one(by, user, reached) -> int:
    # A user who may not see the family (a declared conflict, a restricted case) is not told either.
    may_know = {(duty.kind, duty.id) for duty in duties_of(viewer_of(user, by.on), _told(user, reached))}
    reached = [(duty, at) for duty, at in reached if (duty.kind, duty.id) in may_know]
    if not _not_sent(user, reached):
        return 0
    with acting(by, Permission.RUN_JOBS):
        # Two runs can overlap. The second one waits here, and finds what the first one sent.
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        new = _not_sent(user, reached)
        if not new:
            return 0
        now = timezone.now()
        made = Reminder.objects.bulk_create(
            Reminder(kind=duty.kind, duty_id=duty.id, due_on=duty.due_on, urgency=at, user=user, sent_at=now)
            for duty, at in new
        )
        text = _text(user, new)
        queue(
            by,
            key=f"reminder:{user.pk}:{made[0].pk}",
            purpose="reminder",
            channel=Channel.EMAIL,
            recipient=Recipient.of(user),
            to_address=user.email,
            subject=text.subject,
            body=text.body,
        )
    return len(made)


def _not_sent(user, reached):
    same = Reminder.objects.filter(user=user, duty_id__in={duty.id for duty, at in reached})
    sent = set(same.values_list("kind", "duty_id", "due_on", "urgency"))
    return [(duty, at) for duty, at in reached if (duty.kind, duty.id, duty.due_on, at) not in sent]


def _told(user, reached):
    # duties_of asks who a duty is for; here that is decided already, so every duty counts as this person's own.
    return [replace(duty, owners=frozenset({user.pk})) for duty, at in reached]


def _text(user, new):
    work = [(_when(duty, at), f"{settings.CPC_BASE_URL}{duty.path}") for duty, at in new]
    late = sum(at in (Urgency.LATE, Urgency.MISSED) for duty, at in new)
    return email("reminder", first_name=user.first_name, late=late, work=work)


def _when(duty, at) -> str:
    if at == Urgency.MISSED:
        return f"Last day missed: {in_words(duty.statutory_on)}"
    day = in_words(duty.due_on)
    return {
        Urgency.SOON: f"Due by {day}", Urgency.TODAY: f"Due today, {day}", Urgency.LATE: f"Late: was due by {day}",
    }[at]  # fmt: skip
