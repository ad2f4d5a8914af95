"""What happened to a child, by its true date: what families know, and what the apps above tell when they are asked.

An app above registers ``tells_of`` with a function (viewer, family, ids of the child's records) that gives what it
knows, already limited to what the viewer may see, in a fixed number of queries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from cpc.core.accounts.permissions import Permission, Viewer
from families.people.choices import PARENTS, NameKind, PartnershipKind, RelationshipKind
from families.people.models import Address, HouseholdMember, Involvement, Partnership, Person, PersonName, Relationship
from families.people.queries.merged_records import records_of_person

HOME, AGENCIES, ENQUIRY, PLAN = "home", "agencies", "enquiry", "plan"
LANES = {
    HOME: "Home and family", AGENCIES: "Agencies", ENQUIRY: "Enquiries and conferences", PLAN: "Plans and core groups",
}  # fmt: skip
A_DAY = timedelta(days=1)
_tellers: list[Callable] = []


@dataclass(frozen=True)
class Happened:
    """One dated event. ``until`` where it went on; ``entered_at`` when its date was written down."""

    on: date
    what: str
    lane: str
    more: str = ""
    url: str = ""
    until: date | None = None
    entered_at: datetime | None = None
    on_screen_only: bool = False

    @property
    def entered_on(self) -> date | None:
        """The day on which it was entered, where that was more than a day after it happened."""
        day = timezone.localdate(self.entered_at) if self.entered_at else None
        return day if day and day > self.on + A_DAY else None

    @property
    def lane_name(self) -> str:
        """Of what kind it is, in words."""
        return LANES[self.lane]


def tells_of(teller: Callable):
    """Registers ``teller(viewer, family, ids) -> list[Happened]``: what another app knows of a child's history."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def timeline_of(viewer: Viewer, household, child) -> list[Happened]:
    """What happened to the child, earliest first, as far as the viewer may read it. What is to come is not in it."""
    family, ids = household.family, records_of_person(child)
    found = [
        *_births_and_deaths(household, child),
        *_case(family),
        *_stays(family, ids),
        *_names(ids),
        *_relationships(household, ids),
        *_couples(household, child),
        *_agencies(ids),
    ]
    if viewer.may(Permission.READ_CONTACT_DETAILS, family):
        found += _addresses(ids)
    for teller in _tellers:
        found += teller(viewer, family, ids)
    return sorted((one for one in found if one.on <= viewer.on), key=lambda one: (one.on, one.lane, one.what))


def entered(model, ids, *fields) -> dict[tuple, datetime]:
    """When the value that each of ``fields`` holds now was first written, by (id, field): one query of the history."""
    history = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    first, value = {}, {}
    rows = history.objects.filter(pgh_obj_id__in=ids).order_by("pgh_id")
    for row in rows.values("pgh_obj_id", "pgh_created_at", *fields):
        for field in fields:
            key = (row["pgh_obj_id"], field)
            value[key] = row[field]
            first.setdefault((key, row[field]), row["pgh_created_at"])
    return {key: first[key, now] for key, now in value.items()}


def _births_and_deaths(household, child):
    people = household.people
    at = entered(Person, [person.pk for person in people], "born_on", "died_on")
    kin = {tie.adult_id: tie for member in household.members for tie in member.ties if tie.child_id == child.pk}
    for member in household.members:
        person, tie = member.person, kin.get(member.person.pk)
        if person.pk == child.pk:
            if person.born_on:
                yield Happened(person.born_on, "Born", HOME, entered_at=at.get((person.pk, "born_on")))
        elif member.is_child and person.born_on and (child.born_on is None or person.born_on > child.born_on):
            yield Happened(
                person.born_on, f"{person.full_name} was born", HOME, entered_at=at.get((person.pk, "born_on"))
            )
        if person.died_on and (tie or member.is_child):
            what = "Died" if person.pk == child.pk else f"{member.name} died"
            more = RelationshipKind(tie.kind).label if tie else ""
            yield Happened(person.died_on, what, HOME, more, entered_at=at.get((person.pk, "died_on")))


