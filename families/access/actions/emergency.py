"""Emergency access: at once, with a reason; the manager is told and reviews it. A conflict always prevents it."""

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
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import due, setting
from families.access.queries.access import duty_managers, families_to_open, managers_told, numbers_tried
from families.cases.choices import EmergencyOutcome
from families.cases.models import DeclaredConflict, EmergencyAccess
from families.cases.rules import NUMBERS_AN_HOUR, opens_only_warnings, what_is_wrong_with_reason
from families.cases.states import EMERGENCY, TO_REVIEW

NOT_OPENED = (
    "Nothing can be opened with this number. Check it, or ring the duty manager. That it was tried is on the record"
)
TOO_MANY = "You have tried too many numbers. Ring the duty manager, or try again in an hour"


def open_in_emergency(*, by, number, reason, agreed_by=None) -> list[EmergencyAccess]:
    """Open the family with exactly this number for reading until the end of the next working day.

    A child’s number opens every family of the child that was closed to the viewer. The manager of each is told, and
    reviews it. If no family has the number, or the viewer has a conflict with it, nothing is opened and the answer is
    the same; the audit trail keeps the attempt. ``agreed_by`` is the duty manager who agreed; where one must and none
    is named, only warnings and plans are opened (see ``opens_only_warnings``). Raises Invalid without a reason, and
    after too many numbers in an hour, right or wrong.
    """
    if not number.strip():
        raise Invalid("Enter the case number or the child’s number", "number")
    if wrong := what_is_wrong_with_reason(reason):
        raise Invalid(wrong, "reason")
    if agreed_by and not duty_managers(by).filter(pk=agreed_by.pk).exists():
        raise Invalid("Choose a team manager or the conference service manager who agreed", "agreed_by")
    opened = _open_next_number(by, number.strip(), reason.strip(), agreed_by)
    if opened is None:
        raise Invalid(TOO_MANY, "number")
    return opened


@transaction.atomic
def _open_next_number(by, number, reason, agreed_by) -> list[EmergencyAccess] | None:
    """What this number opens; None after too many. One number of a user at a time: each counts those before it."""
    User.objects.select_for_update(no_key=True).filter(pk=by.id).first()
    if numbers_tried(by, hours=1) >= NUMBERS_AN_HOUR:
        with acting(by, Permission.OPEN_IN_EMERGENCY, reason=reason, number=number, opened=False, refused=True):
            _report_series(by)
        return None
    tried = numbers_tried(by, hours=24)
    families = families_to_open(by, number)
    with acting(
        by, Permission.OPEN_IN_EMERGENCY, reason=reason, number=number, opened=bool(families),
        agreed_by=str(agreed_by or ""),
    ):  # fmt: skip
        if tried >= setting("emergency_numbers"):
            _report_series(by)
        return [_open(by, family, reason, agreed_by, tried) for family in families]


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


def _open(by, family, reason, agreed_by, tried) -> EmergencyAccess:
    refused = EmergencyAccess.objects.filter(user=by.id, family=family, outcome=EmergencyOutcome.NOT_JUSTIFIED)
    opened = EmergencyAccess.objects.create(
        user_id=by.id, family=family, reason=reason, opened_at=timezone.now(),
        until_on=due("emergency_access", by.on).on, agreed_by=agreed_by,
        only_warnings=opens_only_warnings(
            restricted=family.restricted, agreed=agreed_by is not None, tried=tried, most=setting("emergency_numbers"),
            was_ended=refused.exists(),
        ),
    )  # fmt: skip
    told, text = managers_told(family, but=by.id), "opened_in_emergency"
    if opened.only_warnings:
        barred = DeclaredConflict.objects.live().filter(family=family).values_list("user", flat=True)
        told, text = told | (ids_holding(Role.SERVICE_MANAGER) - {by.id, *barred}), "opened_without_agreement"
    _tell(by, told, text, key=f"emergency:{opened.pk}", about=opened)
    if agreed_by:
        _tell(by, [agreed_by.pk], "agreed_to_emergency", key=f"emergency-agreed:{opened.pk}", about=opened)
    return opened


def _report_series(by) -> None:
    """Tell the service managers, once a day, that somebody tries more numbers than the service expects."""
    _tell(
        by, ids_holding(Role.SERVICE_MANAGER) - {by.id}, "series_of_emergencies",
        key=f"emergency-series:{by.id}:{by.on}",
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
