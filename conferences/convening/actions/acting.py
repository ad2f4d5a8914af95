"""Somebody acts for the chair of a conference: named by the service manager, and taken back."""

from django.utils import timezone

from conferences.convening.actions.independence import DECLARED, clear_declaration
from conferences.convening.choices import ConferenceState
from conferences.convening.models import ActingChair
from conferences.convening.queries.acting import CHAIRED, is_free, why_may_not_act
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState


def name_acting_chair(*, by, conference, user, reason, until_on=None) -> ActingChair:
    """Let ``user`` act for the chair: open and hold the conference, decide, approve its record and letters. It lasts
    until ``until_on``, or until it is taken back. Who acted before does not act any more.
    """
    if not reason.strip():
        raise Invalid("Give a reason for naming an acting chair. This is kept in the record.", field="reason")
    with acting(by, Permission.NAME_ACTING_CHAIR, on=conference, reason=reason.strip(), user=user.pk):
        if conference.state not in CHAIRED:
            raise WrongState("Only a booked or held conference can have an acting chair.")
        if user.pk == conference.chair_id:
            raise Invalid(f"{user} is the chair. Choose somebody else.", field="user")
        if refusal := why_may_not_act(conference, user, by.on):
            raise Invalid(refusal, field="user")
        if conference.state == ConferenceState.BOOKED and not is_free(conference, user):
            raise Invalid(f"{user} is not free at that time. Choose somebody else.", field="user")
        if until_on and until_on < by.on:
            raise Invalid("The last day must be today or in the future.", field="until_on")
        return let_act(by, conference, user, reason, until_on)


def end_acting_chair(*, by, conference) -> None:
    """End the acting chair: the chair runs the conference again."""
    with acting(by, Permission.NAME_ACTING_CHAIR, on=conference):
        if not stop_acting(conference):
            raise WrongState("This conference has no acting chair now.")
        _declare_again(conference)


def let_act(by, conference, user, reason, until_on=None) -> ActingChair:
    """Record that ``user`` acts for the chair from now on. Call inside an act. If the conference has not begun, they
    declare whether they are independent.
    """
    stop_acting(conference)
    _declare_again(conference)
    return ActingChair.objects.create(
        conference=conference, user=user, reason=reason.strip(), named_by_id=by.id, named_at=timezone.now(),
        until_on=until_on,
    )  # fmt: skip


def _declare_again(conference) -> None:
    if conference.state == ConferenceState.BOOKED:
        clear_declaration(conference)
        conference.save(update_fields=DECLARED)


def stop_acting(conference) -> int:
    """End what lets anybody act for the chair, and return how many that are. Call inside an act."""
    return conference.acting_chairs.filter(ended_at__isnull=True).update(ended_at=timezone.now())
