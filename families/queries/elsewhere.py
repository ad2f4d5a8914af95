"""Who of a family stands in other families too, and what those go on to show once it is restricted."""

from dataclasses import dataclass

from cpc.core.accounts.permissions import seen_by
from cpc.core.kernel.phrases import listed
from families.models import Address, ContactDetails, Family, Involvement, Membership, Person, PersonName
from families.permissions import not_barred
from families.queries.same_person import by_record
from families.queries.shut import as_others_wrote


@dataclass(frozen=True)
class Elsewhere:
    """One person of the family, an open family in which they stand too, and what that one goes on to show of them.

    ``family`` is None where the viewer may not see it: that there is one is said, and not which.
    """

    person: Person
    family: Family | None
    shows: str


def elsewhere(family, viewer) -> list[Elsewhere]:
    """Whoever of the family stands in another that is neither restricted nor closed to the viewer, by name."""
    of = by_record(Membership.objects.filter(family=family.pk).values_list("person", flat=True))
    rows = Membership.objects.filter(not_barred(viewer, "family_id"), person__in=of, family__restricted=False)
    rows = list(rows.exclude(family=family.pk).select_related("family", "person__merged_into").order_by("family_id"))
    if not rows:
        return []
    seen = set(seen_by(viewer, Family).filter(pk__in={row.family_id for row in rows}).values_list("pk", flat=True))
    shown = _shown(family, of, {of[row.person_id] for row in rows})
    found = {}
    for row in rows:
        place = row.family if row.family_id in seen else None
        one = Elsewhere(row.stands_for, place, shown[of[row.person_id]])
        found.setdefault((row.stands_for.pk, place and place.pk), one)
    return sorted(found.values(), key=lambda one: (one.person.full_name, one.family is None, str(one.family)))


def _shown(family, of, people) -> dict[int, str]:
    """What is shown of each of the people (ids) that this family did not write: "2 addresses and a phone number"."""
    there = Membership.objects.exclude(family=family.pk).filter(person__in=of)
    only_here = set(of) - set(there.values_list("person", flat=True))
    records = {pk for pk, one in of.items() if one in people and pk not in only_here}
    mine = {pk: [] for pk in people}

    def count(model, whose, one, many):
        rows = as_others_wrote(family, model.objects.filter(**{f"{whose}__in": records}), f"{whose}_id")
        for pk in people:
            if number := sum(of[getattr(row, f"{whose}_id")] == pk for row in rows):
                mine[pk].append(f"{number} {one if number == 1 else many}")

    count(Address, "person", "address", "addresses")
    for row in as_others_wrote(family, ContactDetails.objects.filter(person__in=records)):
        mine[of[row.person_id]] += [
            word for word, value in (("a phone number", row.phone), ("an email address", row.email)) if value
        ]
    count(Involvement, "child", "agency that knows them", "agencies that know them")
    count(PersonName, "person", "other name", "other names")
    return {pk: listed(words) if words else "" for pk, words in mine.items()}
