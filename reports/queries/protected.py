"""What the reader of one copy must not learn, and what they know: for the release check. Nothing here writes."""

from collections.abc import Callable

from cpc.core.documents.protected import Kind, Protected, protect_person
from families.choices import Part
from families.models import Membership, Person
from families.queries import secrets_of
from reports.queries.facts import ties_to
from reports.rules import Reader, must_not_learn_of


def people_of(family_id) -> list[Person]:
    """Everybody who is or was recorded in the family."""
    members = Membership.objects.filter(family=family_id).values("person")
    return list(Person.objects.filter(pk__in=members).order_by("pk"))


def protected_from(reader: Reader, conference) -> tuple[list[Protected], list[Protected]]:
    """(what must not be learnt, what is known): whatever is kept from the reader, and besides it the names of children
    whom the copy does not cover and of the adults who belong to none that it does (a fixed number of queries)."""
    return protected_for_each(conference, [reader])(reader)


def protected_for_each(
    conference, readers, knowing=None
) -> Callable[[Reader], tuple[list[Protected], list[Protected]]]:
    """``protected_from`` for each of many readers of one conference, who are read at once; ``knowing`` is what
    ``secrets_of`` the family said, where it was asked already."""
    members = dict(Membership.objects.filter(family=conference.family_id).values_list("person", "part"))
    children = frozenset(person for person, part in members.items() if part == Part.CHILD)
    ties, _ = ties_to(conference.family_id, list(members))
    people = [reader.person for reader in readers if reader.person is not None]
    knowing = knowing or secrets_of(conference.family_id, people)
    invited = conference.invitations.filter(agency__isnull=False, children__child__isnull=False)
    agencies = set(invited.values_list("agency_id", "agency__name", "children__child"))

    def of(reader):
        kept = knowing.kept_from(reader.person, unnamed=must_not_learn_of(reader, ties, children))
        return kept.protected, [*kept.known, *_streets_of_agencies(reader, agencies, kept)]

    return of


def _streets_of_agencies(reader, agencies, kept) -> list[Protected]:
    # "Alder Lane Primary School" is not the family's address: who reads that the school came learns no house by it. The
    # house's number with its street, and the postcode, block all the same.
    names = {name for pk, name, child in agencies if child in reader.children and pk not in kept.agencies}
    said = " | ".join(names).lower()
    return [one for one in kept.protected if one.kind == Kind.STREET and one.value.lower() in said]


def names_of(family) -> list[Protected]:
    """Every name in the family, and the family's own: what an ordinary e-mail must never say."""
    people = people_of(family.pk)
    names = [one for person in people for one in protect_person(person.first_name, person.last_name)]
    return [*names, Protected(Kind.SURNAME, family.name), Protected(Kind.PHRASE, family.case_number)]
