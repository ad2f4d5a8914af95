"""Breaking the glass: at once, with a reason, told to the manager, reviewed afterwards. Never past a conflict."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.actions import queue
from cpc.core.documents.choices import Channel
from cpc.core.documents.readers import Recipient
from cpc.core.kernel.refusals import Invalid, WrongState
from cpc.core.policy.queries import due
from families.choices import EmergencyOutcome
from families.models import EmergencyAccess
from families.queries.access import families_to_open, managers_told, wrong_numbers_since
from families.rules.access import NUMBERS_AN_HOUR, what_is_wrong_with_reason

NOT_OPENED = (
    "Nothing can be opened with this number. Check it, or ring the duty manager. That it was tried is on the record"
)
TOO_MANY = "You have tried too many numbers. Ring the duty manager, or try again in an hour"


def open_in_emergency(*, by, number, reason) -> list[EmergencyAccess]:
    """The family of exactly this number is open to the viewer, for reading, until the end of the next working day; by
    a child’s number, every family of the child that was closed to them. Its manager is told of each, and reviews it.

    Nothing is opened where there is no such family or the viewer has a conflict with it: nobody is told which. That
    it was tried stays on the trail. Raises Invalid without a reason, and after too many wrong numbers in an hour.
    """
    if not number.strip():
        raise Invalid("Enter the case number or the child’s number", "number")
    if wrong := what_is_wrong_with_reason(reason):
        raise Invalid(wrong, "reason")
    if wrong_numbers_since(by) >= NUMBERS_AN_HOUR:
        raise Invalid(TOO_MANY, "number")
    families = families_to_open(by, number)
    with acting(by, Permission.OPEN_IN_EMERGENCY, reason=reason, number=number.strip(), opened=bool(families)):
        return [_open(by, family, reason.strip()) for family in families]


def review_emergency(*, by, opened, outcome, note) -> EmergencyAccess:
    """A manager who is not the user has said whether it was justified."""
    with acting(by, Permission.REVIEW_EMERGENCY, on=opened, outcome=str(outcome)):
        if opened.reviewed_at:
            raise WrongState("Somebody has reviewed this already.")
        if outcome not in EmergencyOutcome.values:
            raise Invalid("Say whether it was justified", "outcome")
        if outcome == EmergencyOutcome.NOT_JUSTIFIED and not note.strip():
            raise Invalid("Say why it was not justified and what is done about it", "note")
        opened.reviewed_by_id, opened.reviewed_at = by.id, timezone.now()
        opened.outcome, opened.review_note = outcome, note.strip()
        opened.save()
        return opened


def _open(by, family, reason) -> EmergencyAccess:
    opened = EmergencyAccess.objects.create(
        user_id=by.id, family=family, reason=reason, opened_at=timezone.now(),
        until_on=due("emergency_access", by.on).on,
    )  # fmt: skip
    for manager in User.objects.filter(pk__in=managers_told(family, but=by.id)).order_by("pk"):
        _tell(by, opened, manager)
    return opened


def _tell(by, opened, manager) -> None:
    queue(
        by,
        key=f"emergency:{opened.pk}:{manager.pk}",
        purpose="emergency",
        channel=Channel.EMAIL,
        recipient=Recipient.of(manager),
        to_address=manager.email,
        subject="A record was opened in an emergency",
        body="\n".join(
            [
                f"Hello {manager.first_name},",
                "",
                "A record was opened in an emergency. Sign in to see which, by whom and why, and review it:",
                f"{settings.CPC_BASE_URL}{reverse('families:emergencies')}",
                "",
                "This message names nobody on purpose. Please do not reply to it.",
            ]
        ),
        about=opened,
    )
