"""Who is found by what somebody typed: among the records that they may see, and nothing else.

Ranking, limits and counts come after the viewer's own scope, so nothing that is shut to them changes what they get.
"""

from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from cpc.core.accounts.permissions import Viewer, condition, few_seen_by, seen_by
from families.cases.models import Family
from families.cases.permissions import any_route
from families.people.choices import Part
from families.people.models import Membership, Person, PersonName
from families.people.queries.merged_records import records_of_each
from families.people.queries.spellings import spellings_of
from families.people.rules import search as rules

MOST, MOST_ROWS, MOST_FAMILIES = 50, 200, 20
A_NUMBER = 100  # counts for more than all the words and dates beside it


class WordsQuery(SearchQuery):
    """A tsquery of words that are folded already: PostgreSQL's parser leaves them alone."""

    template = "%(expressions)s::tsquery"


@dataclass(frozen=True)
class PersonFound:
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
    """What a search found. ``more`` and ``more_families``: there are others behind the last one shown."""

    people: list[PersonFound]
    families: list[Family]
    more: bool = False
    more_families: bool = False


def search(viewer: Viewer, typed: str) -> Found:
    """The people and families that the viewer may see and that what was typed may mean, the likeliest first."""
    asked = read(typed)
    if not asked:
        return Found([], [])
    # If a number matches, only it counts: nothing is searched for the other words.
    rows = _people(viewer, asked, by_number=True)[: MOST_ROWS + 1] if asked.numbers else ()
    rows = [row for row in rows if row.met >= A_NUMBER]
    rows = _best(rows or _people(viewer, asked)[: MOST_ROWS + 1])
    hits = hits_of(viewer, rows, asked)
    families = list(_families(viewer, asked, typed)[: MOST_FAMILIES + 1])
    return Found(
        hits[:MOST], families[:MOST_FAMILIES], len(hits) > MOST or len(rows) > MOST_ROWS, len(families) > MOST_FAMILIES
    )


def read(typed: str) -> rules.Asked:
    """What was typed, with the spellings among the names that are like its words. One query."""
    asked = rules.read(typed)
    return asked.with_spellings(spellings_of(asked.words_typed))


def has_words(query: str) -> Q:
    """The people or families with names that match a tsquery."""
    return Q(search_index=WordsQuery(query))


def findable(viewer: Viewer) -> Q:
    """The records that the viewer may search: those of visible families, and those merged into a visible person."""
    families = seen_by(viewer, Family).order_by().values("pk")
    of_kept = Membership.objects.filter(person=OuterRef("merged_into"), family__in=families)
    of_sister = Membership.objects.filter(person__merged_into=OuterRef("merged_into"), family__in=families)
    follows = Q(merged_into__isnull=False) & (Exists(of_kept) | Exists(of_sister))
    return condition(viewer, Person) | follows


def _people(viewer: Viewer, asked, by_number=False):
    """The records that may be meant, those that meet most of what was typed first."""
    days = [*asked.born, *asked.born_near]
    meant = Q(pk__in=[])
    if asked.words and not by_number:
        meant |= has_words(" | ".join(word.query for word in asked.words))
    if days and not by_number:
        meant |= Q(born_on__in=days) | Q(expected_on__in=days)
    if asked.numbers:
        meant |= _by_number(asked.numbers)
    met = [_score(has_words(word.query), 1) for word in asked.words]
    rank = [_best_of(word) for word in asked.words]
    if days:
        met.append(_score(Q(born_on__in=days) | Q(expected_on__in=days), 1))
        rank.append(_score(Q(born_on__in=asked.born) | Q(expected_on__in=asked.born), rules.BORN_THEN))
    if asked.numbers:
        met.append(_score(_by_number(asked.numbers), A_NUMBER))
    found = Person.objects.filter(meant).filter(findable(viewer)).defer("search_index")
    found = found.annotate(met=sum(met[1:], met[0]), rank=sum(rank, Value(0)))
    return found.order_by("-met", "-rank", "pk")


def _by_number(numbers) -> Q:
    spelled = sorted({each for number in numbers for each in (number, number.upper(), number.lower())})
    return Q(nhs_number__in=spelled) | Q(upn__in=spelled) | Q(case_system_id__in=spelled)


