"""Nobody sees their own family or a colleague's: declared by themselves or for them, in force at once.

Nothing here says whether there is a family of the number that was given.
"""

from django.utils import timezone

from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from families.models import DeclaredConflict, SaidConflict
from families.queries.access import families_numbered


def declare_own(*, by, whom, reason) -> SaidConflict:
    """What the viewer said is with a manager; a family of exactly that number is closed to them from this moment."""
    with acting(by, Permission.DECLARE_CONFLICT, whom=whom):
        _check(whom, reason)
        _bar(by, by.id, whom, reason)
        return SaidConflict.objects.create(
            user_id=by.id, whom=whom.strip(), reason=reason.strip(), said_by_id=by.id, said_at=timezone.now()
        )


def declare_for(*, by, user, whom, reason) -> None:
    """The user must not see the family of this case number or identifier, from this moment."""
    with acting(by, Permission.MANAGE_CONFLICTS, user=user.pk, whom=whom):
        _check(whom, reason)
        if user.pk == by.id:
            raise Invalid("Declare your own on the page for that: your manager is told of it", "user")
        _bar(by, user.pk, whom, reason)


def settle(*, by, said, number="") -> SaidConflict:
    """A manager has looked at what somebody said; with ``number``, that family is closed to them."""
    with acting(by, Permission.MANAGE_CONFLICTS, on=said):
        if said.settled_at:
            raise WrongState("Somebody has settled this already.")
        if said.user_id == by.id:
            raise Invalid("Another manager settles what you declared yourself")
        if number.strip():
            _bar(by, said.user_id, number, said.reason)
        said.settled_by_id, said.settled_at = by.id, timezone.now()
        said.save()
        return said


def end_conflict(*, by, conflict, reason) -> DeclaredConflict:
    """The user may see the family again, where a road leads them there."""
    with acting(by, Permission.MANAGE_CONFLICTS, on=conflict, reason=reason):
        if conflict.ended_on:
            raise WrongState("This conflict is over already.")
        if not reason.strip():
            raise Invalid("Say why it is over", "reason")
        conflict.ended_on, conflict.end_reason = by.on, reason.strip()
        conflict.save()
        return conflict


def _check(whom, reason) -> None:
    if not whom.strip():
        raise Invalid("Enter the case number, or say whom you know", "whom")
    if not reason.strip():
        raise Invalid("Say how they are known", "reason")


def _bar(by, user_id, number, reason) -> None:
    families = families_numbered(number)
    if not families:
        return
    User.objects.select_for_update(no_key=True).get(pk=user_id)  # two at once would declare it twice
    for family in families:
        if not DeclaredConflict.objects.live().filter(user=user_id, family=family).exists():
            DeclaredConflict.objects.create(
                user_id=user_id, family=family, reason=reason.strip(), declared_by_id=by.id, declared_on=by.on
            )
