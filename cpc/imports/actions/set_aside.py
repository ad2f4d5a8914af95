"""Sets aside the rows about families that are closed to the user who imports, for those who may see the family.

Inside the act that loads. The user who imports learns nothing: the counts are those of a family that is not here.
"""

from collections import Counter, defaultdict
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Permission, Viewer, viewer_of
from cpc.core.audit.door import acting
from cpc.core.documents.actions import queue
from cpc.core.documents.choices import Channel
from cpc.core.documents.emails import email
from cpc.core.documents.readers import Recipient
from cpc.imports.models import SetAside
from cpc.imports.queries import (
    brought_before,
    closed_by_number,
    families_brought_before,
    people_by_number,
    restricted_families_of,
)
from cpc.imports.rules.columns import BY_NAME, EVENTS, MEETINGS, PEOPLE, PLANS
from cpc.imports.rules.rows import Row
from cpc.imports.states import SET_ASIDE, WAITING
from families.access.queries.access import managers_told
from families.cases.models import AccessGrant, Family
from families.people.models import Person, Relationship

NAMES = ("first_name", "last_name", "known_as")
STAYS = ("person_id", "part", "family_number")


def set_rows_aside(run, rows, viewer: Viewer, by) -> tuple[dict, Counter]:
    """(the rows that may be written, what the others count as). The others wait for those who may see their family."""
    closed, linked = _Closed(rows, viewer), _Linked(rows, viewer)
    kept, aside, counts = {name: [] for name in rows}, defaultdict(list), Counter()
    for name, each_sheet in rows.items():
        for row in each_sheet:
            if (family := closed.family_of(name, row)) is None:
                row, waiting = linked.parted(name, row, counts)
                kept[name].append(row)
                for place in waiting:
                    aside[place].append([name, row.number, _as_text(name, waiting[place])])
                continue
            aside[family].append([name, row.number, _as_text(name, row)])
            if not closed.brought(name, row):
                counts[name] += 1
                counts["relationships"] += len(row["relationship_to"] or ())
    counts["families"] = len(closed.new_families())
    for family, said in aside.items():
        _tell(by, SetAside.objects.create(run=run, family=family, rows=said), family)
    return kept, counts


class _Linked:
    """The people of these rows who also have a record in a restricted family that is closed to the viewer: names and
    ties that are new here wait for those who may see both. Contact details of somebody who is here are never written.
    """

    def __init__(self, rows, viewer: Viewer):
        people = rows.get(PEOPLE.name, ())
        here = people_by_number({row["person_id"] for row in people}, viewer)
        places = restricted_families_of({each["id"] for each in here.values()}, viewer)
        self.people = {number: each["id"] for number, each in here.items() if places.get(each["id"])}
        self.places = {number: places[pk] for number, pk in self.people.items()}
        self.records = Person.objects.in_bulk(self.people.values())
        numbers = {number.upper() for row in people for number in row["relationship_to"] or ()}
        children = people_by_number(numbers, viewer) if self.people else {}
        self.children = {number: each["id"] for number, each in children.items()}

    def parted(self, sheet, row, counts) -> tuple[Row, dict]:
        """(what of the row may be written, and the whole row for each family for which some of it waits). What waits
        counts as if it were written."""
        if sheet != PEOPLE.name or row["person_id"] not in self.people:
            return row, {}
        record = self.records[self.people[row["person_id"]]]
        waits = {name for name in NAMES if row[name] and not getattr(record, name)}
        new = [one for one in row["relationship_to"] or () if not self._is_tied(one, record)]
        if not waits and not new:
            return row, {}
        counts["filled_in"] += bool(waits)
        counts["relationships"] += len(new)
        ties = [one for one in row["relationship_to"] or () if one not in new]
        values = {name: value for name, value in row.values.items() if name not in waits}
        return replace(row, values=values | {"relationship_to": ties}), dict.fromkeys(
            self.places[row["person_id"]], row
        )

    def _is_tied(self, number, record) -> bool:
        child = self.children.get(number.upper())
        return child is not None and Relationship.objects.filter(child=child, adult=record.pk).exists()


class _Closed:
    """Which of these rows are about a family that is closed to the viewer, and which of those an import brought."""

    def __init__(self, rows, viewer: Viewer):
        people, meetings = rows.get(PEOPLE.name, ()), rows.get(MEETINGS.name, ())
        children = [row["person_id"] for name in (PLANS.name, EVENTS.name) for row in rows.get(name, ())]
        numbers = {row["family_number"] for row in [*people, *meetings]}
        # By the number of the case system: the family that the file names, else where an import brought the person.
        self.named = {row["person_id"]: row["family_number"].casefold() for row in people}
        self.before = brought_before({*self.named, *children}, viewer)
        self.families = closed_by_number(numbers, viewer)
        self.elsewhere = Family.objects.in_bulk({each["family_id"] for each in self.before.values()})
        self.known = families_brought_before(numbers, viewer)
        self.known |= {each["family_number"].casefold() for each in self.before.values()}

    def family_of(self, sheet, row) -> Family | None:
        """The closed family that the row is about; nothing when it may be written."""
        if sheet in (PEOPLE.name, MEETINGS.name):
            return self.families.get(row["family_number"].casefold())
        if row["person_id"] in self.named:
            return self.families.get(self.named[row["person_id"]])
        brought = self.before.get(row["person_id"])
        return brought and self.elsewhere[brought["family_id"]]

    def brought(self, sheet, row) -> bool:
        """Whether an earlier import brought what the row is about, so that it is not new to the user who loads it."""
        if sheet == MEETINGS.name:
            return row["family_number"].casefold() in self.known
        return row["person_id"] in self.before

    def new_families(self) -> set[str]:
        """The closed families that the people of the file are of, and that no import brought."""
        return {number for number in self.named.values() if number in self.families} - self.known


def _as_text(name, row) -> dict[str, str]:
    said = {}
    for column in BY_NAME[name].headings:
        value = row[column]
        if value not in (None, "", []):
            said[column] = "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return said


def settle(*, by, aside: SetAside) -> None:
    """Somebody who may see the family has entered what is right of it; only the numbers stay."""
    with acting(by, Permission.RECORD_FAMILY, on=aside, step="deal with rows that an import set aside"):
        SET_ASIDE.must_be(aside, WAITING, to="settled again")
        aside.settled_by_id, aside.settled_at = by.id, timezone.now()
        aside.rows = [
            [sheet, number, {column: said[column] for column in STAYS if column in said}]
            for sheet, number, said in aside.rows
        ]
        aside.save()


def _tell(by, aside, family) -> None:
    """Tell those who may see and record the family, or where nobody may, those who manage access to it."""
    near = {family.social_worker_id, family.team.manager_id} - {None}
    near |= set(AccessGrant.objects.filter(family=family, ended_on__isnull=True).values_list("user", flat=True))
    people = User.objects.filter(pk__in=near, is_active=True).order_by("pk")
    told = [user for user in people if viewer_of(user, by.on).may(Permission.RECORD_FAMILY, aside)]
    told = told or list(User.objects.filter(pk__in=managers_told(family)).order_by("pk"))
    for user in told:
        link = f"{settings.CPC_BASE_URL}{reverse('imports:set_aside')}"
        text = email("set_aside", first_name=user.first_name, link=link)
        queue(
            by,
            key=f"set-aside:{aside.pk}:{user.pk}",
            purpose="set_aside",
            channel=Channel.EMAIL,
            recipient=Recipient.of(user),
            to_address=user.email,
            subject=text.subject,
            body=text.body,
            about=aside,
        )
