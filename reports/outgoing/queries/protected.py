"""What the reader of one copy must not learn, and what they already know, for the release check. Nothing here
writes."""

from collections.abc import Callable

from conferences.separation.queries.withheld import presences_withheld, protect_presences
from cpc.core.documents.protected import Kind, Protected, protect_person
from families.people.choices import Part
from families.people.models import Membership, Person
from families.protections.queries.withheld import withholding_rules_for
from reports.outgoing.queries.facts import ties_to
from reports.outgoing.rules.copies import Reader, must_not_learn_of


def people_of(family_id) -> list[Person]:
    """Everybody who is or was recorded in the family."""
    members = Membership.objects.filter(family=family_id).values("person")
    return list(Person.objects.filter(pk__in=members).order_by("pk"))


def protected_from(reader: Reader, conference) -> tuple[list[Protected], list[Protected]]:
    """(what must not be learnt, what is already known). It includes what is withheld from the reader, the names of
    children that the copy does not cover, those of adults who belong to no covered child, and when and where a person
    will be who is protected from the reader (a fixed number of queries)."""
    return protected_for_each(conference, [reader])(reader)


def protected_for_each(conference, readers, rules=None) -> Callable[[Reader], tuple[list[Protected], list[Protected]]]:
    """``protected_from`` for many readers of one conference, read at once. ``rules`` are the family’s withholding
    rules, if they were already read."""
    members = dict(Membership.objects.filter(family=conference.family_id).values_list("person", "part"))
    children = frozenset(person for person, part in members.items() if part == Part.CHILD)
    ties = ties_to(members)
    people = [reader.person for reader in readers if reader.person is not None]
    rules = rules or withholding_rules_for(conference.family_id, people)
    coming, own = presences_withheld(people, members)
    invited = conference.invitations.filter(agency__isnull=False, children__child__isnull=False)
    agencies = set(invited.values_list("agency_id", "agency__name", "children__child"))

    def of(reader):
        withheld = rules.withheld_from(reader.person, unnamed=must_not_learn_of(reader, ties, children))
        named = [name for pk, name, child in agencies if child in reader.children and pk not in withheld.agencies]
        times = protect_presences(coming[reader.person], own[reader.person], named)
        return [*withheld.protected, *times], [*withheld.known, *_streets_of_agencies(reader, agencies, withheld)]

    return of


def _streets_of_agencies(reader, agencies, withheld) -> list[Protected]:
    # "Alder Lane Primary School" is not the family's address, so naming the school reveals no house. The house number
    # with its street, and the postcode, still block.
    names = {name for pk, name, child in agencies if child in reader.children and pk not in withheld.agencies}
    said = " | ".join(names).lower()
    return [one for one in withheld.protected if one.kind == Kind.STREET and one.value.lower() in said]


def names_of(family) -> list[Protected]:
    """Every name in the family, and the family’s own name: an ordinary e-mail must never contain them. Initials are
    left out: they occur in links."""
    people = people_of(family.pk)
    names = [one for person in people for one in protect_person(person.first_name, person.last_name)]
    names = [one for one in names if one.kind != Kind.INITIALS]
    return [*names, Protected(Kind.SURNAME, family.name), Protected(Kind.PHRASE, family.case_number)]
