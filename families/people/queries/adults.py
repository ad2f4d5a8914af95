"""Who the parents and carers of a child are, and with what responsibility: one answer for everything that asks.

What a relationship permits counts only where the records of every circle agree; until then the stricter holds."""

from collections import defaultdict

from families.people.choices import PARENTS
from families.people.models import Person, Relationship
from families.people.queries.identity import linked_records
from families.people.queries.merged_records import by_record, records_of_each
from families.people.rules.kin import Tie


def adults_of(children) -> list[Relationship]:
    """What every adult is to these children (ids), by child and adult; what it permits counts where all records agree.

    One row for each child and adult, under the record of the adult that was kept; recorded under whichever record of
    the child. A fixed number of queries. The rows are for reading: do not save them.
    """
    records = by_record(children)
    rows = Relationship.objects.live().filter(child__in=records).select_related("child", "adult__merged_into")
    rows = where_all_agree(rows.order_by("child_id", "adult_id"))
    people = {row.child_id: row.child for row in rows}
    if missing := {records[row.child_id] for row in rows} - people.keys():
        people |= Person.objects.in_bulk(missing)
    people |= {row.adult.stands_for_id: row.adult.stands_for for row in rows}
    kept = records | {row.adult_id: row.adult.stands_for_id for row in rows}
    return one_row_a_pair(rows, people, kept)


def one_row_a_pair(rows, people, kept) -> list[Relationship]:
    """The relationships under the records that ``kept`` says, with the Persons of ``people``: one for child and adult.

    Mother or father goes before another kind. Responsibility and care count where one of the merged records has them.
    """
    found: dict[tuple[int, int], Relationship] = {}
    for row in rows:
        child, adult = kept[row.child_id], kept[row.adult_id]
        if child == adult:
            continue
        first = found.get((child, adult))
        if first is None:
            row.child, row.adult = people[child], people[adult]  # reading a name asks nothing more
            found[child, adult] = row
            continue
        if row.kind in PARENTS and first.kind not in PARENTS:
            first.kind = row.kind
        first.parental_responsibility |= row.parental_responsibility
        first.responsibility_source = first.responsibility_source or row.responsibility_source
        first.main_carer |= row.main_carer
    return list(found.values())


def tie_of(row) -> Tie:
    """The relationship as the rules take it: nobody has parental responsibility for an unborn child yet."""
    has, unborn = row.parental_responsibility, row.child.is_unborn
    return Tie(row.child_id, row.adult_id, row.kind, has and not unborn, row.main_carer, has and unborn)


def where_all_agree(ties) -> list[Relationship]:
    """The live relationships, with parental responsibility and care only where no other circle that says anything of
    the same two people says otherwise. Two queries where nobody among them is linked."""
    ties = list(ties)
    people = {pk for tie in ties for pk in (tie.child_id, tie.adult_id)}
    everywhere, here = linked_records(people), records_of_each(people)
    elsewhere = {pk: everywhere[pk] - here[pk] for pk in people if everywhere[pk] != here[pk]}
    others = _others(elsewhere)
    for tie in ties:
        circles = _of_two(others, elsewhere.get(tie.child_id, ()), elsewhere.get(tie.adult_id, ()))
        for said in circles.values():
            tie.parental_responsibility &= any(one.parental_responsibility for one in said if one.to_on is None)
            tie.main_carer &= any(one.main_carer for one in said if one.to_on is None)
    return ties


def _others(elsewhere) -> dict[tuple[int, int], list[Relationship]]:
    records = {pk for pks in elsewhere.values() for pk in pks}
    found = defaultdict(list)
    for row in Relationship.objects.filter(child__in=records, adult__in=records) if records else ():
        found[row.child_id, row.adult_id].append(row)
    return found


def _of_two(others, children, adults) -> dict[int, list[Relationship]]:
    """What other circles say of these two, ended or not, by the record of the child in each circle."""
    found = defaultdict(list)
    for child in children:
        for adult in adults:
            if rows := others.get((child, adult)):
                found[child] += rows
    return found
