"""Restricting a family gives it its own records of its people; this module creates and links them.

Call everything here inside ``acting()``."""

from copy import copy

from django.apps import apps
from django.db.models.base import ModelState

from cpc.core.documents.actions import hold_waiting_messages, make_void
from cpc.core.documents.models import HarmlessPassage, Outgoing, SecondCheck
from families.cases.models import DeclaredConflict, Family
from families.people.actions.search_index import reindex
from families.people.circles import ROWS, path_to
from families.people.models import (
    Address,
    ContactDetails,
    Identity,
    Involvement,
    Membership,
    Merge,
    MustNotLearn,
    MustNotMeet,
    Partnership,
    Person,
    PersonName,
    ProtectedFrom,
    Protection,
    Relationship,
)
from families.people.queries.identity import all_linked_records, families_that_share, linked_records_of_person
from families.people.queries.merged_records import all_records_of, records_of_each
from families.people.queries.written import written

CHECK_AGAIN = "This must be checked again before it leaves: something has changed in the records."
# Models of facts about one person, and the field that names the person.
OF_ONE = ((Address, "person"), (ContactDetails, "person"), (PersonName, "person"), (Involvement, "child"))
# Models of facts about two or three people.
OF_SEVERAL = (
    (Relationship, ("child", "adult")),
    (Partnership, ("one", "other")),
    (MustNotLearn, ("reader", "about", "of_child")),
    (MustNotMeet, ("one", "other")),
)


def create_restricted_records(family) -> None:
    """Give a newly restricted family its own record of everybody who is also in an open family.

    Facts that this family was the last to write move to its record. Other facts are copied to it, and stay with the
    open families. People who are in no open family keep their record.
    """
    ours = frozenset().union(*records_of_each(_members(family)).values())
    shared = _also_in_open_families(family, ours)
    if not shared:
        return
    records = list(Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=shared).order_by("pk"))
    wrote = written(family, shared)
    facts = wrote.facts_of_others([one for one in records if not _leaves(one, wrote.own)])
    moves = _second_records(records, wrote.own)
    _merges(moves, {one.pk: one.merged_into_id for one in records})
    _facts_of_one(wrote, moves)
    _facts_of_several(wrote, moves, ours)
    _repoint(family.pk, moves)
    for person in Person.objects.filter(pk__in=facts):
        known = facts[person.pk]
        if person.died_on and known.get("expected_on") and not known["born_on"]:  # nobody has died who was not born
            known |= {"born_on": person.born_on, "expected_on": person.expected_on}
        _set(person, known)
        person.save()
    reindex(*Person.objects.filter(pk__in=[*moves, *moves.values()]))
    void_checks(shared)


def _members(family) -> list[int]:
    return list(Membership.objects.filter(family=family.pk).values_list("person", flat=True))


def _also_in_open_families(family, records) -> set[int]:
    others = Membership.objects.filter(person__in=records, family__restricted=False).exclude(family=family.pk)
    both = set(others.values_list("person", flat=True))
    return {pk for one, same in records_of_each(both).items() for pk in same}


def _leaves(record, own) -> bool:
    """Whether this merged record belongs to this family only: it moves with the family unchanged."""
    return record.pk in own and record.merged_into_id is not None


def _second_records(records, own) -> dict[int, int]:
    """Create a linked copy of each record that stays with the open families; the ids, old record to new."""
    moves: dict[int, int] = {}
    for record in sorted(records, key=lambda one: one.merged_into_id is not None):
        if _leaves(record, own):
            record.merged_into_id = moves[record.merged_into_id]
            record.save(update_fields=["merged_into"])
            continue
        if record.identity_id is None:
            record.identity = Identity.objects.create()
            record.save(update_fields=["identity"])
        second = copy(record)
        second.pk, second._state = None, ModelState()
        second.merged_into_id = moves.get(record.merged_into_id)
        second.save()
        moves[record.pk] = second.pk
    return moves


