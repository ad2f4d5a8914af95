"""Write a report, submit it with who it was shared with, approve it or return it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from conferences.convening.queries.exclusions import GETS_NO_DOCUMENTS, people_without_documents
from conferences.disclosure.actions import (
    Before,
    Disclosure,
    named_readers,
    require_permission_to_share,
    set_named_readers,
)
from conferences.disclosure.choices import Audience
from conferences.disclosure.queries import key_of, readers_of
from conferences.disclosure.rules.audience import Readers
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.audit.versions import next_version
from cpc.core.kernel.refusals import Invalid, WrongState
from families.people.models import Person
from reports.incoming.choices import OutcomeProgress, ReportKind, ReportState, SharedHow
from reports.incoming.models import Report, ReportChild, ReportOutcome, ReportSharing, ReportVersion
from reports.incoming.permissions import permission_to_write
from reports.incoming.queries.outcomes import outcomes_to_answer
from reports.incoming.queries.requested import (
    VERBAL,
    audience_of,
    can_still_write,
    covered_children,
    is_verbal,
    kind_for,
    people_to_tell,
)
from reports.incoming.queries.uploads import came_as_file
from reports.incoming.rules.marks import told_by_nobody
from reports.incoming.rules.sections import CHILD_SECTIONS, FAMILY_SECTIONS
from reports.incoming.states import REPORT

# Who may read the restricted part of a report. Everyone, including the family, may read the rest.
RESTRICTED_AUDIENCES = (Audience.PROFESSIONALS, Audience.CHAIR, Audience.NAMED, Audience.POLICE, Audience.THIRD_PARTY)
NOBODY_ELSE = (
    "A report is shared with the parents and carers of the children it covers and with older children, and nobody else."
)
NOT_SUBMITTED = (ReportState.DRAFT, ReportState.RETURNED)


@dataclass(frozen=True)
class Restricted:
    """The restricted part of a report: its words, who may read it, and why it is not shared."""

    text: str = ""
    audience: str = ""
    reason: str = ""
    named: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Shared:
    """When and how a report was shared with one parent or child and who shared it, or why it was not."""

    parent: Person
    shared_on: date | None = None
    how: str = ""
    by: str = ""
    not_shared_reason: str = ""


@dataclass(frozen=True)
class OutcomeAnswer:
    """How far an outcome of the plan has been reached, and what shows it."""

    progress: str = ""
    said: str = ""


def save_report(
    *,
    by,
    invitation,
    version: int,
    sections: dict,
    about: dict[int, dict[str, str]],
    outcomes: dict[str, OutcomeAnswer] | None = None,
    author: str = "",
    restricted: Restricted | None = None,
    consent: str = "",
) -> Report:
    """Save the draft for exactly the children of the invitation; ``version`` 0 starts it. ``about`` are the sections
    about each child, ``outcomes`` the answers for a review. ``restricted`` None leaves the restricted part unchanged.

    Raises Stale with both texts if somebody saved since ``version`` was read, and RestrictedTextCopied if a shared part
    contains a passage that fewer people may read and no ``consent`` is given.
    """
    restricted_readers = _restricted_readers(invitation, restricted)
    outcomes = outcomes or {}
    texts = sections | {f"{name}_{child}": text for child, own in about.items() for name, text in own.items()}
    texts |= {f"outcome_{number}": one.said for number, one in enumerate(outcomes.values())}
    to_share = _to_share(invitation, texts, restricted, restricted_readers)
    shared = require_permission_to_share(by, invitation.conference.family_id, *to_share, consent=consent)
    with acting(by, permission_to_write(by, invitation), on=invitation, about=invitation.conference, **shared):
        report = Report.objects.select_for_update().filter(invitation=invitation).first()
        if not can_still_write(invitation.conference):
            raise WrongState("The conference has been closed or called off, so its reports can no longer change.")
        if report is not None:
            REPORT.must_be(report, *NOT_SUBMITTED, to="changed")
        following = next_version(
            report, version, "This report was changed since you opened this page.",
            mine=_as_text(sections, about.values(), outcomes), theirs=lambda: as_text(report),
        )  # fmt: skip
        report = report or _new_report(by, invitation)
        for section in FAMILY_SECTIONS:
            setattr(report, section.name, sections.get(section.name, "").strip())
        report.author = author.strip() or report.author
        report.version, report.audience = following, audience_of(invitation)
        if restricted is not None:
            report.restricted, report.restricted_reason = restricted.text.strip(), restricted.reason.strip()
            report.restricted_audience = restricted_readers.audience if report.restricted else ""
        report.save()
        if restricted is not None:
            set_named_readers(report, report.readers, restricted_readers.named if report.restricted else ())
        _save_children(report, invitation, about)
        _save_outcomes(report, invitation, outcomes)
        return report


def _restricted_readers(invitation, restricted) -> Readers | None:
    if restricted is None or not restricted.text.strip():
        return Readers() if restricted is not None else None
    if restricted.audience not in RESTRICTED_AUDIENCES:
        raise Invalid("Choose who may read the confidential part.", "audience")
    if not restricted.reason.strip():
        raise Invalid("Say why it is confidential.", "restricted_reason")
    return named_readers(invitation.conference, restricted.audience, restricted.named)


def _to_share(invitation, texts, restricted, restricted_readers) -> list[Disclosure]:
    readers = Readers(audience_of(invitation))
    report = Report.objects.filter(invitation=invitation).prefetch_related("children").first()
    row, before = (key_of(report), (Before(as_text(report), readers),)) if report else ("", ())
    shared = Disclosure(texts, readers, before, row)
    if restricted is None or not restricted.text.strip():
        return [shared]
    before = ()
    if report and report.restricted:
        before = (Before(report.restricted, readers_of(report.restricted_audience)),)
    called = "The confidential part of this report"
    return [shared, Disclosure({"restricted": restricted.text}, restricted_readers, before, row, called)]


def _new_report(by, invitation) -> Report:
    return Report(
        conference=invitation.conference,
        invitation=invitation,
        kind=kind_for(invitation),
        agency=invitation.agency,
        author=invitation.name,
        author_user_id=invitation.user_id,
        entered_by_id=by.id or invitation.user_id or invitation.conference.administrator_id,
    )


def _save_children(report, invitation, about) -> None:
    children = {child.pk for child in covered_children(invitation)}
    report.children.exclude(child__in=children).delete()
    for child in children:
        own = about.get(child, {})
        texts = {section.name: own.get(section.name, "").strip() for section in CHILD_SECTIONS}
        ReportChild.objects.update_or_create(report=report, child_id=child, defaults=texts)


def _save_outcomes(report, invitation, outcomes) -> None:
    to_answer = outcomes_to_answer(invitation)
    strangers = set(outcomes) - set(to_answer)
    if strangers:
        raise Invalid("The plan was changed since you opened this page. Reload it to see its outcomes.")
    for outcome, answer in outcomes.items():
        if answer.progress and answer.progress not in OutcomeProgress.values:
            raise Invalid("Choose how far the outcome has been reached.")
        texts = {"progress": answer.progress, "said": answer.said.strip()}
        ReportOutcome.objects.update_or_create(report=report, outcome=outcome, defaults=texts)


def as_text(report: Report) -> str:
    """Everything in the report but its confidential part: for two versions side by side, and for what was submitted."""
    answers = {one.outcome: OutcomeAnswer(one.progress, one.said) for one in report.outcomes.all()}
    return _as_text(report.sections, [row.sections for row in report.children.order_by("pk")], answers)


def _as_text(sections, about, outcomes) -> str:
    answers = [
        "\n".join(filter(None, (outcome, OutcomeProgress(one.progress).label if one.progress else "", one.said)))
        for outcome, one in outcomes.items()
        if one.progress or one.said.strip()
    ]
    texts = [*sections.values(), *answers, *(text for own in about for text in own.values())]
    return "\n\n".join(text.strip() for text in texts if text and text.strip())


def why_incomplete(words: str) -> str:
    """Why a report with these words cannot be submitted yet, in a sentence; empty if it can."""
    if not words:
        return "Write the report, or upload it as a file, before you submit it."
    if told_by_nobody(words):
        return "A line begins with “Told by:”. Say who told you, such as “Told by Anna: …”."
    return ""


def submit_report(*, by, report: Report, sharings: Iterable[Shared]) -> None:
    """Submit the report, with when and how it was shared with each parent of its children, or why it was not. A report
    that was uploaded as a file needs no other words.
    """
    with acting(by, permission_to_write(by, report.invitation), on=report, about=report.conference):
        if not can_still_write(report.conference):
            raise WrongState("The conference has been closed or called off, so this report can no longer be submitted.")
        words = as_text(report) or came_as_file(report)
        if why := why_incomplete(words):
            raise Invalid(why)
        REPORT.move(report, ReportState.SUBMITTED)
        report.submitted_at, report.return_reason, report.number = timezone.now(), "", report.number + 1
        report.first_submitted_on = report.first_submitted_on or timezone.localdate(report.submitted_at)
        report.save()
        covers = sorted(report.children.values_list("child", flat=True))
        ReportVersion.objects.create(
            report=report, number=report.number, words=words, covers=covers, submitted_at=report.submitted_at
        )
        _share_with_everyone(by, report, list(sharings))


def revise_report(*, by, report: Report) -> None:
    """Open a submitted report again for a new version, which replaces it when it is submitted."""
    with acting(by, permission_to_write(by, report.invitation), on=report, about=report.conference):
        if not can_still_write(report.conference):
            raise WrongState("The conference has been closed or called off, so its reports can no longer change.")
        REPORT.must_be(report, ReportState.SUBMITTED, ReportState.APPROVED, to="written again")
        REPORT.move(report, ReportState.RETURNED)
        report.approved_by, report.approved_at = None, None
        report.save()


def _share_with_everyone(by, report, sharings) -> None:
    parents = [person for person, _ in people_to_tell(report)]
    if is_verbal(report.invitation):
        sharings = [Shared(parent, not_shared_reason=VERBAL) for parent in parents]
    given = {shared.parent.pk: shared for shared in sharings}
    excluded = people_without_documents(report.conference)
    given |= {one.pk: Shared(one, not_shared_reason=GETS_NO_DOCUMENTS) for one in parents if one.pk in excluded}
    for parent in parents:
        if parent.pk not in given:
            raise Invalid(f"Say when the report was shared with {parent.full_name}, or why it was not.")
        _save_sharing(by, report, given[parent.pk])
    strangers = set(given) - {parent.pk for parent in parents}
    if strangers:
        raise Invalid(NOBODY_ELSE)


def record_sharing(*, by, report: Report, shared: Shared) -> None:
    """Record, after submission, when and how the report was shared with one parent."""
    with acting(by, permission_to_write(by, report.invitation), on=report, about=report.conference):
        if report.state in NOT_SUBMITTED:
            raise WrongState("Submit the report first. You will then be asked who it was shared with.")
        if shared.parent.pk not in {person.pk for person, _ in people_to_tell(report)}:
            raise Invalid(NOBODY_ELSE)
        _save_sharing(by, report, shared)


def _save_sharing(by, report, shared: Shared) -> None:
    name, field = shared.parent.full_name, f"parent_{shared.parent.pk}"
    if shared.shared_on is None:
        if not shared.not_shared_reason.strip():
            raise Invalid(f"Say why the report was not shared with {name}.", field=f"{field}_reason")
        sharing = {
            "shared_on": None, "how": "", "shared_by": "", "not_shared_reason": shared.not_shared_reason.strip(),
        }  # fmt: skip
    else:
        if shared.shared_on > by.on:
            raise Invalid(
                f"The date you shared the report with {name} must be today or in the past.", field=f"{field}_on"
            )
        if shared.how not in SharedHow.values:
            raise Invalid(f"Say how the report was shared with {name}.", field=f"{field}_how")
        sharing = {
            "shared_on": shared.shared_on, "how": shared.how, "shared_by": shared.by.strip() or report.author,
            "not_shared_reason": "",
        }  # fmt: skip
    sharing["number"] = report.number
    ReportSharing.objects.update_or_create(report=report, parent=shared.parent, defaults=sharing)


def approve_report(*, by, report: Report) -> None:
    """Approve the social work report: the manager of the team, never its author."""
    with acting(by, Permission.APPROVE_REPORT, on=report, about=report.conference):
        _is_social_work(report)
        REPORT.move(report, ReportState.APPROVED)
        report.approved_by_id, report.approved_at = by.id or report.conference.agreed_by_id, timezone.now()
        report.save()


def return_report(*, by, report: Report, reason: str) -> None:
    """Return the report to its author, with the reason."""
    if not reason.strip():
        raise Invalid("Say what needs to change.", field="reason")
    with acting(by, Permission.APPROVE_REPORT, on=report, about=report.conference, reason=reason):
        _is_social_work(report)
        REPORT.must_be(report, ReportState.SUBMITTED, to="returned")
        REPORT.move(report, ReportState.RETURNED)
        report.return_reason = reason.strip()
        report.save()


def _is_social_work(report) -> None:
    if report.kind != ReportKind.SOCIAL_WORK:
        raise WrongState("Only a social work report is approved. An agency answers for its own.")
