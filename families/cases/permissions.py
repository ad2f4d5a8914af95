"""Which families a viewer may see. A family is closed unless an access route opens it; a closed one answers 404.

The routes: the viewer's own case; a team they are in, run or cover; the conference service; being named for a
restricted family; an emergency. A declared conflict closes every route, and so does a restriction that does not name
the viewer. Professionals see families through their invitation (``conferences.convening.permissions``).
"""

from django.db.models import Exists, F, OuterRef, Q

from cpc.core.accounts.choices import CAN_COVER, Role, TeamKind
from cpc.core.accounts.models import Team, TeamCover
from cpc.core.accounts.permissions import Permission, Viewer, condition, sees
from families.cases.models import AccessGrant, DeclaredConflict, EmergencyAccess, Family, FamilyAccess, SaidConflict

# These roles serve every family of the authority that is not restricted.
SERVICE = (Role.CHAIR, Role.ADMINISTRATOR, Role.SERVICE_MANAGER)


def conflicts_of(viewer: Viewer, family="pk"):
    """The viewer's declared conflicts with a family today. ``family`` is the path to the family's id."""
    return DeclaredConflict.objects.live().filter(user=viewer.id, family=OuterRef(family))


def grants_of(viewer: Viewer):
    """The viewer's grants for restricted families that are valid today and have not been ended."""
    return AccessGrant.objects.filter(
        user=viewer.id, from_on__lte=viewer.on, until_on__gte=viewer.on, ended_on__isnull=True
    )


def emergencies_of(viewer: Viewer):
    """The viewer's emergency accesses that open a family today. They allow reading only: otherwise none is returned."""
    if not viewer.in_emergency or not viewer.can(Permission.OPEN_IN_EMERGENCY):
        return EmergencyAccess.objects.none()
    return EmergencyAccess.objects.filter(
        user=viewer.id, until_on__gte=viewer.on, only_warnings=False, ended_at__isnull=True
    )


def not_restricted_or_conflicted(viewer: Viewer, family="pk") -> Q:
    """Families without a conflict for the viewer, and not restricted unless a grant or emergency opens them today.

    ``family`` is the path to the family's id.
    """
    restricted = Exists(Family.objects.filter(pk=OuterRef(family), restricted=True))
    named = Exists(grants_of(viewer).filter(family=OuterRef(family)))
    let_in = ~restricted | named
    if viewer.in_emergency and viewer.can(Permission.OPEN_IN_EMERGENCY):
        let_in |= Exists(emergencies_of(viewer).filter(family=OuterRef(family)))
    return ~Exists(conflicts_of(viewer, family)) & let_in


def access_routes(viewer: Viewer):
    """One small query of family ids for each access route of a viewer who is in none of the service roles."""
    ids = Family.objects.order_by().values("pk")
    found = []
    if viewer.holds(Role.SOCIAL_WORKER):
        found.append(ids.filter(social_worker=viewer.id))
        if viewer.team_id:
            found.append(ids.filter(team=viewer.team_id))
    if viewer.holds(Role.TEAM_MANAGER) and viewer.teams_run:
        found.append(ids.filter(team__in=viewer.teams_run))
    if viewer.holds(*CAN_COVER):
        if viewer.covers:
            found.append(ids.filter(team__in=viewer.covers))
        found.append(grants_of(viewer).order_by().values(pk=F("family_id")))
    if viewer.in_emergency and viewer.can(Permission.OPEN_IN_EMERGENCY):
        found.append(emergencies_of(viewer).order_by().values(pk=F("family_id")))
    return found


def any_route(routes, path="pk") -> Q:
    """What at least one of the routes opens; nothing without routes. ``path`` leads to the ids in the routes."""
    if not routes:
        return Q(pk__in=[])
    return Q(**{f"{path}__in": routes[0].union(*routes[1:], all=True) if len(routes) > 1 else routes[0]})


@sees(Family)
def visible(viewer: Viewer) -> Q:
    """The families that ``viewer`` may see today."""
    allowed = not_restricted_or_conflicted(viewer)
    return allowed if viewer.holds(*SERVICE) else any_route(access_routes(viewer)) & allowed


