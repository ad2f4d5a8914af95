"""What every entry of who may not know, meet or be unwarned goes through: agreed, looked at again, ended."""

from datetime import timedelta

from django.db import transaction

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from cpc.core.policy.queries import due
from families.actions.stale import refuse_if_changed, seen_stamp
from families.actions.strangers import refuse_strangers
from families.models import MustNotLearn, MustNotMeet, Protection, WarningMarker

RECORD, AGREE = Permission.RECORD_PROTECTIONS, Permission.AGREE_PROTECTIONS
# What a manager reads before agreeing: an entry that has changed under their eyes is not agreed to.
READ_TO_AGREE = ("source", "reason", "review_on", "ended_on")
LONGEST = timedelta(days=366)


def agree(*, by, family, entries, seen=None) -> list:
    """A manager agrees to the entries as they stand, all or none; each is an act of its own on the trail.

    Raises Stale when one of them changed since the page showed them (``seen``: ``stamp_of_all``).
    """
    with transaction.atomic():
        return [_agree(by, family, entry, entries, seen) for entry in entries]


def _agree(by, family, entry, entries, seen):
    with acting(by, AGREE, on=family, entry=entry.pk, sort=entry._meta.model_name):
        _fresh(family, entry)
        if entry is entries[0] and seen is not None and seen != stamp_of_all(_as_stored(entries)):
            refuse_if_changed(entry, READ_TO_AGREE, "", {field: getattr(entry, field) for field in READ_TO_AGREE})
        if entry.agreed_by_id:
            raise WrongState("A manager has agreed to this already.")
        entry.agreed_by_id = by.id
        entry.save()
        return entry


def stamp_of_all(entries) -> str:
    """The mark that a page carries of the entries that it showed to be agreed to."""
    return "-".join(seen_stamp(entry, READ_TO_AGREE) for entry in entries)


def _as_stored(entries) -> list:
    stored = type(entries[0]).objects.in_bulk([entry.pk for entry in entries])
    return [stored[entry.pk] for entry in entries]


def look_again(*, by, family, entries, review_on, note) -> list:
    """Somebody has looked at the entries again: they stand until ``review_on``. The trail says why, of each."""
    with transaction.atomic():
        return [_look_again(by, family, entry, review_on, note) for entry in entries]


def _look_again(by, family, entry, review_on, note):
    with acting(by, RECORD, on=family, reason=note, entry=entry.pk, sort=entry._meta.model_name):
        _fresh(family, entry)
        if not note.strip():
            raise Invalid("Say why it still stands", "note")
        entry.review_on = check_review(by, review_on)
        entry.save()
        return entry


def end_entry(*, by, family, entry, reason, ended_on=None):
    """The entry stands no more from ``ended_on`` (today where none is given); nothing of it is lost."""
    with acting(by, RECORD, on=family, reason=reason, entry=entry.pk, sort=entry._meta.model_name):
        _fresh(family, entry)
        if not reason.strip():
            raise Invalid("Say why it no longer stands", "reason")
        ended_on = ended_on or by.on
        if ended_on > by.on:
            raise Invalid("The day must be today or in the past", "ended_on")
        entry.ended_on, entry.end_reason = ended_on, reason.strip()
        entry.save()
        return entry


def agreed(by, family) -> dict:
    """Who agrees by recording: a manager does; for anybody else it is not agreed yet."""
    return {"agreed_by_id": by.id if by.may(AGREE, family) else None}


def check_standing(by, *, source, reason, review_on, entry=None) -> dict:
    """What every entry is given; raises Invalid where the reason is missing or the day for another look cannot be."""
    if not reason.strip():
        raise Invalid("Say why", "reason")
    if entry is None or review_on != entry.review_on:  # a day that has passed meanwhile may stay as it was
        review_on = check_review(by, review_on)
    given = {"source": source, "reason": reason.strip(), "review_on": review_on}
    return given if entry is not None else given | {"recorded_on": by.on}


def check_review(by, review_on):
    """The day for another look: after today, within a year; by the service's limit where none is given."""
    if review_on is None:
        return due("protection_review", by.on).on
    if review_on <= by.on:
        raise Invalid("The day to look at it again must be in the future", "review_on")
    if review_on - by.on > LONGEST:
        raise Invalid("Look at it again within a year", "review_on")
    return review_on


def refuse_ended(entry) -> None:
    """Raises WrongState when the entry stands no more."""
    if entry.ended_on:
        raise WrongState("Somebody has ended this meanwhile. Record it anew where it must stand again.")


def _fresh(family, entry) -> None:
    if isinstance(entry, WarningMarker) and entry.family_id != family.pk:
        raise Invalid("This is not about this family")
    refuse_strangers(family, people_of(entry))
    entry.refresh_from_db()
    refuse_ended(entry)


def people_of(entry) -> list:
    """Everybody whom an entry is about."""
    fields = {
        Protection: ("person",), MustNotLearn: ("reader", "about", "of_child"), MustNotMeet: ("one", "other"),
        WarningMarker: ("person",),
    }[type(entry)]  # fmt: skip
    return [one for field in fields if (one := getattr(entry, field)) is not None]
