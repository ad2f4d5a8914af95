"""One copy a recipient and kind, by rule; the chair widens, narrows, withholds or includes, with a reason."""

from contextlib import contextmanager

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from families.models import Person
from reports.actions.preparing import prepare_again
from reports.choices import WrittenKind
from reports.models import ConferenceRecord, Copy, CopyChild
from reports.queries.copies import has_gone, included_children, reaches
from reports.rules import DIED, FOR_NO_CHILD, Reach


def lay_out_copies(record: ConferenceRecord) -> None:
    """Inside an act: every recipient has one copy of each kind, covering what the rule says and what was widened.

    Done again, it takes out the children whom the rule covers no longer, and adds copies for new recipients; it never
    puts a child back whom the chair took out, and changes nothing in a copy that has gone to its reader.
    """
    kept = {(copy.invitation_id, copy.kind): copy for copy in record.copies.select_related("document")}
    for invitation, reach in reaches(record.conference).values():
        for kind in WrittenKind:
            copy = kept.get((invitation.pk, kind))
            if copy is None:
                copy = Copy.objects.create(
                    record=record, kind=kind, invitation=invitation, withheld_reason=reach.withheld
                )
                CopyChild.objects.bulk_create(CopyChild(copy=copy, child_id=child) for child in sorted(reach.children))
            elif not has_gone(copy):
                _bring_up_to_date(copy, reach)


def _bring_up_to_date(copy: Copy, reach: Reach) -> None:
    copy.children.filter(widened=False).exclude(child__in=reach.children).delete()
    reason = copy.withheld_reason
    if reach.withheld == DIED:
        reason = DIED
    elif not reason and not copy.children.exists():
        reason = reach.withheld or FOR_NO_CHILD
    if reason != copy.withheld_reason:
        copy.withheld_reason = reason
        copy.save()


def widen(*, by, copy: Copy, child: Person, reason: str) -> None:
    """The copy covers this child too, beyond the rule, for the chair's reason."""
    with _deciding(by, copy, reason, "Say why this reader should have this child’s part too."):
        if child.pk not in included_children(copy.record.conference_id):
            raise Invalid("Choose a child of this conference.", field="child")
        if copy.children.filter(child=child).exists():
            raise Invalid(f"This copy covers {child.full_name} already.", field="child")
        CopyChild.objects.create(copy=copy, child=child, widened=True)
        copy.widened_reason, copy.widened_by_id = reason.strip(), by.id
        copy.save()
        prepare_again(by, copy, f"Widened: {reason.strip()}")


def narrow(*, by, copy: Copy, child: Person, reason: str) -> None:
    """The copy no longer covers this child."""
    with _deciding(by, copy, reason, "Say why this reader should not have this child’s part."):
        removed, _ = copy.children.filter(child=child).delete()
        if not removed:
            raise Invalid("This copy does not cover that child.", field="child")
        if not copy.children.filter(widened=True).exists():
            copy.widened_reason, copy.widened_by_id = "", None
        if not copy.children.exists():
            copy.withheld_reason = reason.strip()
        copy.save()
        prepare_again(by, copy, f"Narrowed: {reason.strip()}")


def withhold(*, by, copy: Copy, reason: str) -> None:
    """This person gets no copy of this kind, for the chair's reason."""
    with _deciding(by, copy, reason, "Say why this person gets no copy."):
        copy.withheld_reason = reason.strip()
        copy.save()
        prepare_again(by, copy, f"Withheld: {reason.strip()}")


def include(*, by, copy: Copy, reason: str) -> None:
    """This person gets a copy of this kind after all, for the chair's reason; nobody who has died ever does."""
    with _deciding(by, copy, reason, "Say why this person gets a copy after all."):
        person = copy.invitation.person
        if person is not None and person.stands_for.died_on:
            raise WrongState(f"{copy.invitation.name} has died: nothing is sent to them.")
        if not copy.children.exists():
            raise Invalid("This copy covers no child. Add the child whom it should cover first.", field="reason")
        copy.withheld_reason = ""
        copy.save()
        prepare_again(by, copy, f"Included: {reason.strip()}")


@contextmanager
def _deciding(by, copy, reason, sentence):
    if not reason.strip():
        raise Invalid(sentence, field="reason")
    with acting(
        by, Permission.APPROVE_RECORD, on=copy.record, about=copy.record.conference, reason=reason.strip(),
        copy=copy.pk, reader=copy.invitation.name,
    ):  # fmt: skip
        copy.refresh_from_db()
        if has_gone(copy):
            raise WrongState(f"This copy has gone to {copy.invitation.name}. Open the record to correct it.")
        yield