def manages_access(viewer: Viewer) -> Q:
    """The families for which ``viewer`` manages access.

    They are the families they may see, the families of a team they run (named or not), and for the service manager the
    families of teams without a manager able to do it. A conflict excludes a family. An emergency does not include one.
    """
    if not viewer.can(Permission.RESTRICT_FAMILY):
        return Q(pk__in=[])
    found = condition(viewer.without_emergencies(), Family) | Q(team__in=viewer.teams_run)
    if viewer.holds(Role.SERVICE_MANAGER):
        managers = DeclaredConflict.objects.live().filter(user=OuterRef("team__manager"), family=OuterRef("pk"))
        found |= Q(team__manager__isnull=True) | Q(team__manager__is_active=False) | Exists(managers)
    return found & ~Exists(conflicts_of(viewer))


@sees(FamilyAccess)
def visible_access(viewer: Viewer) -> Q:
    """The families for which ``viewer`` manages access: its access page, not its contents."""
    return manages_access(viewer)


def _family_access_managed(viewer: Viewer) -> Q:
    """Rows of a family for which ``viewer`` manages access. Checked row by row: it may be nearly every family."""
    return Q(Exists(FamilyAccess.objects.filter(manages_access(viewer), pk=OuterRef("family_id"))))


@sees(AccessGrant)
def visible_grants(viewer: Viewer) -> Q:
    """The grants of families for which ``viewer`` manages access, and the viewer's own grants."""
    return Q(user=viewer.id) | _family_access_managed(viewer)


@sees(EmergencyAccess)
def visible_emergencies(viewer: Viewer) -> Q:
    """The emergencies of others that ``viewer`` may review: those for families they manage access to.

    The service manager also reviews those of a team's own manager, and those to which nobody agreed. Nobody reviews
    their own.
    """
    if not viewer.can(Permission.REVIEW_EMERGENCY):
        return Q(pk__in=[])
    theirs = _family_access_managed(viewer)
    if viewer.holds(Role.SERVICE_MANAGER):
        of_service = Q(family__team__manager=F("user")) | Q(only_warnings=True)
        theirs |= of_service & ~Exists(conflicts_of(viewer, "family_id"))
    return theirs & ~Q(user=viewer.id)


@sees(DeclaredConflict)
def visible_conflicts(viewer: Viewer) -> Q:
    """The conflicts of others with families that ``viewer`` may see; for a system administrator all, but no family.

    Viewers never see their own: it would tell them which family they must not know about.
    """
    if not viewer.can(Permission.MANAGE_CONFLICTS):
        return Q(pk__in=[])
    if viewer.holds(Role.SYSTEM_ADMINISTRATOR):
        return ~Q(user=viewer.id)
    families = Family.objects.filter(visible(viewer)).order_by().values("pk")
    return Q(family__in=families) & ~Q(user=viewer.id)


@sees(SaidConflict)
def visible_said(viewer: Viewer) -> Q:
    """The viewer's own declarations; for a manager also those of their teams' members.

    The service manager also sees those of people without a team manager, and those of team managers.
    """
    own = Q(said_by=viewer.id)
    if not viewer.can(Permission.MANAGE_CONFLICTS) or viewer.holds(Role.SYSTEM_ADMINISTRATOR):
        return own
    theirs = Q(user__team__in=viewer.teams_run)
    if viewer.holds(Role.SERVICE_MANAGER):
        theirs |= Q(user__team__isnull=True) | Q(user__team__manager__isnull=True) | Q(user__team__manager=F("user"))
    return own | (theirs & ~Q(user=viewer.id))


def teams_with_managed_cover(viewer: Viewer) -> Q:
    """The social work teams for which ``viewer`` arranges duty and cover.

    A manager arranges it for the teams they manage, not for those they cover; the service manager for all.
    """
    if not viewer.can(Permission.ARRANGE_COVER):
        return Q(pk__in=[])
    of_social_work = Q(kind=TeamKind.SOCIAL_WORK)
    return of_social_work if viewer.holds(Role.SERVICE_MANAGER) else of_social_work & Q(manager=viewer.id)


@sees(TeamCover)
def visible_covers(viewer: Viewer) -> Q:
    """Duty and cover of the teams for which ``viewer`` arranges them; who covers for the viewer and for the people of
    teams they manage. The service manager sees who covers for anybody.
    """
    of_teams = Q(team__in=Team.objects.filter(teams_with_managed_cover(viewer)).order_by().values("pk"))
    of_people = Q(absent__isnull=False) if viewer.holds(Role.SERVICE_MANAGER) else Q(absent__team__manager=viewer.id)
    return of_teams | of_people | Q(absent=viewer.id)
