"""Which two people must not be in one room."""

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid
from families.actions.stale import refuse_if_changed
from families.actions.standing import agreed, check_standing, refuse_ended
from families.actions.strangers import refuse_strangers
from families.models import MustNotMeet
from families.queries.same_person import everyone_who_is
from families.queries.shut import as_open_families_wrote
from families.queries.standing import MUST_NOT_MEET, WHOSE

RECORD = Permission.RECORD_PROTECTIONS
MUST_NOT_MEET_FIELDS = ("source", "reason", "review_on")


def record_must_not_meet(*, by, family, one, other, source, reason, review_on=None) -> MustNotMeet:
    """The two people are given separate times, rooms or links from now on."""
    with acting(by, RECORD, on=family, reason=reason):
        ours, theirs = everyone_who_is(one), everyone_who_is(other)
        if ours & theirs:
            raise Invalid("Choose two different people", "other")
        refuse_strangers(family, [one, other])
        if not reason.strip():
            raise Invalid("Say why they must not meet", "reason")
        both = ours | theirs
        same = MustNotMeet.objects.live().filter(one__in=both, other__in=both)
        if as_open_families_wrote(by, same, *WHOSE[MUST_NOT_MEET]):
            raise Invalid("It is already recorded that these two must not meet", "other")
        given = check_standing(by, source=source, reason=reason, review_on=review_on)
        return MustNotMeet.objects.create(one=one, other=other, **given, **agreed(by, family))


def change_must_not_meet(*, by, family, entry, source, reason, review_on=None, seen=None) -> MustNotMeet:
    """The entry is as given; raises Stale when somebody else saved first."""
    with acting(by, RECORD, on=family, pair=entry.pk):
        refuse_strangers(family, [entry.one, entry.other])
        entry.refresh_from_db()
        refuse_ended(entry)
        given = check_standing(by, source=source, reason=reason, review_on=review_on, entry=entry)
        refuse_if_changed(entry, MUST_NOT_MEET_FIELDS, seen, given)
        for field, value in (given | agreed(by, family)).items():
            setattr(entry, field, value)
        entry.save()
        return entry
