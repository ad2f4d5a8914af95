"""What all entries (protections, must-not-learn, must-not-meet, warnings) share: agreeing, reviewing, ending."""

from django.db import transaction

from cpc.core.audit.door import acting
from cpc.core.audit.versions import versions
from cpc.core.kernel.refusals import Invalid, WrongState
from families.people.actions.concurrency import refuse_if_changed, require_family_members
from families.people.actions.reviewing import AGREE, RECORD, check_review
from families.people.actions.same_names import store_additions_beside
from families.people.models import MustNotLearn, MustNotMeet, Protection, WarningMarker
from families.people.states import AGREED, MUST_NOT_LEARN, MUST_NOT_MEET, PROTECTION, WARNING

KINDS = {Protection: PROTECTION, MustNotLearn: MUST_NOT_LEARN, MustNotMeet: MUST_NOT_MEET, WarningMarker: WARNING}

# What a manager reads before agreeing. An entry that has changed since then is not agreed to.
READ_TO_AGREE = ("source", "reason", "review_on", "ended_on")


def agree(*, by, family, entries, seen=None) -> list:
    """A manager agrees to all of the entries, or to none. The audit trail has one act for each.

    Raises Stale when one of them changed since the page showed them (``seen``: their versions).
    """
    with transaction.atomic():
        return [_agree(by, family, entry, entries, seen) for entry in entries]


def _agree(by, family, entry, entries, seen):
    with acting(by, AGREE, on=family, entry=entry.pk, sort=entry._meta.model_name):
        _refresh_live(family, entry)
        if entry.agreed_by_id:
            raise WrongState(f"A manager has already agreed to this. {PROTECTION.way(AGREED)}")
        if entry is entries[0] and seen is not None:
            read = {field: getattr(entry, field) for field in READ_TO_AGREE}
            refuse_if_changed(entry, READ_TO_AGREE, seen, read, now=versions(*_as_stored(entries)))
        entry.agreed_by_id = by.id
        entry.save()
        return entry


def _as_stored(entries) -> list:
    stored = type(entries[0]).objects.in_bulk([entry.pk for entry in entries])
    return [stored[entry.pk] for entry in entries]


def review_entries(*, by, family, entries, review_on, note) -> list:
    """Record a review: each entry stays in force, with ``review_on`` as the next review. The trail has the reason.

    What no manager has agreed to is in force too, and is agreed to or ended first.
    """
    with transaction.atomic():
        return [_review_entry(by, family, entry, review_on, note) for entry in entries]


def _review_entry(by, family, entry, review_on, note):
    with acting(by, RECORD, on=family, reason=note, entry=entry.pk, sort=entry._meta.model_name):
        _refresh_live(family, entry)
        if not note.strip():
            raise Invalid("Say why it is still needed", "note")
        KINDS[type(entry)].must_be(entry, AGREED, to="reviewed")
        entry.review_on = check_review(by, review_on)
        entry.save()
        return entry


def end_entry(*, by, family, entry, reason, ended_on=None):
    """End the entry on ``ended_on`` (default: today). It stays on the record."""
    with acting(by, RECORD, on=family, reason=reason, entry=entry.pk, sort=entry._meta.model_name):
        _refresh_live(family, entry)
        if not reason.strip():
            raise Invalid("Say why it is no longer needed", "reason")
        ended_on = ended_on or by.on
        if ended_on > by.on:
            raise Invalid("The day must be today or in the past", "ended_on")
        entry.ended_on, entry.end_reason = ended_on, reason.strip()
        entry.save()
        if isinstance(entry, MustNotLearn):
            store_additions_beside(entry.about)
        return entry


def refuse_ended(entry) -> None:
    """Raise WrongState if the entry has ended."""
    if entry.ended_on:
        raise WrongState("Someone has ended this meanwhile. Record it again if it is still needed.")


def _refresh_live(family, entry) -> None:
    if isinstance(entry, WarningMarker) and entry.family_id != family.pk:
        raise Invalid("This is not about this family")
    require_family_members(family, people_of(entry))
    entry.refresh_from_db()
    refuse_ended(entry)


def people_of(entry) -> list:
    """The people named in an entry."""
    fields = {
        Protection: ("person",), MustNotLearn: ("reader", "about", "of_child"), MustNotMeet: ("one", "other"),
        WarningMarker: ("person",),
    }[type(entry)]  # fmt: skip
    return [one for field in fields if (one := getattr(entry, field)) is not None]
