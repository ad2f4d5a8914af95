"""All entries of a family (protections, must-not-learn, must-not-meet, warnings), and each as one sentence."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import connection
from django.db.models import Prefetch, Q

from cpc.core.kernel.phrases import capital, listed, possessive
from families.people.choices import RECORDED_WITH_ADDRESS, Detail, MustNotLearnWhat
from families.people.models import Membership, MustNotLearn, MustNotMeet, ProtectedFrom, Protection, WarningMarker
from families.people.queries.identity import by_identity
from families.people.queries.merged_records import records_in_family, records_of_each

PROTECTION, MUST_NOT_LEARN, MUST_NOT_MEET, WARNING = "protection", "must_not_learn", "must_not_meet", "warning"
MODELS = {PROTECTION: Protection, MUST_NOT_LEARN: MustNotLearn, MUST_NOT_MEET: MustNotMeet, WARNING: WarningMarker}


@dataclass(frozen=True)
class DescribedEntry:
    """One entry as a sentence. ``others`` are the same entry for other people at the same protected address."""

    sort: str
    record: object
    sentence: str
    others: tuple["DescribedEntry", ...] = ()
    names_the_address: bool = False

    @property
    def everyone(self) -> tuple["DescribedEntry", ...]:
        """This entry and the others that are agreed and reviewed with it."""
        return (self, *self.others)

    @property
    def why(self) -> str:
        """The source of the entry: "Injunction"."""
        return self.record.get_source_display()


@dataclass(frozen=True)
class FamilyEntries:
    """All entries of a family, ended ones included."""

    all: tuple[DescribedEntry, ...]

    def of(self, sort) -> list[DescribedEntry]:
        """The live ones of one sort."""
        return [one for one in self.all if one.sort == sort and one.record.is_live]

    def together(self, sort) -> list[DescribedEntry]:
        """The live ones of one sort. Equal protections of one address are grouped into one entry."""
        found: dict[object, list[DescribedEntry]] = {}
        for one in self.of(sort):
            found.setdefault(_same_for(one), []).append(one)
        return [_as_one(entries) for entries in found.values()]

    @cached_property
    def ended(self) -> list[DescribedEntry]:
        """The ended ones, latest first."""
        return sorted((one for one in self.all if not one.record.is_live), key=_ended_last, reverse=True)


def _same_for(entry):
    """The key that entries are grouped by: the address, the readers, the reasons, and what was done."""
    row = entry.record
    if entry.sort != PROTECTION or row.detail != Detail.ADDRESS:
        return entry.sort, row.pk
    return (
        row.address.house_key, row.from_everyone, tuple(row.named), row.source, row.reason, row.review_on, row.told_on,
        row.told_how, row.agreed_by_id,
    )  # fmt: skip


def _as_one(entries) -> DescribedEntry:
    first, *others = entries
    if not others:
        return first
    sentence = describe_protection(first.record, naming_the_address=first.names_the_address, of=entries)
    return replace(first, sentence=sentence, others=tuple(others))


def _ended_last(entry):
    return entry.record.ended_on, entry.record.pk


def records_of(family, sort):
    """The entries of one sort in which only people of this family are named."""
    agreed = MODELS[sort].objects.select_related("agreed_by").order_by("pk")
    if sort == WARNING:
        return agreed.filter(family=family).select_related("person")
    people = records_in_family(family)
    if sort == PROTECTION:
        # A protection may name somebody from another family: they are not shown on this family’s pages.
        named = Prefetch("withheld_from", ProtectedFrom.objects.filter(person__in=people).select_related("person"))
        return agreed.filter(person__in=people).select_related("person", "address").prefetch_related(named)
    if sort == MUST_NOT_LEARN:
        return agreed.filter(reader__in=people, about__in=people).select_related("reader", "about", "of_child")
    return agreed.filter(one__in=people, other__in=people).select_related("one", "other")


def describe_entry(sort, record, *, naming_the_address=False) -> DescribedEntry:
    """The entry as one sentence. It includes the address only if the viewer may read addresses."""
    if sort == PROTECTION:
        sentence = describe_protection(record, naming_the_address=naming_the_address)
    else:
        sentence = {
            MUST_NOT_LEARN: describe_must_not_learn, MUST_NOT_MEET: describe_must_not_meet, WARNING: describe_warning,
        }[sort](record)  # fmt: skip
    return DescribedEntry(sort, record, sentence, names_the_address=naming_the_address)


def entries_of(family, *, naming_the_address=False) -> FamilyEntries:
    """Every entry of the family (a fixed number of queries).

    Entries of other circles are in force too, but only the pages of their own circle show them.
    """
    found = [(sort, record) for sort in MODELS for record in records_of(family, sort)]
    return FamilyEntries(
        tuple(describe_entry(sort, record, naming_the_address=naming_the_address) for sort, record in found)
    )


def families_that_withhold(families) -> set[int]:
    """Those of the families (ids) in which something is withheld, or somebody must not meet somebody. A second person
    checks what these families send. Five queries, for any number of families.
    """
    return set(sorts_of_entries(families))


def sorts_of_entries(families) -> dict[int, set[str]]:
    """The sorts of live entries (protection, must-not-learn, must-not-meet) about anybody of each family (ids), under
    any of their records. A family without an entry is left out. Five queries, for any number of families.
    """
    rows = list(Membership.objects.filter(family__in=families).values_list("family", "person"))
    of = by_identity({person for _, person in rows})
    silences = MustNotLearn.objects.live().filter(Q(reader__in=of) | Q(about__in=of))
    pairs = MustNotMeet.objects.live().filter(Q(one__in=of) | Q(other__in=of))
    named = {
        PROTECTION: set(Protection.objects.live().filter(person__in=of).values_list("person", flat=True)),
        MUST_NOT_LEARN: {pk for pair in silences.values_list("reader", "about") for pk in pair},
        MUST_NOT_MEET: {pk for pair in pairs.values_list("one", "other") for pk in pair},
    }
    found: dict[int, set[str]] = defaultdict(set)
    for sort, people in named.items():
        concerned = {of[pk] for pk in people if pk in of}
        for family, person in rows:
            if of[person] in concerned:
                found[family].add(sort)
    return dict(found)


def families_with_new_entries(since) -> set[int]:
    """The families (ids) of everybody who is named in a live entry of that day or later, under any of their records.
    Five queries at most.
    """
    models = (Protection, ("person",)), (MustNotLearn, ("reader", "about")), (MustNotMeet, ("one", "other"))
    people = {
        pk
        for model, fields in models
        for row in model.objects.live().filter(recorded_on__gte=since).values_list(*fields)
        for pk in row
    }
    theirs = Membership.objects.filter(person__in=by_identity(people)) if people else Membership.objects.none()
    return set(theirs.values_list("family", flat=True))


def warnings_of_families(families) -> dict[int, list[DescribedEntry]]:
    """What is shown at the top of each family's pages, by family id: live warnings, pairs who must not meet, and what
    somebody must not learn, where a worker would be about to say it.

    An entry about two people is shown only if both are in the family. A fixed number of queries.
    """
    found: dict[int, list[DescribedEntry]] = {family.pk: [] for family in families}
    rows = list(Membership.objects.filter(family__in=found).values_list("family", "person")) if found else []
    same = records_of_each({person for _, person in rows})
    people: dict[int, set[int]] = {pk: set() for pk in found}
    for pk, person in rows:
        people[pk] |= same[person]
    everyone = set().union(*people.values())
    sorts = _sorts_of_warnings(found, everyone)
    # A query for what is not there is not even made: Django works out all its columns before it finds that out.
    if WARNING in sorts:
        live = WarningMarker.objects.live().filter(family__in=found)
        for record in live.select_related("agreed_by", "person").order_by("pk"):
            found[record.family_id].append(describe_entry(WARNING, record))
    if MUST_NOT_MEET in sorts:
        pairs = MustNotMeet.objects.live().filter(one__in=everyone, other__in=everyone)
        for record in pairs.select_related("agreed_by", "one", "other").order_by("pk"):
            for pk in found:
                if {record.one_id, record.other_id} <= people[pk]:
                    found[pk].append(describe_entry(MUST_NOT_MEET, record))
    if MUST_NOT_LEARN in sorts:
        facts = MustNotLearn.objects.live().filter(reader__in=everyone, about__in=everyone)
        for record in facts.select_related("agreed_by", "reader", "about", "of_child").order_by("pk"):
            for pk in found:
                if {record.reader_id, record.about_id} <= people[pk]:
                    found[pk].append(describe_entry(MUST_NOT_LEARN, record))
    return found


# Most families have no entry of some sort, and every page about a family asks. Django takes 4 ms to make this query
# from querysets, which is longer than it takes to ask for one sort. Which entries are live, only ``live()`` says.
_SORTS_OF_WARNINGS = f"""
    SELECT '{WARNING}' WHERE EXISTS (
        SELECT FROM {WarningMarker._meta.db_table} WHERE family_id = ANY(%(families)s::bigint[]))
    UNION ALL SELECT '{MUST_NOT_MEET}' WHERE EXISTS (
        SELECT FROM {MustNotMeet._meta.db_table}
        WHERE one_id = ANY(%(people)s::bigint[]) AND other_id = ANY(%(people)s::bigint[]))
    UNION ALL SELECT '{MUST_NOT_LEARN}' WHERE EXISTS (
        SELECT FROM {MustNotLearn._meta.db_table}
        WHERE reader_id = ANY(%(people)s::bigint[]) AND about_id = ANY(%(people)s::bigint[]))
