"""What pages read about accounts: users, teams, agencies, and which roles must use a second factor."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.db.models import Count, Prefetch, Q

from cpc.core.accounts.choices import AccountCheckKind, AgencyKind, CoverKind, Role
from cpc.core.accounts.models import AccountCheck, Agency, RoleHeld, RoleRequirement, Team, TeamCover, User
from cpc.core.accounts.permissions import Viewer

# Who decides each kind of check of an account.
DECIDES = {AccountCheckKind.SECOND: Role.SYSTEM_ADMINISTRATOR, AccountCheckKind.WIDE: Role.SERVICE_MANAGER}
# What makes an account decide about no other one yet.
WAITS = {"kind": AccountCheckKind.WIDE, "decided_at__isnull": True}


def users(search="", role=""):
    """Everybody with an account, by name; ``user.roles_shown`` are the roles they hold (two queries)."""
    found = User.objects.select_related("team", "agency")
    for word in search.split()[:6]:
        found = found.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
            | Q(agency__name__icontains=word)
            | Q(team__name__icontains=word)
        )
    if role in Role.values:
        found = found.filter(pk__in=RoleHeld.objects.filter(role=role).order_by().values("user"))
    held = RoleHeld.objects.order_by("role")
    return found.order_by("last_name", "first_name", "pk").prefetch_related(
        Prefetch("roles_held", queryset=held, to_attr="roles_shown")
    )


def people_managed_by(viewer: Viewer, search=""):
    """The people that the viewer hands over for: those of the teams they run; for the service manager and the system
    administrator, everybody. Also people with a closed account.
    """
    found = users(search)
    return found if viewer.holds(Role.SERVICE_MANAGER, Role.SYSTEM_ADMINISTRATOR) else found.filter(
        team__in=viewer.teams_run
    )  # fmt: skip


def roles_of(user) -> list[str]:
    """The roles that the user holds."""
    return sorted(user.roles_held.values_list("role", flat=True))


def last_confirmed(user) -> tuple[str, str, str]:
    """The first name, last name and email address that somebody else last found right, or with which the account was
    made. One query or two.
    """
    history, found_right = (apps.get_model("accounts", f"{name}Event") for name in ("User", "AccountCheck"))
    confirmed = found_right.objects.filter(user=user.pk, is_right=True).order_by().values("pgh_context_id")
    versions = history.objects.filter(pgh_obj_id=user.pk).values_list("first_name", "last_name", "email")
    last = versions.filter(pgh_context_id__in=confirmed).order_by("-pgh_id").first()
    return last or versions.order_by("pgh_id").first() or (user.first_name, user.last_name, user.email)


def teams():
    """Every team with its manager and how many people are in it."""
    return Team.objects.select_related("manager").annotate(
        people=Count("members", filter=Q(members__is_active=True))
    ).order_by("name")  # fmt: skip


def agencies(search="", kind="", closed=False):
    """The agencies in use by name, or those no longer in use, with how many people have an account there. Every word of
    ``search`` is in the name, the address or the number."""
    found = Agency.objects.filter(is_active=not closed)
    found = found.annotate(number=Count("people", filter=Q(people__is_active=True)))
    for word in search.split()[:6]:
        found = found.filter(
            Q(name__icontains=word) | Q(email__icontains=word) | Q(address__icontains=word) | Q(reference__iexact=word)
        )
    if kind in AgencyKind.values:
        found = found.filter(kind=kind)
    return found.order_by("name", "pk")


def agencies_in_use():
    """The agencies that can be chosen and are proposed, by name."""
    return Agency.objects.filter(is_active=True).order_by("name", "pk")


def managers():
    """Who can run a team: active team managers and service managers."""
    runs = RoleHeld.objects.filter(role__in=[Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
    return User.objects.filter(is_active=True, pk__in=runs.values("user")).order_by("first_name", "last_name")


def roles_with_second_factor() -> list[str]:
    """The roles that must use a second factor."""
    return sorted(RoleRequirement.objects.filter(second_factor=True).values_list("role", flat=True))


# Who holds which roles, as it was read in a block of ``roles_read_once``.
_holders: ContextVar[dict | None] = ContextVar("holders", default=None)


@contextmanager
def roles_read_once(known=()):
    """Within the block, which changes no roles, the users who hold a role are read at most once. The roles in ``known``
    are not read again: a block around this one must have read them.
    """
    before = _holders.get() or {}
    token = _holders.set({(role,): before[(role,)] for role in known})
    try:
        yield
    finally:
        _holders.reset(token)


def ids_holding(*roles) -> frozenset[int]:
    """The ids of the active users who hold any of ``roles``."""
    known = _holders.get()
    if known is None:
        return _read_holders(roles)
    if roles not in known:
        known[roles] = _read_holders(roles)
    return known[roles]


def _read_holders(roles) -> frozenset[int]:
    held = RoleHeld.objects.filter(role__in=roles, user__is_active=True)
    return frozenset(held.values_list("user_id", flat=True))


def open_checks():
    """The checks of accounts that nobody has decided, oldest first."""
    return AccountCheck.objects.filter(decided_at__isnull=True).select_related("user").order_by("pk")


def who_may_decide(checks) -> dict[int, frozenset[int]]:
    """For each of the open ``checks`` (its id), the ids of those who may decide it. Four queries.

    They are neither the person, nor somebody who made or changed this account, and their own account waits for no
    check. Nobody at all means that somebody outside must vouch for the account.
    """
    checks = list(checks)
    holders = {kind: ids_holding(role) for kind, role in DECIDES.items()}
    waiting = set(AccountCheck.objects.filter(**WAITS).values_list("user_id", flat=True))
    wrote = set(
        AccountCheck.objects.filter(user__in={one.user_id for one in checks}).values_list("user_id", "asked_by_id")
    )
    return {
        one.pk: frozenset(who for who in holders[one.kind] - waiting - {one.user_id} if (one.user_id, who) not in wrote)
        for one in checks
    }


def to_vouch_for() -> list[User]:
    """The people with wide rights where no manager can look at the account: somebody outside must vouch for each."""
    checks = [one for one in open_checks() if one.kind == AccountCheckKind.WIDE and one.user.is_active]
    deciders = who_may_decide(checks) if checks else {}
    return list({one.user_id: one.user for one in checks if not deciders[one.pk]}.values())


def holding(*roles):
    """The active users who hold any of ``roles``, by name."""
    return User.objects.filter(pk__in=ids_holding(*roles)).order_by("last_name", "first_name")


def stand_ins(on) -> dict[int, set[int]]:
    """The ids of the users who cover on that day, by the id of the user who is away. Two queries."""
    live = TeamCover.objects.live_on(on).filter(kind=CoverKind.COVER, user__is_active=True)
    runs, found = ids_holding(Role.TEAM_MANAGER), {}
    for user, absent, manager in live.values_list("user", "absent", "team__manager"):
        away = absent or (manager if user in runs else None)
        if away:
            found.setdefault(away, set()).add(user)
    return found
