"""Nobody sees their own family or a colleague's: declared by themselves or for them, in force at once.

Nothing here says whether there is a family of the number that was given.
"""

from django.utils import timezone

from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from families.access.queries.access import families_numbered
from families.cases.models import DeclaredConflict, SaidConflict
from families.people.actions.circles import extend_conflicts
from families.people.models import Membership


def declare_own(*, by, whom, reason) -> SaidConflict:
    """Send what the viewer declared to a manager. A family with exactly that number is closed to them at once."""
    with acting(by, Permission.DECLARE_CONFLICT, whom=whom):
        _check(whom, reason)
        _record_conflicts(by, by.id, whom, reason)
        return SaidConflict.objects.create(
            user_id=by.id, whom=whom.strip(), reason=reason.strip(), said_by_id=by.id, said_at=timezone.now()
        )


def declare_for(*, by, user, whom, reason) -> None:
    """Close the family with this case number or identifier to the user at once."""
    with acting(by, Permission.MANAGE_CONFLICTS, user=user.pk, whom=whom):
        _check(whom, reason)
        if user.pk == by.id:
            raise Invalid("Declare your own on the page for that: your manager is told of it", "user")
        _record_conflicts(by, user.pk, whom, reason)


def settle(*, by, said, number="") -> SaidConflict:
    """A manager settles a declaration. With ``number``, that family is closed to the user."""
    with acting(by, Permission.MANAGE_CONFLICTS, on=said):
        if said.settled_at:
            raise WrongState("Someone has already resolved this.")
        if said.user_id == by.id:
            raise Invalid("Another manager settles what you declared yourself")
        if number.strip():
            _record_conflicts(by, said.user_id, number, said.reason)
        said.settled_by_id, said.settled_at = by.id, timezone.now()
        said.save()
        return said


def end_conflict(*, by, conflict, reason) -> DeclaredConflict:
    """End the conflict: the user may see the family again if an access route opens it."""
    with acting(by, Permission.MANAGE_CONFLICTS, on=conflict, reason=reason):
        if conflict.ended_on:
            raise WrongState("This conflict has already ended.")
        if not reason.strip():
            raise Invalid("Say why it is over", "reason")
        for one in (conflict, *conflict.covers.live()):
            one.ended_on, one.end_reason = by.on, reason.strip()
            one.save()
        return conflict


def _check(whom, reason) -> None:
    if not whom.strip():
        raise Invalid("Enter the case number, or say who you know", "whom")
    if not reason.strip():
        raise Invalid("Say how they are known", "reason")


def _record_conflicts(by, user_id, number, reason) -> None:
    families = families_numbered(number)
    if not families:
        return
    User.objects.select_for_update(no_key=True).get(pk=user_id)  # two at once would declare it twice
    for family in families:
        if not DeclaredConflict.objects.live().filter(user=user_id, family=family).exists():
            DeclaredConflict.objects.create(
                user_id=user_id, family=family, reason=reason.strip(), declared_by_id=by.id, declared_on=by.on
            )
        if not family.restricted:
            extend_conflicts(Membership.objects.filter(family=family).values_list("person", flat=True))
