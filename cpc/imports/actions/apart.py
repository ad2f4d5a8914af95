"""What a file says of a family that is closed to whoever brought it in is set aside, for those who may see the family.

Inside the act that loads. Whoever brought it in learns nothing: the counts are those of a family that is not here.
"""

from collections import Counter, defaultdict

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Permission, viewer_of
from cpc.core.audit.door import acting
from cpc.core.documents.actions import queue
from cpc.core.documents.choices import Channel
from cpc.core.documents.readers import Recipient
from cpc.core.kernel.refusals import WrongState
from cpc.imports.models import SetAside
from cpc.imports.queries import brought_before, closed_by_number, families_brought_before
from cpc.imports.rules.columns import BY_NAME, EVENTS, MEETINGS, PEOPLE, PLANS
from families.models import AccessGrant, Family
from families.queries.access import managers_told

STAYS = ("person_id", "part", "family_number")


def set_apart(run, rows, viewer, by) -> tuple[dict, Counter]:
    """(the rows that may be written, what the others count as). The others wait for those who may see their family."""
    closed = _Closed(rows, viewer)
    kept, aside, counts = {name: [] for name in rows}, defaultdict(list), Counter()
    for name, each_sheet in rows.items():
        for row in each_sheet:
            if (family := closed.family_of(name, row)) is None:
                kept[name].append(row)
                continue
            aside[family].append([name, row.number, _as_text(name, row)])
            if not closed.brought(name, row):
                counts[name] += 1
                counts["relationships"] += len(row["relationship_to"] or ())
    counts["families"] = len(closed.new_families())
    for family, said in aside.items():
        _tell(by, SetAside.objects.create(run=run, family=family, rows=said), family)
    return kept, counts


class _Closed:
    """Which of these rows are about a family that is closed to the viewer, and which of those an import brought."""

    def __init__(self, rows, viewer):
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
        """Whether an import brought before whom or what the row is about, so that it is not new to whoever loads it."""
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
        if aside.settled_at:
            raise WrongState("Somebody has dealt with these already.")
        aside.settled_by_id, aside.settled_at = by.id, timezone.now()
        aside.rows = [
            [sheet, number, {column: said[column] for column in STAYS if column in said}]
            for sheet, number, said in aside.rows
        ]
        aside.save()


def _tell(by, aside, family) -> None:
    """Those who may see and record the family are told, or where nobody may, whoever arranges who may see it."""
    near = {family.social_worker_id, family.team.manager_id} - {None}
    near |= set(AccessGrant.objects.filter(family=family, ended_on__isnull=True).values_list("user", flat=True))
    people = User.objects.filter(pk__in=near, is_active=True).order_by("pk")
    told = [user for user in people if viewer_of(user, by.on).may(Permission.RECORD_FAMILY, aside)]
    told = told or list(User.objects.filter(pk__in=managers_told(family)).order_by("pk"))
    for user in told:
        queue(
            by,
            key=f"set-aside:{aside.pk}:{user.pk}",
            purpose="set_aside",
            channel=Channel.EMAIL,
            recipient=Recipient.of(user),
            to_address=user.email,
            subject="Records were brought in that only you may enter",
            body="\n".join(
                [
                    f"Hello {user.first_name},",
                    "",
                    "A file from another system says something of a family that few people may see. Nothing of it was",
                    "written. Sign in to see what it says, and enter what is right:",
                    f"{settings.CPC_BASE_URL}{reverse('imports:set_aside')}",
                    "",
                    "If the page is empty, nobody is named who may enter it: name somebody under “Restricted”.",
                    "",
                    "This message names nobody on purpose. Please do not reply to it.",
                ]
            ),
            about=aside,
        )
