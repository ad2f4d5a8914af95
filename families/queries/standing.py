"""Every entry of one family: what is protected, what must not be learnt, who must not meet, what to be warned of."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from families.choices import Detail
from families.models import Membership, MustNotLearn, MustNotMeet, ProtectedFrom, Protection, WarningMarker
from families.queries.same_person import everyone_in, everyone_who_are
from families.queries.saying import (
    said_of_must_not_learn,
    said_of_must_not_meet,
    said_of_protection,
    said_of_warning,
)
from families.queries.shut import as_open_families_wrote, shut_records

PROTECTION, MUST_NOT_LEARN, MUST_NOT_MEET, WARNING = "protection", "must_not_learn", "must_not_meet", "warning"
MODELS = {PROTECTION: Protection, MUST_NOT_LEARN: MustNotLearn, MUST_NOT_MEET: MustNotMeet, WARNING: WarningMarker}


@dataclass(frozen=True)
class Entry:
    """One entry as its page says it."""

    sort: str
    record: object
    says: str

    @property
    def why(self) -> str:
        """Where it comes from: "Injunction"."""
        return self.record.get_source_display()


@dataclass(frozen=True)
class Entries:
    """All of a family's entries, those that have ended too."""

    all: tuple[Entry, ...]

    def of(self, sort) -> list[Entry]:
        """The live ones of one sort."""
        return [one for one in self.all if one.sort == sort and one.record.is_live]

    @cached_property
    def ended(self) -> list[Entry]:
        """Those that stand no more, latest first."""
        return sorted((one for one in self.all if not one.record.is_live), key=_ended_last, reverse=True)


def _ended_last(entry):
    return entry.record.ended_on, entry.record.pk


def records_of(family, sort):
    """The entries of one sort that are about this family alone: nobody of another family is named in them."""
    agreed = MODELS[sort].objects.select_related("agreed_by").order_by("pk")
    if sort == WARNING:
        return agreed.filter(family=family).select_related("person")
    people = everyone_in(family)
    if sort == PROTECTION:
        named = Prefetch("kept_from", ProtectedFrom.objects.select_related("person"))
        return agreed.filter(person__in=people).select_related("person", "address").prefetch_related(named)
    if sort == MUST_NOT_LEARN:
        return agreed.filter(reader__in=people, about__in=people).select_related("reader", "about", "of_child")
    return agreed.filter(one__in=people, other__in=people).select_related("one", "other")


def say(sort, record, *, naming_the_address=False) -> Entry:
    """The entry as one sentence; an address stands in it only where the reader may read addresses."""
    if sort == PROTECTION:
        says = said_of_protection(record, naming_the_address=naming_the_address)
    else:
        says = {
            MUST_NOT_LEARN: said_of_must_not_learn, MUST_NOT_MEET: said_of_must_not_meet, WARNING: said_of_warning,
        }[sort](record)  # fmt: skip
    return Entry(sort, record, says)


def entries_of(family, *, viewer, naming_the_address=False) -> Entries:
    """Every entry of the family (a fixed number of queries), but what is protected of somebody under a record of a
    family that is closed to the viewer: it is kept all the same."""
    everyone = everyone_who_are(Membership.objects.filter(family=family).values_list("person", flat=True))
    shut = shut_records(viewer, {pk: min(ids) for ids in everyone.values() for pk in ids})
    return Entries(
        tuple(
            say(sort, record, naming_the_address=naming_the_address)
            for sort in MODELS
            for record in (_protections_shown(family, viewer, shut) if sort == PROTECTION else records_of(family, sort))
        )
    )


def _protections_shown(family, viewer, shut) -> list[Protection]:
    """The protections that the viewer is shown, each with its address as it is shown to them."""
    rows = [row for row in records_of(family, PROTECTION) if row.person_id not in shut]
    rows = as_open_families_wrote(viewer, rows)
    addresses = as_open_families_wrote(viewer, [row.address for row in rows if row.address_id])
    shown = {address.pk: address for address in addresses}
    for row in rows:
        row.address = shown.get(row.address_id)
    return [row for row in rows if row.detail != Detail.ADDRESS or row.address]


def warnings_of(family) -> list[Entry]:
    """What stands at the top of the family's pages: live warnings, then who must not meet (a few queries)."""
    return [
        say(sort, record)
        for sort in (WARNING, MUST_NOT_MEET)
        for record in records_of(family, sort).filter(ended_on__isnull=True)
    ]
