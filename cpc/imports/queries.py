"""What an import asks the service before it writes: who and what is here already. Nothing here writes."""

from collections import defaultdict

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.dateparse import parse_date

from conferences.convening.choices import TAKES_PLACE
from conferences.convening.models import Conference, Room
from conferences.plans.choices import PlanState
from conferences.plans.models import ProtectionPlan
from cpc.core.accounts.choices import Role, TeamKind
from cpc.core.accounts.models import Team, User
from cpc.core.accounts.permissions import Viewer, seen_by
from cpc.core.audit.models import Event
from cpc.imports.models import Import, SetAside
from cpc.imports.rules.checking import RecordsHeld
from cpc.imports.rules.columns import EVENTS, MEETINGS, PEOPLE, PLANS
from cpc.imports.rules.rows import Fault
from families.cases.models import Family, FamilyEvent
from families.cases.permissions import not_restricted_or_conflicted
from families.people.choices import Part
from families.people.models import Membership, Person, PersonEvent
from families.people.queries.identity import by_identity

AT_A_TIME = 2_000
# The days of a person, and the column of the template that gives each.
DATES = (("born_on", "date_of_birth"), ("expected_on", "expected_on"), ("died_on", "died_on"))


def known(rows, viewer: Viewer) -> RecordsHeld:
    """What these rows speak of that is here already (a few queries for every two thousand rows).

    A record that is closed to ``viewer`` (restricted, or a conflict) is not known, so that no fault tells of it; but of
    what an import brought before, the import goes on knowing that it did.
    """
    numbers = {row["person_id"] for name in (PEOPLE.name, PLANS.name, EVENTS.name) for row in rows.get(name, ())}
    numbers |= {pk.upper() for row in rows.get(PEOPLE.name, ()) for pk in row["relationship_to"] or ()}
    families = {row["family_number"] or "" for name in (PEOPLE.name, MEETINGS.name) for row in rows.get(name, ())}
    before = brought_before(numbers, viewer)
    people = before | people_by_number(numbers, viewer)
    trusted = frozenset(number for number in before if people[number] is before[number])
    closed_before = {people[number]["family_number"].casefold() for number in trusted}
    closed_before |= families_brought_before(families, viewer)
    here = families_by_number(families, viewer)
    under_plan = ProtectionPlan.objects.filter(state=PlanState.OPEN, family__in=here.values())
    nhs = {row["nhs_number"] for row in rows.get(PEOPLE.name, ()) if row["nhs_number"]}
    active = User.objects.filter(is_active=True)
    workers = active.filter(roles_held__role=Role.SOCIAL_WORKER).values_list("email", "team__name")
    return RecordsHeld(
        on=viewer.on,
        people=people,
        families=frozenset(here) | closed_before,
        under_plan=frozenset(number.casefold() for number in under_plan.values_list("family__case_number", flat=True))
        | closed_before,
        taken_nhs={
            digits: number or "somebody here"
            for chunk in _chunks(nhs)
            for digits, number in Person.objects.filter(_open_to(viewer), nhs_number__in=chunk).values_list(
                "nhs_number", "case_system_id"
            )
        },
        teams=frozenset(Team.objects.filter(kind=TeamKind.SOCIAL_WORK).values_list("name", flat=True)),
        workers={email.lower(): team or "" for email, team in workers},
        chairs=frozenset(
            email.lower() for email in active.filter(roles_held__role=Role.CHAIR).values_list("email", flat=True)
        ),
        rooms=frozenset(Room.objects.filter(is_active=True).values_list("name", flat=True)),
        plans=_open_plans({number: each for number, each in people.items() if number not in trusted}),
        trusted=trusted,
    )


