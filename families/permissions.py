"""Which families a viewer may see. Closed unless a road leads there; what may not be seen is a 404.

The roads: one's own case; a team that one is in, runs or covers; the conference service; being named for a restricted
family; opening it in an emergency. Whatever the road, a declared conflict bars it, and so does a restriction for which
one is not named. Professionals come by their invitation (``conferences.permissions``).
"""

from django.db.models import Exists, F, OuterRef, Q

from cpc.core.accounts.choices import CAN_COVER, Role, TeamKind
from cpc.core.accounts.models import Team, TeamCover
from cpc.core.accounts.permissions import Permission, sees
from families.models import (
    AccessGrant,
    DeclaredConflict,
    EmergencyAccess,
    Family,
    FamilyAccess,
    Membership,
    Merge,
    Person,
    PossibleDuplicate,
    SaidConflict,
)

# These roles serve every family of the authority that is not restricted.
SERVICE = (Role.CHAIR, Role.ADMINISTRATOR, Role.SERVICE_MANAGER)


def conflicts_of(viewer, family="pk"):
    """The declared conflicts that bar the viewer from a family today. ``family`` is the path to its id."""
    return DeclaredConflict.objects.live().filter(user=viewer.id, family=OuterRef(family))


def grants_of(viewer):
    """The restricted families for which the viewer is named today: until its last day, unless it was taken back."""
    return AccessGrant.objects.filter(
        user=viewer.id, from_on__lte=viewer.on, until_on__gte=viewer.on, ended_on__isnull=True
    )


def emergencies_of(viewer):
    """What the viewer has opened in an emergency, until its last day; nothing where more than reading is asked."""
    if not viewer.in_emergency or not viewer.can(Permission.OPEN_IN_EMERGENCY):
        return EmergencyAccess.objects.none()
    return EmergencyAccess.objects.filter(user=viewer.id, until_on__gte=viewer.on)


def not_barred(viewer, family="pk") -> Q:
    """No declared conflict, and either not restricted, or named for it or let in by an emergency today.

    ``family`` is the path to the family's id.
    """
    restricted = Exists(Family.objects.filter(pk=OuterRef(family), restricted=True))
    named = Exists(grants_of(viewer).filter(family=OuterRef(family)))
    let_in = ~restricted | named
    if viewer.in_emergency and viewer.can(Permission.OPEN_IN_EMERGENCY):
        let_in |= Exists(emergencies_of(viewer).filter(family=OuterRef(family)))
    return ~Exists(conflicts_of(viewer, family)) & let_in


def roads(viewer):
    """The small queries, each of family ids, by which a viewer who does not serve every family may come to one."""
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


def either(roads, path="pk") -> Q:
    """Whatever any road leads to; nothing when there is none. ``path`` is the path to the ids that the roads find."""
    if not roads:
        return Q(pk__in=[])
    return Q(**{f"{path}__in": roads[0].union(*roads[1:], all=True) if len(roads) > 1 else roads[0]})


@sees(Family)
def visible(viewer) -> Q:
    """The families that ``viewer`` may see today."""
    barred = not_barred(viewer)
    return barred if viewer.holds(*SERVICE) else either(roads(viewer)) & barred


@sees(Person)
def visible_people(viewer) -> Q:
    """The people of the families that ``viewer`` may see today."""
    rows = Membership.objects.filter(family__in=Family.objects.filter(visible(viewer)).order_by().values("pk"))
    # Whoever sees a record that was merged sees the one that stands for the same person now.
    return Q(Exists(rows.filter(person=OuterRef("pk")))) | Q(Exists(rows.filter(person__merged_into=OuterRef("pk"))))


@sees(PossibleDuplicate)
def visible_duplicates(viewer) -> Q:
    """Two records that may be one person's: for whoever may see both, and nobody else learns of it."""
    people = Person.objects.filter(visible_people(viewer)).order_by().values("pk")
    return Q(one__in=people) & Q(other__in=people)


@sees(Merge)
def visible_merges(viewer) -> Q:
    """Who may see both records may see that they were merged."""
    people = Person.objects.filter(visible_people(viewer)).order_by().values("pk")
    return Q(kept__in=people) & Q(merged__in=people)


