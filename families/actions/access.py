"""Restricted families: who is named, by whom, until when. The team manager arranges it even when not named."""

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.refusals import Invalid, WrongState
from families.choices import RestrictionKind
from families.models import AccessGrant, Family
from families.queries.access import last_day_of_cover, who_can_be_named
from families.rules.access import what_is_wrong_with_access


def restrict_family(*, by, access, kind, reason, named, until_on) -> Family:
    """Only ``named`` and whoever restricts may see the family, each until ``until_on``.

    Raises Invalid unless its social worker and the manager of its team are among them, so that the work goes on.
    """
    named = {user.pk: user for user in named}
    family = Family.objects.get(pk=access.pk)
    with acting(by, Permission.RESTRICT_FAMILY, on=access, about=family, reason=reason, named=sorted(named)):
        if access.restricted:
            raise WrongState("This family is restricted already. Reload the page to see who is named.")
        if kind not in RestrictionKind.values:
            raise Invalid("Choose why only some people may see this family", "kind")
        if not reason.strip():
            raise Invalid("Say why only some people may see this family", "reason")
        _refuse_without_those_who_work_with_it(access, named)
        _check_until(by, until_on)
        allowed = {user.pk: user for user in who_can_be_named(access)}
        if strangers := [user for pk, user in named.items() if pk not in allowed]:
            raise Invalid(f"{strangers[0]} cannot be named for this family. Choose somebody else", "named")
        family = _save(family, restricted=True, restricted_kind=kind, restricted_reason=reason.strip())
        last = last_day_of_cover(by, access)
        for pk in named.keys() | {by.id}:
            if pk in allowed:
                _grant(
                    by, family, pk, min(until_on, last) if last and not _works_here(access, pk) else until_on, reason
                )
    return family


def lift_restriction(*, by, access, reason) -> Family:
    """Whoever comes to the family by the ordinary roads may see it again; nobody is named any more."""
    family = Family.objects.get(pk=access.pk)
    with acting(by, Permission.RESTRICT_FAMILY, on=access, about=family, reason=reason):
        if not access.restricted:
            raise WrongState("This family is not restricted any more.")
        if not reason.strip():
            raise Invalid("Say why the family need not be restricted any more", "reason")
        AccessGrant.objects.filter(family=family, ended_on__isnull=True).update(ended_on=by.on)
        return _save(family, restricted=False, restricted_kind="", restricted_reason="")


def name_for(*, by, access, user, until_on, reason) -> AccessGrant:
    """The user may see the restricted family from today until ``until_on``; an earlier naming of theirs ends."""
    family = Family.objects.get(pk=access.pk)
    with acting(by, Permission.RESTRICT_FAMILY, on=access, about=family, reason=reason, named=[user.pk]):
        if not access.restricted:
            raise WrongState("This family is not restricted, so nobody needs to be named for it.")
        if not who_can_be_named(access).filter(pk=user.pk).exists():
            raise Invalid(f"{user} cannot be named for this family. Choose somebody else", "user")
        if not reason.strip():
            raise Invalid("Say why they need to see this family", "reason")
        _check_until(by, until_on)
        last = None if _works_here(access, user.pk) else last_day_of_cover(by, access)
        if last and until_on > last:
            raise Invalid(f"You cover this team until {in_words(last)}: name nobody for longer", "until_on")
        AccessGrant.objects.filter(family=family, user=user, ended_on__isnull=True).update(ended_on=by.on)
        return _grant(by, family, user.pk, until_on, reason)


def end_access(*, by, access, grant, reason) -> AccessGrant:
    """The user may not see the family from now on; raises Invalid where nobody would be left who is named."""
    family = Family.objects.get(pk=access.pk)
    with acting(by, Permission.RESTRICT_FAMILY, on=access, about=family, reason=reason, ended=[grant.user_id]):
        grant = AccessGrant.objects.select_for_update().get(pk=grant.pk, family=family)
        if grant.ended_on or grant.until_on < by.on:
            raise WrongState("This access is over already.")
        if not reason.strip():
            raise Invalid("Say why they need not see this family any more", "reason")
        live = AccessGrant.objects.filter(family=family, ended_on__isnull=True, until_on__gte=by.on)
        if not live.exclude(pk=grant.pk).exists():
            raise Invalid("Nobody else is named for this family. Name somebody first, or lift the restriction")
        grant.ended_on = by.on
        grant.save()
        return grant


def _refuse_without_those_who_work_with_it(access, named) -> None:
    missing = [
        f"{user}, {what}"
        for user, what in ((access.social_worker, "its social worker"), (access.team.manager, "the team’s manager"))
        if user is not None and user.is_active and user.pk not in named and _may_be_named(access, user)
    ]
    if missing:
        raise Invalid(f"Name {' and '.join(missing)} as well: otherwise nobody could go on with the work", "named")
    if not named:
        raise Invalid("Name at least one person who may see this family", "named")


def _works_here(access, pk) -> bool:
    """Whether the family is this user’s own work: they go on with it when the cover is over."""
    return pk in (access.social_worker_id, access.team.manager_id)


def _may_be_named(access, user) -> bool:
    return who_can_be_named(access).filter(pk=user.pk).exists()


def _check_until(by, until_on) -> None:
    if wrong := what_is_wrong_with_access(by.on, until_on):
        raise Invalid(wrong, "until_on")


def _grant(by, family, user_id, until_on, reason) -> AccessGrant:
    return AccessGrant.objects.create(
        user_id=user_id, family=family, from_on=by.on, until_on=until_on, reason=reason.strip(), granted_by_id=by.id
    )


def _save(family, **values) -> Family:
    for field, value in values.items():
        setattr(family, field, value)
    family.save(update_fields=list(values))
    return family
