"""Merges two records of one person, and undoes a merge. No row moves, so nothing is lost."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.finding import rules
from families.people.actions.circles import extend_conflicts, link_records, unlink_records, void_checks
from families.people.actions.same_names import store_additions
from families.people.choices import Part, SafeContact
from families.people.models import (
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
from families.people.queries.identity import circles_of, linked_records, linked_records_of_person
from families.people.queries.merged_records import records_of_person
from families.people.states import DUPLICATE, MERGE
from families.protections.actions.unmerging import copy_protections_on_unmerge

LINKED = "These two records are already linked. Reload the page to see them"
GONE = "These are already one person. Reload the page to see them"
NOT_HERE = "These two cannot be made one person here. Ask the conference service manager"
REACHED = (
    "How this person may safely be reached is recorded differently in the two. Make it the same first, or keep the "
    "other record"
)
PARTS = "One of them is a child of a family in which the other is an adult. Correct their parts first"
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
        "Something about one of them must be withheld from the other. If that is a mistake, end that entry first",
    ),
)  # fmt: skip


def merge(*, by, kept, merged, reason, confirmed=False) -> Merge:
    """Merge ``merged`` into ``kept``. Raises Invalid if they cannot be one person.

    Records of two circles are not merged but linked: each keeps what its circle knows, and what protects one protects
    both. A record that was merged before is replaced by the record that was kept.

    ``confirmed``: the manager knows that the two have different numbers, and says that they are still one person.
    """
    if not reason.strip():
        raise Invalid("Say how you know that they are the same person", "reason")
    kept, merged = _end(kept), _end(merged)
    if kept.pk == merged.pk:
        raise WrongState(GONE)
    with transaction.atomic():
        # Both, in one order, so that two managers who merge them the other way round never wait for each other.
        list(Person.objects.select_for_update(no_key=True).filter(pk__in=[kept.pk, merged.pk]).order_by("pk"))
        with acting(by, Permission.MERGE_PEOPLE, on=kept, reason=reason.strip(), merged=merged.pk):
            merged.refresh_from_db()
            if kept.merged_into_id or merged.merged_into_id:
                raise WrongState(GONE)  # somebody else merged one of them while this page was open
            if not can_see(by, merged):
                raise NotPermitted("You cannot do this. Ask a manager who may see both records.")
            is_link = are_of_two_circles(kept, merged)
            if is_link and linked_records_of_person(kept) & {merged.pk}:
                raise WrongState(LINKED)
            if sentence := _why_never(kept, merged):
                raise Invalid(sentence)
            if not confirmed and rules.contradictions(kept, merged):
                said = "Their numbers differ. Tick the box if you are sure that they are the same person"
                raise Invalid(said, "confirmed")
            return _make_one(by, kept, merged, reason.strip(), is_link=is_link)


def _make_one(by, kept, merged, reason, *, is_link=False) -> Merge:
    row = Merge.objects.create(
        kept=kept, merged=merged, is_link=is_link, reason=reason, by_id=by.id, at=timezone.now()
    )  # fmt: skip
    if is_link:
        link_records(kept, merged)
    else:
        _update_merged_into({kept.pk, *records_of_person(merged)})
        extend_conflicts([kept])
    return row


def merge_reopened_family(by, family, reason) -> None:
    """Merge the records of a family that is no longer restricted with those of the other open families.

    Where two records differ in a way that cannot be settled here, managers are shown the pair. Call inside
    ``acting()``.
    """
    rows = Membership.objects.filter(family=family).select_related("person__merged_into").order_by("pk")
    ours = {row.stands_for.pk: row.stands_for for row in rows}
    others = Membership.objects.filter(family__restricted=False).exclude(family=family)
    for pk, linked in linked_records(ours).items():
        found = others.filter(person__in=linked).select_related("person__merged_into").order_by("pk").first()
        if found is None or found.stands_for.pk == pk:
            continue
        kept, merged = found.stands_for, ours[pk]
        if _why_never(kept, merged) or rules.contradictions(kept, merged):
            one, other = sorted((kept.pk, merged.pk))
            PossibleDuplicate.objects.get_or_create(one_id=one, other_id=other, defaults={"noticed_on": by.on})
        else:
            _make_one(by, kept, merged, reason)
    void_checks(ours)


def are_of_two_circles(one, other) -> bool:
    """Whether two different circles hold these records. If so they are linked, not merged."""
    circles = circles_of([one.pk, other.pk])
    return circles[one.pk] != circles[other.pk]


def undo_merge(*, by, merge, reason) -> Merge:
    """Undo the merge: two people again. What was written since the merge stays with the record it was written under.

    Protections recorded since the merge are copied, so that they protect both.
    """
    if not reason.strip():
        raise Invalid("Say why they are not the same person", "reason")
    with acting(by, Permission.MERGE_PEOPLE, on=merge, reason=reason.strip(), merged=merge.merged_id):
        if merge.undone_at:
            MERGE.refuse(merge, "be undone again")
        merge.undone_by_id, merge.undone_at, merge.undo_reason = by.id, timezone.now(), reason.strip()
        merge.save()
        if not merge.is_link:
            copy_protections_on_unmerge(merge)
            _update_merged_into(records_of_person(merge.kept_id))
        unlink_records(merge)
        return merge


def settle_duplicate(*, by, pair, reason) -> PossibleDuplicate:
    """Record that the two are different people. The pair is no longer shown."""
    if not reason.strip():
        raise Invalid("Say how you know that they are different people", "reason")
    with acting(by, Permission.MERGE_PEOPLE, on=pair, reason=reason.strip()):
        if pair.settled_at:
            DUPLICATE.refuse(pair, "be settled again")
        pair.settled_by_id, pair.settled_at, pair.reason = by.id, timezone.now(), reason.strip()
        pair.save()
        return pair


def _end(person) -> Person:
    fresh = Person.objects.get(pk=person.pk)
    return Person.objects.get(pk=fresh.merged_into_id) if fresh.merged_into_id else fresh


def _update_merged_into(ids) -> None:
    """Set ``merged_into`` of these records to the last record of their chain of merges, never to a merged one."""
    steps = dict(Merge.objects.filter(undone_at__isnull=True, is_link=False).filter(
        Q(merged__in=ids) | Q(kept__in=ids)).values_list("merged", "kept"))  # fmt: skip
    for person in Person.objects.filter(pk__in={*ids, *steps}):
        end = rules.end_of(person.pk, steps)
        end = end if end != person.pk else None
        if person.merged_into_id != end:
            person.merged_into_id = end
            person.save(update_fields=["merged_into"])
    store_additions(Person.objects.in_bulk(ids))


def _why_never(kept, merged) -> str:
    """The sentence that says why these two can never be one person, or nothing.

    If only another circle's records rule it out, the sentence gives no reason.
    """
    ones, others = records_of_person(kept), records_of_person(merged)
    all_ones, all_others = linked_records_of_person(kept), linked_records_of_person(merged)
    for model, one, other, more, sentence in _APART:
        rows = model.objects.filter(**more)
        if rows.filter(_between(one, other, ones, others)).exists():
            return sentence
        if rows.filter(_between(one, other, all_ones, all_others)).exists():
            return NOT_HERE
    if not are_of_two_circles(kept, merged):
        if _differ(kept, others):
            return REACHED
        if _differ(kept, all_others - all_ones):
            return NOT_HERE
    if _child_and_adult(ones | others):
        return PARTS
    return NOT_HERE if _child_and_adult(all_ones | all_others) else ""


def _between(one, other, ones, others) -> Q:
    return Q(**{f"{one}__in": ones, f"{other}__in": others}) | Q(**{f"{one}__in": others, f"{other}__in": ones})


def _differ(kept, others) -> bool:
    """Whether the other records have another safe contact than the kept record, which decides how letters go."""
    reached = ContactDetails.objects.filter(person__in=[kept.pk, *others])
    ours = {row.safe_contact for row in reached if row.person_id == kept.pk}
    return bool({row.safe_contact for row in reached if row.person_id != kept.pk} - ours - {SafeContact.UNKNOWN})


def _child_and_adult(records) -> bool:
    """Whether one of these records is a child of a family in which another is an adult."""
    parts: dict[int, set[str]] = {}
    for family, part in Membership.objects.filter(person__in=records).values_list("family", "part"):
        parts.setdefault(family, set()).add(part)
    return any(Part.CHILD in one and len(one) > 1 for one in parts.values())
