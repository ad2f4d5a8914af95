"""What an administrator does about accounts: the only writer."""

import hashlib

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import Agency, RoleHeld, RoleRequirement, Team, User
from cpc.core.accounts.permissions import Permission, about_no_family
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, Stale

NEEDS_TEAM = {Role.SOCIAL_WORKER, Role.TEAM_MANAGER}
about_no_family(User, Team, Agency)


def add_user(
    *, by, email, first_name, last_name, roles, job_title="", phone="", team=None, agency=None, password=None
) -> User:
    """The person has an account. Without ``password`` they set their own by “Forgotten your password?”."""
    with acting(by, Permission.MANAGE_ACCOUNTS, account=email.strip().lower(), roles=sorted(map(str, roles))):
        user = User(is_active=True)
        _put(user, email, first_name, last_name, roles, job_title, phone, team, agency)
        if password:
            validate_password(password, user)
            user.set_password(password)
        else:
            user.set_unusable_password()
        _save(user, "There is already an account with this email address", "email")
        _put_roles(user, roles)
        return user


def change_user(
    *, by, user, email, first_name, last_name, roles, is_active, job_title="", phone="", team=None, agency=None,
    seen=None,
) -> User:  # fmt: skip
    """The account is as given. Nobody closes their own, and somebody is always left to manage accounts."""
    with acting(by, Permission.MANAGE_ACCOUNTS, on=user, roles=sorted(map(str, roles)), is_active=is_active):
        if seen is not None and seen != user_stamp(user):
            raise Stale(
                "Somebody else changed this account while you were changing it.",
                mine=f"{first_name} {last_name}, {email}: {_labels(roles)}",
                theirs=f"{user}, {user.email}: {_labels(user.roles_held.values_list('role', flat=True))}",
            )
        if user.pk == by.id and not is_active:
            raise Invalid("You cannot close your own account. Ask another system administrator", "is_active")
        if user.pk == by.id and {Role(role) for role in roles} != by.roles:
            raise Invalid("You cannot change your own roles. Ask another system administrator", "roles")
        _refuse_without_administrator(user, roles, is_active)
        _put(user, email, first_name, last_name, roles, job_title, phone, team, agency)
        if not is_active or Role.TEAM_MANAGER not in roles:
            _refuse_while_running_a_team(user, roles, is_active)
        user.is_active = is_active
        _save(user, "There is already an account with this email address", "email")
        _put_roles(user, roles)
        return user


def user_stamp(user) -> str:
    """The mark that a page carries of the account that it showed."""
    parts = [
        user.email, user.first_name, user.last_name, user.job_title, user.phone, user.team_id, user.agency_id,
        user.is_active, sorted(user.roles_held.values_list("role", flat=True)),
    ]  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def record_team(*, by, name, kind, manager=None, team=None) -> Team:
    """The team is as given; ``team`` is the one to change, if there is one."""
    with acting(by, Permission.MANAGE_ACCOUNTS, on=team, team=name):
        name = name.strip()
        if not name:
            raise Invalid("Enter the name of the team", "name")
        if Team.objects.filter(name__iexact=name).exclude(pk=getattr(team, "pk", None)).exists():
            raise Invalid("There is already a team of this name", "name")
        roles = [Role.TEAM_MANAGER, Role.SERVICE_MANAGER]
        if manager and not RoleHeld.objects.filter(user=manager, role__in=roles, user__is_active=True).exists():
            raise Invalid("Choose somebody who is a team manager or the conference service manager", "manager")
        team = team or Team()
        team.name, team.kind, team.manager = name, kind, manager
        _save(team, "There is already a team of this name", "name")
        return team


def record_agency(*, by, name, kind, email="", phone="", agency=None) -> Agency:
    """The agency is as given; ``agency`` is the one to change, if there is one."""
    with acting(by, Permission.MANAGE_ACCOUNTS, on=agency, agency=name):
        name = name.strip()
        if not name:
            raise Invalid("Enter the name of the agency", "name")
        if Agency.objects.filter(name__iexact=name, kind=kind).exclude(pk=getattr(agency, "pk", None)).exists():
            raise Invalid("There is already an agency of this name and kind", "name")
        agency = agency or Agency()
        agency.name, agency.kind, agency.email, agency.phone = name, kind, email.strip(), phone.strip()
        agency.save()
        return agency


def require_second_factor(*, by, roles) -> None:
    """Whoever holds one of ``roles`` must use a second factor at the next sign-in; nobody else must."""
    with acting(by, Permission.MANAGE_ACCOUNTS, second_factor=sorted(map(str, roles))):
        for role in Role:
            RoleRequirement.objects.update_or_create(role=role, defaults={"second_factor": role in roles})


def _put(user, email, first_name, last_name, roles, job_title, phone, team, agency) -> None:
    email, roles = email.strip().lower(), {Role(role) for role in roles}
    for field, value, what in (
        ("first_name", first_name, "first name"), ("last_name", last_name, "last name"),
        ("email", email, "email address"),
    ):  # fmt: skip
        if not value.strip():
            raise Invalid(f"Enter the {what}", field)
    if User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        raise Invalid("There is already an account with this email address", "email")
    if not roles:
        raise Invalid("Choose at least one role", "roles")
    if Role.PROFESSIONAL in roles and len(roles) > 1:
        raise Invalid("A partner professional holds no other role: they see only what they are invited to", "roles")
    if Role.PROFESSIONAL in roles and agency is None:
        raise Invalid("Choose the agency that this professional works for", "agency")
    if roles & NEEDS_TEAM and team is None:
        raise Invalid("Choose the team: it decides which families this person sees", "team")
    user.email, user.first_name, user.last_name = email, first_name.strip(), last_name.strip()
    user.job_title, user.phone = job_title.strip(), phone.strip()
    is_partner = Role.PROFESSIONAL in roles
    user.team, user.agency = (None, agency) if is_partner else (team, None)


def _save(record, sentence, field) -> None:
    """The record is saved; raises Invalid where somebody made the same in the same moment."""
    try:
        record.save()
    except IntegrityError:
        raise Invalid(sentence, field) from None


def _put_roles(user, roles) -> None:
    wanted = {Role(role) for role in roles}
    held = set(user.roles_held.values_list("role", flat=True))
    user.roles_held.exclude(role__in=wanted).delete()
    for role in sorted(wanted - held):
        RoleHeld.objects.create(user=user, role=role)


def _refuse_without_administrator(user, roles, is_active) -> None:
    if is_active and Role.SYSTEM_ADMINISTRATOR in roles:
        return
    held = RoleHeld.objects.filter(role=Role.SYSTEM_ADMINISTRATOR, user__is_active=True)
    if held.filter(user=user).exists() and not held.exclude(user=user).exists():
        raise Invalid("Nobody else could manage accounts. Make somebody else a system administrator first", "roles")


def _refuse_while_running_a_team(user, roles, is_active) -> None:
    if is_active and Role.SERVICE_MANAGER in roles:
        return
    team = user.teams_run.first()
    if team:
        raise Invalid(f"This person runs {team}. Give the team another manager first", "roles")


def _labels(roles) -> str:
    return ", ".join(Role(role).label for role in sorted(roles))
