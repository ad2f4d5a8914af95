"""Every entry of one family: what is protected, what must not be learnt, who must not meet, what to be warned of."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Prefetch, Q

from cpc.core.documents.protected import same_as
from families.choices import Detail
from families.models import Membership, MustNotLearn, MustNotMeet, ProtectedFrom, Protection, WarningMarker
from families.queries.same_person import by_record, everyone_in, everyone_who_are
from families.queries.saying import (
    said_of_must_not_learn,
    said_of_must_not_meet,
    said_of_protection,
    said_of_warning,
)
from families.queries.shut import NOTHING_SHUT, Shut, as_open_families_wrote, closed_to, shut_parts, shut_records
from families.queries.shut_people import people_shown

PROTECTION, MUST_NOT_LEARN, MUST_NOT_MEET, WARNING = "protection", "must_not_learn", "must_not_meet", "warning"
NAMED = {
    PROTECTION: ("person",), MUST_NOT_LEARN: ("reader", "about", "of_child"), MUST_NOT_MEET: ("one", "other"),
    WARNING: ("person",),
}  # fmt: skip
WHOSE = {sort: tuple(f"{name}_id" for name in names) for sort, names in NAMED.items()}
MODELS = {PROTECTION: Protection, MUST_NOT_LEARN: MustNotLearn, MUST_NOT_MEET: MustNotMeet, WARNING: WarningMarker}


@dataclass(frozen=True)
class Entry:
    """One entry as its page says it; ``others`` say the same of whoever lives at the same protected address."""

    sort: str
    record: object
    says: str
    others: tuple["Entry", ...] = ()
    names_the_address: bool = False

    @property
    def everyone(self) -> tuple["Entry", ...]:
        """It and the others that are agreed and looked at together with it."""
        return (self, *self.others)

    @property
    def why(self) -> str:
        """Where it comes from: "Injunction"."""
        return self.record.get_source_display()


@dataclass(frozen=True)
class Entries:
    """All of a family's entries, those that have ended too."""

    all: tuple[Entry, ...]

    def of(self, sort) -> list[Entry]:
        """The live ones of one sort."""
        return [one for one in self.all if one.sort == sort and one.record.is_live]

    def together(self, sort) -> list[Entry]:
        """The live ones of one sort, once for everybody who lives at one address that is kept in the same way."""
        found: dict[object, list[Entry]] = {}
        for one in self.of(sort):
            found.setdefault(_same_for(one), []).append(one)
        return [_as_one(entries) for entries in found.values()]

    @cached_property
    def ended(self) -> list[Entry]:
        """Those that stand no more, latest first."""
        return sorted((one for one in self.all if not one.record.is_live), key=_ended_last, reverse=True)


def _same_for(entry):
    """What entries share that are one row: the address, from whom it is kept, why, and what was done about it."""
    row = entry.record
    if entry.sort != PROTECTION or row.detail != Detail.ADDRESS:
        return entry.sort, row.pk
    house = house_of(row.address.lines, row.address.postcode)
    return (
        house, row.from_everyone, tuple(row.named), row.source, row.reason, row.review_on, row.told_on, row.told_how,
        row.agreed_by_id,
    )  # fmt: skip


def house_of(lines, postcode) -> str:
    """What the rows of everybody who lives at one address share."""
    return same_as(f"{lines} {postcode}")


def _as_one(entries) -> Entry:
    first, *others = entries
    if not others:
        return first
    says = said_of_protection(first.record, naming_the_address=first.names_the_address, of=entries)
    return replace(first, says=says, others=tuple(others))


def _ended_last(entry):
    return entry.record.ended_on, entry.record.pk


def records_of(family, sort):
    """The entries of one sort that are about this family alone: nobody of another family is named in them."""
    agreed = MODELS[sort].objects.select_related("agreed_by").order_by("pk")
    if sort == WARNING:
        return agreed.filter(family=family).select_related("person")
    people = everyone_in(family)
    if sort == PROTECTION:
        named = Prefetch("kept_from", ProtectedFrom.objects.select_related("person"))
        return agreed.filter(person__in=people).select_related("person", "address").prefetch_related(named)
    if sort == MUST_NOT_LEARN:
        return agreed.filter(reader__in=people, about__in=people).select_related("reader", "about", "of_child")
    return agreed.filter(one__in=people, other__in=people).select_related("one", "other")


def say(sort, record, *, naming_the_address=False) -> Entry:
    """The entry as one sentence; an address stands in it only where the reader may read addresses."""
    if sort == PROTECTION:
        says = said_of_protection(record, naming_the_address=naming_the_address)
    else:
        says = {
            MUST_NOT_LEARN: said_of_must_not_learn, MUST_NOT_MEET: said_of_must_not_meet, WARNING: said_of_warning,
        }[sort](record)  # fmt: skip
    return Entry(sort, record, says, names_the_address=naming_the_address)


