"""A family as a genogram, with the words under each symbol; and the same facts as rows of a table."""

import string
from dataclasses import dataclass, field, replace
from datetime import date
from textwrap import wrap

from cpc.core.accounts.permissions import Viewer
from cpc.core.kernel.dates import age_on
from cpc.core.kernel.phrases import listed
from families.overview.rules import genogram as rules
from families.people.choices import PARENTS, RelationshipKind, Sex
from families.people.models import Household as Home
from families.people.models import HouseholdMember
from families.people.queries.adults import tie_of
from families.people.queries.household import FamilyMembers, Member, born_in_words

WIDE = 15  # bold letters that go under a symbol in one line, inside the outline of a household
MOST_LINES = 4  # under a symbol: of the name, the dates and a mark together
SHAPES = {Sex.MALE: "square", Sex.FEMALE: "circle"}


@dataclass(frozen=True)
class Figure:
    """One symbol, with the text in it and under it."""

    placed: rules.Placed
    member: Member
    shape: str
    inside: str
    words: tuple[tuple[int, str], ...]  # (height, words)
    in_custody: bool = False


@dataclass(frozen=True)
class Outlined:
    """A household's outline with its letter and name."""

    letter: str
    name: str
    is_main: bool
    path: str
    corners: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Fact:
    """A person's row in the table under the drawing."""

    member: Member
    born: str
    is_what: list[str]
    homes: list[str]
    responsible_for: str
    cares_for: str
    notes: list[str]


@dataclass(frozen=True)
class Picture:
    """The drawing, ready for its template, and the table that says the same."""

    drawing: rules.Drawing
    figures: tuple[Figure, ...]
    paths: tuple[tuple[rules.Line, str], ...]
    outlines: tuple[Outlined, ...]
    facts: tuple[Fact, ...]
    styles: frozenset[str] = field(default=frozenset())

    @property
    def says(self) -> str:
        """The drawing in a sentence, for who cannot see it."""
        children = sum(figure.member.is_child for figure in self.figures)
        adults = len(self.figures) - children
        lines = (
            f"{children} {'child' if children == 1 else 'children'} and {adults} {'adult' if adults == 1 else 'adults'}"
        )
        homes = f" They live in {listed([home.name for home in self.outlines])}." if self.outlines else ""
        return f"{lines}, eldest generation first.{homes} The table below has the same facts."


def leaving_out(household: FamilyMembers, people=frozenset(), ties=frozenset()) -> FamilyMembers:
    """The household as if ``people`` did not exist and ``ties`` (adult, child) were not known."""

    def stays(row):
        return not {row.child_id, row.adult_id} & people and (row.adult_id, row.child_id) not in ties

    members = tuple(
        replace(one, ties=tuple(filter(stays, one.ties)), kin=tuple(filter(stays, one.kin)))
        for one in household.members
        if one.person.pk not in people
    )
    return replace(household, members=members, relationships=tuple(filter(stays, household.relationships)))


def genogram_of(household: FamilyMembers, viewer: Viewer, *, homeless=frozenset(), discreet=False) -> Picture:
    """The genogram of the family on the viewer’s day, as far as they may read it (a fixed number of queries).

    ``homeless``: people shown without a home. ``discreet``: no custody, needs or gaps in the record.
    """
    ids = frozenset(person.pk for person in household.people)
    kept_in, on = frozenset() if discreet else household.in_custody, viewer.on
    homes = [(home, stays & ids - homeless) for home, stays in _homes(household.family)]
    homes = [(home, stays) for home, stays in homes if stays]
    drawing = rules.genogram(
        [
            rules.Someone(member.person.pk, rank, member.is_child)
            for rank, member in enumerate(sorted(household.members, key=_eldest_first))
        ],
        [tie_of(row) for row in household.relationships],
        [rules.Couple(row.one_id, row.other_id, _now(row, on)) for row in household.partnerships],
        [rules.Home(home.pk, stays, home.is_main) for home, stays in homes],
    )
    members = {member.person.pk: member for member in household.members}
    names = {home.pk: (letter, home) for letter, (home, _) in zip(string.ascii_uppercase * 2, homes, strict=False)}
    partners = _partners(household, on)
    return Picture(
        drawing=drawing,
        figures=tuple(_figure(placed, members[placed.id], on, placed.id in kept_in) for placed in drawing.placed),
        paths=tuple((line, _path(line.points)) for line in drawing.lines),
        outlines=tuple(_outlined(outline, *names[outline.key]) for outline in drawing.outlines),
        facts=tuple(
            _fact(member, on, homes, names, member.person.pk in kept_in, discreet, partners)
            for member in household.members
        ),
        styles=frozenset(line.style for line in drawing.lines),
    )


def _homes(family):
    """Each household of the family with the ids of who lives there now, the main one first (two queries)."""
    found = {home.pk: (home, set()) for home in Home.objects.filter(family=family).order_by("-is_main", "pk")}
    for home, person in HouseholdMember.objects.filter(household__in=found, to_on__isnull=True).values_list(
        "household", "person"
    ):
        found[home][1].add(person)
    return [(home, frozenset(stays)) for home, stays in found.values()]


