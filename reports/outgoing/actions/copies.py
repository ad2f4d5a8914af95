"""One copy for each recipient and kind, by rule. The chair widens, narrows, withholds or includes, with a reason."""

from contextlib import contextmanager

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from families.people.models import Person
from reports.incoming.queries.requested import included_children
from reports.outgoing.actions.preparing import prepare_again
from reports.outgoing.choices import Telling, WrittenKind
from reports.outgoing.models import ChildTold, ConferenceRecord, Copy, CopyChild
from reports.outgoing.queries.copies import coverage_by_invitation, is_issued
from reports.outgoing.rules.copies import DIED, EXCLUDED, FOR_NO_CHILD, Coverage
from reports.outgoing.states import COPY, MADE, UNMADE, WITHHELD


def create_or_update_copies(record: ConferenceRecord) -> None:
    """Give every recipient one copy of each kind, with the children that the rule covers or the chair added. Call it
    inside an act.

    A second call removes children that the rule no longer covers and adds copies for new recipients. It never adds back
    a child that the chair removed, and never changes an issued copy.
    """
    existing = {(copy.invitation_id, copy.kind): copy for copy in record.copies.select_related("document")}
    for kind in WrittenKind:
        for invitation, coverage in coverage_by_invitation(record.conference, kind).values():
            copy = existing.get((invitation.pk, kind))
            if copy is None:
                copy = Copy.objects.create(
                    record=record, kind=kind, invitation=invitation, withheld_reason=coverage.withheld
                )
                CopyChild.objects.bulk_create(
                    CopyChild(copy=copy, child_id=child) for child in sorted(coverage.children)
                )
            elif not is_issued(copy):
                _update_copy(copy, coverage)


def _update_copy(copy: Copy, coverage: Coverage) -> None:
    copy.children.filter(widened=False).exclude(child__in=coverage.children).delete()
    reason = copy.withheld_reason
    if coverage.withheld == DIED:
        reason = DIED
    elif not reason and not copy.children.exists():
        reason = coverage.withheld or FOR_NO_CHILD
    if reason != copy.withheld_reason:
        copy.withheld_reason = reason
        copy.save()


def include_wrongly_excluded(record: ConferenceRecord) -> None:
    """Give a copy to those who were withheld one only because they were wrongly marked as excluded. Call it inside an
    act."""
    for kind in WrittenKind:
        rule = coverage_by_invitation(record.conference, kind)
        for copy in record.copies.filter(kind=kind, withheld_reason=EXCLUDED):
            _, coverage = rule.get(copy.invitation_id, (None, None))
            if coverage is not None and not coverage.withheld:
                existing = set(copy.children.values_list("child", flat=True))
                CopyChild.objects.bulk_create(
                    CopyChild(copy=copy, child_id=child) for child in sorted(coverage.children - existing)
                )
                copy.withheld_reason = ""
                copy.save()


def excluded_readers(conference) -> set[int]:
    """The invitations (ids) of the people who get no copy because they were excluded."""
    rule = coverage_by_invitation(conference)
    return {pk for pk, (_, coverage) in rule.items() if coverage.withheld == EXCLUDED}


def withhold_wrongly_included(record: ConferenceRecord, readers: set[int]) -> None:
    """Withhold the copies of these readers (invitations), who were excluded after all, unless they have gone already.
    Call it inside an act."""
    for copy in record.copies.filter(invitation__in=readers, withheld_reason="").select_related("document"):
        if not is_issued(copy) or not copy.document.outgoing.filter(sent_at__isnull=False).exists():
            copy.withheld_reason = EXCLUDED
            copy.save()


def widen(*, by, copy: Copy, child: Person, reason: str) -> None:
    """Cover this child too, beyond the rule, for the chair’s reason."""
    with _chair_decides(by, copy, reason, "Say why this reader should also have this child’s part."):
        if child.pk not in included_children(copy.record.conference_id):
            raise Invalid("Choose a child of this conference.", field="child")
        if copy.children.filter(child=child).exists():
            raise Invalid(f"This copy already covers {child.full_name}.", field="child")
        CopyChild.objects.create(copy=copy, child=child, widened=True)
        copy.widened_reason, copy.widened_by_id = reason.strip(), by.id
        copy.save()
        prepare_again(by, copy, f"Widened: {reason.strip()}")


def narrow(*, by, copy: Copy, child: Person, reason: str) -> None:
    """Remove this child from the copy."""
    with _chair_decides(by, copy, reason, "Say why this reader should not have this child’s part."):
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
    """Give this person no copy of this kind, for the chair’s reason."""
    with _chair_decides(by, copy, reason, "Say why this person gets no copy."):
        COPY.must_be(copy, UNMADE, MADE, to="withheld")
        copy.withheld_reason = reason.strip()
        copy.save()
        prepare_again(by, copy, f"Withheld: {reason.strip()}")


def include(*, by, copy: Copy, reason: str) -> None:
    """Give this person a copy of this kind after all, for the chair’s reason. A person who has died never gets one."""
    with _chair_decides(by, copy, reason, "Say why this person gets a copy after all."):
        COPY.must_be(copy, WITHHELD, to="sent after all")
        person = copy.invitation.person
        if person is not None and person.stands_for.died_on:
            raise WrongState(f"{copy.invitation.name} has died: nothing is sent to them.")
        if not copy.children.exists():
            raise Invalid("This copy covers no child. Add a child first.", field="reason")
        if copy.kind == WrittenKind.DECISION_LETTER and _is_a_child_without_words(copy):
            raise Invalid("Choose a letter for this child on the record’s page, and write it.", field="reason")
        copy.withheld_reason = ""
        copy.save()
        prepare_again(by, copy, f"Included: {reason.strip()}")


def _is_a_child_without_words(copy) -> bool:
    told = ChildTold.objects.filter(record=copy.record_id, child=copy.invitation.person_id, how=Telling.LETTER)
    is_child = copy.record.conference.children.filter(child=copy.invitation.person_id).exists()
    return is_child and not told.exists()


@contextmanager
def _chair_decides(by, copy, reason, sentence):
    if not reason.strip():
        raise Invalid(sentence, field="reason")
    with acting(
        by, Permission.APPROVE_RECORD, on=copy.record, about=copy.record.conference, reason=reason.strip(),
        copy=copy.pk, reader=copy.invitation.name,
    ):  # fmt: skip
        copy.refresh_from_db()
        if is_issued(copy):
            raise WrongState(f"This copy has gone to {copy.invitation.name}. Open the record to correct it.")
        yield
