"""Who may see a family and why: the basis of access, grants, emergencies and conflicts."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import AccountCheck, TeamCover, User
from cpc.core.accounts.permissions import Permission, Viewer, few_seen_by, seen_by
from cpc.core.accounts.queries import WAITS, managers
from cpc.core.audit.models import Event, Look
from families.cases.models import AccessGrant, DeclaredConflict, EmergencyAccess, Family, FamilyAccess, SaidConflict
from families.cases.permissions import (
    SERVICE,
    conflicts_of,
    emergencies_of,
    grants_of,
    not_restricted_or_conflicted,
    visible,
)
from families.cases.rules import basis_in_words
from families.people.choices import Part
from families.people.models import Membership, Person
from families.people.queries.merged_records import all_records_of, by_record

# A user who sees families at all can be named for one. Professionals come by invitation, and must be named as well.
CAN_BE_NAMED = (
    Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.CHAIR, Role.ADMINISTRATOR, Role.SERVICE_MANAGER, Role.PROFESSIONAL,
    Role.OUT_OF_HOURS,
)  # fmt: skip


def basis_of(viewer: Viewer, family) -> str:
    """How the viewer came to this family: "Own case", "Named for this restricted family", "Emergency: …". One query."""
    return bases(viewer, [family.pk]).get(family.pk, "")


def bases(viewer: Viewer, families) -> dict[int, str]:
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


def bases_of_children(viewer: Viewer, children) -> dict[int, str]:
    """How the viewer came to each of these children (ids): through which family they may see the child, under any of
    its records. A fixed number of queries."""
    if viewer.kind != "user":
        return {}
    if viewer.holds(Role.PROFESSIONAL):
        return dict.fromkeys(children, "Invited")
    records = by_record(children)
    seen = few_seen_by(viewer, Family).order_by().values("pk")
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
    """The family's live and past grants on that day, and its emergencies, latest first. Two queries."""
    grants = list(
        AccessGrant.objects.filter(family=family.pk).select_related("user", "granted_by").order_by("until_on", "pk")
    )
    live = [grant for grant in grants if is_live(grant, on)]
    opened = EmergencyAccess.objects.filter(family=family.pk).select_related("user", "reviewed_by")
    return Access(live, [grant for grant in grants if grant not in live], list(opened.order_by("-opened_at")))


def is_live(grant, on) -> bool:
    """Whether the grant opens the family on the day."""
    return grant.ended_on is None and grant.from_on <= on <= grant.until_on


def restricted_families(viewer: Viewer, on):
    """The restricted families for which the viewer manages access; each with its live grants as
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
    """The people to name first: the team, its manager and the service managers, of those who can be named."""
    near = Q(team=family.team_id) | Q(pk=family.team.manager_id) | Q(roles_held__role=Role.SERVICE_MANAGER)
    return who_can_be_named(family).filter(near | Q(pk=family.social_worker_id))


def last_day_of_cover(viewer: Viewer, family):
    """The last day of the viewer’s cover, if they manage access only because they cover the team; else None.

    Somebody who covers a team for a week gives nobody access to its restricted families for longer than that.
    """
    if family.team_id not in viewer.covers or family.team.manager_id == viewer.id or viewer.holds(Role.SERVICE_MANAGER):
        return None
    live = TeamCover.objects.live_on(viewer.on).filter(user=viewer.id, team=family.team_id, absent__isnull=True)
    return live.aggregate(last=Max("until_on"))["last"]


def who_can_declare():
    """The users that a conflict can be declared for, by name."""
    return User.objects.filter(is_active=True).select_related("team", "agency").order_by(
        "last_name", "first_name", "pk"
    )  # fmt: skip


def families_to_open(viewer: Viewer, number: str) -> list[Family]:
    """The families of this number that are closed to the viewer and with which they have no conflict, the latest
    first; where all are open to them already, the latest alone.

    A user who reads no families (out of hours) finds those that are not restricted without any emergency.
    """
    viewer = replace(viewer, in_emergency=True)  # what they opened already is open
    found = families_numbered(number)
    ids = [family.pk for family in found]
    clear = set(Family.objects.filter(~Exists(conflicts_of(viewer)), pk__in=ids).values_list("pk", flat=True))
    sight = visible(viewer) if viewer.can(Permission.READ_FAMILY) else not_restricted_or_conflicted(viewer)
    seen = set(Family.objects.filter(sight, pk__in=ids).values_list("pk", flat=True))
    may = [family for family in found if family.pk in clear]
    return [family for family in may if family.pk not in seen] or may[:1]


def opened_now(viewer: Viewer):
    """What the viewer has opened in an emergency and may still read, the latest first, each family once."""
    rows = EmergencyAccess.objects.filter(~Exists(conflicts_of(viewer, "family_id")), user=viewer.id)
    rows = rows.filter(until_on__gte=viewer.on, ended_at__isnull=True).select_related("family__team")
    found = {}
    for row in rows.order_by(
        "only_warnings", "-opened_at", "-pk"
    ):  # what opens the family before what opens less of it
        found.setdefault(row.family_id, row)
    return list(found.values())


def families_numbered(number: str) -> list[Family]:
    """The family with exactly this case number, or every family of the child with exactly this identifier, under
    any of its records, the latest first. The answer is the same for every user.

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