"""


def _sorts_of_warnings(families, people) -> set[str]:
    """The sorts that have an entry, live or ended, of these families or of these people among themselves. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SORTS_OF_WARNINGS, {"families": list(families), "people": list(people)})
        return {sort for (sort,) in cursor.fetchall()}


W = MustNotLearnWhat
_DETAILS = {Detail.ADDRESS: "address", Detail.PHONE: "phone number", Detail.EMAIL: "email address"}


def describe_must_not_learn(entry) -> str:
    """ "Lewis Hart must not learn where Dana Marlow lives."."""
    about = entry.about.full_name
    what = {
        W.EXISTENCE: f"that {about} exists",
        W.PATERNITY: f"that {about} is the father of {entry.of_child.full_name if entry.of_child else ''}",
        W.WHEREABOUTS: f"where {about} lives",
        W.PLACEMENT: f"where {about} is placed",
        W.SCHOOL: f"which school or nursery {about} goes to",
        W.FACT: f"a fact about {about}",
    }[entry.what]
    return f"{entry.reader.full_name} must not learn {what}."


def describe_protection(entry, *, naming_the_address=False, of=()) -> str:
    """ "Dana Marlow’s address is withheld from everyone outside the case." ``withheld_from`` is prefetched with people.

    ``of`` are the entries of all people at the address, if one sentence describes them all.
    """
    names = [one.person.full_name for one in entry.withheld_from.all()]
    readers = "everyone outside the case" if entry.from_everyone else listed(names)
    if entry.from_everyone and names:
        readers = f"{readers}, and from {listed(names)}"
    where = f", {entry.address}," if naming_the_address and entry.address_id else ""
    if of:
        people = listed([one.record.person.full_name for one in of])
        return f"The address of {people}{where or ''} is withheld from {readers}."
    what = capital(possessive(entry.person.full_name, str(_DETAILS[entry.detail]), "of"))
    return f"{what}{where} is withheld from {readers}."


def describe_must_not_meet(entry) -> str:
    """ "Lewis Hart and Dan Pryce must not meet." or "… must not meet. Dan Pryce is protected."."""
    protected = [one.full_name for one in (entry.one, entry.other) if one.pk in entry.protected_people]
    who = f" {protected[0]} is protected." if len(protected) == 1 else ""
    return f"{entry.one.full_name} and {entry.other.full_name} must not meet.{who}"


def describe_warning(entry) -> str:
    """ "Risk to workers: Lewis Hart." or, for the whole family, "Animals in the home"."""
    label = entry.get_kind_display()
    return f"{label}: {entry.person.full_name}." if entry.person_id else f"{label}."


def to_complete(family, protection) -> list[Protection]:
    """The other protections of the same home that were recorded with it and have no reason of their own yet."""
    if protection.address is None:
        return []
    rows = records_of(family, PROTECTION).filter(
        address__house_key=protection.address.house_key, reason=RECORDED_WITH_ADDRESS, ended_on__isnull=True
    )
    return list(rows.exclude(pk=protection.pk).select_related("person").order_by("pk"))
