"""What pages read about accounts: users, teams, agencies, and which roles must use a second factor."""

from django.db.models import Count, Prefetch, Q

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import Agency, RoleHeld, RoleRequirement, Team, User


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


def roles_of(user) -> list[str]:
    """The roles that the user holds."""
    return sorted(user.roles_held.values_list("role", flat=True))


def teams():
    """Every team with its manager and how many people are in it."""
    return Team.objects.select_related("manager").annotate(
        people=Count("members", filter=Q(members__is_active=True))
    ).order_by("name")  # fmt: skip


def agencies(search=""):
    """Every agency, by name, with how many people have an account there."""
    found = Agency.objects.annotate(number=Count("people", filter=Q(people__is_active=True)))
    for word in search.split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return found.order_by("name", "pk")


def managers():
    """Who can run a team: active team managers and service managers."""
    runs = RoleHeld.objects.filter(role__in=[Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
    return User.objects.filter(is_active=True, pk__in=runs.values("user")).order_by("first_name", "last_name")


def roles_with_second_factor() -> list[str]:
    """The roles that must use a second factor."""
    return sorted(RoleRequirement.objects.filter(second_factor=True).values_list("role", flat=True))


def ids_holding(*roles) -> frozenset[int]:
    """The ids of the active users who hold any of ``roles``."""
    held = RoleHeld.objects.filter(role__in=roles, user__is_active=True)
    return frozenset(held.values_list("user_id", flat=True))


def holding(*roles):
    """The active users who hold any of ``roles``, by name."""
    return User.objects.filter(pk__in=ids_holding(*roles)).order_by("last_name", "first_name")
