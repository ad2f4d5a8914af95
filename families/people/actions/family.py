"""Records a family: its name, case number, team and social worker."""

from django.db import IntegrityError
from django.db.models import Q

from cpc.core.accounts.choices import Role
from cpc.core.accounts.holdings import give_with_family
from cpc.core.accounts.models import RoleHeld
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid
from families.cases.models import Family
from families.people.actions.concurrency import refuse_if_changed
from families.people.actions.search_index import reindex_family

# The same sentence if the user may not see the other family: it must not reveal that it exists.
IN_USE = "This case number cannot be used. Check it, or ask the conference service manager"
FIELDS = ("name", "case_number", "opened_on", "team_id", "social_worker_id")


def record_family(*, by, name, case_number, team, opened_on, social_worker=None) -> Family:
    """Record a family. Its case is held by ``team``. Raises Invalid for impossible values."""
    with acting(by, Permission.RECORD_FAMILY):
        given = _checked(by, None, name, case_number, team, opened_on, social_worker)
        try:
            family = Family.objects.create(**given)
        except IntegrityError:  # somebody recorded the same number in the same moment
            raise Invalid(IN_USE, "case_number") from None
        reindex_family(family)
        return family


def change_family(*, by, family, name, case_number, team, opened_on, social_worker, seen=None) -> Family:
    """Change the family's name, case number, team and worker. A social worker takes over what the former one, or the
    manager of the team, holds of it: plans that they lead, their part and report at conferences to come.

    Raises Stale if somebody else saved first.
    """
    with acting(by, Permission.RECORD_FAMILY, on=family):
        given = _checked(by, family, name, case_number, team, opened_on, social_worker)
        refuse_if_changed(family, FIELDS, seen, given | _ids(given))
        former = {family.social_worker, family.team.manager, team.manager} - {None, social_worker}
        for field, value in given.items():
            setattr(family, field, value)
        try:
            family.save()
        except IntegrityError:
            raise Invalid(IN_USE, "case_number") from None
        reindex_family(family)
        if social_worker is not None:
            give_with_family(by, family, sorted(former, key=lambda user: user.pk), social_worker)
        return family


def _ids(given) -> dict:
    return {"team_id": given["team"].pk, "social_worker_id": getattr(given["social_worker"], "pk", None)}


def _checked(by, family, name, case_number, team, opened_on, social_worker) -> dict:
    name, case_number = name.strip(), case_number.strip()
    if not name:
        raise Invalid("Enter the name the family is known by", "name")
    if not case_number:
        raise Invalid("Enter the case number", "case_number")
    if Family.objects.filter(Q(case_number__iexact=case_number) & ~Q(pk=getattr(family, "pk", None))).exists():
        raise Invalid(IN_USE, "case_number")
    if opened_on > by.on:
        raise Invalid("The day the case was opened must be today or in the past", "opened_on")
    if by.kind == "user" and family is None and team.pk not in by.teams:
        raise Invalid("Choose your own team: a family is recorded by the team that holds the case", "team")
    if social_worker is not None:
        is_one = RoleHeld.objects.filter(user=social_worker, role=Role.SOCIAL_WORKER).exists()
        if not is_one or social_worker.team_id != team.pk or not social_worker.is_active:
            raise Invalid("Choose a social worker of the team that holds the case", "social_worker")
    return {
        "name": name, "case_number": case_number, "team": team, "opened_on": opened_on, "social_worker": social_worker,
    }  # fmt: skip