def _case(family):
    at = entered(type(family), [family.pk], "opened_on")
    yield Happened(family.opened_on, "Case opened", ENQUIRY, str(family), entered_at=at.get((family.pk, "opened_on")))


def _from_and_to(model, rows, began, ended, lane):
    """The events of dated rows: their beginning where it is known, and their end."""
    rows = list(rows)
    at = entered(model, [row.pk for row in rows], "from_on", "to_on")
    for row in rows:
        if row.from_on and (said := began(row)):
            yield Happened(row.from_on, said[0], lane, said[1], until=row.to_on, entered_at=at.get((row.pk, "from_on")))
        if row.to_on and (said := ended(row)):
            yield Happened(row.to_on, said[0], lane, said[1], entered_at=at.get((row.pk, "to_on")))


def _stays(family, ids):
    rows = HouseholdMember.objects.filter(person__in=ids, household__family=family).select_related("household")
    return _from_and_to(
        HouseholdMember, rows, lambda row: (f"Came to live in {row.household}", ""),
        lambda row: (f"No longer lived in {row.household}", ""), HOME,
    )  # fmt: skip


def _names(ids):
    rows = PersonName.objects.filter(person__in=ids)
    return _from_and_to(
        PersonName, rows,
        lambda row: (f"Also used the name {row}", "") if row.kind == NameKind.ALIAS else None,
        lambda row: (f"No longer called {row}", row.get_kind_display()), HOME,
    )  # fmt: skip


def _relationships(household, ids):
    adults = {member.person.pk: member for member in household.adults}
    rows = Relationship.objects.filter(child__in=ids, adult__in=adults)
    rows = rows.exclude(kind__in=PARENTS)

    def said(row, words):
        return (f"{adults[row.adult_id].name} {words}", RelationshipKind(row.kind).label)

    return _from_and_to(
        Relationship, rows, lambda row: said(row, "came into the child’s life"),
        lambda row: said(row, "is no longer recorded so"), HOME,
    )  # fmt: skip


def _couples(household, child):
    parents = {
        tie.adult_id for member in household.members for tie in member.ties
        if tie.child_id == child.pk and tie.kind in PARENTS
    }  # fmt: skip
    names = {member.person.pk: member.name for member in household.members}
    rows = Partnership.objects.filter(Q(one__in=parents) | Q(other__in=parents), one__in=names, other__in=names)

    def both(row, words):
        return (f"{names[row.one_id]} and {names[row.other_id]} {words}", "")

    return _from_and_to(
        Partnership, rows,
        lambda row: both(row, "became a couple" if row.kind != PartnershipKind.MARRIED else "married"),
        lambda row: both(row, "parted"), HOME,
    )  # fmt: skip


def _agencies(ids):
    rows = Involvement.objects.filter(child__in=ids).select_related("agency", "professional")

    def said(row, words):
        return (f"{row.agency} {words}", str(row.professional or ""))

    return _from_and_to(
        Involvement, rows, lambda row: said(row, "became involved"),
        lambda row: said(row, "was no longer involved"), AGENCIES,
    )  # fmt: skip


def _addresses(ids):
    rows = list(Address.objects.filter(person__in=ids))
    at = entered(Address, [row.pk for row in rows], "from_on", "to_on")
    for row in rows:
        kind = row.get_kind_display()
        more = f"{kind}, protected" if row.is_protected else kind
        if row.from_on:
            yield Happened(
                row.from_on, f"Moved to {row}", HOME, more, until=row.to_on,
                entered_at=at.get((row.pk, "from_on")), on_screen_only=True,
            )  # fmt: skip
        if row.to_on:
            yield Happened(
                row.to_on, f"Left {row}", HOME, more, entered_at=at.get((row.pk, "to_on")), on_screen_only=True
            )