def _eldest_first(member):
    born = member.person.born_on or (date.max if member.person.expected_on else date.max.replace(year=9000))
    return born, member.person.expected_on or date.min, member.person.pk


def _now(couple, on):
    ended = couple.to_on is not None and couple.to_on <= on
    return "separated" if ended and couple.kind in ("married", "partners") else str(couple.kind)


def _partners(household, on):
    """The present and former partners of each person, as the table shows them."""
    said = {
        "married": "Married to",
        "partners": "Partner of",
        "separated": "Separated from",
        "divorced": "Divorced from",
    }
    names = {member.person.pk: member.name for member in household.members}
    found = {}
    for row in household.partnerships:
        for one, other in ((row.one_id, row.other_id), (row.other_id, row.one_id)):
            found.setdefault(one, []).append(f"{said[_now(row, on)]} {names[other]}")
    return found


def _path(points):
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _outlined(outline, letter, home):
    path = "".join("M" + "L".join(f"{x} {y}" for x, y in loop) + "Z" for loop in outline.loops)
    return Outlined(letter, home.name, home.is_main, path, outline.corners)


def _figure(placed, member, on, is_held):
    person = member.person
    unknown = person.is_unknown
    shape = "triangle" if person.is_unborn else SHAPES.get(person.sex, "diamond")
    inside = "?" if unknown else ""
    if person.born_on and not unknown:
        inside = str(age_on(person.born_on, person.died_on or on))
    dates = []
    if person.is_unborn:
        dates.append(f"due {_short(person.expected_on)}")
    elif person.born_on:
        dates.append(f"b. {_short(person.born_on)}")
    if person.died_on:
        dates.append(f"d. {_short(person.died_on)}")
    elif is_held:
        dates.append("In custody")
    words = words_under(member.name if unknown else person.full_name, dates)
    below = placed.y + rules.SYMBOL // 2
    return Figure(
        placed, member, shape, inside, tuple((below + 15 + 14 * at, said) for at, said in enumerate(words)), is_held
    )


def words_under(name: str, dates: list[str]) -> list[str]:
    """The lines under a symbol: the name, broken so that no line is wider than a household's outline, and the dates."""
    return [*wrap(name, WIDE, max_lines=MOST_LINES - len(dates), placeholder="…"), *dates]


def _short(day):
    return f"{day.day} {day:%b %Y}"


def _fact(member, on, homes, names, is_held, discreet, partners):
    person = member.person
    notes = [f"Died {_short(person.died_on)}"] if person.died_on else []
    notes += ["In custody"] if is_held and not person.died_on else []
    notes += [] if discreet else _needs(person)
    mine = [tie for tie in member.ties if tie.adult_id == person.pk]
    return Fact(
        member=member,
        born="Not known"
        if person.is_unknown
        else born_in_words(person, on)[:1].upper() + born_in_words(person, on)[1:],
        is_what=_childs_parents(member, discreet)
        if member.is_child
        else _adults_ties(member, mine, partners.get(person.pk, [])),
        homes=[f"{names[home.pk][0]}: {home.name}" for home, stays in homes if person.pk in stays],
        responsible_for=listed(
            [
                f"{tie.child.name_in_family}{' when born' if tie.child.is_unborn else ''}"
                for tie in mine
                if tie.parental_responsibility
            ]
        ),
        cares_for=listed([tie.child.name_in_family for tie in mine if tie.main_carer]),
        notes=notes,
    )


def _needs(person):
    said = [f"Needs an interpreter: {person.first_language}"] if person.interpreter_needed else []
    return said + ([person.access_needs] if person.access_needs else [])


def _adults_ties(member, mine, partners):
    """What an adult is to the children, in one line a kind; else what they are to the other adults."""
    kinds = {}
    for tie in mine:
        kinds.setdefault(tie.kind, []).append(tie.child.name_in_family)
    said = [
        f"{RelationshipKind(kind).label} {'to' if kind == RelationshipKind.OTHER else 'of'} {listed(names)}"
        for kind, names in kinds.items()
    ]
    said += member.describe_kin() if not said else []
    return said + partners or [f"{member.part_label}. Relationship not recorded"]


def _childs_parents(member, discreet):
    """A child's parents by name."""
    parents = [tie for tie in member.ties if tie.kind in PARENTS and tie.child_id == member.person.pk]
    parents.sort(key=lambda tie: tie.kind == RelationshipKind.FATHER)
    said = [f"{RelationshipKind(tie.kind).label}: {tie.adult.full_name}" for tie in parents]
    missing = {*PARENTS} - {tie.kind for tie in parents}
    said += [] if discreet else [f"{kind.label} not recorded" for kind in PARENTS if kind in missing]
    return said + [line for line in member.describe_kin() if line not in said]