def entries_of(family, *, viewer, naming_the_address=False) -> Entries:
    """Every entry of the family (a fixed number of queries), but what a family that is closed to the viewer recorded
    of somebody who stands there too, under whichever record: it is kept all the same."""
    everyone = everyone_who_are(Membership.objects.filter(family=family).values_list("person", flat=True))
    same = {pk: min(ids) for ids in everyone.values() for pk in ids}
    shut = shut_parts(closed_to(viewer, but=family.pk), same)
    found = [(sort, record) for sort in MODELS for record in _shown(family, viewer, sort, same, shut)]
    _call_them_as_shown(viewer, found, shut)
    return Entries(tuple(say(sort, record, naming_the_address=naming_the_address) for sort, record in found))


def _shown(family, viewer, sort, same, shut) -> list:
    if sort == WARNING:  # its own family's, whoever it is of
        return list(records_of(family, sort))
    if sort == PROTECTION:
        return _protections_shown(family, viewer, same, shut)
    return as_open_families_wrote(viewer, records_of(family, sort), *WHOSE[sort], shut=shut)


def _call_them_as_shown(viewer, found, shut: Shut) -> None:
    """Whoever the records (each with its sort) name is called on them as the viewer is shown them."""
    if not shut.parts:
        return
    places = [(record, name) for sort, record in found for name in NAMED[sort] if getattr(record, name)]
    places += [(one, "person") for sort, record in found if sort == PROTECTION for one in record.kept_from.all()]
    people = {person.pk: person for person in (getattr(record, name) for record, name in places)}
    people = {person.pk: person for person in people_shown(viewer, people.values(), shut=shut)}
    for record, name in places:
        setattr(record, name, people[getattr(record, f"{name}_id")])


def _protections_shown(family, viewer, same, shut) -> list[Protection]:
    """The protections that the viewer is shown, each with its address as it is shown to them."""
    unseen = shut_records(viewer, same)
    rows = [row for row in records_of(family, PROTECTION) if row.person_id not in unseen]
    rows = as_open_families_wrote(viewer, rows, shut=shut)
    addresses = as_open_families_wrote(viewer, [row.address for row in rows if row.address_id], shut=shut)
    shown, everyone = {address.pk: address for address in addresses}, everyone_in(family)
    for row in rows:
        row.address = shown.get(row.address_id)
        # Somebody of another family may be named in it: that stands on no page of this one.
        named = [one for one in row.kept_from.all() if one.person_id in everyone]
        row._prefetched_objects_cache = {"kept_from": named}
    return [row for row in rows if row.detail != Detail.ADDRESS or row.address]


def where_something_is_kept(families) -> set[int]:
    """Those of the families (ids) in which a detail is protected or somebody must not learn something: what leaves
    them is looked at by a second person. Four queries, however many there are."""
    rows = list(Membership.objects.filter(family__in=families).values_list("family", "person"))
    of = by_record({person for _, person in rows})
    kept = {of[pk] for pk in Protection.objects.live().filter(person__in=of).values_list("person", flat=True)}
    silences = MustNotLearn.objects.live().filter(Q(reader__in=of) | Q(about__in=of))
    kept |= {of[pk] for pair in silences.values_list("reader", "about") for pk in pair if pk in of}
    return {family for family, person in rows if of[person] in kept}


def warnings_of_all(families, viewer) -> dict[int, list[Entry]]:
    """What stands at the top of each family's pages, by its id: live warnings, then who must not meet (of both of whom
    we know that they are in the family, and no family that is closed to the viewer said so). A fixed number of queries.
    """
    found: dict[int, list[Entry]] = {family.pk: [] for family in families}
    live = WarningMarker.objects.live().filter(family__in=found)
    warnings = list(live.select_related("agreed_by", "person").order_by("pk"))
    rows = list(Membership.objects.filter(family__in=found).values_list("family", "person")) if found else []
    same = everyone_who_are({person for _, person in rows})
    people: dict[int, set[int]] = {pk: set() for pk in found}
    for pk, person in rows:
        people[pk] |= same[person]
    everyone = set().union(*people.values())
    pairs = MustNotMeet.objects.live().filter(one__in=everyone, other__in=everyone)
    pairs = list(pairs.select_related("agreed_by", "one", "other").order_by("pk"))
    of = {pk: min(ids) for ids in same.values() for pk in ids}
    shut = shut_parts(closed_to(viewer), of) if pairs or warnings else NOTHING_SHUT
    pairs = as_open_families_wrote(viewer, pairs, *WHOSE[MUST_NOT_MEET], shut=shut)
    _call_them_as_shown(viewer, [*((WARNING, one) for one in warnings), *((MUST_NOT_MEET, one) for one in pairs)], shut)
    for record in warnings:
        found[record.family_id].append(say(WARNING, record))
    for record in pairs:
        for pk in found:
            if {record.one_id, record.other_id} <= people[pk]:
                found[pk].append(say(MUST_NOT_MEET, record))
    return found
