"""What one reader must not learn about a family. Pure: plain values in, answers out; no database, no clock, no Django.

Closed by default: a copy prints no address, phone or e-mail address except its reader's own. An entry (a protection, a
must-not-learn) can only add to what is withheld. A reader knows their own details, unless an entry names this reader.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from cpc.core.documents.protected import (
    STOPS,
    Protected,
    protect_address,
    protect_email,
    protect_fact,
    protect_phone,
    protect_school,
    same_as,
)
from families.protections.rules.records import AddressRow, FamilyRecord, ProtectedDetail, School, WithheldFact
from families.protections.rules.spellings import (
    protect_baby,
    protect_description,
    protect_either_name,
    protect_names,
    protect_pregnancy,
    protect_refuge,
    surroundings,
)

EXISTENCE, PATERNITY, WHEREABOUTS = "existence", "paternity", "whereabouts"
PLACEMENT, SCHOOL = "placement", "school"
# Where a child is placed, in anything written: a refuge counts too. At a conference only placements decide who is kept
# separate (conferences/separation/queries.py). These are two questions, on purpose (ADR 14).
PLACED = ("placement", "refuge")
# This word marks a value that an entry protects, unlike the values that no copy prints anyway. A new entry therefore
# changes the value, and an earlier judgement of it lapses.
_BY_ENTRY = "protected "
Sides = tuple[list[Protected], list[Protected]]  # what is kept from the reader, what the reader knows


@dataclass(frozen=True)
class Withheld:
    """What one reader must not learn.

    ``people`` are not named anywhere in what the reader gets. ``paternities`` are (father, child) pairs: nothing says
    that he is the father. ``agencies`` are schools that are not named. Nothing says where the people in ``homes`` live,
    drawings included. ``speakers`` are people that an entry protects from this reader by name: their own words are held
    back until the chair includes them. ``protected`` and ``known`` are for the release check; ``sources`` tell staff
    the reasons.
    """

    people: frozenset[int] = frozenset()
    paternities: frozenset[tuple[int, int]] = frozenset()
    agencies: frozenset[int] = frozenset()
    homes: frozenset[int] = frozenset()
    speakers: frozenset[int] = frozenset()
    protected: list[Protected] = field(default_factory=list)
    known: list[Protected] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def withheld_from(record: FamilyRecord, reader: int | None, unnamed: Iterable[int] = ()) -> Withheld:
    """What ``reader`` must not learn (None: a professional). ``unnamed`` are further people who must not be named."""
    facts = [one for one in record.withheld_facts if reader is not None and one.reader == reader]
    details = [one for one in record.protected_details if _applies(one, reader)]
    hidden = _hidden_people(record, facts, reader)
    whereabouts = _about(facts, WHEREABOUTS)
    whereabouts |= _housemates(record, whereabouts) - {reader}
    names, own_names = _names(record, facts, hidden, hidden | (frozenset(unnamed) - {reader}))
    addresses, own_addresses = _addresses(record, facts, details, whereabouts | hidden, reader)
    numbers, own_numbers = _contact_numbers(record, details, reader)
    schools = _schools(record, _about(facts, SCHOOL) | whereabouts, hidden)
    school_values = [
        one
        for school in schools
        for one in protect_school(
            school.name, phone=school.phone, email=school.email, whose=f"{_label(record, school.child)}’s school"
        )
    ]
    fact_values = [
        one for fact in facts for one in protect_fact("\n".join(fact.words), whose=_label(record, fact.about))
    ]
    strict = {same_as(one) for one in (*school_values, *fact_values) if one.kind in STOPS}
    known = [one for one in (*own_names, *own_addresses, *own_numbers) if same_as(one) not in strict]
    return Withheld(
        people=hidden,
        paternities=frozenset(
            (one.about, one.of_child) for one in facts if one.what == PATERNITY and one.of_child is not None
        ),
        agencies=frozenset(school.agency for school in schools),
        homes=_withheld_homes(record, facts, reader),
        speakers=_speakers(record, facts, details, reader),
        protected=list(dict.fromkeys([*names, *addresses, *numbers, *school_values, *fact_values])),
        known=list(dict.fromkeys(known)),
        sources=_sources(facts, [one for one in details if not _is_own_home(record, one, reader)]),
    )


def _sources(facts: Sequence[WithheldFact], details: Sequence[ProtectedDetail]) -> list[str]:
    return list(dict.fromkeys(why for why in (*(one.why for one in facts), *(one.why for one in details)) if why))


def _is_own_home(record: FamilyRecord, detail: ProtectedDetail, reader: int | None) -> bool:
    """Whether this is the address of somebody the reader lives with, so that nobody is warned about it. An entry that
    names the reader is a warning all the same.
    """
    if reader is None or detail.detail != "address" or reader in detail.readers:
        return False
    if any({reader, detail.person} <= household for household in record.households):
        return True
    houses = {address.house for address in record.addresses if address.person == reader and address.now}
    return any(address.id == detail.address and address.house in houses for address in record.addresses)


def _withheld_homes(record: FamilyRecord, facts: Sequence[WithheldFact], reader: int | None) -> frozenset[int]:
    """The people with a home that is not mentioned while the reader is in the room.

    The reader's own protected address is among them, because other people are in the room too.
    """
    away = _about(facts, WHEREABOUTS) | _about(facts, PLACEMENT)
    protected = [one for one in record.protected_details if one.detail == "address"]
    away |= {one.person for one in protected if one.from_everyone or reader in one.readers}
    return frozenset(away | _housemates(record, away))


def _speakers(
    record: FamilyRecord, facts: Sequence[WithheldFact], details: Sequence[ProtectedDetail], reader: int | None
) -> frozenset[int]:
    if reader is None:
        return frozenset()
    named = {one.person for one in details if reader in one.readers} | {one.about for one in facts}
    named |= {protected for protected, other in record.kept_apart if other == reader}
    return frozenset(named - {reader})


def _applies(detail: ProtectedDetail, reader: int | None) -> bool:
    if detail.person == reader:
        return False
    return detail.from_everyone or reader in detail.readers


def _about(facts: Sequence[WithheldFact], what: str) -> frozenset[int]:
    return frozenset(one.about for one in facts if one.what == what)


def _label(record: FamilyRecord, person: int) -> str:
    return next((one.label for one in record.people if one.id == person), "")


def _hidden_people(record: FamilyRecord, facts: Sequence[WithheldFact], reader: int | None) -> frozenset[int]:
    """The people who must not be named at all to this reader.

    They are those who must not be known to exist, and the people who are related only to someone hidden. Withheld
    fathers and the carers of a withheld placement are included when nothing else links them to the family.
    """
    related: dict[int, set[int]] = defaultdict(set)
    for relation in record.relations:
        related[relation.one].add(relation.other)
        related[relation.other].add(relation.one)
    hidden = set(_about(facts, EXISTENCE))
    children_of: dict[int, set[int | None]] = defaultdict(set)  # the children of each withheld father
    for one in facts:
        if one.what == PATERNITY:
            children_of[one.about].add(one.of_child)
    placed = _about(facts, PLACEMENT) | _about(facts, WHEREABOUTS)
    homes = {address.house for address in record.addresses if address.person in placed and address.kind in PLACED}
    carers = {address.person for address in record.addresses if address.house in homes and address.person not in placed}
    caring = {(relation.one, relation.other) for relation in record.relations if relation.kind == "carer"}
    while True:
        more = {pk for pk, others in related.items() if others & hidden and others <= hidden | children_of[pk]}
        more |= {pk for pk, children in children_of.items() if related[pk] <= hidden | children}
        more |= {pk for pk in carers if all((pk, child) in caring and child in placed for child in related[pk])}
        more -= {reader, *hidden}
        if not more:
            return frozenset(hidden - {reader})
        hidden |= more


def _housemates(record: FamilyRecord, people: Collection[int]) -> frozenset[int]:
    """Everybody who shares a household or a present address with any of ``people``, and these people themselves."""
    households = [household for household in record.households if household.intersection(people)]
    houses = {address.house for address in record.addresses if address.now and address.person in people}
    there = {address.person for address in record.addresses if address.now and address.house in houses}
    return frozenset(there.union(*households))


def _names(
    record: FamilyRecord, facts: Sequence[WithheldFact], hidden: frozenset[int], unnamed: frozenset[int]
) -> Sides:
    """(withheld names, known names).

    A withheld father is named if the reader knows him in another role; the check then asks about each use of his name.
    """
    withheld: list[Protected] = []
    known: list[Protected] = []
    fathers = _about(facts, PATERNITY) - unnamed
    secret = _about(facts, EXISTENCE) | hidden
    expected = [one.id for one in record.people if one.unborn]
    for person in record.people:
        found = protect_names(person.names, person.also, person.label)
        if person.unborn:
            found += [one for _, last in person.names for one in protect_baby(f"Unborn {last}", person.label)]
        if person.id in unnamed:
            withheld += found
            if person.id in secret and set(expected) <= secret:
                withheld += protect_pregnancy(person.label)
        elif person.id in fathers:
            asked = [one for first, last in person.names for one in protect_either_name(first, last, person.label)]
            withheld += asked
            known += [one for one in found if same_as(one) not in {same_as(each) for each in asked}]
        else:
            known += found
    return withheld, known


def _addresses(
    record: FamilyRecord,
    facts: Sequence[WithheldFact],
    details: Sequence[ProtectedDetail],
    whereabouts: frozenset[int],
    reader: int | None,
) -> Sides:
    """(what is withheld of addresses, what the reader knows of their own)."""
    others = [address for address in record.addresses if address.person != reader]
    own = [address for address in record.addresses if address.person == reader and address.agreed]
    placed = _about(facts, PLACEMENT)
    named_for_reader = {one.address for one in details if reader in one.readers}
    protected = {one.address for one in details if one.detail == "address"}

    def is_named_for_reader(address: AddressRow) -> bool:
        """Whether an entry withholds this address from this reader by name."""
        by_fact = address.person in whereabouts or (address.person in placed and address.kind in PLACED)
        return address.id in named_for_reader or (by_fact and address.now)

    strict = [
        address for address in others if is_named_for_reader(address) or address.id in protected or _is_refuge(address)
    ]
    flagged = {id(address) for address in strict}
    ordinary = {
        same_as(one)
        for address in record.addresses
        if id(address) not in flagged
        for one in surroundings(address.lines)
    }
    withheld: list[Protected] = []
    for address in others:
        whose = f"{_label(record, address.person)}’s {_BY_ENTRY if id(address) in flagged else ''}address"
        withheld += protect_address(*address.lines, postcode=address.postcode, whose=whose)
        if id(address) in flagged and reader is not None:
            nearby = surroundings(address.lines, address.care_of, whose)
            withheld += [one for one in nearby if same_as(one) not in ordinary]
            withheld += protect_description(whose)
            withheld += protect_refuge(whose) if _is_refuge(address) else []
    # Readers know the house where our record says they live now, unless an entry withholds it from them by name.
    withheld_houses = {address.house for address in strict if is_named_for_reader(address)}
    home = [address for address in own if address.now and address.house not in withheld_houses]
    former = [address for address in own if address not in home]
    secret = {same_as(one) for address in strict for one in _values_of(address)}
    known = [one for address in home for one in _values_of(address)]
    known += [one for address in former for one in _values_of(address) if same_as(one) not in secret]
    return withheld, known


def _is_refuge(address: AddressRow) -> bool:
    return address.kind == "refuge"


def _values_of(address: AddressRow) -> list[Protected]:
    return [*protect_address(*address.lines, postcode=address.postcode), *surroundings(address.lines, address.care_of)]


def _contact_numbers(record: FamilyRecord, details: Sequence[ProtectedDetail], reader: int | None) -> Sides:
    """(withheld phones and e-mail addresses, the reader's own).

    A number of the reader's own is not known to them where an entry withholds the same number from them by name.
    """
    withheld: list[Protected] = []
    known: list[Protected] = []
    withheld_by_name: set[str] = set()
    named_for_reader = {(one.person, one.detail) for one in details if reader in one.readers}
    protected = {(one.person, one.detail) for one in details}
    for number in record.contact_numbers:
        label = _label(record, number.person)
        whose = {
            detail: f"{label}’s {_BY_ENTRY if (number.person, detail) in protected else ''}{detail}"
            for detail in ("phone", "email")
        }
        phone = protect_phone(number.phone, whose=whose["phone"])
        email = protect_email(number.email, whose=whose["email"])
        if number.person == reader:
            known += [*phone, *email]
            continue
        withheld += [*phone, *email]
        withheld_by_name |= {same_as(one) for one in phone if (number.person, "phone") in named_for_reader}
        withheld_by_name |= {same_as(one) for one in email if (number.person, "email") in named_for_reader}
    return withheld, [one for one in known if same_as(one) not in withheld_by_name]


def _schools(record: FamilyRecord, children: frozenset[int], hidden: frozenset[int]) -> list[School]:
    """The schools that are not named: those of ``children``.

    The school of a hidden child is not named either, unless a child that the reader may read about goes there.
    """
    open_agencies = {school.agency for school in record.schools if school.child not in children | hidden}
    return [
        school
        for school in record.schools
        if school.child in children or (school.child in hidden and school.agency not in open_agencies)
    ]
