"""What the viewer is shown of somebody who stands in a closed family too: who they are, as open families wrote it.

A person is one row that every family of theirs writes, so it is read fact by fact: each as it was when they came to
stand in an open family, or as an open family wrote it since. Only for what is shown; what is kept from readers, and
whether a letter may go, follows the row.
"""

from copy import copy

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from cpc.core.audit.queries import acts_that_made
from families.models import Membership, Person
from families.queries.shut import (
    Shut,
    Wrote,
    acts_of,
    closed_to,
    closed_to_papers,
    is_older_version,
    shut_parts_of,
    versions_of,
)

# A death is told to everybody (docs/decisions/0013): whoever is not told goes on to ring, to visit and to plan.
TOLD_TO_ALL = ("died_on",)
NO_FACTS = ("id", "merged_into_id", "found_by", *TOLD_TO_ALL)
FACTS = tuple(field.attname for field in Person._meta.concrete_fields if field.attname not in NO_FACTS)


def people_shown(viewer, people, *, shut: Shut | None = None, but=None) -> list[Person]:
    """The people, in their order, each as the viewer is shown them. One who is shown otherwise than the record says is
    a copy with ``is_older_version``, not to be saved.

    Two queries (none with ``shut``) where nobody stands in a closed family, six where somebody does.
    """
    people = list(people)
    if shut is None:
        shut = shut_parts_of(closed_to(viewer, but=but), [person.pk for person in people])
    return _known_outside(people, shut)


def person_shown(viewer, person, family=None) -> Person:
    """The person as the viewer is shown them on the pages of the family."""
    return people_shown(viewer, [person], but=family and family.pk)[0]


def name_shown(viewer, person, family=None) -> str:
    """By which name the viewer knows the person on the pages of the family."""
    return person_shown(viewer, person, family).full_name


def that_papers_may_say_of(family_id, people, *, shut: Shut | None = None) -> list[Person]:
    """The people as what leaves about this family may speak of them, whoever prints it."""
    people = list(people)
    if shut is None:
        shut = shut_parts_of(closed_to_papers(family_id), [person.pk for person in people])
    return _known_outside(people, shut)


def call_as_papers_may(family_id, places) -> None:
    """Each person at ``places`` (a row, and the field that holds them) is called there from now on as what leaves about
    this family may call them. Two queries where nobody stands in a restricted family."""
    _call(places, lambda people: that_papers_may_say_of(family_id, people))


def call_as_shown(viewer, places) -> None:
    """Each person at ``places`` (a row, and the field that holds them) is called there from now on as the viewer is
    shown them. Two queries where nobody stands in a closed family."""
    _call(places, lambda people: people_shown(viewer, people))


def _call(places, told_of) -> None:
    places = [(row, name) for row, name in places if getattr(row, name) is not None]
    people = {person.pk: person for person in (getattr(row, name) for row, name in places)}
    told = {person.pk: person for person in told_of(people.values())}
    for row, name in places:
        person = getattr(row, name)
        if is_older_version(told[person.pk]):
            setattr(row, name, told[person.pk])


def stands_elsewhere(viewer, *, but=None) -> Exists:
    """Of a membership, whether whoever it is of stands in a family that is closed to the viewer, under any record."""
    return _stands_in(closed_to(viewer, but=but) or Q(pk__in=[]), "person")


def stands_in_restricted(family_id, who) -> Exists:
    """Of a row, whether the person in its field ``who`` stands in a restricted family other than this one, under any
    record: where nobody does, what leaves calls everybody as their record does."""
    return _stands_in(closed_to_papers(family_id), who)


def _stands_in(closed, who) -> Exists:
    root = Coalesce(OuterRef(f"{who}__merged_into"), OuterRef(who))
    return Exists(Membership.objects.order_by().filter(closed, Q(person=root) | Q(person__merged_into=root)))


def _known_outside(people, shut: Shut) -> list[Person]:
    doubtful = {person.pk for person in people if shut.of_any([person.pk])}
    if not doubtful:
        return people
    groups = {shut.of[pk] for pk in doubtful}
    records = {pk: group for pk, group in shut.of.items() if group in groups}
    closed = frozenset().union(*(shut.parts[group] for group in groups))
    opened = list(Membership.objects.filter(person__in=records).exclude(pk__in=[one.pk for one in closed]))
    began = acts_that_made(Membership, [one.pk for one in (*closed, *opened)])
    written = versions_of([Person(pk=pk) for pk in records])
    acts = acts_of({*began.values(), *(one.pgh_context_id for versions in written.values() for one in versions)})
    joined: dict[int, list] = {}
    for one in opened:
        joined.setdefault(one.person_id, []).append(acts.get(began.get(one.pk), (None, None))[1])
    shown = []
    for person in people:
        if person.pk in doubtful:
            same = sorted(pk for pk, group in records.items() if group == shut.of[person.pk])
            wrote = Wrote(shut.of_any([person.pk]), acts, began)
            person = _as_known(person, _facts(person.pk, same, written, joined, wrote))
        shown.append(person)
    return shown


def _facts(pk, same, written, joined, wrote) -> dict | None:
    """What open families know of the person with the records ``same``, of which ``pk`` is shown; None where they
    stand in no open one."""
    own = [pk] if pk in joined else [one for one in same if one in joined][:1]
    if not own:
        return None
    since = [at for at in joined[own[0]] if at]
    facts = _since(None, written[own[0]], min(since, default=None), wrote)
    return facts if own == [pk] else _since(facts, written[pk], None, wrote)


def _since(facts, versions, joined, wrote) -> dict:
    """``facts`` with all that open families wrote in these versions; everything that stood on the day they joined."""
    before = None
    for version in reversed(versions):
        said = {name: getattr(version, name) for name in FACTS}
        _, at = wrote.acts.get(version.pgh_context_id, (None, None))
        if facts is None or (joined and at and at <= joined):
            facts = said
        elif before is not None and wrote.openly(version):
            facts = facts | {name: value for name, value in said.items() if value != before[name]}
        before = said
    return facts


def _as_known(person, facts) -> Person:
    if facts is None:
        return person
    if person.died_on and facts["expected_on"] and not facts["born_on"]:  # nobody has died who was not born
        facts = facts | {"born_on": person.born_on, "expected_on": person.expected_on}
    if all(getattr(person, name) == value for name, value in facts.items()):
        return person
    person = copy(person)
    for name, value in facts.items():
        setattr(person, name, value)
    person.is_older_version = True
    return person
