"""Stores what tells children of one family apart where they have the same name. Call inside ``acting()``."""

from collections import defaultdict

from django.db.models import Q

from families.people.choices import Part
from families.people.models import Membership, Person
from families.people.queries.household import by_age
from families.people.rules.short_names import ADDITIONS, tell_apart


def store_additions(people) -> None:
    """Store what to add to the names of the children in the families of these people (by id, as they are now).

    Every page that names a child then tells it from the others, also where it lists only one of them. Two queries, and
    one more where something changes.
    """
    theirs = Q(person__in=people) | Q(person__merged_into__in=people)
    families = Membership.objects.filter(theirs).values("family")
    rows = Membership.objects.filter(family__in=families, part=Part.CHILD).select_related("person__merged_into")
    children: dict[int, dict[int, Person]] = defaultdict(dict)
    for row in rows.order_by("family", "pk"):
        children[row.family_id][row.stands_for.pk] = row.stands_for
    before = {
        pk: (child.short_addition, child.full_addition) for family in children.values() for pk, child in family.items()
    }
    wanted = dict.fromkeys(before, ("", ""))
    for family in children.values():
        for child in tell_apart(sorted(family.values(), key=by_age), ignore_stored=True):
            # A child of two families keeps what the first of them needs.
            short, full = wanted[child.pk]
            wanted[child.pk] = (short or child.short_addition, full or child.full_addition)
    changed = [
        Person(pk=pk, short_addition=short, full_addition=full)
        for pk, (short, full) in wanted.items()
        if (short, full) != before[pk]
    ]
    Person.objects.bulk_update(changed, ADDITIONS, batch_size=500)
    for pk, person in people.items():
        if pk in wanted:
            person.short_addition, person.full_addition = wanted[pk]
