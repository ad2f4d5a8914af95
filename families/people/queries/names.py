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
    kept, firsts, lasts = same_person(people), defaultdict(set), defaultdict(set)
    rows = [(one.pk, one) for one in Person.objects.filter(pk__in=kept)]
    rows += [(one.person_id, one) for one in PersonName.objects.filter(person__in=kept)]
    for record, row in rows:
        firsts[kept[record]] |= {*words_of(row.first_name), *words_of(getattr(row, "known_as", ""))}
        lasts[kept[record]] |= set(words_of(row.last_name))
    given = set(words_of(typed))
    either = given.union(*(also_called(word) for word in given))
    return any(firsts[person] & either and lasts[person] & given for person in set(kept.values()))
