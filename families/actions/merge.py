"""Two records of one person are made one, and can be made two again. Nothing is moved, so nothing can be lost."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.actions.found_by import refresh
from families.actions.parting import carry_on
from families.choices import Part, SafeContact
from families.models import (
    ContactDetails,
    Membership,
    Merge,
    MustNotLearn,
    MustNotMeet,
    Partnership,
    Person,
    PossibleDuplicate,
    Relationship,
)
from families.queries.duplicates import records_like
from families.queries.same_person import everyone_who_is
from families.queries.shut import as_open_families_wrote, closed_to
from families.queries.shut_people import people_shown
from families.rules import merging

GONE = "These are already one person. Reload the page to see them"
REACHED = (
    "How this person may safely be reached is recorded differently in the two. Make it the same first, or keep the "
    "other record"
)
PARTS = "One of them is a child of a family in which the other is an adult. Correct their parts first"
NOT_HERE = "These two cannot be made one person here. Ask the conference service manager"
_APART = (
    (
        Relationship, "child", "adult", {"to_on": None},
        "They are recorded as each other’s relative. If that is a mistake, take it out first",
    ),
    (Partnership, "one", "other", {}, "They are recorded as a couple. If that is a mistake, take it out first"),
    (
        MustNotMeet, "one", "other", {"ended_on": None},
        "It is recorded that they must not meet. If that is a mistake, end it first",
    ),
    (
        MustNotLearn, "reader", "about", {"ended_on": None},
        "One of them must not learn something of the other. If that is a mistake, end it first",
    ),
)  # fmt: skip


def merge(*, by, kept, merged, reason, confirmed=False) -> Merge:
    """``merged`` stands for ``kept`` from now on; raises Invalid where they cannot be one person.

    ``confirmed``: the manager has seen that the two have different numbers, and says that they are one all the same.
    A record that stands for another already is followed to the one that was kept.
    """
    if not reason.strip():
        raise Invalid("Say how you know that this is one person", "reason")
    kept, merged = _end(kept), _end(merged)
    if kept.pk == merged.pk:
        raise WrongState(GONE)
    with transaction.atomic():
        # Both, in one order, so that two managers who merge them the other way round never wait for each other.
        list(Person.objects.select_for_update(no_key=True).filter(pk__in=[kept.pk, merged.pk]).order_by("pk"))
        with acting(by, Permission.MERGE_PEOPLE, on=kept, reason=reason.strip(), merged=merged.pk):
            merged.refresh_from_db()
            if kept.merged_into_id or merged.merged_into_id:
                raise WrongState(GONE)  # somebody else merged one of them while this page stood open
            if not can_see(by, merged):
                raise NotPermitted("You cannot do this. Ask a manager who may see both records.")
            if sentence := _why_never(by, kept, merged):
                raise Invalid(sentence)
            if not confirmed and merging.contradictions(*people_shown(by, [kept, merged])):
                raise Invalid("Their numbers differ. Tick the box if you are sure that this is one person", "confirmed")
            row = Merge.objects.create(kept=kept, merged=merged, reason=reason.strip(), by_id=by.id, at=timezone.now())
            _follow_again({kept.pk, *everyone_who_is(merged)})
            return row


def undo_merge(*, by, merge, reason) -> Merge:
    """The two records stand for two people again, each as it was; what was written since stays where it was written.

    What protects somebody and was recorded since protects both.
    """
    if not reason.strip():
        raise Invalid("Say why they are not one person", "reason")
    with acting(by, Permission.MERGE_PEOPLE, on=merge, reason=reason.strip(), merged=merge.merged_id):
        if merge.undone_at:
            raise WrongState("Somebody has already undone this merge.")
        merge.undone_by_id, merge.undone_at, merge.undo_reason = by.id, timezone.now(), reason.strip()
        merge.save()
        carry_on(merge)
        _follow_again(everyone_who_is(merge.kept_id))
        return merge


def settle_duplicate(*, by, pair, reason) -> PossibleDuplicate:
    """It is on record that the two are two people; the pair is shown no more."""
    if not reason.strip():
        raise Invalid("Say how you know that they are two people", "reason")
    with acting(by, Permission.MERGE_PEOPLE, on=pair, reason=reason.strip()):
        if pair.settled_at:
            raise WrongState("Somebody has already said that they are two people.")
        pair.settled_by_id, pair.settled_at, pair.reason = by.id, timezone.now(), reason.strip()
        pair.save()
        return pair


def found_as_now(person, on) -> None:
    """The person is found by the names they have now, and managers see whom they may be. For use inside an act."""
    refresh(person)
    notice_duplicates(person, on)


def notice_duplicates(person, on) -> None:
    """Managers who may see both are shown the records that may be this person's. For use inside an act."""
    pairs = [sorted((person.pk, other.pk)) for other in records_like(person)]
    PossibleDuplicate.objects.bulk_create(
        [PossibleDuplicate(one_id=one, other_id=other, noticed_on=on) for one, other in pairs], ignore_conflicts=True
    )


def _end(person) -> Person:
    fresh = Person.objects.get(pk=person.pk)
    return Person.objects.get(pk=fresh.merged_into_id) if fresh.merged_into_id else fresh


def _follow_again(ids) -> None:
    """``merged_into`` of these records is the end of the merges that stand: never a record that is itself merged."""
    steps = dict(Merge.objects.filter(undone_at__isnull=True).filter(
        Q(merged__in=ids) | Q(kept__in=ids)).values_list("merged", "kept"))  # fmt: skip
    for person in Person.objects.filter(pk__in={*ids, *steps}):
        end = merging.end_of(person.pk, steps)
        end = end if end != person.pk else None
        if person.merged_into_id != end:
            person.merged_into_id = end
            person.save(update_fields=["merged_into"])


def _why_never(by, kept, merged) -> str:
    """The sentence that says why these two can never be one person, or nothing. Where only a family that is closed to
    ``by`` says so, it says that and not why."""
    ones, others = everyone_who_is(kept), everyone_who_is(merged)
    for model, one, other, more, sentence in _APART:
        both = Q(**{f"{one}__in": ones, f"{other}__in": others}) | Q(**{f"{one}__in": others, f"{other}__in": ones})
        if rows := list(model.objects.filter(both, **more)):
            return sentence if as_open_families_wrote(by, rows, f"{one}_id", f"{other}_id") else NOT_HERE
    reached = list(ContactDetails.objects.filter(person__in=[kept.pk, *others]))
    if _differ(kept, reached):
        return REACHED if _differ(kept, as_open_families_wrote(by, reached)) else NOT_HERE
    parts: dict[int, list[Membership]] = {}
    for row in Membership.objects.filter(person__in=ones | others):
        parts.setdefault(row.family_id, []).append(row)
    if mixed := [row.pk for rows in parts.values() if _is_child_and_adult(rows) for row in rows]:
        shut = closed_to(by) or Q(pk__in=[])
        return PARTS if Membership.objects.filter(pk__in=mixed).exclude(shut).exists() else NOT_HERE
    return ""


def _differ(kept, reached) -> bool:
    """Whether the other records say otherwise than the kept one, by which a letter would go."""
    ours = {row.safe_contact for row in reached if row.person_id == kept.pk}
    return bool({row.safe_contact for row in reached if row.person_id != kept.pk} - ours - {SafeContact.UNKNOWN})


def _is_child_and_adult(rows) -> bool:
    parts = {row.part for row in rows}
    return Part.CHILD in parts and len(parts) > 1
