"""Whether words that somebody typed are the name of somebody on record."""

from collections import defaultdict

from cpc.core.documents.nicknames import also_called
from families.people.models import Person, PersonName
from families.people.queries.merged_records import same_person
from families.people.rules.search import words_of


def is_called(people, typed: str) -> bool:
    """Whether ``typed`` holds, in any order, a first name and a last name of one of these people (ids), of now or of
    before. The name that they are known as, and a short form of a first name, count as first names. Three queries.
    """
    firsts, lasts = _names_of(people)
    given = set(words_of(typed))
    either = given.union(*(also_called(word) for word in given))
    return any(firsts[person] & either and lasts[person] & given for person in firsts)


def names_one_of(people, typed: str, known=()) -> bool:
    """Whether ``typed`` holds a first or a last name of one of these people (ids), of now or of before, that is no name
    of the ``known`` people (ids). Six queries.
    """
    (firsts, lasts), (known_firsts, known_lasts) = _names_of(people), _names_of(known)
    names = set().union(*firsts.values(), *lasts.values()) - set().union(*known_firsts.values(), *known_lasts.values())
    given = set(words_of(typed))
    return bool(names & given.union(*(also_called(word) for word in given)))


def _names_of(people) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """The words of the first names, and of the last names, of each of these people (ids)."""
    kept, firsts, lasts = same_person(people), defaultdict(set), defaultdict(set)
    rows = [(one.pk, one) for one in Person.objects.filter(pk__in=kept)]
    rows += [(one.person_id, one) for one in PersonName.objects.filter(person__in=kept)]
    for record, row in rows:
        firsts[kept[record]] |= {*words_of(row.first_name), *words_of(getattr(row, "known_as", ""))}
        lasts[kept[record]] |= set(words_of(row.last_name))
    return firsts, lasts
