"""What a user holds of families: being their social worker, and being named for restricted ones."""

from django.utils import timezone

from cpc.core.accounts.choices import Role
from cpc.core.accounts.holdings import Kind, history, register
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import GRANTS, Permission, can_see, viewer_of
from families.cases.models import AccessGrant, DeclaredConflict, EmergencyAccess, Family, SaidConflict


def social_workers_beside(user):
    """The active social workers of the user's team, and of the teams that hold families of theirs."""
    teams = {user.team_id, *Family.objects.filter(social_worker=user).values_list("team", flat=True)}
    found = User.objects.filter(is_active=True, team__in=teams - {None}, roles_held__role=Role.SOCIAL_WORKER)
    return found.select_related("team", "agency").order_by("last_name", "first_name", "pk").distinct()


def manager_of(family) -> User | None:
    """The manager of the family's team, if their account is open and the family is not closed to them."""
    manager = family.team.manager
    if manager is None or not manager.is_active:
        return None
    viewer = viewer_of(manager, timezone.localdate()).without_emergencies()
    return manager if can_see(viewer, family) else None


def _allocate(by, family, to):
    family.social_worker = to or manager_of(family)
    family.save(update_fields=["social_worker"])


def _end_grant(by, grant, to):
    grant.ended_on = by.on
    grant.save(update_fields=["ended_on"])


def _end_emergency(by, emergency, to):
    emergency.ended_at = timezone.now()
    emergency.save(update_fields=["ended_at"])


def _roles_with(permission) -> frozenset[Role]:
    return frozenset(role for role, granted in GRANTS.items() if permission in granted)


register(
    Kind(
        key="families",
        heading="Families allocated to them",
        model=Family,
        field="social_worker",
        held=lambda user, on: (
            Family.objects.filter(social_worker=user).select_related("team__manager").defer("search_index")
        ).order_by("name", "pk"),
        says=str,
        give=_allocate,
        about=lambda family: family,
        roles=frozenset({Role.SOCIAL_WORKER}),
        by_team=True,
        who=social_workers_beside,
        may_take=lambda family, user, viewer: user.team_id == family.team_id and can_see(viewer, family),
        nobody="The team manager, who must allocate a social worker",
    ),
    Kind(
        key="grants",
        heading="Access to restricted families (this ends)",
        model=AccessGrant,
        field="user",
        held=lambda user, on: AccessGrant.objects.filter(user=user, ended_on__isnull=True, until_on__gte=on),
        says=lambda grant: "A restricted family",
        give=_end_grant,
        about=lambda grant: None,
        roles=_roles_with(Permission.READ_FAMILY),
    ),
    Kind(
        key="emergencies",
        heading="Families opened in an emergency (this ends)",
        model=EmergencyAccess,
        field="user",
        held=lambda user, on: EmergencyAccess.objects.filter(user=user, ended_at__isnull=True, until_on__gte=on),
        says=lambda emergency: "A family opened in an emergency",
        give=_end_emergency,
        about=lambda emergency: None,
        roles=_roles_with(Permission.OPEN_IN_EMERGENCY),
    ),
)
history(AccessGrant, "granted_by")
history(DeclaredConflict, "user", "declared_by")
history(EmergencyAccess, "agreed_by", "reviewed_by")
history(SaidConflict, "user", "said_by", "settled_by")
