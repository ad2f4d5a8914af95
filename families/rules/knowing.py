"""What one reader must not learn of a family. Pure: plain values in, answers out; no database, no clock, no Django.

Closed by default: no copy prints any address, phone or e-mail but its reader's own. An entry (a protection, a must not
learn) only ever adds to what is kept; what the reader knows is only what is theirs, and not where an entry names them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from cpc.core.documents.protected import (
    STOPS,
    Protected,
    protect_address,
    protect_email,
    protect_fact,
    protect_phone,
    same_as,
)
from families.rules.secrets import School, Secrets, Shield
from families.rules.spellings import (
    protect_baby,
    protect_either_name,
    protect_names,
    protect_pregnancy,
    protect_school,
    surroundings,
)

EXISTENCE, PATERNITY, WHEREABOUTS = "existence", "paternity", "whereabouts"
PLACEMENT, SCHOOL = "placement", "school"
PLACED = ("placement", "refuge")
# What an entry keeps is another value than what no copy prints anyway: what was judged of it before lapses.
_BY_ENTRY = "protected "


@dataclass(frozen=True)
class Kept:
    """What one reader must not learn.

    ``people`` are named nowhere in what the reader gets; of ``ties`` (adult, child) nothing is said; ``agencies`` are
    schools that are not named; where those in ``homes`` live is not said, not even in a drawing. ``protected`` and
    ``known`` are for the release check, ``sources`` say why, to staff.
    """

    people: frozenset[int] = frozenset()
    ties: frozenset[tuple[int, int]] = frozenset()
    agencies: frozenset[int] = frozenset()
    homes: frozenset[int] = frozenset()
    protected: list[Protected] = field(default_factory=list)
    known: list[Protected] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def kept_from(secrets: Secrets, reader: int | None, unnamed: Iterable[int] = ()) -> Kept:
    """What ``reader`` (None: a professional) must not learn; ``unnamed`` are further people not to be named."""
    silences = [one for one in secrets.silences if reader is not None and one.reader == reader]
    shields = [one for one in secrets.shields if _applies(one, reader)]
    hidden = _hidden(secrets, silences, reader)
    where = _about(silences, WHEREABOUTS)
    where |= _housemates(secrets, where) - {reader}
    names, own_names = _names(secrets, silences, hidden, hidden | (frozenset(unnamed) - {reader}))
    places, own_places = _places(secrets, silences, shields, where | hidden, reader)
    numbers, own_numbers = _numbers(secrets, shields, reader)
    schools = _schools(secrets, _about(silences, SCHOOL) | where, hidden)
    taught = [
        one
        for school in schools
        for one in protect_school(
            school.name, phone=school.phone, email=school.email, whose=f"{_label(secrets, school.child)}’s school"
        )
    ]
    words = [
        one
        for silence in silences
        for one in protect_fact("\n".join(silence.words), whose=_label(secrets, silence.about))
    ]
    firm = {same_as(one) for one in (*taught, *words) if one.kind in STOPS}
    known = [one for one in (*own_names, *own_places, *own_numbers) if same_as(one) not in firm]
    return Kept(
        people=hidden,
        ties=frozenset((one.about, one.of_child) for one in silences if one.what == PATERNITY),
        agencies=frozenset(school.agency for school in schools),
        homes=_homes(secrets, silences, reader),
        protected=list(dict.fromkeys([*names, *places, *numbers, *taught, *words])),
        known=list(dict.fromkeys(known)),
        sources=list(dict.fromkeys(one.why for one in (*silences, *shields) if one.why)),
    )


def _homes(secrets, silences, reader) -> frozenset[int]:
    """Whose home is not said where the reader is in the room: others are too, so a reader’s own that is kept is not
    said either."""
    away = _about(silences, WHEREABOUTS) | _about(silences, PLACEMENT)
    kept = [one for one in secrets.shields if one.detail == "address"]
    away |= {one.person for one in kept if one.from_everyone or reader in one.readers}
    return frozenset(away | _housemates(secrets, away))


def _applies(shield: Shield, reader: int | None) -> bool:
    if shield.person == reader:
        return False
    return shield.from_everyone or reader in shield.readers


def _about(silences, what) -> frozenset[int]:
    return frozenset(one.about for one in silences if one.what == what)


def _label(secrets, person) -> str:
    return next((one.label for one in secrets.people if one.id == person), "")


def _hidden(secrets, silences, reader) -> frozenset[int]:
    """Whom the reader must find named nowhere: those kept, and whoever is known to them through those alone."""
    around = defaultdict(set)
    for bond in secrets.bonds:
        around[bond.one].add(bond.other)
        around[bond.other].add(bond.one)
    hidden = set(_about(silences, EXISTENCE))
    quiet = defaultdict(set)
    for one in silences:
        if one.what == PATERNITY:
            quiet[one.about].add(one.of_child)
    placed = _about(silences, PLACEMENT) | _about(silences, WHEREABOUTS)
    homes = {place.house for place in secrets.places if place.person in placed and place.kind in PLACED}
    carers = {place.person for place in secrets.places if place.house in homes and place.person not in placed}
    caring = {(bond.one, bond.other) for bond in secrets.bonds if bond.kind == "carer"}
    while True:
        more = {pk for pk, others in around.items() if others & hidden and others <= hidden | quiet[pk]}
        more |= {pk for pk, children in quiet.items() if around[pk] <= hidden | children}
        more |= {pk for pk in carers if all((pk, child) in caring and child in placed for child in around[pk])}
        more -= {reader, *hidden}
        if not more:
            return frozenset(hidden - {reader})
        hidden |= more


def _housemates(secrets, people) -> frozenset[int]:
    """Whoever lives in one household, or at one address, with any of ``people``."""
    homes = [home for home in secrets.homes if home & people]
    houses = {place.house for place in secrets.places if place.now and place.person in people}
    there = {place.person for place in secrets.places if place.now and place.house in houses}
    return frozenset(there.union(*homes))


def _names(secrets, silences, hidden, unnamed):
    """(names that are kept, names that are known): a father whom the reader knows as somebody else is asked about."""
    kept, known = [], []
    fathers = _about(silences, PATERNITY) - unnamed
    told = _about(silences, EXISTENCE) | hidden
    expected = [one.id for one in secrets.people if one.unborn]
    for person in secrets.people:
        found = protect_names(person.names, person.also, person.label)
        if person.unborn:
            found += [one for _, last in person.names for one in protect_baby(f"Unborn {last}", person.label)]
        if person.id in unnamed:
            kept += found
            if person.id in told and set(expected) <= told:
                kept += protect_pregnancy(person.label)
        elif person.id in fathers:
            asked = [one for first, last in person.names for one in protect_either_name(first, last, person.label)]
            kept += asked
            known += [one for one in found if same_as(one) not in {same_as(each) for each in asked}]
        else:
            known += found
    return kept, known


def _places(secrets, silences, shields, where, reader):
    """(what of addresses is kept, what the reader knows of their own)."""
    others = [place for place in secrets.places if place.person != reader]
    own = [place for place in secrets.places if place.person == reader]
    placed = _about(silences, PLACEMENT)
    named = {one.address for one in shields if reader in one.readers}
    shielded = {one.address for one in shields if one.detail == "address"}

    def by_name(place):  # an entry names this reader, and it is where somebody lives
        quiet = place.person in where or (place.person in placed and place.kind in PLACED)
        return place.id in named or (quiet and place.now)

    firm = [place for place in others if by_name(place) or place.id in shielded or _is_refuge(place)]
    quiet = {id(place) for place in firm}
    open_places = [place for place in secrets.places if id(place) not in quiet]
    ordinary = {same_as(one) for place in open_places for one in surroundings(place.lines)}
    kept = []
    for place in others:
        whose = f"{_label(secrets, place.person)}’s {_BY_ENTRY if id(place) in quiet else ''}address"
        kept += protect_address(*place.lines, postcode=place.postcode, whose=whose)
        if id(place) in quiet and reader is not None:
            nearby = surroundings(place.lines, place.care_of, whose)
            kept += [one for one in nearby if same_as(one) not in ordinary]
    # Who lives there now by our record knows it, unless an entry says of them by name that they must not.
    barred = {place.house for place in firm if by_name(place)}
    home = [place for place in own if place.now and place.house not in barred]
    once = [place for place in own if place not in home]
    secret = {same_as(one) for place in firm for one in _said(place)}
    known = [one for place in home for one in _said(place)]
    known += [one for place in once for one in _said(place) if same_as(one) not in secret]
    return kept, known


def _is_refuge(place) -> bool:
    return place.kind == "refuge"


def _said(place) -> list[Protected]:
    return [*protect_address(*place.lines, postcode=place.postcode), *surroundings(place.lines, place.care_of)]


def _numbers(secrets, shields, reader):
    """(phones and e-mail addresses that are kept, the reader's own where they are nobody's whom an entry keeps)."""
    kept, known, barred = [], [], set()
    named = {(one.person, one.detail) for one in shields if reader in one.readers}
    shielded = {(one.person, one.detail) for one in shields}
    for number in secrets.numbers:
        label = _label(secrets, number.person)
        whose = {
            detail: f"{label}’s {_BY_ENTRY if (number.person, detail) in shielded else ''}{detail}"
            for detail in ("phone", "email")
        }
        phone = protect_phone(number.phone, whose=whose["phone"])
        email = protect_email(number.email, whose=whose["email"])
        if number.person == reader:
            known += [*phone, *email]
            continue
        kept += [*phone, *email]
        barred |= {same_as(one) for one in phone if (number.person, "phone") in named}
        barred |= {same_as(one) for one in email if (number.person, "email") in named}
    return kept, [one for one in known if same_as(one) not in barred]


def _schools(secrets, quiet, hidden) -> list[School]:
    """The schools that are not named; that of a child who is hidden only where no child goes of whom one may read."""
    named = {school.agency for school in secrets.schools if school.child not in quiet | hidden}
    return [
        school
        for school in secrets.schools
        if school.child in quiet or (school.child in hidden and school.agency not in named)
    ]
