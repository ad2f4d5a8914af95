"""What falls due in writing: reports to hand in and approve, records to draft, approve and release."""

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from conferences.choices import ConferenceState as S
from conferences.models import Conference, Invitation
from cpc.core.accounts.choices import Role
from cpc.core.accounts.queries import ids_holding
from cpc.core.documents.choices import DocumentState
from cpc.core.documents.examination import hash_of, writers_of
from cpc.core.documents.judged import reader_key
from cpc.core.documents.models import Document, Override
from cpc.core.kernel.duties import Duty, ids
from cpc.core.policy.queries import due
from reports.choices import RecordState, ReportKind, ReportState, WrittenKind
from reports.models import ConferenceRecord, Copy, FileCopy, Report, VersionRequest
from reports.queries.checking import lacking_second_look


def duties(whose=None, on=None) -> list[Duty]:
    """Everything written that is still awaited, in no order; of ``whose`` (ids) alone, and little else, where they are
    given (on that day)."""
    administrators, service = ids_holding(Role.ADMINISTRATOR), ids_holding(Role.SERVICE_MANAGER)
    return [
        *reports_to_hand_in(administrators, whose, on),
        *versions_to_send(administrators),
        *reports_to_approve(whose),
        *to_approve(service, whose),
        *copies_to_release(administrators, service),
        *papers_to_check(whose),
        *overrides_to_decide(service),
    ]


def reports_to_hand_in(administrators, whose=None, on=None):
    """Reports asked for and not handed in: their author, then the conference's administrator."""
    waiting = Q(report__isnull=True) | Q(report__state__in=[ReportState.DRAFT, ReportState.RETURNED])
    found = Invitation.objects.filter(
        waiting, report_asked=True, sent_at__isnull=False, withdrawn_at__isnull=True, report_due_on__isnull=False,
        conference__state=S.BOOKED,
    ).select_related("conference__family").defer("conference__family__found_by")  # fmt: skip
    if whose is not None:
        nobody = Q(conference__administrator=None) if administrators & whose else Q(pk__in=[])
        late = (Q(conference__administrator__in=whose) | nobody) & Q(report_due_on__lt=on)
        found = found.filter(Q(user__in=whose) | late)
    for invitation in found:
        conference = invitation.conference
        yield Duty(
            kind="hand_in_report",
            id=invitation.pk,
            due_on=invitation.report_due_on,
            says=f"Write and share the report ({invitation.get_role_display().lower()}): {conference.family}",
            path=reverse("reports:write", args=[invitation.pk]),
            family_id=conference.family_id,
            owners=ids(invitation.user_id),
            then=ids(conference.administrator_id) or administrators,
            rule="report_to_family_review" if conference.is_review else "report_to_family_initial",
        )


def versions_to_send(administrators):
    """Separate versions asked for and not come: the author of the file, then the conference's administrator."""
    found = VersionRequest.objects.filter(
        answered_with__isnull=True, file__invitation__withdrawn_at__isnull=True
    ).select_related("file__invitation", "file__conference__family")
    for request in found:
        conference = request.file.conference
        yield Duty(
            kind="send_version",
            id=request.pk,
            due_on=request.due_on,
            says=f"Upload a separate version of your report: {conference.family}",
            path=reverse("reports:send_version", args=[request.pk]),
            family_id=conference.family_id,
            owners=ids(request.file.invitation.user_id),
            then=ids(conference.administrator_id) or administrators,
        )


def reports_to_approve(whose=None):
    """Social work reports handed in and not approved: the manager of the team."""
    found = (
        Report.objects.filter(
            state=ReportState.SUBMITTED, kind=ReportKind.SOCIAL_WORK, conference__state__in=[S.BOOKED, S.OPEN]
        )
        .select_related("conference__family__team", "invitation")
        .defer("conference__family__found_by")
    )
    if whose is not None:
        found = found.filter(conference__family__team__manager__in=whose)
    for report in found:
        family = report.conference.family
        asked_for = report.invitation and report.invitation.report_due_on
        yield Duty(
            kind="approve_report",
            id=report.pk,
            due_on=asked_for or timezone.localdate(report.submitted_at),
            says=f"Approve the social work report: {family}",
            path=reverse("reports:report", args=[report.pk]),
            family_id=family.pk,
            owners=ids(family.team.manager_id),
        )


def to_approve(service, whose=None):
    """Held conferences whose decision letters or record the chair has not approved: the chair, then the manager."""
    record, letters = Q(state=RecordState.DRAFT), Q(letters_approved_at__isnull=True)
    undrafted = Conference.objects.filter(to_write_up=True, state=S.HELD).order_by().values("pk")
    for kind, rule, waits, what in (
        ("approve_letters", "decision_letter", letters, "decision letters"),
        ("approve_record", "record", record, "record of the conference"),
    ):
        drafted = ConferenceRecord.objects.filter(waits).order_by().values(pk=F("conference"))
        found = Conference.objects.filter(pk__in=drafted.union(undrafted, all=True), state=S.HELD)
        if whose is not None and not service & whose:
            found = found.filter(chair__in=whose)
        for conference in found.select_related("family").defer("family__found_by"):
            yield Duty(
                kind=kind,
                id=conference.pk,
                due_on=due(rule, conference.held_on).on,
                says=f"Approve the {what}: {conference.family}",
                path=reverse("reports:record", args=[conference.pk]),
                family_id=conference.family_id,
                owners=ids(conference.chair_id),
                then=service,
                rule=rule,
            )


