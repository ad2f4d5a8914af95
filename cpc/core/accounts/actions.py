"""What an administrator does about accounts: the only writer."""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError
from django.db.models import Exists, Q
from django.utils import timezone

from cpc.core.accounts.choices import AccountCheckKind, Role
from cpc.core.accounts.holdings import KINDS, Change, change_of, give, what_is_held, what_may_be_handed_over
from cpc.core.accounts.models import AccountCheck, RoleHeld, RoleRequirement, Team, User
from cpc.core.accounts.permissions import Permission, Viewer, about_no_family, requires, sees
from cpc.core.accounts.queries import WAITS, last_confirmed, people_managed_by, who_may_decide
from cpc.core.accounts.rules import (
    folded_email,
    folded_name,
    is_another_name,
    is_same_person,
    what_to_report,
)
from cpc.core.audit.door import acting
from cpc.core.audit.versions import lock, next_version
from cpc.core.kernel.phrases import in_sentence
from cpc.core.kernel.refusals import Invalid, WrongState

_ONE_PERSON = (
    "An account belongs to one person: what {user} did stays under it. Close it, and add an account for {name}"
)
NEEDS_TEAM = {Role.SOCIAL_WORKER, Role.TEAM_MANAGER}
about_no_family(User, Team)
_follows: list[Callable[[Viewer, User, str], None]] = []


def when_address_changes(follow: Callable[[Viewer, User, str], None]) -> None:
    """Register ``follow(by, user, old_address)``, called inside the act that gives an account another email address."""
    if follow not in _follows:
        _follows.append(follow)


@sees(AccountCheck)
def visible_checks(viewer: Viewer) -> Q:
    """What the viewer may decide: nothing about their own account or one that they made or changed, and nothing at all
    while their own account waits for a check.
    """
    kinds = {
        AccountCheckKind.SECOND: Permission.MANAGE_ACCOUNTS, AccountCheckKind.WIDE: Permission.CHECK_ACCOUNTS,
    }  # fmt: skip
    mine = [kind for kind, permission in kinds.items() if viewer.can(permission)]
    written = AccountCheck.objects.filter(asked_by=viewer.id).order_by().values("user")
    waits = Exists(AccountCheck.objects.filter(user=viewer.id, **WAITS))
    return Q(kind__in=mine) & ~Q(user__in=written) & ~Q(user=viewer.id) & ~waits


@requires(User, Permission.HAND_OVER)
def manages_them(by, user) -> bool:
    """A team manager hands over what people of their teams hold; the service manager and administrators, anybody's."""
    return people_managed_by(by).filter(pk=user.pk).exists()


def add_user(
    *, by, email, first_name, last_name, roles, job_title="", phone="", team=None, agency=None, password=None,
    why_second="",
) -> User:  # fmt: skip
    """The person has an account. Without ``password`` they set their own, by a link that the page sends them.

    Where they seem to have one already, it stays closed until another system administrator agrees; ``why_second`` says
    why. A service manager is asked to look at an account with wide rights.
    """
    with acting(by, Permission.MANAGE_ACCOUNTS, account=email.strip().lower(), roles=sorted(map(str, roles))):
        user = User(is_active=True)
        like = _refuse_second_without_reason(by, user, first_name, last_name, email, why_second)
        user.is_active = like is None
        _put(user, email, first_name, last_name, roles, job_title, phone, team, agency)
        if password:
            validate_password(password, user)
            user.set_password(password)
        else:
            user.set_unusable_password()
        _save(user, "There is already an account with this email address", "email")
        _put_roles(user, roles)
        if like:
            _ask_to_check(by, user, AccountCheckKind.SECOND, "A second account", like=like, reason=why_second)
        if report := what_to_report((), roles):
            _ask_to_check(by, user, AccountCheckKind.WIDE, report)
        return user