def arranges(viewer) -> Q:
    """The families of which ``viewer`` arranges who may see them: those they may see themselves, those of a team that
    they run even when not named, and for the service manager those whose team has no manager who could.

    Never one with which they have a conflict. An emergency opens the family, not this.
    """
    if not viewer.can(Permission.RESTRICT_FAMILY):
        return Q(pk__in=[])
    found = visible(viewer.without_emergencies()) | Q(team__in=viewer.teams_run)
    if viewer.holds(Role.SERVICE_MANAGER):
        managers = DeclaredConflict.objects.live().filter(user=OuterRef("team__manager"), family=OuterRef("pk"))
        found |= Q(team__manager__isnull=True) | Q(team__manager__is_active=False) | Exists(managers)
    return found & ~Exists(conflicts_of(viewer))


@sees(FamilyAccess)
def visible_access(viewer) -> Q:
    """The families of which ``viewer`` arranges who may see them: the page of its access, never what it holds."""
    return arranges(viewer)


def _arranged(viewer) -> Q:
    """Of a family of which ``viewer`` arranges who may see it: asked row by row, because they may be nearly all."""
    return Q(Exists(FamilyAccess.objects.filter(arranges(viewer), pk=OuterRef("family_id"))))


@sees(AccessGrant)
def visible_grants(viewer) -> Q:
    """Who is named for the families of which ``viewer`` arranges that; to everybody, that they are named themselves."""
    return Q(user=viewer.id) | _arranged(viewer)


@sees(EmergencyAccess)
def visible_emergencies(viewer) -> Q:
    """The emergencies of others that ``viewer`` may review: of the families of which they arrange the access, and for
    the service manager those of a team's own manager. Nobody reviews their own."""
    if not viewer.can(Permission.REVIEW_EMERGENCY):
        return Q(pk__in=[])
    theirs = _arranged(viewer)
    if viewer.holds(Role.SERVICE_MANAGER):
        theirs |= Q(family__team__manager=F("user")) & ~Exists(conflicts_of(viewer, "family_id"))
    return theirs & ~Q(user=viewer.id)


@sees(DeclaredConflict)
def visible_conflicts(viewer) -> Q:
    """The conflicts of others with families that ``viewer`` may see; a system administrator, who sees no family, that
    there is one. Nobody's own: it would say of which family they must not know."""
    if not viewer.can(Permission.MANAGE_CONFLICTS):
        return Q(pk__in=[])
    if viewer.holds(Role.SYSTEM_ADMINISTRATOR):
        return ~Q(user=viewer.id)
    families = Family.objects.filter(visible(viewer)).order_by().values("pk")
    return Q(family__in=families) & ~Q(user=viewer.id)


@sees(SaidConflict)
def visible_said(viewer) -> Q:
    """What one said oneself; and for a manager, what the people of their teams said (the service manager: anybody
    whose team nobody else runs)."""
    own = Q(said_by=viewer.id)
    if not viewer.can(Permission.MANAGE_CONFLICTS) or viewer.holds(Role.SYSTEM_ADMINISTRATOR):
        return own
    theirs = Q(user__team__in=viewer.teams_run)
    if viewer.holds(Role.SERVICE_MANAGER):
        theirs |= Q(user__team__isnull=True) | Q(user__team__manager__isnull=True) | Q(user__team__manager=F("user"))
    return own | (theirs & ~Q(user=viewer.id))


def teams_arranged(viewer) -> Q:
    """The social work teams for which ``viewer`` arranges duty and cover: those of which they are the manager (not
    those they cover for another), and for the service manager all."""
    if not viewer.can(Permission.ARRANGE_COVER):
        return Q(pk__in=[])
    of_social_work = Q(kind=TeamKind.SOCIAL_WORK)
    return of_social_work if viewer.holds(Role.SERVICE_MANAGER) else of_social_work & Q(manager=viewer.id)


@sees(TeamCover)
def visible_covers(viewer) -> Q:
    """Duty and cover of the teams for which ``viewer`` arranges it."""
    return Q(team__in=Team.objects.filter(teams_arranged(viewer)).order_by().values("pk"))
