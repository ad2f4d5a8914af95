"""Another chair, or somebody who acts for the chair: who follows, and who is told."""

from django.utils import timezone

from conferences.convening.actions.independence import DECLARED, clear_declaration
from conferences.convening.actions.notify import notify_chair
from conferences.convening.choices import CHAIR_CHANGED, INVITED, TAKES_PLACE, WITHDRAWN, ConferenceState
from conferences.convening.models import ActingChair
from conferences.convening.queries.acting import is_free, why_may_not_act
from conferences.convening.states import CONFERENCE
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.actions.outbox import withdraw_waiting
from cpc.core.documents.models import Outgoing
from cpc.core.documents.readers import reference_to
from cpc.core.kernel.refusals import Invalid, WrongState

CHANGED_HANDS = "Somebody else took it over before this went out."


def name_acting_chair(*, by, conference, user, reason, until_on=None) -> ActingChair:
    """Let ``user`` act for the chair: open and hold the conference, decide, approve its record and letters. It lasts
    until ``until_on``, or until it is taken back. Who acted before does not act any more.
    """
    if not reason.strip():
        raise Invalid("Give a reason for naming an acting chair. This is kept in the record.", field="reason")
    with acting(by, Permission.NAME_ACTING_CHAIR, on=conference, reason=reason.strip(), user=user.pk):
        CONFERENCE.must_be(conference, *TAKES_PLACE, to="given an acting chair")
        if user.pk == conference.chair_id:
            raise Invalid(f"{user} is the chair. Choose another chair.", field="user")
        if refusal := why_may_not_act(conference, user, by.on):
            raise Invalid(refusal, field="user")
        if conference.state == ConferenceState.BOOKED and not is_free(conference, user):
            raise Invalid(f"{user} is not free at that time. Choose another chair.", field="user")
        if until_on and until_on < by.on:
            raise Invalid("The last day must be today or in the future.", field="until_on")
        return let_act(by, conference, user, reason, until_on)


def end_acting_chair(*, by, conference) -> None:
    """End the acting chair: the chair runs the conference again."""
    with acting(by, Permission.NAME_ACTING_CHAIR, on=conference):
        if not stop_acting(by, conference):
            raise WrongState("This conference has no acting chair now.")
        _declare_again(conference)
        if conference.state == ConferenceState.BOOKED:
            notify_chair(by, conference, INVITED)
            _tell_administrator(by, conference)


def let_act(by, conference, user, reason, until_on=None) -> ActingChair:
    """Record that ``user`` acts for the chair from now on. Call inside an act. If the conference has not begun, they
    declare whether they are independent, and they, the chair and the administrator are told. Everyone invited is told
    when they have declared.
    """
    stop_acting(by, conference)
    _declare_again(conference)
    if conference.state == ConferenceState.BOOKED:
        notify_chair(by, conference, INVITED, chair=user, label="Acts for the chair")
        _tell_if_open(by, conference, CHAIR_CHANGED, conference.chair, "Chair")
        _tell_administrator(by, conference)
    return ActingChair.objects.create(
        conference=conference, user=user, reason=reason.strip(), named_by_id=by.id, named_at=timezone.now(),
        until_on=until_on,
    )  # fmt: skip


def _declare_again(conference) -> None:
    if conference.state == ConferenceState.BOOKED:
        clear_declaration(conference)
        conference.sequence += 1
        conference.save(update_fields=[*DECLARED, "sequence"])


def stop_acting(by, conference) -> int:
    """End what lets anybody act for the chair, and return how many that are. Call inside an act. Who acted for the
    chair of a conference that has not begun is told.
    """
    found = list(conference.acting_chairs.filter(ended_at__isnull=True).select_related("user"))
    for one in found:
        one.ended_at = timezone.now()
        one.save(update_fields=["ended_at"])
        if conference.state == ConferenceState.BOOKED:
            _tell_if_open(by, conference, WITHDRAWN, one.user, "Acted for the chair")
    return len(found)


def chair_was_replaced(by, conference, former) -> None:
    """What follows when a booked conference has another chair: nobody acts for the one before, and the new one declares
    whether they are independent. They, the former chair and the administrator are told; everyone invited is told when
    the new one has declared. Call inside an act, after saving the chair.
    """
    withdraw_messages(conference, former)
    stop_acting(by, conference)
    _declare_again(conference)
    notify_chair(by, conference, INVITED)
    _tell_if_open(by, conference, WITHDRAWN, former, "Former chair")
    _tell_administrator(by, conference)


def withdraw_messages(conference, user) -> None:
    """Withdraw what waits to be sent to this user about the conference."""
    kinds = ("user", "accounts.user")
    waiting = Outgoing.objects.filter(**reference_to(conference), recipient_kind__in=kinds, recipient_id=user.pk)
    withdraw_waiting(waiting, CHANGED_HANDS)


def _tell_administrator(by, conference) -> None:
    if conference.administrator_id != by.id:
        _tell_if_open(by, conference, CHAIR_CHANGED, conference.administrator, "Administrator")


def _tell_if_open(by, conference, occasion, user, label) -> None:
    if user and user.is_active:
        notify_chair(by, conference, occasion, chair=user, label=label)
