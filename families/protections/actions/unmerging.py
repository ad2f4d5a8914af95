"""Undoing a merge: protections recorded while the two records were one must protect both people afterwards."""

from cpc.core.audit.models import Event
from cpc.core.audit.queries import acts_that_made
from families.people.choices import Detail, SafeContact
from families.people.models import Address, ContactDetails, MustNotLearn, MustNotMeet, ProtectedFrom, Protection
from families.people.queries.merged_records import records_of_person


def copy_protections_on_unmerge(merge) -> None:
    """Copy every live entry recorded since the merge to the record that is separated again. Call inside ``acting()``.

    The entries were written under the kept record only, by people who saw one person. Both copies last until ended.
    """
    since, parted = merge.at, merge.merged_id
    mine = records_of_person(merge.kept_id) - {parted}
    _copy_must_not_learn(mine, parted, since)
    _copy_must_not_meet(mine, parted, since)
    _copy_protections(mine, parted, since)
    _reset_contact_route(merge.kept_id, parted)


def _entries_written_since(model, since, **narrowed):
    """The live entries created after ``since``."""
    rows = list(model.objects.live().filter(**narrowed).order_by("pk"))
    written = acts_that_made(model, [row.pk for row in rows])
    acts = set(Event.objects.filter(pk__in=written.values(), at__gte=since).values_list("pk", flat=True))
    return [row for row in rows if written.get(row.pk) in acts]


def _duplicate(entry, **changed):
    """Save a copy of the entry with these fields changed."""
    entry.pk, entry._state.adding = None, True
    for field, value in changed.items():
        setattr(entry, field, value)
    entry.save()
    return entry


def _copy_must_not_learn(mine, parted, since) -> None:
    """Copies each entry in which the person is the reader, the subject, or the child of a paternity."""
    for field in ("reader_id", "about_id", "of_child_id"):
        for entry in _entries_written_since(MustNotLearn, since, **{f"{field}__in": mine}):
            given = {"reader_id": entry.reader_id, "about_id": entry.about_id, "of_child_id": entry.of_child_id}
            given[field] = parted
            same = MustNotLearn.objects.live().filter(**given, what=entry.what, words=entry.words)
            if given["reader_id"] != given["about_id"] and not same.exists():
                _duplicate(entry, **given)


def _copy_must_not_meet(mine, parted, since) -> None:
    for field, other in (("one_id", "other_id"), ("other_id", "one_id")):
        for entry in _entries_written_since(MustNotMeet, since, **{f"{field}__in": mine}):
            pair = {field: parted, other: getattr(entry, other)}
            if pair[other] != parted and not MustNotMeet.objects.live().filter(**pair).exists():
                _duplicate(entry, **pair)


def _copy_protections(mine, parted, since) -> None:
    """Copies protections of a phone or e-mail address, and of an address if the other record has the same house."""
    theirs = {one.house_key: one for one in Address.objects.filter(person=parted)}
    live = Protection.objects.live()
    for entry in _entries_written_since(Protection, since, person__in=mine):
        address = theirs.get(entry.address.house_key) if entry.detail == Detail.ADDRESS else None
        if entry.detail == Detail.ADDRESS and (address is None or live.filter(address=address).exists()):
            continue
        if entry.detail != Detail.ADDRESS and live.filter(person=parted, detail=entry.detail).exists():
            continue
        named = entry.named
        entry = _duplicate(entry, person_id=parted, address=address)
        ProtectedFrom.objects.bulk_create(ProtectedFrom(protection=entry, person_id=pk) for pk in named)
    for row in ProtectedFrom.objects.filter(
        protection__in=_entries_written_since(Protection, since, withheld_from__person__in=mine)
    ):
        if row.person_id in mine:
            ProtectedFrom.objects.get_or_create(protection=row.protection, person_id=parted)


def _reset_contact_route(kept, parted) -> None:
    """Set the other record's safe contact to not known, unless it is the same as today's."""
    now = ContactDetails.objects.filter(person=kept).values_list("safe_contact", flat=True).first()
    for row in ContactDetails.objects.filter(person=parted):
        if now is not None and row.safe_contact not in (now, SafeContact.UNKNOWN):
            row.safe_contact, row.hand_by = SafeContact.UNKNOWN, None
            row.save()