def people_by_number(numbers, viewer: Viewer) -> dict[str, dict]:
    """The people with these numbers of the case system, in families that nothing closes to the viewer: id, name, dates,
    part and family, and the numbers of all ``families`` in which they are; ``several`` where two people have the
    number, so that nothing can be said of either."""
    found = {}
    for chunk in _chunks(numbers):
        rows = Membership.objects.filter(
            not_restricted_or_conflicted(viewer, "family_id"), person__case_system_id__in=chunk
        ).values_list(
            "person__case_system_id", "person_id", "person__merged_into", "person__first_name", "person__last_name",
            "person__born_on", "person__expected_on", "person__died_on", "part", "family__case_number", "family_id",
        )  # fmt: skip
        for number, pk, merged_into, first, last, born_on, expected_on, died_on, part, family, family_id in rows:
            same = found.get(number)
            families = (same["families"] if same else frozenset()) | {family.casefold()}
            found[number] = {
                "several": bool(same and (same["several"] or same["id"] != (merged_into or pk))),
                "id": merged_into or pk, "name": f"{first} {last}".strip(), "born_on": born_on,
                "expected_on": expected_on, "died_on": died_on, "part": part, "family_number": family,
                "family_id": family_id, "families": families,
            }  # fmt: skip
    return found


def families_by_number(numbers, viewer: Viewer) -> dict[str, Family]:
    """The families with these case numbers that nothing closes to the viewer, by their number in small letters."""
    return _families(numbers, not_restricted_or_conflicted(viewer))


def closed_by_number(numbers, viewer: Viewer) -> dict[str, Family]:
    """The families with these case numbers that are closed to the viewer. For what is set aside: no page shows it."""
    return _families(numbers, ~not_restricted_or_conflicted(viewer))


def _families(numbers, which) -> dict[str, Family]:
    spelt = {form for number in numbers for form in (number, number.upper(), number.lower())}
    found = (family for chunk in _chunks(spelt) for family in Family.objects.filter(which, case_number__in=chunk))
    return {family.case_number.casefold(): family for family in found}


def restricted_families_of(people, viewer: Viewer) -> dict[int, list[Family]]:
    """For each of these people (ids) the restricted families that are closed to the viewer and have a record of them
    too. For what is set aside: no page shows it."""
    mine = by_identity(people)
    rows = Membership.objects.filter(
        ~not_restricted_or_conflicted(viewer, "family_id"), person__in=mine, family__restricted=True
    )
    found = defaultdict(list)
    for row in rows.select_related("family").order_by("pk"):
        found[mine[row.person_id]].append(row.family)
    return found


def _open_to(viewer: Viewer):
    return Exists(Membership.objects.filter(not_restricted_or_conflicted(viewer, "family_id"), person=OuterRef("pk")))


def brought_before(numbers, viewer: Viewer) -> dict[str, dict]:
    """What an import said of the closed people with these numbers, where one brought them or set them aside.

    In the form of ``people_by_number``. What became of them here since is not in it."""
    wanted = set(numbers)
    return _said_when_set_aside(wanted, viewer) | _said_when_written(wanted, viewer)


def _said_when_written(numbers, viewer: Viewer) -> dict[str, dict]:
    found = {}
    for chunk in _chunks(numbers):
        rows = Membership.objects.filter(
            ~not_restricted_or_conflicted(viewer, "family_id"), person__case_system_id__in=chunk
        )
        closed = {row.person_id: row for row in rows.select_related("family")}
        made = PersonEvent.objects.filter(pgh_obj__in=closed, pgh_label="insert", case_system_id__in=chunk)
        for row in made.filter(pgh_context_id__in=_writing(made)):
            place = closed[row.pgh_obj_id]
            dates = {field: getattr(row, field) for field, _ in DATES}
            found[row.case_system_id] = _said(
                row.pgh_obj_id, place.part, place.family.case_number, place.family_id, dates
            )
    return found


def _said_when_set_aside(numbers, viewer: Viewer) -> dict[str, dict]:
    closed = Family.objects.filter(~not_restricted_or_conflicted(viewer)).order_by().values("pk")
    found = {}
    for aside in SetAside.objects.filter(family__in=closed).order_by("pk"):
        for sheet, _, said in aside.rows:
            if sheet == PEOPLE.name and said["person_id"] in numbers:
                dates = {field: parse_date(said.get(column) or "") for field, column in DATES}
                one = _said(None, said["part"], said["family_number"], aside.family_id, dates)
                found.setdefault(said["person_id"], one)
    return found


