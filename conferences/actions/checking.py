"""The second pair of eyes on a list, and the decision to invite somebody who must not learn something all the same."""

from django.utils import timezone

from conferences.actions.invite import CHANGES
from conferences.models import InvitedAllTheSame, ListCheck
from conferences.queries.checking import checking
from conferences.queries.invite import invitations_of
from conferences.queries.unknowing import unknowing
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, Stale, WrongState


def check_list(*, by, conference, as_it_stood) -> ListCheck:
    """``by`` has looked through the list as the page showed it. Raises Stale when it has changed since."""
    with acting(by, Permission.CHECK_INVITATIONS, on=conference):
        if conference.state not in CHANGES:
            raise WrongState("The list of this conference cannot be changed any more. Reload the page.")
        stands = checking(conference, invitations_of(conference)).as_it_stands
        if as_it_stood != stands:
            raise Stale("The list has changed since you opened it. Look through it as it stands now.")
        check, _ = ListCheck.objects.get_or_create(
            conference=conference, as_it_stood=stands, checked_by_id=by.id, defaults={"checked_at": timezone.now()}
        )
    return check


def invite_all_the_same(*, by, invitation, reason) -> InvitedAllTheSame:
    """Somebody who would learn what they must not is invited all the same: who decided, and why, is on record."""
    reason = reason.strip()
    if not reason:
        raise Invalid("Say why this person is invited all the same. It stands in the record.", field="reason")
    conference = invitation.conference
    details = {"invitation": invitation.pk, "reason": reason}
    with acting(by, Permission.INVITE_ALL_THE_SAME, on=conference, **details):
        rows = [one for one in invitations_of(conference) if one.pk == invitation.pk]
        found = next(iter(unknowing(conference, rows)), None)
        if found is None:
            raise WrongState("There is nothing now that this person must not learn of this conference.")
        return InvitedAllTheSame.objects.create(
            invitation=invitation, entries=[entry.pk for entry in found.entries], reason=reason,
            decided_by_id=by.id, decided_at=timezone.now(),
        )  # fmt: skip
