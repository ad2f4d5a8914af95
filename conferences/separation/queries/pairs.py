"""Who must be kept separate, why, and which of them is protected."""

from collections import defaultdict
from dataclasses import replace

from django.db.models import F, Q

from conferences.separation.rules import Pair, first_choice
from families.people.choices import AddressKind, MustNotLearnWhat, RelationshipKind
from families.people.models import Address, HouseholdMember, MustNotLearn, MustNotMeet, Protection, Relationship
from families.people.queries.identity import by_identity
from families.people.queries.merged_records import by_record

W = MustNotLearnWhat
# Seeing the other person tells the reader this. Seeing somebody does not tell their school, or a fact.
SEEN_BY_MEETING = (W.EXISTENCE, W.PATERNITY, W.WHEREABOUTS, W.PLACEMENT)
# Somebody could be followed home to this.
WHERE = (W.WHEREABOUTS, W.PLACEMENT)
# What staff are told when only another circle records the reason.
NOT_SAID = "they must attend separately"


def pairs_to_separate(people, same=None) -> list[Pair]:
    """The pairs among ``people`` (ids of any of their records) that must attend separately according to any record,
    and which of the two each record protects. A fixed number of queries. Where only another circle records the reason,
    ``why`` does not give it. Where two of ``people`` are records of one person, each of them has the pairs. ``same``
    has the person of each record, where that is known; no pair then says why.
    """
    people = list(people)
    mine, ours = (by_identity(people), by_record(people)) if same is None else (same, {})
    found: dict[frozenset[int], Pair] = {}

    def add(one, other, why, protected):
        pair = (mine.get(one), mine.get(other))
        if None in pair or pair[0] == pair[1]:
            return
        new = Pair(*pair, frozenset(mine[pk] for pk in protected), why)
        before = found.get(new.key)
        if before:
            kept = new if before.why == NOT_SAID else before
            new = replace(kept, protected=before.protected | new.protected)
        found[new.key] = new

    for pair in _must_not_meet(mine):
        why = "must not meet" if pair.one_id in ours else NOT_SAID
        add(pair.one_id, pair.other_id, why, pair.protected_people)
    entries = MustNotLearn.objects.live().filter(reader__in=mine, what__in=SEEN_BY_MEETING).select_related("about")
    entries = list(entries.order_by("pk"))
    everywhere = _companions({entry.about_id for entry in entries if entry.what in WHERE}, by_identity)
    here = _companions({entry.about_id for entry in entries if entry.what in WHERE and ours}, by_record)
    for entry in entries:
        is_ours = entry.reader_id in ours
        what = W(entry.what).label[0].lower() + W(entry.what).label[1:]
        why = f"one must not know about the other {what}" if is_ours else NOT_SAID
        add(entry.reader_id, entry.about_id, why, {entry.about_id})
        for companion in everywhere[entry.about_id] if entry.what in WHERE else ():
            is_told = is_ours and companion in here[entry.about_id]
            lives_with = f"one lives with or cares for {entry.about.full_name}: {what}"
            add(entry.reader_id, companion, lives_with if is_told else NOT_SAID, {companion} & set(mine))
    hidden = _withheld_addresses().filter(person__in=mine, withheld_from__person__in=mine)
    for entry in hidden.annotate(reader=F("withheld_from__person")).order_by("pk"):
        why = "the address of one is withheld from the other" if entry.person_id in ours else NOT_SAID
        add(entry.person_id, entry.reader, why, {entry.person_id})
    return _for_each_id(found.values(), people, mine)


def person_to_separate_from(people) -> dict[int, int]:
    """For each record of ``people`` (ids), and of everybody who by an entry of any circle must attend separately from
    one of them, one id of that person. Empty if there is no such entry. Two queries, which begin with the live entries
    of the whole service: they are few.
    """
    people = set(people)
    if not people:
        return {}
    rows = MustNotMeet.objects.live().order_by().values_list("one", "other").union(
        MustNotLearn.objects.live().filter(what__in=SEEN_BY_MEETING).order_by().values_list("reader", "about"),
        _withheld_addresses().order_by().values_list("person", "withheld_from__person"),
    )  # fmt: skip
    rows = set(rows)
    same = by_identity(people | {pk for pair in rows for pk in pair})
    asked = {same[pk] for pk in people}
    found = {same[pk] for pair in rows if asked & {same[one] for one in pair} for pk in pair}
    return {record: pk for record, pk in same.items() if pk in asked | found} if found else {}