def copies_to_release(administrators, service):
    """What the chair approved and nobody has released: the administrator, then the service manager."""
    approved = {
        WrittenKind.DECISION_LETTER: Q(letters_approved_at__isnull=False),
        WrittenKind.RECORD: Q(state=RecordState.APPROVED),
    }
    unreleased = Document.objects.filter(released_at__isnull=True).order_by().values("pk")
    for kind, is_approved in approved.items():
        is_letter = kind == WrittenKind.DECISION_LETTER
        given = Copy.objects.filter(kind=kind, withheld_reason="").order_by().values(pk=F("record"))
        waiting = given.filter(document__isnull=True).union(given.filter(document__in=unreleased), all=True)
        # Asked by itself: the planner takes the few that wait for half of all copies, and would read every record.
        found = ConferenceRecord.objects.filter(is_approved, pk__in=[row["pk"] for row in waiting])
        for record in found.select_related("conference__family"):
            conference = record.conference
            yield Duty(
                kind="release_letters" if is_letter else "release_record",
                id=record.pk,
                due_on=record.letter_due_on if is_letter else record.record_due_on,
                says=f"Send the {'decision letters' if is_letter else 'record'}: {conference.family}",
                path=reverse("reports:copies", args=[conference.pk]),
                family_id=conference.family_id,
                owners=ids(conference.administrator_id) or administrators,
                then=service,
                rule="decision_letter" if is_letter else "record",
            )


def papers_to_check(whose=None):
    """Copies, and reports that came as files, of a family in which something is kept, that a second person must open
    and nobody has as they are now: the family’s social worker, then the team manager; never who made one."""
    family = "conference__family"
    copies = _ready(Copy.objects.filter(withheld_reason=""), f"record__{family}", whose)
    files = _ready(FileCopy.objects.select_related("file__invitation"), f"file__{family}", whose)
    waiting = {}
    for one in lacking_second_look([*copies, *files]):
        waiting.setdefault(one.pk if isinstance(one, FileCopy) else (one.record_id, one.kind), one)
    for one in waiting.values():
        family, writers = one.conference.family, writers_of(one.document)
        worker, manager = ids(family.social_worker_id) - writers, ids(family.team.manager_id) - writers
        yield Duty(family_id=family.pk, owners=worker or manager, then=manager, **_to_check(one))


def overrides_to_decide(service):
    """Stops of the release check that a second person was asked to override, of papers that still wait just as they
    were then: the team manager, then the service manager; never who asked, wrote or approved."""
    undecided = Override.objects.filter(agreed__isnull=True, about_kind=Conference._meta.label_lower)
    asked = {(one.about_id, *reader_key(one), one.text_hash): one for one in undecided}
    if not asked:
        return
    about, readers = {one.about_id for one in asked.values()}, {one.recipient_id for one in asked.values()}
    copies = Copy.objects.filter(withheld_reason="", record__conference__in=about, document__recipient_id__in=readers)
    files = FileCopy.objects.filter(file__conference__in=about, document__recipient_id__in=readers)
    files = files.select_related("file__invitation")
    for one in [*_ready(copies, "record__conference__family"), *_ready(files, "file__conference__family")]:
        override = asked.get((one.conference.pk, *reader_key(one.document), hash_of(one.document)))
        if override:
            family, not_they = one.conference.family, writers_of(one.document) | {override.asked_by_id}
            manager, others = ids(family.team.manager_id) - not_they, service - not_they
            waits = {
                "kind": "decide_override",
                "id": override.pk,
                "says": f"Decide whether a paper may go as it is: {family}",
                "path": reverse("reports:decide_override", args=[one.document_id, override.finding_key]),
            }
            yield Duty(family_id=family.pk, owners=manager or others, then=others, **_to_check(one) | waits)


def _ready(found, family, whose=None):
    """Those whose release somebody approved and nobody has made: of these people’s families alone, where they are
    given."""
    found = found.filter(document__state=DocumentState.APPROVED, document__released_at__isnull=True)
    if whose is not None:
        found = found.filter(
            Q(**{f"{family}__social_worker__in": whose}) | Q(**{f"{family}__team__manager__in": whose})
        )
    return found.select_related("document", "invitation", f"{family}__team").defer("document__values", "document__body")


def _to_check(one) -> dict:
    family, made_ready = one.conference.family, timezone.localdate(one.document.approved_at)
    if isinstance(one, FileCopy):
        return {
            "kind": "check_file",
            "id": one.pk,
            "due_on": max(filter(None, (one.file.invitation.report_due_on, made_ready))),
            "says": f"Look at a report for {one.invitation.name} as a second person: {family}",
            "path": reverse("reports:for_reader", args=[one.file_id, one.invitation_id]),
        }
    is_letter = one.kind == WrittenKind.DECISION_LETTER
    return {
        "kind": "check_letters" if is_letter else "check_record",
        "id": one.record_id,
        "due_on": one.record.letter_due_on if is_letter else one.record.record_due_on,
        "says": f"Look at the {'decision letters' if is_letter else 'record'} as a second person: {family}",
        "path": reverse("reports:copies", args=[one.conference.pk]),
        "rule": "decision_letter" if is_letter else "record",
    }
