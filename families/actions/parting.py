"""What must go on when a merge is undone: whatever protects somebody, and was recorded while the two were one."""

from cpc.core.audit.models import Event
from cpc.core.audit.queries import acts_that_made
from families.choices import Detail, SafeContact
from families.models import Address, ContactDetails, MustNotLearn, MustNotMeet, ProtectedFrom, Protection
from families.queries.same_person import everyone_who_is


def carry_on(merge) -> None:
    """What was recorded of either since the merge, and stands, holds for both until somebody ends it. Inside an act.

    Whoever recorded it had one person before them, and it was written under the kept record alone.
    """
    since, parted = merge.at, merge.merged_id
    mine = everyone_who_is(merge.kept_id) - {parted}
    _silences(mine, parted, since)
    _meetings(mine, parted, since)
    _protections(mine, parted, since)
    _ways(merge.kept_id, parted)


def _live(model, since, **narrowed):
    """The entries that stand and whose row was written by an act since then."""
    rows = list(model.objects.live().filter(**narrowed).order_by("pk"))
    written = acts_that_made(model, [row.pk for row in rows])
    acts = set(Event.objects.filter(pk__in=written.values(), at__gte=since).values_list("pk", flat=True))
    return [row for row in rows if written.get(row.pk) in acts]


def _again(entry, **changed):
    """The same entry once more, with these fields changed."""
    entry.pk, entry._state.adding = None, True
    for field, value in changed.items():
        setattr(entry, field, value)
    entry.save()
    return entry


def _silences(mine, parted, since) -> None:
    """Both as reader, as whom it is about, and as the child of a paternity."""
    for field in ("reader_id", "about_id", "of_child_id"):
        for entry in _live(MustNotLearn, since, **{f"{field}__in": mine}):
            given = {"reader_id": entry.reader_id, "about_id": entry.about_id, "of_child_id": entry.of_child_id}
            given[field] = parted
            same = MustNotLearn.objects.live().filter(**given, what=entry.what, words=entry.words)
            if given["reader_id"] != given["about_id"] and not same.exists():
                _again(entry, **given)


def _meetings(mine, parted, since) -> None:
    for field, other in (("one_id", "other_id"), ("other_id", "one_id")):
        for entry in _live(MustNotMeet, since, **{f"{field}__in": mine}):
            pair = {field: parted, other: getattr(entry, other)}
            if pair[other] != parted and not MustNotMeet.objects.live().filter(**pair).exists():
                _again(entry, **pair)


def _protections(mine, parted, since) -> None:
    """A phone or e-mail address; and an address, where the other record has the same one."""
    theirs = {_house(one): one for one in Address.objects.filter(person=parted)}
    live = Protection.objects.live()
    for entry in _live(Protection, since, person__in=mine):
        address = theirs.get(_house(entry.address)) if entry.detail == Detail.ADDRESS else None
        if entry.detail == Detail.ADDRESS and (address is None or live.filter(address=address).exists()):
            continue
        if entry.detail != Detail.ADDRESS and live.filter(person=parted, detail=entry.detail).exists():
            continue
        named = entry.named
        entry = _again(entry, person_id=parted, address=address)
        ProtectedFrom.objects.bulk_create(ProtectedFrom(protection=entry, person_id=pk) for pk in named)
    for row in ProtectedFrom.objects.filter(protection__in=_live(Protection, since, kept_from__person__in=mine)):
        if row.person_id in mine:
            ProtectedFrom.objects.get_or_create(protection=row.protection, person_id=parted)


def _house(address) -> str:
    return "".join(f"{address.lines}{address.postcode}".casefold().split())


def _ways(kept, parted) -> None:
    """An older way to reach the other record is trusted only where it is the same as today's."""
    now = ContactDetails.objects.filter(person=kept).values_list("safe_contact", flat=True).first()
    for row in ContactDetails.objects.filter(person=parted):
        if now is not None and row.safe_contact not in (now, SafeContact.UNKNOWN):
            row.safe_contact, row.hand_by = SafeContact.UNKNOWN, None
            row.save()