def _withheld_addresses():
    return Protection.objects.live().filter(address__isnull=False, withheld_from__person__isnull=False)


def pairs_who_must_not_meet(people) -> list[Pair]:
    """The pairs among ``people`` (ids) who must not meet by an entry of any circle, and who it protects."""
    people = list(people)
    mine = by_identity(people)
    pairs = [
        Pair(mine[row.one_id], mine[row.other_id], frozenset(mine[pk] for pk in row.protected_people))
        for row in _must_not_meet(mine)
    ]
    return _for_each_id(pairs, people, mine)


def _for_each_id(pairs, people, mine) -> list[Pair]:
    """The pairs under every id that was asked for. After a merge, two of ``people`` may be records of one person."""
    ids = defaultdict(set)
    for pk in (getattr(one, "pk", one) for one in people):
        ids[mine[pk]].add(pk)
    return [
        replace(pair, one=one, other=other, protected=frozenset(
            pk for pk, was in ((one, pair.one), (other, pair.other)) if was in pair.protected
        ))
        for pair in pairs for one in sorted(ids[pair.one]) for other in sorted(ids[pair.other])
    ]  # fmt: skip


def _must_not_meet(records):
    return MustNotMeet.objects.live().filter(one__in=records, other__in=records).order_by("pk")


def _companions(people, records_of) -> dict[int, set[int]]:
    """For each person, the people who care for them, live with them or share their placement. ``records_of`` selects
    the records: of one circle (``by_record``) or of all circles (``by_identity``).
    """
    found = defaultdict(set)
    if not people:
        return found
    records = records_of(people)
    carers = Q(kind=RelationshipKind.CARER) | Q(main_carer=True)
    for child, adult in Relationship.objects.live().filter(carers, child__in=records).values_list("child", "adult"):
        found[records[child]].add(adult)
    stays = HouseholdMember.objects.filter(person__in=records, to_on__isnull=True).values_list("household", "person")
    homes = defaultdict(set)
    for home, person in stays:
        homes[home].add(records[person])
    there = HouseholdMember.objects.filter(household__in=homes, to_on__isnull=True).values_list("household", "person")
    for home, companion in there:
        for person in homes[home]:
            found[person].add(companion)
    # Only a placement counts here. What is written also protects a refuge: see PLACED in the rules of what is withheld,
    # and decision 14.
    placed = list(Address.objects.filter(person__in=records, kind=AddressKind.PLACEMENT, to_on__isnull=True))
    there = Address.objects.filter(house_key__in=[one.house_key for one in placed], to_on__isnull=True)
    for house, companion in there.values_list("house_key", "person"):
        for one in placed:
            if one.house_key == house:
                found[records[one.person_id]].add(companion)
    return found


def main_carers(people) -> frozenset[int]:
    """Those of ``people`` (ids) who are the main carer of a child."""
    people = [getattr(one, "pk", one) for one in people]
    mine = by_record(people)
    carers = Relationship.objects.live().filter(adult__in=mine, main_carer=True)
    caring = {mine[pk] for pk in carers.values_list("adult", flat=True)}
    return frozenset(pk for pk in people if mine.get(pk) in caring)


def who_gives_way(people) -> frozenset[int]:
    """Those of ``people`` (ids) who are not proposed where two who must not meet would be together. The protected
    person comes first, then the main carer of a child. Where that decides nothing, neither is proposed.
    """
    people = list(people)
    carers = main_carers(people)
    return frozenset(pk for pair in pairs_to_separate(people) for pk in pair.key - {first_choice(pair, carers)})