def _merges(moves, roots) -> None:
    """Copy the merges, so that each circle can undo them."""
    for merge in Merge.objects.filter(undone_at=None, is_link=False, merged__in=roots).order_by("pk"):
        if merge.merged_id not in moves:  # it moved with the family
            merge.kept_id = moves.get(merge.kept_id, merge.kept_id)
            merge.save()
            continue
        if merge.kept_id in moves:
            kept, merge.kept_id = moves[merge.kept_id], merge.kept_id
        else:
            kept, merge.kept_id = merge.kept_id, roots[merge.merged_id]
            merge.save()
        merge.pk, merge._state = None, ModelState()
        merge.kept_id, merge.merged_id = kept, moves[merge.merged_id]
        merge.save()


def _facts_of_one(wrote, moves) -> None:
    addresses: dict[int, int] = {}
    for model, whose in OF_ONE:
        rows = list(model.objects.filter(**{f"{whose}__in": moves}).order_by("pk"))
        theirs = wrote.by_others(rows, f"{whose}_id")
        for row in rows:
            before = row.pk
            _split_row(row, theirs[before], {f"{whose}_id": moves[getattr(row, f"{whose}_id")]})
            if model is Address:
                addresses[before] = row.pk
    _protections(wrote, moves, addresses)


def _split_row(row, theirs, ours) -> None:
    """Make ``row`` this family's own: it names this family's records (``ours``).

    If other families wrote it too, ``row`` becomes a new row, and the old row is reset to what they last wrote.
    """
    if theirs is not None:
        first = copy(row)
        facts = [field.attname for field in row._meta.concrete_fields if field.name != "version"]
        said = {name: getattr(theirs, name) for name in facts}
        if any(getattr(first, name) != value for name, value in said.items()):
            _set(first, said)
            first.save()
        row.pk, row._state = None, ModelState()
    _set(row, ours)
    row.save()


def _set(row, values) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _protections(wrote, moves, addresses) -> None:
    """Protections follow the row that they protect, together with the people they name."""
    rows = list(Protection.objects.filter(person__in=moves).prefetch_related("withheld_from").order_by("pk"))
    theirs = wrote.by_others(rows, "person_id")
    for row in rows:
        readers = [one.person_id for one in row.withheld_from.all()]
        before = row.pk
        moved = row.address_id is not None and addresses.get(row.address_id) == row.address_id
        ours = {"person_id": moves[row.person_id], "address_id": addresses.get(row.address_id)}
        _split_row(row, None if moved else theirs[before], ours)
        if row.pk != before:
            ProtectedFrom.objects.bulk_create(ProtectedFrom(protection=row, person_id=pk) for pk in readers)
        for one in ProtectedFrom.objects.filter(protection=row, person__in=moves):
            one.person_id = moves[one.person_id]
            one.save()


def _facts_of_several(wrote, moves, ours) -> None:
    """Move facts to this family's records if all their people are in it; other families that wrote them keep theirs."""
    for model, fields in OF_SEVERAL:
        named = model.objects.none()
        for field in fields:
            named |= model.objects.filter(**{f"{field}__in": moves})
        rows = list(named.order_by("pk").distinct())
        theirs = wrote.by_others(rows, f"{fields[0]}_id")
        for row in rows:
            people = {getattr(row, f"{field}_id") for field in fields} - {None}
            if not people <= ours:
                continue
            changed = {f"{field}_id": moves.get(pk, pk) for field in fields if (pk := getattr(row, f"{field}_id"))}
            _split_row(row, theirs[row.pk] if people <= moves.keys() else None, changed)
    for one in ProtectedFrom.objects.filter(person__in=moves, protection__person__in=ours - moves.keys()):
        one.person_id = moves[one.person_id]
        one.save()


def _repoint(family_id, moves: dict[int, int]) -> None:
    """Every row of the family that names one of the records names the record it moves to."""
    for rows in ROWS:
        for field in rows.people:
            named = rows.model.objects.filter(**{rows.family: family_id, f"{field}__in": moves})
            for row in named.order_by("pk"):
                setattr(row, f"{field}_id", moves[getattr(row, f"{field}_id")])
                row.save(update_fields=[field])


