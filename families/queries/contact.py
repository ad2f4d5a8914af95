"""Where people live, how they may be reached, who knows a child, who must not meet."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from families.choices import AddressKind, SafeContact
from families.models import Address, ContactDetails, Involvement, MustNotMeet, Protection
from families.queries.household import Member
from families.queries.same_person import all_records_of, by_record, everyone_who_is
from families.queries.shut import as_open_families_wrote, shut_records, that_papers_may_say


def involvements_of(people, on: date | None = None, *, viewer) -> list[Involvement]:
    """The agencies that know these children (Persons as they are shown), as far as the viewer may read it; on a day,
    only those involved then."""
    people = {person.pk: person for person in people}
    kept = by_record(people)
    found = Involvement.objects.filter(child__in=kept.keys() - shut_records(viewer, kept))
    found = found.select_related("agency", "professional")
    if on is not None:
        found = found.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), from_on__lte=on)
    rows = as_open_families_wrote(viewer, found.order_by("agency__name", "child_id", "pk"), "child_id")
    for row in rows:
        row.child = people[kept[row.child_id]]
    return rows


def must_not_meet(people, on: date | None = None):
    """The pairs, both among ``people``, who must not be in the same room (still, where ``on`` is given)."""
    records = all_records_of(people)
    found = MustNotMeet.objects.filter(one__in=records, other__in=records).select_related("one", "other")
    if on is not None:
        found = found.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    return found.order_by("pk")


def address_for_post(addresses, on: date) -> Address | None:
    """Where a letter to one person may go: their latest address, and only when post is safe wherever they may now live.

    An old shared address that nobody closed must not take the letter of somebody who has moved to a protected one, so
    one address of today's that is protected, a refuge or not safe for post closes them all, whatever its dates.
    """
    now = [one for one in addresses if (not one.from_on or one.from_on <= on) and (not one.to_on or one.to_on > on)]
    if any(one.is_protected or one.kind == AddressKind.REFUGE or not one.is_safe_for_post for one in now):
        return None
    return max(now, key=lambda one: (one.from_on or date.min, one.pk), default=None)


def address_told(family_id, addresses, on: date) -> Address | None:
    """Where a letter about this family to one person may go by post, where its papers may say so: an address that only
    another, restricted family wrote takes no letter, nor does an older one in its stead."""
    found = address_for_post(addresses, on)
    return next(iter(that_papers_may_say(family_id, [found])), None) if found else None


def envelope_of(person, on: date, family_id=None) -> list[str]:
    """The lines that a letter about this family to this person prints today; none where post is not their route or not
    safe."""
    records = everyone_who_is(person)
    routes = set(ContactDetails.objects.filter(person__in=records).values_list("safe_contact", flat=True))
    if routes != {SafeContact.POST}:
        return []
    address = address_told(family_id, Address.objects.filter(person__in=records), on)
    return address.envelope if address else []


def contact_shown(viewer, person) -> ContactDetails | None:
    """What the viewer is shown of how the person may be reached, by this record of theirs."""
    return next(iter(as_open_families_wrote(viewer, ContactDetails.objects.filter(person=person))), None)


@dataclass(frozen=True)
class Reached:
    """A member with where they live and how they may be reached."""

    member: Member
    contact: ContactDetails | None
    addresses: tuple[Address, ...]
    past_addresses: tuple[Address, ...]


def addresses_shown(household, addresses) -> list[Address]:
    """The addresses of people of the household as its viewer is shown them: nor is it told that one is protected where
    only a closed family said so."""
    addresses = household.shown(addresses)
    if household.shut.parts:
        entries = Protection.objects.live().filter(address__in=addresses)
        protected = {entry.address_id for entry in household.shown(entries)}
        for address in addresses:
            address.is_protected = address.pk in protected
    return addresses


def contact_of(household, viewer) -> list[Reached]:
    """Everybody of the household with their addresses and contact details, those of merged records too, as far as the
    viewer may read them."""
    kept, on = by_record(household.people), viewer.on
    shut = shut_records(viewer, kept)
    kept = {pk: root for pk, root in kept.items() if pk not in shut}
    contacts: dict[int, ContactDetails] = {}
    rows = ContactDetails.objects.filter(person__in=kept).select_related("hand_by").order_by("pk")
    for row in household.shown(rows):
        if kept[row.person_id] == row.person_id:
            contacts[row.person_id] = row  # what the kept record says goes before
        else:
            contacts.setdefault(kept[row.person_id], row)
    addresses: dict[int, list[Address]] = {}
    lived = Address.objects.filter(person__in=kept).order_by(F("from_on").desc(nulls_last=True), "-pk")
    for address in addresses_shown(household, lived):
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
