"""What people and families are found by is kept in step with their names. For use inside an act."""

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from families.models import Family, Person, PersonName
from families.rules.search import marks_of

CHUNK = 1000


def refresh(*people) -> None:
    """Each person is found by the names that they have now: first, last, known-as and every other name."""
    _refresh({person.pk: person for person in people})


def refresh_family(family) -> None:
    """The family is found by its name and its case number as they are now."""
    marks = marks_of([family.name, family.case_number])
    if marks != family.found_by:
        family.found_by = marks
        family.save(update_fields=["found_by"])


def find_everybody_again(*, by) -> int:
    """Every person and family is found by its names as they are now; how many were not."""
    mended = 0
    with acting(by, Permission.SET_UP):
        last = 0
        while rows := {row.pk: row for row in Person.objects.filter(pk__gt=last).order_by("pk")[:CHUNK]}:
            mended += _refresh(rows)
            last = max(rows)
        last = 0
        while rows := list(Family.objects.filter(pk__gt=last).order_by("pk")[:CHUNK]):
            for family in rows:
                before = family.found_by
                refresh_family(family)
                mended += before != family.found_by
            last = rows[-1].pk
    return mended


def _refresh(people: dict) -> int:
    others: dict[int, list[str]] = {}
    for name in PersonName.objects.filter(person__in=people):
        others.setdefault(name.person_id, []).extend([name.first_name, name.last_name])
    changed = []
    for person in people.values():
        names = [person.first_name, person.last_name, person.known_as, *others.get(person.pk, ())]
        marks = marks_of(names)
        if marks != person.found_by:
            person.found_by = marks
            changed.append(person)
    Person.objects.bulk_update(changed, ["found_by"], batch_size=500)
    return len(changed)
