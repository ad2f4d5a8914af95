"""A report is written, handed in with whom it was shared, approved or sent back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from conferences.actions.leave import checked, keep_named, named_readers, stood_before
from conferences.choices import Audience
from conferences.queries.sources import key_of, readers_of
from conferences.rules.audience import EVERYONE, PROFESSIONALS, Readers
from conferences.rules.provenance import Source
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, Stale, WrongState
from families.models import Person
from reports.choices import ReportKind, ReportState, SharedHow
from reports.models import Report, ReportChild, ReportSharing
from reports.queries.asked import VERBAL, can_still_write, covered_children, is_verbal, kind_for, parents_of
from reports.queries.sources import SECTIONS
from reports.states import REPORT

# Who may read what a report keeps apart. The family and everyone may read the report itself.
APART = (Audience.PROFESSIONALS, Audience.CHAIR, Audience.NAMED, Audience.POLICE, Audience.THIRD_PARTY)
UNFINISHED = (ReportState.DRAFT, ReportState.RETURNED)


@dataclass(frozen=True)
class Restricted:
    """What stays apart from the report that is shared: the words, who may read them, and why they stay apart."""

    text: str = ""
    audience: str = ""
    reason: str = ""
    named: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Shared:
    """When and how a report was shared with one parent, or why it was not."""

    parent: Person
    shared_on: date | None = None
    how: str = ""
    not_shared_reason: str = ""


def save_report(
    *,
    by,
    invitation,
    version: int,
    sections: dict,
    about: dict[int, str],
    author: str = "",
    restricted: Restricted | None = None,
    leave: str = "",
) -> Report:
    """The draft says what was typed, for exactly the children of the invitation; ``version`` 0 begins it. Nothing for
    ``restricted`` leaves the restricted part as it is.

    Raises Stale with both texts when somebody saved since ``version`` was read, and FromRestricted where a part that is
    shared holds a passage that fewer may read, and no ``leave`` is given.
    """
    apart = _kept_apart(invitation, restricted)
    texts = sections | {f"about_{child}": text for child, text in about.items()}
    trail = _leave_to_share(by, invitation, texts, restricted, apart, leave)
    with acting(by, _writing(by, invitation), on=invitation, about=invitation.conference, **trail):
        report = Report.objects.select_for_update().filter(invitation=invitation).first()
        if not can_still_write(invitation.conference):
            raise WrongState("The conference has been closed or called off, so its reports can no longer change.")
        if report is not None and report.state not in UNFINISHED:
            raise WrongState("This report has been handed in, so it can no longer change.")
        if (report.version if report else 0) != version:
            raise Stale(
                "Somebody else has saved this report since you opened it.",
                mine=_as_text(sections, about),
                theirs=as_text(report) if report else "",
                version=report.version if report else 0,
            )
        report = report or _begun(by, invitation)
        for name in SECTIONS:
            setattr(report, name, sections.get(name, "").strip())
        report.author = author.strip() or report.author
        report.version = version + 1
        if restricted is not None:
            report.restricted, report.restricted_reason = restricted.text.strip(), restricted.reason.strip()
            report.restricted_audience = apart.audience if report.restricted else ""
        report.save()
        if restricted is not None:
            keep_named(report, report.readers, apart.named if report.restricted else ())
        _keep_children(report, invitation, about)
        return report


def _kept_apart(invitation, restricted) -> Readers | None:
    if restricted is None or not restricted.text.strip():
        return Readers() if restricted is not None else None
    if restricted.audience not in APART:
        raise Invalid("Choose who may read what stays apart.", "audience")
    if not restricted.reason.strip():
        raise Invalid("Say why it stays apart.", "restricted_reason")
    return named_readers(invitation.conference, restricted.audience, restricted.named)


def _leave_to_share(by, invitation, texts, restricted, apart, leave) -> dict:
    # What is only shared by word of mouth is written for the chair and the professionals.
    readers = Readers(PROFESSIONALS if is_verbal(invitation) else EVERYONE)
    report = Report.objects.filter(invitation=invitation).prefetch_related("children").first()
    key = key_of(report) if report else ""
    stood = [as_text(report)] if report else []
    family_id, also = invitation.conference.family_id, ()
    if restricted is not None and restricted.text.strip():
        also = [Source(key, "What you keep apart in this report", apart, restricted.text)]
    trail = checked(by, family_id, texts, readers, leave=leave, already=stood, but=key, also=also)
    if also:
        old = readers_of(report.restricted_audience) if report and report.restricted else None
        trail |= checked(
            by, family_id, [restricted.text], apart, leave=leave, but=key, field="restricted",
            already=stood_before(apart, old, report.restricted) if old else (),
        )  # fmt: skip
    return trail


def _writing(by, invitation) -> Permission:
    return Permission.WRITE_REPORT if invitation.user_id == by.id else Permission.ENTER_REPORT


def _begun(by, invitation) -> Report:
    return Report(
        conference=invitation.conference,
        invitation=invitation,
        kind=kind_for(invitation),
        agency=invitation.agency,
        author=invitation.name,
        author_user_id=invitation.user_id,
        entered_by_id=by.id or invitation.user_id or invitation.conference.administrator_id,
    )


def _keep_children(report, invitation, about) -> None:
    children = {child.pk for child in covered_children(invitation)}
    report.children.exclude(child__in=children).delete()
    for child in children:
        ReportChild.objects.update_or_create(
            report=report, child_id=child, defaults={"about": about.get(child, "").strip()}
        )


def as_text(report: Report) -> str:
    """Everything that the report says, for the page on which two versions stand side by side."""
    return _as_text(
        {name: getattr(report, name) for name in SECTIONS}, dict(report.children.values_list("child", "about"))
    )


def _as_text(sections, about) -> str:
    return "\n\n".join(text.strip() for text in [*sections.values(), *about.values()] if text and text.strip())


def hand_in(*, by, report: Report, sharings: Iterable[Shared]) -> None:
    """The report is handed in, with when and how it was shared with each parent of its children, or why not."""
    with acting(by, _writing(by, report.invitation), on=report, about=report.conference):
        if not can_still_write(report.conference):
            raise WrongState("The conference has been closed or called off, so this report can no longer be handed in.")
        if not any(getattr(report, name) for name in SECTIONS) and not report.children.exclude(about="").exists():
            raise Invalid("Write the report before you hand it in.")
        REPORT.move(report, ReportState.SUBMITTED)
        report.submitted_at, report.return_reason = timezone.now(), ""
        report.save()
        _share_with_every_parent(by, report, list(sharings))


def _share_with_every_parent(by, report, sharings) -> None:
    parents = [parent for parent, _ in parents_of(report)]
    if is_verbal(report.invitation):
        sharings = [Shared(parent, not_shared_reason=VERBAL) for parent in parents]
    given = {shared.parent.pk: shared for shared in sharings}
    for parent in parents:
        if parent.pk not in given:
            raise Invalid(f"Say when the report was shared with {parent.full_name}, or why it was not.")
        _keep_sharing(by, report, given[parent.pk])
    strangers = set(given) - {parent.pk for parent in parents}
    if strangers:
        raise Invalid("A report is shared with the parents and carers of the children it covers, and nobody else.")


def record_sharing(*, by, report: Report, shared: Shared) -> None:
    """When and how the report was shared with one parent is known, after it was handed in."""
    with acting(by, _writing(by, report.invitation), on=report, about=report.conference):
        if report.state in UNFINISHED:
            raise WrongState("Hand the report in first. You are asked then with whom it was shared.")
        if shared.parent.pk not in {parent.pk for parent, _ in parents_of(report)}:
            raise Invalid("A report is shared with the parents and carers of the children it covers, and nobody else.")
        _keep_sharing(by, report, shared)


def _keep_sharing(by, report, shared: Shared) -> None:
    name, field = shared.parent.full_name, f"parent_{shared.parent.pk}"
    if shared.shared_on is None:
        if not shared.not_shared_reason.strip():
            raise Invalid(f"Say why the report was not shared with {name}.", field=f"{field}_reason")
        kept = {"shared_on": None, "how": "", "not_shared_reason": shared.not_shared_reason.strip()}
    else:
        if shared.shared_on > by.on:
            raise Invalid(
                f"The date you shared the report with {name} must be today or in the past.", field=f"{field}_on"
            )
        if shared.how not in SharedHow.values:
            raise Invalid(f"Say how the report was shared with {name}.", field=f"{field}_how")
        kept = {"shared_on": shared.shared_on, "how": shared.how, "not_shared_reason": ""}
    ReportSharing.objects.update_or_create(report=report, parent=shared.parent, defaults=kept)


def approve_report(*, by, report: Report) -> None:
    """The social work report is approved by the manager of the team, who is not its author."""
    with acting(by, Permission.APPROVE_REPORT, on=report, about=report.conference):
        _is_social_work(report)
        REPORT.move(report, ReportState.APPROVED)
        report.approved_by_id, report.approved_at = by.id or report.conference.agreed_by_id, timezone.now()
        report.save()


def return_report(*, by, report: Report, reason: str) -> None:
    """The report is with its author again, who is told why."""
    if not reason.strip():
        raise Invalid("Say what needs to change.", field="reason")
    with acting(by, Permission.APPROVE_REPORT, on=report, about=report.conference, reason=reason):
        _is_social_work(report)
        REPORT.move(report, ReportState.RETURNED)
        report.return_reason = reason.strip()
        report.save()


def _is_social_work(report) -> None:
    if report.kind != ReportKind.SOCIAL_WORK:
        raise WrongState("Only a social work report is approved. An agency answers for its own.")
