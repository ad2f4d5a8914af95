"""What is settled between a restricted family and the open families that share a person with it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from cpc.core.accounts.models import User
from cpc.core.kernel.phrases import listed
from families.cases.models import DeclaredConflict
from families.people.models import Address, ContactDetails, Involvement, Membership, PersonName, Relationship
from families.people.queries.identity import families_that_share, linked_records
from families.people.queries.merged_records import records_in_family

# What may be given back to the open families, and the fields that name the person it belongs to.
GIVEN = {
    "address": (Address, ("person",)), "name": (PersonName, ("person",)), "agency": (Involvement, ("child",)),
    "relationship": (Relationship, ("child", "adult")),
}  # fmt: skip
NO_FACTS = ("id", "version", "house_key")


def open_records(people) -> dict[int, int]:
    """For each of these people (ids) the record that the open families hold of them, where they hold one."""
    linked = linked_records(people)
    everyone = {pk for ids in linked.values() for pk in ids}
    rows = Membership.objects.filter(person__in=everyone, family__restricted=False).select_related("person")
    held = {row.person_id: row.person.stands_for_id for row in rows.order_by("-pk")}
    return {pk: held[one] for pk, ids in linked.items() for one in sorted(ids) if one in held}


def not_given_back(family) -> list[tuple[str, object, str]]:
    """What the restricted family alone says of people who are in open families too: sort, row, words."""
    people = records_in_family(family)
    of = open_records(people)
    found = []
    for sort, (model, fields) in GIVEN.items():
        rows = model.objects.filter(**{f"{field}__in": of for field in fields}).select_related(*fields).order_by("pk")
        theirs = {
            _said(one, fields) for one in model.objects.filter(**{f"{field}__in": of.values() for field in fields})
        }
        found += [(sort, row, _words(sort, row)) for row in rows if _said(row, fields, of) not in theirs]
    return found


def _said(row, fields, of=None) -> tuple:
    people = [getattr(row, f"{field}_id") for field in fields]
    names = [one.attname for one in row._meta.concrete_fields if one.name not in (*NO_FACTS, *fields)]
    return (*(of[pk] if of else pk for pk in people), *(getattr(row, name) for name in names))


def _words(sort, row) -> str:
    if sort == "relationship":
        return f"{row.adult.full_name}: {row.get_kind_display()} of {row.child.full_name}"
    whose = row.child if sort == "agency" else row.person
    what = row.agency if sort == "agency" else row
    return f"{whose.full_name}: {listed(str(what).splitlines())}"


@dataclass(frozen=True)
class Difference:
    """Something that a restricted family and the open families record differently about one person.

    ``here`` is the restricted family's row, ``there`` the open families'. Until it is settled the stricter one counts.
    """

    family_id: int
    sort: str
    here: ContactDetails | Relationship
    there: ContactDetails | Relationship

    def answer(self, side: str) -> str:
        """The value of the answer that the record on this ``side`` is right: "here" or "there".

        It holds the values of both records, so it is no answer any more once one of them is changed.
        """
        field = "safe_contact" if self.sort == "way" else "parental_responsibility"
        said = (str(getattr(row, field)) for row in (self.here, self.there))
        return ":".join((self.sort, str(self.here.pk), str(self.there.pk), *said, side))

    def answers(self) -> Iterator[tuple[str, str]]:
        """The two answers of a form, as value and words."""
        for side, row in (("here", self.here), ("there", self.there)):
            record = "this family’s record" if side == "here" else "the open families’ record"
            yield self.answer(side), f"{self._words(row)} ({record})"

    def _words(self, row) -> str:
        if self.sort == "way":
            return f"{self.here.person.full_name} is reached: {row.get_safe_contact_display()}"
        has = "has" if row.parental_responsibility else "does not have"
        return f"{self.here.adult.full_name} {has} parental responsibility for {self.here.child.full_name}"


def differences(family: int | None = None) -> list[Difference]:
    """Where a restricted family (an id; without one, each of them) and the open families differ about responsibility
    or about how to reach somebody. A fixed number of queries."""
    rows = Membership.objects.filter(family__restricted=True, **({"family": family} if family else {}))
    families = dict(rows.values_list("person", "family"))
    of = open_records(families)
    people = {*of, *of.values()}
    found = []
    contacts = {row.person_id: row for row in ContactDetails.objects.filter(person__in=people).select_related("person")}
    for here, there in sorted(of.items()):
        if here in contacts and there in contacts and contacts[here].safe_contact != contacts[there].safe_contact:
            found.append(Difference(families[here], "way", contacts[here], contacts[there]))
    ties = Relationship.objects.live().filter(child__in=people, adult__in=people).select_related("child", "adult")
    known = {(tie.child_id, tie.adult_id): tie for tie in ties.order_by("pk")}
    for (child, adult), tie in known.items():
        other = known.get((of.get(child), of.get(adult)))
        if other and other.parental_responsibility != tie.parental_responsibility:
            found.append(Difference(families[child], "responsibility", tie, other))
    return found


def conflicts_to_confirm(family) -> list[User]:
    """Who has declared a conflict with this family, or with another that shares a person with it, and still sees one of
    them, where no manager has said that it covers all of them."""
    beyond = families_that_share(records_in_family(family)) | {family.pk}
    has = {}
    for user, place in DeclaredConflict.objects.live().filter(family__in=beyond).values_list("user", "family"):
        has.setdefault(user, set()).add(place)
    covered = beyond - _other_restricted(family, beyond)
    return list(User.objects.filter(pk__in=[pk for pk, places in has.items() if covered - places]).order_by("pk"))


def _other_restricted(family, places) -> set[int]:
    rows = Membership.objects.filter(Q(family__in=places) & Q(family__restricted=True)).exclude(family=family.pk)
    return set(rows.values_list("family", flat=True))