def _score(condition, counts):
    return Case(When(condition, then=Value(counts)), default=Value(0), output_field=IntegerField())


def _best_of(word):
    ways = [When(has_words(query), then=Value(counts)) for counts, query in word.queries]
    return Case(*ways, default=Value(0), output_field=IntegerField())


def _best(rows) -> list[Person]:
    """Those that meet as much of what was typed as any does; a number that is met leaves all else behind."""
    most = max((row.met for row in rows), default=0)
    return [row for row in rows if row.met == most]


def hits_of(viewer: Viewer, rows, asked) -> list[PersonFound]:
    """The people of these records, each once, with the reason and the family; the likeliest first."""
    everyone = records_of_each({row.pk for row in rows})
    kept = Person.objects.defer("search_index").in_bulk({row.merged_into_id or row.pk for row in rows})
    names = _names(rows)
    places = families_of(viewer, {pk for ids in everyone.values() for pk in ids})
    best: dict[int, PersonFound] = {}
    for row in rows:
        person = kept[row.merged_into_id or row.pk]
        score, why = _why(row, person, names[row.pk], asked)
        families = tuple(place for pk in sorted(everyone[row.pk]) for place in places.get(pk, ()))
        hit = PersonFound(person, why, _each_family_once(families), score)
        if person.pk not in best or best[person.pk].score < score:
            best[person.pk] = hit
    return sorted(
        best.values(), key=lambda hit: (-hit.score, hit.person.last_name, hit.person.first_name, hit.person.pk)
    )


def _names(rows) -> dict[int, list[tuple[str, tuple[str, str], str]]]:
    """Each name of each record: what it is, its parts, how it is written. The one that letters print comes first."""
    found = {}
    for row in rows:
        found[row.pk] = [("", (row.first_name, row.last_name), row.full_name)]
        if row.known_as:
            written = f"{row.known_as} {row.last_name}".strip()
            found[row.pk].append(("also known as", (row.known_as, row.last_name), written))
    for other in PersonName.objects.filter(person__in=found):
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


def families_of(viewer: Viewer, ids) -> dict[int, list[Membership]]:
    """For each record (ids) its parts in the families that the viewer may see, the latest family first. One query."""
    found: dict[int, list[Membership]] = {}
    rows = Membership.objects.filter(person__in=ids, family__in=few_seen_by(viewer, Family).order_by().values("pk"))
    for row in rows.select_related("family__team").order_by("-family__opened_on", "pk"):
        found.setdefault(row.person_id, []).append(row)
    return found


def _each_family_once(rows) -> tuple[Membership, ...]:
    return tuple({row.family_id: row for row in reversed(rows)}.values())


def _families(viewer: Viewer, asked, typed) -> QuerySet[Family]:
    """The families with the name or case number that was typed, those that have exactly that first."""
    whole = typed.strip()
    numbers = {whole, whole.upper(), whole.lower(), *asked.numbers}
    ids = Family.objects.order_by().values("pk")
    # Each by an index of its own: one condition for both would have every family read.
    meant = [ids.filter(case_number__in=numbers)]
    if asked.words:
        named = [has_words(word.without_sounds().query) for word in asked.words]
        meant.append(ids.filter(*named))
    found = (
        seen_by(viewer, Family).filter(any_route(meant)).select_related("team", "social_worker").defer("search_index")
    )
    is_exact = _score(Q(case_number__in=numbers) | Q(name__iexact=whole), 1)
    return found.order_by(is_exact.desc(), "-opened_on", "-id")


def families_meant(viewer: Viewer, typed: str) -> list[int]:
    """The ids of all families that the viewer may see with the name or case number that was typed."""
    return list(_families(viewer, read(typed), typed).values_list("pk", flat=True))


def families_called(viewer: Viewer, name: str) -> list[Family]:
    """The families that the viewer may see and that have a name like this one."""
    asked = rules.Asked(read(name).words)
    return [one for one in _families(viewer, asked, name) if rules.likeness(asked.words_typed, [one.name]) >= 0.7]
