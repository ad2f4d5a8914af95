"""Who is found by what somebody typed: among the records that they may see, and nothing else.

Ranking, limits and counts come after the viewer's own scope, so nothing that is shut to them changes what they get.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from cpc.core.accounts.permissions import seen_by
from families.choices import Part
from families.models import Family, Membership, Person, PersonName
from families.permissions import either, not_barred, visible_people
from families.queries.same_person import everyone_who_are
from families.queries.shut import as_open_families_wrote, is_older_version
from families.queries.shut_people import people_shown
from families.rules import search as rules

MOST, MOST_ROWS, MOST_FAMILIES = 50, 200, 20
A_NUMBER = 100  # counts for more than all the words and dates beside it


@dataclass(frozen=True)
class Hit:
    """A person who was found, why, and the families that the viewer may see them in."""

    person: Person
    why: tuple[str, ...]
    families: tuple[Membership, ...]
    score: float = field(repr=False, default=0)

    @property
    def is_child(self) -> bool:
        """Whether they are a child of one of these families."""
        return any(row.part == Part.CHILD for row in self.families)


@dataclass(frozen=True)
class Found:
    """What a search found. ``more``: there are others behind the last one shown."""

    people: list[Hit]
    families: list[Family]
    more: bool = False


def search(viewer, typed: str) -> Found:
    """The people and families that the viewer may see and that what was typed may mean, the likeliest first."""
    asked = rules.read(typed)
    if not asked:
        return Found([], [])
    # A number that is met leaves all else behind, so whoever else the words beside it may mean is not looked for.
    rows = _by_what_is_shown(viewer, _people(viewer, asked, by_number=True), asked) if asked.numbers else []
    rows = [row for row in rows if row.met >= A_NUMBER]
    rows = _best(rows or _by_what_is_shown(viewer, _people(viewer, asked), asked))
    hits = hits_of(viewer, rows, asked)
    return Found(hits[:MOST], _families(viewer, asked, typed), len(hits) > MOST or len(rows) > MOST_ROWS)


def findable(viewer) -> Q:
    """The records by whose names the viewer may find a person.

    A record of a family that they may see; and one that was merged into a person whom they may see, unless one of its
    own families is closed to them (restricted, or a conflict): then its names stay unknown to them.
    """
    families = seen_by(viewer, Family).order_by().values("pk")
    of_kept = Membership.objects.filter(person=OuterRef("merged_into"), family__in=families)
    of_sister = Membership.objects.filter(person__merged_into=OuterRef("merged_into"), family__in=families)
    closed = Family.objects.filter(memberships__person=OuterRef("pk")).filter(~not_barred(viewer))
    follows = Q(merged_into__isnull=False) & (Exists(of_kept) | Exists(of_sister)) & ~Exists(closed)
    return visible_people(viewer) | follows


def _people(viewer, asked, by_number=False):
    """The records that may be meant, those that meet most of what was typed first."""
    marks = sorted({mark for word in asked.words for mark in word.marks})
    days = [*asked.born, *asked.born_near]
    meant = Q(pk__in=[])
    if marks and not by_number:
        meant |= Q(found_by__overlap=marks)
    if days and not by_number:
        meant |= Q(born_on__in=days) | Q(expected_on__in=days)
    if asked.numbers:
        meant |= _by_number(asked.numbers)
    met = [_score(Q(found_by__overlap=word.marks), 1) for word in asked.words]
    rank = [_best_of(word) for word in asked.words]
    if days:
        met.append(_score(Q(born_on__in=days) | Q(expected_on__in=days), 1))
        rank.append(_score(Q(born_on__in=asked.born) | Q(expected_on__in=asked.born), rules.BORN_THEN))
    if asked.numbers:
        met.append(_score(_by_number(asked.numbers), A_NUMBER))
    found = Person.objects.filter(meant).filter(findable(viewer)).defer("found_by")
    found = found.annotate(met=sum(met[1:], met[0]), rank=sum(rank, Value(0)))
    return found.order_by("-met", "-rank", "pk")


def _by_number(numbers) -> Q:
    spelled = sorted({each for number in numbers for each in (number, number.upper(), number.lower())})
    return Q(nhs_number__in=spelled) | Q(upn__in=spelled) | Q(case_system_id__in=spelled)


def _score(condition, counts):
    return Case(When(condition, then=Value(counts)), default=Value(0), output_field=IntegerField())


def _best_of(word):
    ways = [When(found_by__overlap=list(marks), then=Value(counts)) for counts, marks in word.ways]
    return Case(*ways, default=Value(0), output_field=IntegerField())


def _by_what_is_shown(viewer, rows, asked) -> list[Person]:
    """The rows as the viewer is shown them, with what each meets by that: nobody is found by a name, a date or a number
    that only a closed family wrote."""
    rows = people_shown(viewer, rows[: MOST_ROWS + 1])
    others = list(PersonName.objects.filter(person__in=[row.pk for row in rows]))
    shown, written = defaultdict(list), defaultdict(list)
    for name in as_open_families_wrote(viewer, others):
        shown[name.person_id] += [name.first_name, name.last_name]
    for name in others:
        written[name.person_id] += [name.first_name, name.last_name]
    for row in rows:
        if is_older_version(row) or written[row.pk] != shown[row.pk]:
            row.met = _met([row.first_name, row.last_name, row.known_as, *shown[row.pk]], row, asked)
    return [row for row in rows if row.met > 0]


def _met(names, row, asked) -> int:
    """How much of what was typed these names, and the dates and numbers of the row, meet: as ``_people`` asks."""
    marks, days = set(rules.marks_of(names)), {*asked.born, *asked.born_near}
    met = sum(bool(marks & {*word.marks}) for word in asked.words)
    met += bool(days & {row.born_on, row.expected_on})
    return met + A_NUMBER * bool(_numbers_of(row) & {number.casefold() for number in asked.numbers})


def _numbers_of(row) -> set[str]:
    return {number.casefold() for number in (row.nhs_number, row.upn, row.case_system_id) if number}


def _best(rows) -> list[Person]:
    """Those that meet as much of what was typed as any does; a number that is met leaves all else behind."""
    most = max((row.met for row in rows), default=0)
    return [row for row in rows if row.met == most]


def hits_of(viewer, rows, asked) -> list[Hit]:
    """The people for whom these records stand, each once, with why and where; the likeliest first."""
    everyone = everyone_who_are({row.pk for row in rows})
    kept = Person.objects.filter(pk__in={row.merged_into_id or row.pk for row in rows}).defer("found_by")
    kept = {person.pk: person for person in people_shown(viewer, kept)}
    names = _names(viewer, rows)
    places = families_of(viewer, {pk for ids in everyone.values() for pk in ids})
    best: dict[int, Hit] = {}
    for row in rows:
        person = kept[row.merged_into_id or row.pk]
        score, why = _why(row, person, names[row.pk], asked)
        families = tuple(place for pk in sorted(everyone[row.pk]) for place in places.get(pk, ()))
        hit = Hit(person, why, _each_family_once(families), score)
        if person.pk not in best or best[person.pk].score < score:
            best[person.pk] = hit
    return sorted(
        best.values(), key=lambda hit: (-hit.score, hit.person.last_name, hit.person.first_name, hit.person.pk)
    )


def _names(viewer, rows) -> dict[int, list[tuple[str, tuple[str, str], str]]]:
    """Each name of each record that the viewer is shown: what it is, its parts, how it is written. The one that letters
    print comes first."""
    found = {}
    for row in rows:
        found[row.pk] = [("", (row.first_name, row.last_name), row.full_name)]
        if row.known_as:
            written = f"{row.known_as} {row.last_name}".strip()
            found[row.pk].append(("also known as", (row.known_as, row.last_name), written))
    for other in as_open_families_wrote(viewer, PersonName.objects.filter(person__in=found)):
        label = {"former": "before:", "birth": "at birth:", "alias": "also uses"}[other.kind]
        last = other.last_name or next(row.last_name for row in rows if row.pk == other.person_id)
        found[other.person_id].append((label, (other.first_name, last), f"{other.first_name} {last}".strip()))
    return found


def _why(row, person, names, asked) -> tuple[float, tuple[str, ...]]:
    """How well the record fits, and the words that say why where the name shown does not say it."""
    score, why = 0.0, []
    if asked.words:
        label, likeness, written = "", 0.0, ""
        for each_label, parts, text in names:
            if (alike := rules.likeness(asked.words_typed, parts)) > likeness + 0.01:
                label, likeness, written = each_label, alike, text
        together = rules.likeness(asked.words_typed, [part for _, parts, _ in names for part in parts])
        score += 10 * max(likeness, together - 0.05)
        if row.pk != person.pk and written and written != person.full_name:
            why.append(f"also recorded as {written}")
        elif label:
            why.append(f"{label} {written}")
    day = row.born_on or row.expected_on
    if day in asked.born:
        score += 8
    elif day in asked.born_near:
        score += 5
        why.append("day and month of the date changed about")
    for number, said in ((row.nhs_number, "NHS number"), (row.upn, "UPN"), (row.case_system_id, "case system number")):
        if number and number.casefold() in {each.casefold() for each in asked.numbers}:
            score += 100
            why.append(said)
    return score, tuple(why)


def families_of(viewer, ids) -> dict[int, list[Membership]]:
    """For each record (ids) its parts in the families that the viewer may see, the latest family first. One query."""
    found: dict[int, list[Membership]] = {}
    rows = Membership.objects.filter(person__in=ids, family__in=seen_by(viewer, Family).order_by().values("pk"))
    for row in rows.select_related("family__team").order_by("-family__opened_on", "pk"):
        found.setdefault(row.person_id, []).append(row)
    return found


def _each_family_once(rows) -> tuple[Membership, ...]:
    return tuple({row.family_id: row for row in reversed(rows)}.values())


def _families(viewer, asked, typed) -> list[Family]:
    """The families whose name or case number was typed."""
    whole = typed.strip()
    ids = Family.objects.order_by().values("pk")
    # Each by an index of its own: one condition for both would have every family read.
    meant = [ids.filter(case_number__in={whole, whole.upper(), whole.lower(), *asked.numbers})]
    if asked.words:
        named = [Q(found_by__overlap=[mark for mark in word.marks if not mark.startswith("~")]) for word in asked.words]
        meant.append(ids.filter(*named))
    found = seen_by(viewer, Family).filter(either(meant)).select_related("team", "social_worker").defer("found_by")
    return list(found.order_by("-opened_on", "-id")[:MOST_FAMILIES])


def families_meant(viewer, typed: str) -> list[Family]:
    """The families that the viewer may see and whose name or case number was typed."""
    return _families(viewer, rules.read(typed), typed)


def families_called(viewer, name: str) -> list[Family]:
    """The families that the viewer may see and that have a name like this one."""
    asked = rules.Asked(rules.read(name).words)
    return [one for one in _families(viewer, asked, name) if rules.likeness(asked.words_typed, [one.name]) >= 0.7]
