"""Records and changes which two people must not meet."""

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid
from families.people.actions.concurrency import refuse_if_changed, require_family_members
from families.people.actions.reviewing import agreement_by, checked_entry
from families.people.choices import WhoIsProtected
from families.people.models import MustNotMeet
from families.people.queries.merged_records import records_of_person
from families.protections.actions.reviews import refuse_ended

RECORD = Permission.RECORD_PROTECTIONS
MUST_NOT_MEET_FIELDS = ("protects", "source", "reason", "review_on")


def record_must_not_meet(
    *, by, family, one, other, source, reason, protects=WhoIsProtected.BOTH, review_on=None
) -> MustNotMeet:
    """Record that the two people must not be in the same place at the same time, and which of them is protected."""
    with acting(by, RECORD, on=family, reason=reason):
        ours, theirs = records_of_person(one), records_of_person(other)
        if ours & theirs:
            raise Invalid("Choose two different people", "other")
        require_family_members(family, [one, other])
        if not reason.strip():
            raise Invalid("Say why they must not meet", "reason")
        both = ours | theirs
        if MustNotMeet.objects.live().filter(one__in=both, other__in=both).exists():
            raise Invalid("It is already recorded that these two must not meet", "other")
        given = checked_entry(by, source=source, reason=reason, review_on=review_on)
        given["protects"] = _checked(protects)
        return MustNotMeet.objects.create(one=one, other=other, **given, **agreement_by(by, family))


def change_must_not_meet(*, by, family, entry, source, reason, protects=None, review_on=None, seen=None) -> MustNotMeet:
    """Change the entry. Raises Stale if somebody else saved first."""
    with acting(by, RECORD, on=family, pair=entry.pk):
        require_family_members(family, [entry.one, entry.other])
        entry.refresh_from_db()
        refuse_ended(entry)
        given = checked_entry(by, source=source, reason=reason, review_on=review_on, entry=entry)
        given["protects"] = _checked(protects or entry.protects)
        refuse_if_changed(entry, MUST_NOT_MEET_FIELDS, seen, given)
        for field, value in (given | agreement_by(by, family)).items():
            setattr(entry, field, value)
        entry.save()
        return entry


def _checked(protects) -> WhoIsProtected:
    if protects not in WhoIsProtected.values:
        raise Invalid("Choose who is protected", "protects")
    return WhoIsProtected(protects)