def change_user(
    *, by, user, email, first_name, last_name, roles, is_active, job_title="", phone="", team=None, agency=None,
    seen=None, why_second="", to=None,
) -> User:  # fmt: skip
    """The account is as given. Nobody closes their own, and somebody is always left to manage accounts.

    An account belongs to one person: quite another name together with another email address is refused, also in several
    steps, because both are compared with ``last_confirmed``. One that closes, or gets another email address or quite
    another name, loses its password and second factor, and with them every session and link
    (``user.must_set_password``). Their holder sets another password by a link that the page sends; the old address is
    told.

    What its holder cannot hold any more is handed over in the same act: ``to`` is the person for each kind (its key),
    or None for the manager. What a person could not take is in ``user.left``: how many of each kind.

    What makes it somebody's second account, or gives it wide rights, is checked by somebody else as for a new one.
    """
    with acting(by, Permission.MANAGE_ACCOUNTS, on=user, roles=sorted(map(str, roles)), is_active=is_active):
        lock(user)
        user.version = next_version(
            user, seen, "This account was changed since you opened this page.",
            mine=f"{first_name} {last_name}, {email}: {_labels(roles)}",
            theirs=lambda: f"{user}, {user.email}: {_labels(user.roles_held.values_list('role', flat=True))}",
        )  # fmt: skip
        if user.pk == by.id and not is_active:
            raise Invalid("You cannot close your own account. Ask another system administrator", "is_active")
        if user.pk == by.id and {Role(role) for role in roles} != by.roles:
            raise Invalid("You cannot change your own roles. Ask another system administrator", "roles")
        _refuse_without_administrator(user, roles, is_active)
        before, was = _as_it_was(user), User.objects.get(pk=user.pk)
        name, address = (first_name, last_name), email.strip().lower()
        *confirmed_name, confirmed_address = last_confirmed(user)
        is_renamed, readdressed = folded_name(*before.name) != folded_name(*name), before.email.lower() != address
        is_another = is_another_name(confirmed_name, name)
        if (is_renamed or readdressed) and is_another and confirmed_address.lower() != address:
            raise Invalid(_ONE_PERSON.format(user=was, name=f"{first_name} {last_name}"), "email")
        renamed = is_renamed and (is_another or is_another_name(before.name, name))
        like = None
        if is_active and (not before.is_active or _is_another(before, first_name, last_name, email)):
            _refuse_while_checked(user)
            like = _refuse_second_without_reason(by, user, first_name, last_name, email, why_second)
            if like and user.pk == by.id:
                raise Invalid(f"{like} already has an account. Ask another system administrator to change yours")
            is_active = like is None
        _put(user, email, first_name, last_name, roles, job_title, phone, team, agency)
        ends_sign_in = renamed or readdressed
        change = change_of(was, is_active=is_active, team=team, agency=agency, roles=roles, sign_in=ends_sign_in)
        user.left = _give_all(by, was, change, to) if change else {}
        user.is_active = is_active
        user.must_set_password = is_active and (ends_sign_in or not before.is_active)
        if ends_sign_in or (before.is_active and not is_active):
            _end_sign_in(user)
        _save(user, "There is already an account with this email address", "email")
        _put_roles(user, roles)
        if like:
            _ask_to_check(by, user, AccountCheckKind.SECOND, "A second account", like=like, reason=why_second)
        if readdressed:
            for follow in _follows:
                follow(by, user, before.email)
        grown = {"readdressed": readdressed, "renamed": renamed, "was_closed": not before.is_active}
        if report := what_to_report(before.roles, roles, **grown):
            _ask_to_check(by, user, AccountCheckKind.WIDE, report)
        return user


def check_account(*, by, check, is_right, seen=None) -> AccountCheck:
    """Record what somebody else found: whether the account is right. Open it if so, and close it if not. Raises Stale
    if the account was changed since the version ``seen``: nobody confirms a name or address that they did not read.
    """
    permission = Permission.MANAGE_ACCOUNTS if check.kind == AccountCheckKind.SECOND else Permission.CHECK_ACCOUNTS
    with acting(by, permission, on=check, account=check.user.email, is_right=is_right):
        if check.decided_at:
            raise WrongState("Someone has already checked this account.")
        user = User.objects.get(pk=check.user_id)
        lock(user)
        user.version = next_version(
            user, seen, "Somebody changed this account while you were checking it. Look at it again.", mine="",
            theirs=lambda: f"{user}, {user.email}: {_labels(user.roles_held.values_list('role', flat=True))}",
        )  # fmt: skip
        roles = user.roles_held.values_list("role", flat=True) if is_right else ()
        _refuse_without_administrator(user, roles, is_right)
        if not is_right:
            _refuse_while_running_a_team(user)
            _give_all(by, user, Change(closes=True), dict.fromkeys(KINDS))  # to the managers: nobody was asked
        check.decided_by_id, check.decided_at, check.is_right = by.id, timezone.now(), is_right
        check.save()
        if check.kind == AccountCheckKind.SECOND or not is_right:
            user.is_active = is_right
            if not is_right:
                _end_sign_in(user)
        # Always, so that the history has the account as it was confirmed: ``last_confirmed``.
        user.save(update_fields=["is_active", "password", "version"])
        return check


def vouch_for_account(*, by, user, vouched_by) -> User:
    """Record who vouches for an account with wide rights that no manager can look at. Only the command does this."""
    with acting(by, Permission.SET_UP, on=user, account=user.email, vouched_by=vouched_by):
        checks = list(user.checks.select_for_update(no_key=True).filter(**WAITS).order_by("pk"))
        if not checks:
            raise WrongState(f"The account of {user} waits for no check.")
        able = frozenset().union(*who_may_decide(checks).values())
        if able:
            names = ", ".join(str(one) for one in User.objects.filter(pk__in=able).order_by("pk"))
            raise WrongState(f"{names} can look at this account: it is on their work list.")
        _refuse_own_word(user, checks, vouched_by)
        for check in checks:
            check.vouched_by, check.decided_at, check.is_right = vouched_by.strip(), timezone.now(), True
            check.save()
        lock(user)
        user.version += 1
        user.save(update_fields=["version"])  # so that the history has the account as it was confirmed
        return user


