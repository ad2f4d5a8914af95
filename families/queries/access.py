"""Who may see a family and why: on what basis, who is named, what was opened in an emergency, who must not see it."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Subquery
from django.utils import timezone

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import TeamCover, User
from cpc.core.accounts.permissions import Permission, seen_by
from cpc.core.audit.models import Event, Look
from families.choices import Part
from families.models import (
    AccessGrant,
    DeclaredConflict,
    EmergencyAccess,
    Family,
    FamilyAccess,
    Membership,
    Person,
    SaidConflict,
)
from families.permissions import SERVICE, conflicts_of, emergencies_of, grants_of, not_barred, visible
from families.queries.same_person import all_records_of, by_record
from families.rules.access import basis_in_words

# Whoever sees families at all can be named for one. Professionals come by invitation, and must be named as well.
CAN_BE_NAMED = (
    Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.CHAIR, Role.ADMINISTRATOR, Role.SERVICE_MANAGER, Role.PROFESSIONAL,
    Role.OUT_OF_HOURS,
)  # fmt: skip


def basis_of(viewer, family) -> str:
    """How the viewer came to this family: "Own case", "Named for this restricted family", "Emergency: …". One query."""
    return bases(viewer, [family.pk]).get(family.pk, "")


def bases(viewer, families) -> dict[int, str]:
    """How the viewer came to each of these families (ids). One query, or none for a professional, who is invited."""
    if viewer.kind != "user" or viewer.holds(Role.PROFESSIONAL):
        return {}
    latest = emergencies_of(viewer).filter(family=OuterRef("pk")).order_by("-opened_at").values("reason")[:1]
    rows = Family.objects.filter(pk__in=families).annotate(
        named=Exists(grants_of(viewer).filter(family=OuterRef("pk"))), emergency=Subquery(latest)
    )
    works, runs = viewer.holds(Role.SOCIAL_WORKER), viewer.holds(Role.TEAM_MANAGER)
    return {
        row.pk: basis_in_words(
            own=works and row.social_worker_id == viewer.id,
            runs=runs and row.team_id in viewer.teams_run - viewer.covers,
            team=works and row.team_id == viewer.team_id,
            cover=row.team_id in viewer.covers,
            service=viewer.holds(*SERVICE),
            named=row.named,
            restricted=row.restricted,
            emergency=row.emergency or "",
        )
        for row in rows
    }


def bases_of_children(viewer, children) -> dict[int, str]:
    """How the viewer came to each of these children (ids), through the family by which they may see it,
    under whichever record. A fixed number of queries."""
    if viewer.kind != "user":
        return {}
    if viewer.holds(Role.PROFESSIONAL):
        return dict.fromkeys(children, "Invited")
    records = by_record(children)
    seen = seen_by(viewer, Family).order_by().values("pk")
    rows = Membership.objects.filter(person__in=records, family__in=seen).order_by("-family")
    of = {records[person]: family for person, family in rows.values_list("person", "family")}
    words = bases(viewer, set(of.values()))
    return {child: words[family] for child, family in of.items() if words.get(family)}


@dataclass(frozen=True)
class Access:
    """Who is named for a family now, who was, and what was opened in an emergency."""

    named: list[AccessGrant]
    past: list[AccessGrant]
    emergencies: list[EmergencyAccess]


def access_to(family, on) -> Access:
    """Who is named for the family on the day, whose time is over, and its emergencies, latest first. Two queries."""
    grants = list(
        AccessGrant.objects.filter(family=family.pk).select_related("user", "granted_by").order_by("until_on", "pk")
    )
    live = [grant for grant in grants if is_live(grant, on)]
    opened = EmergencyAccess.objects.filter(family=family.pk).select_related("user", "reviewed_by")
    return Access(live, [grant for grant in grants if grant not in live], list(opened.order_by("-opened_at")))


def is_live(grant, on) -> bool:
    """Whether the grant opens the family on the day."""
    return grant.ended_on is None and grant.from_on <= on <= grant.until_on


def restricted_families(viewer, on):
    """The restricted families of which the viewer arranges who may see them; each with its live grants as
    ``family.named_now``, the first to end on top. Two queries."""
    found = list(seen_by(viewer, FamilyAccess).filter(restricted=True).select_related("team").order_by("case_number"))
    grants = AccessGrant.objects.filter(
        family__in=[one.pk for one in found], ended_on__isnull=True, from_on__lte=on, until_on__gte=on
    )
    named = {one.pk: [] for one in found}
    for grant in grants.select_related("user").order_by("until_on", "pk"):
        named[grant.family_id].append(grant)
    for one in found:
        one.named_now = named[one.pk]
    return found


def who_can_be_named(family):
    """The people who can be named for a family: active, of a role that sees families, without a conflict with it."""
    conflicts = DeclaredConflict.objects.live().filter(family=family.pk, user=OuterRef("pk"))
    found = User.objects.filter(~Exists(conflicts), is_active=True, roles_held__role__in=CAN_BE_NAMED)
    return found.select_related("team", "agency").order_by("last_name", "first_name", "pk").distinct()


def nearest_to(family):
    """Of those who can be named, the team with its manager and the service managers: whom to name first."""
    near = Q(team=family.team_id) | Q(pk=family.team.manager_id) | Q(roles_held__role=Role.SERVICE_MANAGER)
    return who_can_be_named(family).filter(near | Q(pk=family.social_worker_id))


def last_day_of_cover(viewer, family):
    """The last day of the viewer’s cover, where it is only as cover that they arrange this; else nothing.

    Who covers a team for a week gives nobody half a year with its restricted families: the team’s manager does.
    """
    if family.team_id not in viewer.covers or family.team.manager_id == viewer.id or viewer.holds(Role.SERVICE_MANAGER):
        return None
    live = TeamCover.objects.filter(
        user=viewer.id, team=family.team_id, from_on__lte=viewer.on, until_on__gte=viewer.on, ended_on__isnull=True
    )
    return live.aggregate(last=Max("until_on"))["last"]


def who_can_declare():
    """Everybody for whom a conflict can be declared, by name."""
    return User.objects.filter(is_active=True).select_related("team", "agency").order_by(
        "last_name", "first_name", "pk"
    )  # fmt: skip


def families_to_open(viewer, number: str) -> list[Family]:
    """The families of this number that are closed to the viewer and with which they have no conflict, the latest
    first; where all are open to them already, the latest alone.

    Whoever reads no families (out of hours) finds those that are not restricted without any emergency.
    """
    viewer = replace(viewer, in_emergency=True)  # what they opened already is open
    found = families_numbered(number)
    ids = [family.pk for family in found]
    clear = set(Family.objects.filter(~Exists(conflicts_of(viewer)), pk__in=ids).values_list("pk", flat=True))
    sight = visible(viewer) if viewer.can(Permission.READ_FAMILY) else not_barred(viewer)
    seen = set(Family.objects.filter(sight, pk__in=ids).values_list("pk", flat=True))
    may = [family for family in found if family.pk in clear]
    return [family for family in may if family.pk not in seen] or may[:1]


def opened_now(viewer):
    """What the viewer has opened in an emergency and may still read, the latest first, each family once."""
    rows = EmergencyAccess.objects.filter(~Exists(conflicts_of(viewer, "family_id")), user=viewer.id)
    rows = rows.filter(until_on__gte=viewer.on).select_related("family__team").order_by("-opened_at", "-pk")
    found = {}
    for row in rows:
        found.setdefault(row.family_id, row)
    return list(found.values())


def families_numbered(number: str) -> list[Family]:
    """The family with exactly this case number, or every family of the child with exactly this identifier, under
    whichever record, the latest first; whoever asks.

    Only for the acts that tell nobody whether there is one: a declared conflict, an emergency.
    """
    number = number.strip()
    if not number:
        return []
    by_case = Family.objects.filter(case_number__iexact=number)
    if by_case:
        return list(by_case)
    plain = "".join(number.split()).replace("-", "")
    wanted = {"case_system_id": number, "upn": plain.upper(), "nhs_number": plain}
    for field, value in wanted.items():
        records = all_records_of(Person.objects.filter(**{field: value}).values_list("pk", flat=True))
        rows = Membership.objects.filter(person__in=records, part=Part.CHILD).order_by().values("family")
        if found := list(Family.objects.filter(pk__in=rows).order_by("-opened_on", "-pk")):
            return found
    return []


def emergencies_to_review(viewer):
    """The emergencies that the viewer may review, those without a review first, the oldest on top."""
    found = seen_by(viewer, EmergencyAccess).select_related("user", "family", "reviewed_by")
    return found.order_by("reviewed_at", "opened_at", "pk")


def conflicts(viewer):
    """The declared conflicts that the viewer may see and that stand, by name."""
    found = seen_by(viewer, DeclaredConflict).live()
    return found.select_related("user", "family", "declared_by").order_by("user__last_name", "user__first_name", "pk")


def said_conflicts(viewer):
    """What people said that they know of families and a manager has still to settle, oldest first."""
    found = seen_by(viewer, SaidConflict).filter(settled_at__isnull=True)
    return found.select_related("user", "said_by").order_by("said_at", "pk")


def own_words(viewer):
    """What the viewer declared themselves, latest first."""
    return SaidConflict.objects.filter(said_by=viewer.id).select_related("user").order_by("-said_at", "-pk")


def opened_until(viewer, family):
    """The last day of the viewer's own emergency access to the family; nothing where they have none."""
    return emergencies_of(viewer).filter(family=family).order_by("-until_on").values_list("until_on", flat=True).first()


