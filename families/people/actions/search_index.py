"""Updates the search index of people and families. Call inside ``acting()``."""

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from families.cases.models import Family
from families.people.actions.same_names import store_additions
from families.people.models import NameWord, Person, PersonName, PossibleDuplicate
from families.people.queries.duplicates import records_like
from families.people.rules.search import may_slip, search_index, words_of

CHUNK = 1000


def reindex(*people) -> None:
    """Index the present names of each person: first, last, known-as and every other name."""
    _reindex({person.pk: person for person in people})


def reindex_family(family) -> None:
    """Index the family's present name and case number."""
    names = [family.name, family.case_number]
    index = search_index(names)
    store_words(names)
    if index != family.search_index:
        family.search_index = index
        family.save(update_fields=["search_index"])


def store_words(names) -> None:
    """Store the words of these names (texts), for the comparison with misspelt words. Two queries."""
    words = {word for name in names for word in words_of(name) if may_slip(word)}
    words -= set(NameWord.objects.filter(word__in=words).values_list("word", flat=True))
    # In one order, so that two acts that store the same words wait for each other and never both.
    NameWord.objects.bulk_create([NameWord(word=word) for word in sorted(words)], ignore_conflicts=True)


def reindex_everybody(*, by) -> int:
    """Index every person and family again; returns how many entries were out of date."""
    updated = 0
    with acting(by, Permission.SET_UP):
        last = 0
        while rows := {row.pk: row for row in Person.objects.filter(pk__gt=last).order_by("pk")[:CHUNK]}:
            updated += _reindex(rows)
            last = max(rows)
        last = 0
        while rows := list(Family.objects.filter(pk__gt=last).order_by("pk")[:CHUNK]):
            for family in rows:
                before = family.search_index
                reindex_family(family)
                updated += before != family.search_index
            last = rows[-1].pk
    return updated


def _reindex(people: dict) -> int:
    others: dict[int, list[str]] = {}
    for name in PersonName.objects.filter(person__in=people):
        others.setdefault(name.person_id, []).extend([name.first_name, name.last_name])
    changed, words = [], set()
    for person in people.values():
        names = [person.first_name, person.last_name, person.known_as, *others.get(person.pk, ())]
        index = search_index(names)
        words.update(names)
        if index != person.search_index:
            person.search_index = index
            changed.append(person)
    store_words(words)
    Person.objects.bulk_update(changed, ["search_index"], batch_size=500)
    store_additions(people)
    return len(changed)


def reindex_search(person, on) -> None:
    """Index the person's present names for the search and note likely duplicates. Call inside ``acting()``."""
    reindex(person)
    notice_duplicates(person, on)


def notice_duplicates(person, on) -> None:
    """Note the records that may be the same person, for managers who may see both. Call inside ``acting()``."""
    pairs = [sorted((person.pk, other.pk)) for other in records_like(person)]
    PossibleDuplicate.objects.bulk_create(
        [PossibleDuplicate(one_id=one, other_id=other, noticed_on=on) for one, other in pairs], ignore_conflicts=True
    )