def _refuse_own_word(user, checks, vouched_by) -> None:
    """Raises Invalid unless somebody is named who is neither the person nor who made or changed the account."""
    name, _, post = vouched_by.partition(",")
    if not name.strip() or not post.strip():
        raise Invalid("Say who vouches for this account, with their post: “Jo Bright, director of children’s services”")
    for one in (user, *User.objects.filter(pk__in=[check.asked_by_id for check in checks])):
        if folded_name(name, "") == folded_name(one.first_name, one.last_name):
            raise Invalid(f"{one} cannot vouch for this account: it must be somebody else")


def hand_over(*, by, user, to) -> dict[str, int]:
    """Hand over what ``user`` holds of the kinds (keys) in ``to``, each to a person, or (None) to the manager. The
    account stays as it is. Returns how many of each kind the chosen person could not take.
    """
    with acting(by, Permission.HAND_OVER, on=user, to=_ids(to)):
        if user.pk == by.id:
            raise Invalid("Ask another manager to hand over what you hold")
        holdings = what_may_be_handed_over(by, user)
        return give(by, [one for one in holdings if (one.kind.like or one.kind.key) in to], to)


def _give_all(by, user, change, to) -> dict[str, int]:
    """Hand over what the user could not hold any more; raises Invalid where ``to`` does not say who gets it."""
    holdings = what_is_held(user, by.on, change)
    unsaid = [one.kind for one in holdings if one.kind.is_chosen and one.kind.key not in (to or {})]
    if unsaid:
        held = ", ".join(in_sentence(kind.heading) for kind in unsaid)
        raise Invalid(f"{user} still holds: {held}. Choose who takes each over", "is_active")
    if not holdings:
        return {}
    with acting(by, Permission.HAND_OVER, on=user, to=_ids(to or {})):
        return give(by, holdings, to or {})


def _ids(to) -> dict[str, int | None]:
    return {key: getattr(one, "pk", None) for key, one in to.items()}


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


def require_second_factor(*, by, roles) -> None:
    """Require a second factor, from the next sign-in, of the users with one of ``roles`` and of nobody else."""
    with acting(by, Permission.MANAGE_ACCOUNTS, second_factor=sorted(map(str, roles))):
        for role in Role:
            RoleRequirement.objects.update_or_create(role=role, defaults={"second_factor": role in roles})


@dataclass(frozen=True)
class _Before:
    """An account before it was changed."""

    name: tuple[str, str]
    email: str
    is_active: bool
    roles: tuple


def _as_it_was(user) -> _Before:
    roles = tuple(user.roles_held.values_list("role", flat=True))
    return _Before((user.first_name, user.last_name), user.email, user.is_active, roles)


def _is_another(before, first_name, last_name, email) -> bool:
    """Whether an account that was as ``before`` is somebody else's by this name, or has another mailbox."""
    same_name = folded_name(*before.name) == folded_name(first_name, last_name)
    return not same_name or folded_email(before.email) != folded_email(email)


def _refuse_second_without_reason(by, user, first_name, last_name, email, why) -> User | None:
    """The account that the person seems to have already, if any; raises Invalid without a reason for another."""
    wanted = (first_name, last_name, email)
    others = User.objects.filter(Q(is_active=True) | Q(checks__decided_at__isnull=True, checks__isnull=False))
    others = others.exclude(pk=user.pk).exclude(email__iexact=email.strip()).order_by("pk").distinct()
    like = next((one for one in others if is_same_person(wanted, (one.first_name, one.last_name, one.email))), None)
    if like and by.kind != "system" and not why.strip():
        raise Invalid(
            f"{like} already has an account ({like.email}). If this is another person, or one person needs two, say "
            "why. Another system administrator must agree",
            "why_second",
        )
    return like if by.kind != "system" else None


def _refuse_while_checked(user) -> None:
    if user.checks.filter(kind=AccountCheckKind.SECOND, decided_at__isnull=True).exists():
        raise Invalid("Another system administrator must agree to this second account before it opens", "is_active")


def _ask_to_check(by, user, kind, what, *, like=None, reason="") -> None:
    if by.kind == "system":
        return
    waiting = user.checks.filter(kind=kind, asked_by=by.id, decided_at__isnull=True).first()
    if waiting:
        if what.lower() not in waiting.what.lower():
            waiting.what = f"{waiting.what}, {what.lower()}"
            waiting.save()
        return
    AccountCheck.objects.create(
        kind=kind, user=user, like=like, what=what, reason=reason.strip(), asked_by_id=by.id, asked_at=timezone.now()
    )


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


def _refuse_while_running_a_team(user) -> None:
    team = user.teams_run.first()
    if team:
        raise Invalid(f"This person runs {team}. Give the team another manager first", "roles")


def _end_sign_in(user) -> None:
    """The account has no password and no second factor any more. ``user`` is to be saved; that ends every session."""
    user.set_unusable_password()
    Authenticator.objects.filter(user=user).delete()


def _labels(roles) -> str:
    return ", ".join(Role(role).label for role in sorted(roles))
