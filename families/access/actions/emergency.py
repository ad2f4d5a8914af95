"""Emergency access: at once, with a reason; the manager is told and reviews it. A conflict always prevents it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Permission
from cpc.core.accounts.queries import ids_holding
from cpc.core.audit.door import acting
from cpc.core.documents.actions import queue
from cpc.core.documents.choices import Channel
from cpc.core.documents.emails import email
from cpc.core.documents.readers import Recipient
from cpc.core.kernel.dates import time_in_words
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import due, setting
from families.access.queries.access import duty_managers, families_to_open, managers_told, numbers_tried
from families.cases.choices import EmergencyOutcome
from families.cases.models import DeclaredConflict, EmergencyAccess
from families.cases.rules import NUMBERS_AN_HOUR, next_number_at, opens_only_warnings, what_is_wrong_with_reason
from families.cases.states import EMERGENCY, TO_REVIEW

NOT_OPENED = (
    "Nothing can be opened with this number. Check it, or ring the duty manager. That it was tried is on the record"
)


def open_in_emergency(*, by, number, reason, agreed_by=None) -> list[EmergencyAccess]:
    """Open the family with exactly this number for reading until the end of the next working day.

    A child’s number opens every family of the child that was closed to the viewer. The manager of each is told, and
    reviews it. If no family has the number, or the viewer has a conflict with it, nothing is opened and the answer is
    the same; the audit trail keeps the attempt. ``agreed_by`` is the duty manager who agreed; where one must and none
    is named, or only one with a conflict, only warnings and plans are opened (see ``opens_only_warnings``). After too
    many numbers in an hour, right or wrong, the next is taken after some minutes, and each is reported to the service
    managers. Raises Invalid before that, and without a reason.
    """
    if not number.strip():
        raise Invalid("Enter the case number or the child’s number", "number")
    if wrong := what_is_wrong_with_reason(reason):
        raise Invalid(wrong, "reason")
    if agreed_by and not duty_managers(by).filter(pk=agreed_by.pk).exists():
        raise Invalid("Choose a team manager or the conference service manager who agreed", "agreed_by")
    opened, taken_at = _open_next_number(by, number.strip(), reason.strip(), agreed_by)
    if taken_at:
        sooner = "" if agreed_by else ", or sooner if you name the duty manager who agreed"
        raise Invalid(
            f"You have tried {NUMBERS_AN_HOUR} numbers or more in an hour. The next one is taken at "
            f"{time_in_words(timezone.localtime(taken_at + timedelta(minutes=1)))}{sooner}. Ring the duty manager",
            "number",
        )
    return opened


@transaction.atomic
def _open_next_number(by, number, reason, agreed_by) -> tuple[list[EmergencyAccess], datetime | None]:
    """What this number opens; or nothing, and when the next one is taken. One number of a user at a time: each counts
    those before it.
    """
    User.objects.select_for_update(no_key=True).filter(pk=by.id).first()
    now, tried = timezone.now(), numbers_tried(by)
    in_hour = sum(at > now - timedelta(hours=1) for at in tried)
    taken_at = next_number_at(tried[0] if tried else None, in_hour=in_hour, agreed=agreed_by is not None)
    if taken_at and taken_at > now:
        with acting(by, Permission.OPEN_IN_EMERGENCY, reason=reason, number=number, opened=False, refused=True):
            _report_series(by, len(tried))
        return [], taken_at
    families = families_to_open(by, number)
    with acting(
        by, Permission.OPEN_IN_EMERGENCY, reason=reason, number=number, opened=bool(families),
        agreed_by=str(agreed_by or ""),
    ):  # fmt: skip
        if len(tried) >= setting("emergency_numbers"):
            _report_series(by, len(tried) if taken_at else 0)
        return [_open(by, family, reason, agreed_by, len(tried), in_hour) for family in families], None


def review_emergency(*, by, opened, outcome, note) -> EmergencyAccess:
    """Record whether a manager, never the user themselves, found the access justified. If not, it ends now."""
    with acting(by, Permission.REVIEW_EMERGENCY, on=opened, outcome=str(outcome)):
        EMERGENCY.must_be(opened, TO_REVIEW, to="reviewed again")
        if outcome not in EmergencyOutcome.values:
            raise Invalid("Say whether it was justified", "outcome")
        if outcome == EmergencyOutcome.NOT_JUSTIFIED and not note.strip():
            raise Invalid("Say why it was not justified and what is done about it", "note")
        now = timezone.now()
        opened.reviewed_by_id, opened.reviewed_at = by.id, now
        opened.outcome, opened.review_note = outcome, note.strip()
        opened.save()
        if outcome == EmergencyOutcome.NOT_JUSTIFIED:
            theirs = EmergencyAccess.objects.filter(user=opened.user_id, family=opened.family_id)
            theirs.filter(ended_at__isnull=True).update(ended_at=now)
            opened.refresh_from_db()
        return opened


def _open(by, family, reason, agreed_by, tried, in_hour) -> EmergencyAccess:
    barred = set(DeclaredConflict.objects.live().filter(family=family).values_list("user", flat=True))
    if agreed_by and agreed_by.pk in barred:  # it opens as if nobody had agreed: to refuse would tell of the conflict
        agreed_by = None
    refused = EmergencyAccess.objects.filter(user=by.id, family=family, outcome=EmergencyOutcome.NOT_JUSTIFIED)
    opened = EmergencyAccess.objects.create(
        user_id=by.id, family=family, reason=reason, opened_at=timezone.now(),
        until_on=due("emergency_access", by.on).on, agreed_by=agreed_by,
        only_warnings=opens_only_warnings(
            restricted=family.restricted, agreed=agreed_by is not None, tried=tried, most=setting("emergency_numbers"),
            in_hour=in_hour, was_ended=refused.exists(),
        ),
    )  # fmt: skip
    told, text = managers_told(family, but=by.id), "opened_in_emergency"
    if opened.only_warnings and not agreed_by:
        told, text = told | (ids_holding(Role.SERVICE_MANAGER) - {by.id, *barred}), "opened_without_agreement"
    _tell(by, told, text, key=f"emergency:{opened.pk}", about=opened)
    if agreed_by:
        _tell(by, [agreed_by.pk], "agreed_to_emergency", key=f"emergency-agreed:{opened.pk}", about=opened)
    return opened


def _report_series(by, number: int) -> None:
    """Tell the service managers that somebody tries more numbers than the service expects: once a day, and once for
    each ``number`` of the day that comes after too many in an hour (0: there were not so many).
    """
    _tell(
        by, ids_holding(Role.SERVICE_MANAGER) - {by.id}, "series_of_emergencies",
        key=f"emergency-series:{by.id}:{by.on}" + (f":{number}" if number else ""),
    )  # fmt: skip


def _tell(by, managers, name, *, key, about=None) -> None:
    for manager in User.objects.filter(pk__in=managers, is_active=True).order_by("pk"):
        text = email(
            name, first_name=manager.first_name, link=f"{settings.CPC_BASE_URL}{reverse('families:emergencies')}"
        )
        queue(
            by,
            key=f"{key}:{manager.pk}",
            purpose="emergency",
            channel=Channel.EMAIL,
            recipient=Recipient.of(manager),
            to_address=manager.email,
            subject=text.subject,
            body=text.body,
            about=about,
        )