def managers_told(family, but: int | None = None) -> frozenset[int]:
    """Who is told of an emergency and reviews it: the team's manager, or where that is nobody, or ``but`` themselves
    or somebody with a conflict, the service managers."""
    manager = User.objects.filter(pk=family.team.manager_id, is_active=True).exclude(pk=but)
    barred = DeclaredConflict.objects.live().filter(family=family.pk).values("user")
    if found := frozenset(manager.exclude(pk__in=barred).values_list("pk", flat=True)):
        return found
    service = User.objects.filter(is_active=True, roles_held__role=Role.SERVICE_MANAGER).exclude(pk=but)
    return frozenset(service.exclude(pk__in=barred).values_list("pk", flat=True))


def may_see_access(viewer, family) -> bool:
    """Whether the viewer is offered the page of who may see this family."""
    return viewer.may(Permission.RESTRICT_FAMILY, FamilyAccess(pk=family.pk))


def wrong_numbers_since(viewer, since=None) -> int:
    """How many numbers that opened nothing the viewer has tried in the last hour: counted in the trail."""
    since = since or timezone.now() - timedelta(hours=1)
    tried = Event.objects.filter(by_id=viewer.id, at__gte=since, act=Permission.OPEN_IN_EMERGENCY.value)
    return tried.filter(details__opened=False).count()


def pages_opened(opened):
    """What the user looked at by this emergency: each page, from when to when, in the order of the first time."""
    children = Membership.objects.filter(family=opened.family_id, part=Part.CHILD).values_list("person", flat=True)
    looks = Look.objects.filter(
        who_id=opened.user_id, at__gte=opened.opened_at, basis__startswith="Emergency",
        child_id__in=all_records_of(children),
    )  # fmt: skip
    return looks.values("page").annotate(first=Min("at"), last=Max("at"), number=Count("pk")).order_by("first")
