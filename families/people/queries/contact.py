"""Where people live, how they may be reached, who knows a child."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from cpc.core.accounts.permissions import Viewer
from families.people.choices import AddressKind, SafeContact
from families.people.models import Address, ContactDetails, Involvement
from families.people.queries.household import Member
from families.people.queries.identity import linked_records
from families.people.queries.merged_records import by_record, records_of_each


def involvements_of(people, on: date | None = None) -> list[Involvement]:
    """The agencies that know these children (Persons); on a day, only those involved then."""
    people = {person.pk: person for person in people}
    kept = by_record(people)
    found = Involvement.objects.filter(child__in=kept).select_related("agency", "professional")
    if on is not None:
        found = found.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), from_on__lte=on)
    rows = list(found.order_by("agency__name", "child_id", "pk"))
    for row in rows:
        row.child = people[kept[row.child_id]]
    return rows


def address_for_post(addresses, on: date) -> Address | None:
    """Where a letter to one person may go: their latest address, and only when post is safe wherever they may now live.

    An old shared address that nobody closed must not take the letter of somebody who has moved to a protected one, so
    one address of today's that is protected, a refuge or not safe for post closes them all, whatever its dates.
    """
    now = [one for one in addresses if (not one.from_on or one.from_on <= on) and (not one.to_on or one.to_on > on)]
    if any(one.is_protected or one.kind == AddressKind.REFUGE or not one.is_safe_for_post for one in now):
        return None
    return max(now, key=lambda one: (one.from_on or date.min, one.pk), default=None)


def ways_to(people) -> dict[int, str]:
    """For each of ``people`` (ids) how they may safely be reached, if all circles agree; else not known.

    In one circle the kept record says it. A merge is refused while the two say different things, and after it nobody
    can change what a merged record says: that counts only where the kept record says nothing.
    """
    linked = linked_records(people)
    everyone = {record for records in linked.values() for record in records}
    said: dict[int, str] = {}
    of_merged: dict[int, set[str]] = defaultdict(set)
    rows = ContactDetails.objects.filter(person__in=everyone)
    for record, kept, way in rows.values_list("person", "person__merged_into", "safe_contact"):
        if kept is None:
            said[record] = way
        else:
            of_merged[kept].add(way)
    circles = of_merged | {record: {way} for record, way in said.items()}
    ways = {pk: {way for record in records for way in circles.get(record, ())} for pk, records in linked.items()}
    return {pk: found.pop() if len(found) == 1 else SafeContact.UNKNOWN for pk, found in ways.items()}


def addresses_to_post_to(people, on: date) -> dict[int, Address]:
    """For each of ``people`` (ids) the address to which their post may go. A fixed number of queries.

    No record of theirs in any circle has an address of today's that closes it, nor a later one elsewhere: an older
    address takes no letter in its stead.
    """
    linked, ours = linked_records(people), records_of_each(people)
    rows = defaultdict(list)
    for address in Address.objects.filter(person__in={one for ids in linked.values() for one in ids}).order_by("pk"):
        rows[address.person_id].append(address)
    found = {}
    for pk, records in linked.items():
        latest = address_for_post([row for record in records for row in rows[record]], on)
        mine = address_for_post([row for record in ours[pk] for row in rows[record]], on) if latest else None
        if mine and mine.house_key == latest.house_key:
            found[pk] = mine
    return found


def envelope_of(person, on: date) -> list[str]:
    """The lines that a letter to this person prints today; none where post is not their route or not safe."""
    if ways_to([person.pk])[person.pk] != SafeContact.POST:
        return []
    address = addresses_to_post_to([person.pk], on).get(person.pk)
    return address.envelope if address else []


def contact_shown(person) -> ContactDetails | None:
    """How the person may be reached, by this record of theirs."""
    return ContactDetails.objects.filter(person=person).first()


@dataclass(frozen=True)
class Reached:
    """A member with where they live and how they may be reached."""

    member: Member
    contact: ContactDetails | None
    addresses: tuple[Address, ...]
    past_addresses: tuple[Address, ...]


def contact_of(household, viewer: Viewer) -> list[Reached]:
    """Everybody of the household with their addresses and contact details, those of merged records too."""
    kept, on = by_record(household.people), viewer.on
    contacts: dict[int, ContactDetails] = {}
    rows = ContactDetails.objects.filter(person__in=kept).select_related("hand_by").order_by("pk")
    for row in rows:
        if kept[row.person_id] == row.person_id:
            contacts[row.person_id] = row  # what the kept record says goes before
        else:
            contacts.setdefault(kept[row.person_id], row)
    addresses: dict[int, list[Address]] = {}
    lived = Address.objects.filter(person__in=kept).order_by(F("from_on").desc(nulls_last=True), "-pk")
    for address in lived:
        addresses.setdefault(kept[address.person_id], []).append(address)
    return [
        Reached(
            member,
            contacts.get(member.person.pk),
            tuple(one for one in addresses.get(member.person.pk, ()) if not one.to_on or one.to_on > on),
            tuple(one for one in addresses.get(member.person.pk, ()) if one.to_on and one.to_on <= on),
        )
        for member in household.members
    ]