def emergencies_to_review(viewer: Viewer):
    """The emergencies that the viewer may review: first those without a review, the oldest on top, then the others,
    the latest review on top.
    """
    found = seen_by(viewer, EmergencyAccess).select_related("user", "family", "reviewed_by", "agreed_by")
    return found.order_by(F("reviewed_at").desc(nulls_first=True), "opened_at", "pk")


def conflicts(viewer: Viewer):
    """The live declared conflicts that the viewer may see, by name."""
    found = seen_by(viewer, DeclaredConflict).live()
    return found.select_related("user", "family", "declared_by").order_by("user__last_name", "user__first_name", "pk")


def said_conflicts(viewer: Viewer):
    """What people said that they know of families and a manager has still to settle, oldest first."""
    found = seen_by(viewer, SaidConflict).filter(settled_at__isnull=True)
    return found.select_related("user", "said_by").order_by("said_at", "pk")


def own_words(viewer: Viewer):
    """What the viewer declared themselves, latest first."""
    return SaidConflict.objects.filter(said_by=viewer.id).select_related("user").order_by("-said_at", "-pk")


def opened_until(viewer: Viewer, family):
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


def may_see_access(viewer: Viewer, family) -> bool:
    """Whether the viewer is offered the page of who may see this family."""
    return viewer.may(Permission.RESTRICT_FAMILY, FamilyAccess(pk=family.pk))


def numbers_tried(viewer: Viewer) -> list[datetime]:
    """When the viewer tried a number in an emergency in the last 24 hours, right or wrong, by the trail; the last one
    on top.

    A number that was not looked up, because there were too many before it, is not counted.
    """
    since = timezone.now() - timedelta(hours=24)
    tried = Event.objects.filter(by_id=viewer.id, at__gte=since, act=Permission.OPEN_IN_EMERGENCY.value)
    return list(tried.exclude(details__has_key="refused").order_by("-at").values_list("at", flat=True))


def duty_managers(viewer: Viewer):
    """The managers who could have agreed to an emergency of the viewer’s, by name: nobody while their
    account waits for somebody else to look at it.
    """
    waiting = AccountCheck.objects.filter(**WAITS).values("user")
    return managers().exclude(pk=viewer.id).exclude(pk__in=waiting).select_related("team", "agency")


@dataclass(frozen=True)
class Series:
    """More emergencies of one user in a day than the service expects."""

    user: str
    day: date
    number: int


def series(viewer: Viewer, most: int) -> list[Series]:
    """For a service manager: who tried more than ``most`` numbers in a day of the last month. It names no family."""
    if not viewer.holds(Role.SERVICE_MANAGER):
        return []
    tried = Event.objects.filter(act=Permission.OPEN_IN_EMERGENCY.value, at__gte=timezone.now() - timedelta(days=30))
    days = tried.annotate(day=TruncDate("at")).values("by_name", "by_id", "day").annotate(number=Count("pk"))
    return [
        Series(row["by_name"], row["day"], row["number"])
        for row in days.filter(number__gt=most).exclude(by_id=viewer.id).order_by("-day", "by_name")
    ]


def pages_opened(opened):
    """What the user looked at by this emergency: each page, from when to when, in the order of the first time."""
    children = Membership.objects.filter(family=opened.family_id, part=Part.CHILD).values_list("person", flat=True)
    looks = Look.objects.filter(
        who_id=opened.user_id, at__gte=opened.opened_at, basis__startswith="Emergency",
        child_id__in=all_records_of(children),
    )  # fmt: skip
    return looks.values("page").annotate(first=Min("at"), last=Max("at"), number=Count("pk")).order_by("first")


def also_in_open_families(family) -> list[Person]:
    """The people of the family who are also in another, open family, under any of their records; by name."""
    ours = by_record(Membership.objects.filter(family=family.pk).values_list("person", flat=True))
    others = Membership.objects.filter(person__in=ours, family__restricted=False).exclude(family=family.pk)
    shared = {ours[pk] for pk in others.values_list("person", flat=True)}
    return list(Person.objects.filter(pk__in=shared).order_by("first_name", "last_name", "pk"))
