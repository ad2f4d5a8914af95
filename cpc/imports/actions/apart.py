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
    numbers = {row["family_number"] or "" for name in (PEOPLE.name, MEETINGS.name) for row in rows.get(name, ())}
    closed = closed_by_number(numbers, viewer)
    people = {row["person_id"]: row["family_number"].casefold() for row in rows.get(PEOPLE.name, ())}
    asked = {row["person_id"] for name in (PLANS.name, EVENTS.name) for row in rows.get(name, ())} - set(people)
    before = brought_before(asked | set(people), viewer)
    known = families_brought_before(numbers, viewer) | {each["family_number"].casefold() for each in before.values()}
    by_id = {family.pk: family for family in closed.values()}
    elsewhere = {pk: each["family_id"] for pk, each in before.items() if pk not in people}
    by_id |= Family.objects.in_bulk(set(elsewhere.values()) - set(by_id))
    kept, aside, counts = {}, defaultdict(list), Counter()
    for name, each_sheet in rows.items():
        kept[name] = []
        for row in each_sheet:
            number = row["family_number"] if name in (PEOPLE.name, MEETINGS.name) else None
            family = closed.get(number.casefold() if number else people.get(row["person_id"], ""))
            if number is None and family is None and row["person_id"] in elsewhere:
                family = by_id[elsewhere[row["person_id"]]]
            if family is None:
                kept[name].append(row)
                continue
            aside[family.pk].append([name, row.number, _as_text(name, row)])
            counts[name] += row["person_id"] not in before if name != MEETINGS.name else number.casefold() not in known
            if name == PEOPLE.name and row["person_id"] not in before:
                counts["relationships"] += len(row["relationship_to"] or ())
    new = {
        each["family_number"] or "" for each in rows.get(PEOPLE.name, ()) if each["family_number"].casefold() in closed
    }
    counts["families"] = len({number.casefold() for number in new} - known)
    for pk, said in aside.items():
        made = SetAside.objects.create(run=run, family_id=pk, rows=said)
        _tell(by, made, by_id[pk])
    return kept, counts


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
