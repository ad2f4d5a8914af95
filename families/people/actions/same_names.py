"""Stores what tells children of one family apart where they have the same name. Call inside ``acting()``."""

from collections import defaultdict

from django.db.models import Q

from families.people.choices import MustNotLearnWhat, Part
from families.people.models import Membership, MustNotLearn, Person
from families.people.queries.household import by_age
from families.people.queries.identity import all_linked_records, by_identity
from families.people.rules.short_names import ADDITIONS, tell_apart


def store_additions(people) -> None:
    """Store what to add to the names of the children in the families of these people (by id, as they are now).

    Every page that names a child then tells it from the others, also where it lists only one of them. A child that
    somebody must not learn of adds nothing to a sibling’s name, which that person may read. Three queries; up to four
    more where children have the same name or something changes.
    """
    theirs = Q(person__in=people) | Q(person__merged_into__in=people)
    rows = _children_in(Membership.objects.filter(theirs).values("family"))
    known = people | {row.person_id: row.person for row in rows} | {row.stands_for.pk: row.stands_for for row in rows}
    before = {pk: (one.short_addition, one.full_addition) for pk, one in known.items()}
    # A child may have a sibling of the same name in another family.
    elsewhere = Membership.objects.filter(Q(person__in=known) | Q(person__merged_into__in=known))
    elsewhere = elsewhere.exclude(family__in={row.family_id for row in rows})
    found = _additions([*rows, *_children_in(elsewhere.values("family"))])
    wanted = {pk: found.get(pk, ("", "")) for pk in known}
    changed = [
        Person(pk=pk, short_addition=short, full_addition=full)
        for pk, (short, full) in wanted.items()
        if (short, full) != before[pk]
    ]
    Person.objects.bulk_update(changed, ADDITIONS, batch_size=500)
    for pk, person in people.items():
        person.short_addition, person.full_addition = wanted[pk]


def store_additions_beside(person) -> None:
    """The same for the families of this person, in every circle: who must not learn of them has changed."""
    store_additions(Person.objects.in_bulk(all_linked_records([person])))


def store_additions_in(family, *more) -> None:
    """The same for the children of this family, and for the people in ``more``."""
    people = [*(row.person for row in _children_in([family.pk])), *more]
    store_additions({one.pk: one for one in people})


def _children_in(families) -> list[Membership]:
    rows = Membership.objects.filter(family__in=families, part=Part.CHILD).select_related("person__merged_into")
    return list(rows.order_by("family", "pk"))


def _additions(rows) -> dict[int, tuple[str, str]]:
    """What to add to the short and the full name of each child (id) of these rows. A child of two families has what the
    first of them needs.
    """
    children: dict[int, dict[int, Person]] = defaultdict(dict)
    for row in rows:
        children[row.family_id][row.stands_for.pk] = row.stands_for
    secret: set[int] | None = None
    found: dict[int, tuple[str, str]] = {}
    for family in children.values():
        told = tell_apart(sorted(family.values(), key=by_age), ignore_stored=True)
        if any(one.short_addition or one.full_addition for one in told):
            secret = _withheld_from_somebody(children) if secret is None else secret
            tell_apart([one for one in told if one.pk not in secret], ignore_stored=True)
        for child in told:
            short, full = found.get(child.pk, ("", ""))
            found[child.pk] = (short or child.short_addition, full or child.full_addition)
    return found


def _withheld_from_somebody(children) -> set[int]:
    """The children (ids) that somebody must not learn of, by an entry about any of their records."""
    records = by_identity({pk for family in children.values() for pk in family})
    entries = MustNotLearn.objects.live().filter(what=MustNotLearnWhat.EXISTENCE, about__in=records)
    return {records[pk] for pk in entries.values_list("about", flat=True)}