def void_checks(people) -> None:
    """Void checks and hold outgoing letters for every family that shares one of these people, until checked again."""
    for kind, ids in _about(families_that_share(people), Outgoing, HarmlessPassage, SecondCheck):
        hold_waiting_messages(kind=kind, ids=ids, reason=CHECK_AGAIN)
        make_void(kind=kind, ids=ids)


def _about(families, *models):
    """For each kind of record that these models are about: the kind, and the ids that belong to the families."""
    kinds = {kind for model in models for kind in model.objects.order_by().values_list("about_kind", flat=True)}
    for kind in sorted(kinds - {""}):
        about = apps.get_model(kind)._meta.concrete_model
        if path := path_to(about, Family):
            ids = about._base_manager.filter(**{f"{path}__in": families}).values_list("pk", flat=True)
            yield kind, list(ids)


def hold_pending_in_other_circles(family, *people) -> None:
    """Hold outgoing letters of other circles that share one of these people.

    A restricted family has written something about them that the others are not told. Call inside ``acting()``.
    """
    if not family.restricted or not (others := families_that_share(people) - {family.pk}):
        return
    for kind, ids in _about(others, Outgoing):
        hold_waiting_messages(kind=kind, ids=ids, reason=CHECK_AGAIN)


def record_death_in_every_circle(person) -> None:
    """Record the death in every circle, so that letters stop. A baby who died is recorded as born."""
    others = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=linked_records_of_person(person))
    for one in others.exclude(pk=person.pk).order_by("pk"):
        one.died_on = person.died_on
        if one.died_on and one.expected_on and not one.born_on:  # nobody has died who was not born
            one.born_on, one.expected_on = person.born_on, None
        one.save()


def link_records(one, other) -> None:
    """Link two records of different circles as one human being."""
    identities = {record.identity_id for record in (one, other)} - {None}
    identity = min(identities) if identities else Identity.objects.create().pk
    records = {one.pk, other.pk} | set(Person.objects.filter(identity__in=identities).values_list("pk", flat=True))
    for record in Person.objects.filter(pk__in=records).exclude(identity=identity):
        record.identity_id = identity
        record.save(update_fields=["identity"])
    one.identity_id = other.identity_id = identity
    if died := next((record for record in (one, other) if record.died_on), None):
        record_death_in_every_circle(died)
    void_checks(all_linked_records([one, other]))


def unlink_records(merge) -> None:
    """Remove the link between the two records of an undone merge, if they share an identity."""
    kept, merged = Person.objects.get(pk=merge.kept_id), Person.objects.get(pk=merge.merged_id)
    if merged.identity_id is not None and merged.identity_id == kept.identity_id:
        merged.identity = None
        merged.save(update_fields=["identity"])
        void_checks([kept, merged])


def extend_conflicts(people) -> None:
    """Extend each conflict with an open family of these people to all open families connected by shared people."""
    asked, found = set(), _open_families(people)
    while found - asked:
        rows = Membership.objects.filter(family__in=found - asked).values_list("person", flat=True)
        asked |= found
        found |= _open_families(rows)
    live = list(DeclaredConflict.objects.live().filter(family__in=found).order_by("pk"))
    for conflict in live:
        extend_conflict(conflict, found)


def extend_conflict(conflict, families) -> None:
    """Record the same conflict, for the same user, with each of these families (ids)."""
    has = set(DeclaredConflict.objects.live().filter(user=conflict.user_id).values_list("family", flat=True))
    DeclaredConflict.objects.bulk_create(
        DeclaredConflict(
            user_id=conflict.user_id, family_id=family, reason=conflict.reason, declared_by_id=conflict.declared_by_id,
            declared_on=conflict.declared_on, through=conflict,
        )
        for family in sorted(set(families) - has)
    )  # fmt: skip


def _open_families(people) -> set[int]:
    rows = Membership.objects.filter(person__in=all_records_of(people), family__restricted=False)
    return set(rows.values_list("family", flat=True))


def open_families_sharing_people(family) -> set[int]:
    """The open families (ids) that share a person with this restricted family."""
    people = Membership.objects.filter(family=family.pk).values_list("person", flat=True)
    shared = Membership.objects.filter(family__in=families_that_share(people), family__restricted=False)
    return set(shared.values_list("family", flat=True))