def _said(pk, part, family_number, family_id, dates) -> dict:
    return {
        "several": False, "id": pk, "name": "", "part": part, "family_number": family_number, "family_id": family_id,
        "families": frozenset({family_number.casefold()}), **dates,
    }  # fmt: skip


def _writing(made):
    """The ids of the acts that made these rows of history, as far as they are an import writing what it brought."""
    acts = Event.objects.filter(on_kind=Import._meta.label_lower, details__step="write")
    return acts.filter(pk__in=made.values("pgh_context_id")).values("pk")


def families_brought_before(numbers, viewer: Viewer) -> set[str]:
    """The numbers, in small letters, of the closed families among these that an import made or set rows aside of."""
    closed = {family.pk: number for number, family in closed_by_number(numbers, viewer).items()}
    if not closed:
        return set()
    made = FamilyEvent.objects.filter(pgh_obj__in=closed, pgh_label="insert")
    ids = set(made.filter(pgh_context_id__in=_writing(made)).values_list("pgh_obj", flat=True))
    ids |= set(SetAside.objects.filter(family__in=closed).values_list("family", flat=True))
    return {closed[pk] for pk in ids}


def set_aside_for(viewer: Viewer):
    """What imports set aside about families that the viewer may see and record, and nobody has dealt with, oldest
    first."""
    found = seen_by(viewer, SetAside).filter(settled_at__isnull=True)
    return found.select_related("run", "family").order_by("run__loaded_at", "pk")


def _open_plans(people) -> dict[str, object]:
    ids = {each["id"]: number for number, each in people.items()}
    return {
        ids[child]: started_on
        for chunk in _chunks(ids)
        for child, started_on in ProtectionPlan.objects.filter(state=PlanState.OPEN, child__in=chunk).values_list(
            "child", "started_on"
        )
    }


def taken(rows) -> list[Fault]:
    """The reviews of these rows with a chair or room that has another conference at that time (one query)."""
    reviews = [(row, *moments(row)) for row in rows if row["kind"] == "review" and row["ends"] is not None]
    if not reviews:
        return []
    booked = defaultdict(list)
    for *when, chair, room, number in Conference.objects.filter(
        state__in=TAKES_PLACE,
        starts_at__lt=max(ends_at for _, _, ends_at in reviews),
        ends_at__gt=min(starts_at for _, starts_at, _ in reviews),
    ).values_list("starts_at", "ends_at", "chair__email", "room__name", "family__case_number"):
        booked["chair_email", (chair or "").lower()].append((*when, number.lower()))
        booked["place", room].append((*when, number.lower()))
    faults = []
    for row, starts_at, ends_at in reviews:
        for column, says in (("chair_email", "The chair is not free"), ("place", "The room is not free at that time")):
            if any(
                starts < ends_at and ends > starts_at and (starts, number) != (starts_at, row["family_number"].lower())
                for starts, ends, number in booked[column, row[column]]
            ):
                faults.append(Fault(MEETINGS.name, row.number, column, row[column], says))
    return faults


def moments(row) -> tuple:
    """When a booked meeting starts and ends, in London."""
    zone = timezone.get_default_timezone()
    end = row["ends"] or row["starts"]
    return tuple(timezone.datetime.combine(row["on"], at, tzinfo=zone) for at in (row["starts"], end))


def users_by_email(emails) -> dict[str, User]:
    """The users with these e-mail addresses, by the address in small letters."""
    wanted = {email for email in emails if email}
    return {user.email.lower(): user for user in User.objects.filter(email__in=wanted)} if wanted else {}


def children_of_each(aside) -> list[int]:
    """The children (ids) of the families about which something was set aside."""
    rows = Membership.objects.filter(family__in={one.family_id for one in aside}, part=Part.CHILD)
    return sorted(set(rows.values_list("person", flat=True)))


def _chunks(values):
    values = sorted(values, key=str)
    return [values[start : start + AT_A_TIME] for start in range(0, len(values), AT_A_TIME)]
