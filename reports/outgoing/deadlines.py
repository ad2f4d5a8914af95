"""Deadlines of written work: reports to submit and approve, records to draft, approve and release."""

from collections import defaultdict

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone

from conferences.convening.choices import COMING, Attendance
from conferences.convening.choices import ConferenceState as S
from conferences.convening.deadlines import no_chair
from conferences.convening.deadlines.names import named, of_administrator, with_names
from conferences.convening.models import ChairTalk, Conference, Invitation
from conferences.convening.queries.acting import acting_id, without_a_chair
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import GRANTS, Permission
from cpc.core.accounts.queries import ids_holding
from cpc.core.documents.choices import CheckState, DocumentState
from cpc.core.documents.examination import hash_of, reader_key, writers_of
from cpc.core.documents.models import Document, SecondCheck
from cpc.core.kernel.dates import time_in_words
from cpc.core.kernel.duties import Asked, Duty, ids, may_concern
from cpc.core.kernel.phrases import in_sentence
from cpc.core.policy.asked_together import one_kind
from cpc.core.policy.queries import due, setting
from reports.incoming.choices import MadeHow, ReportKind, ReportState
from reports.incoming.models import Contribution, FileCopy, PlannedTalk, Report, VersionRequest
from reports.incoming.queries.arrived import answered_without_report, has_arrived, only_about_children_who_died
from reports.outgoing.choices import RecordState, WrittenKind
from reports.outgoing.models import ConferenceRecord, Copy
from reports.outgoing.queries.checking import without_second_check
from reports.outgoing.queries.typed_copies import typed_reports_to_copy


def duties(asked: Asked | None = None) -> list[Duty]:
    """Every duty about written work that is not done, in no order; with ``asked``, only what it asks for."""
    administrators, service = ids_holding(Role.ADMINISTRATOR), ids_holding(Role.SERVICE_MANAGER)
    return [
        *reports_to_hand_in(administrators, asked),
        *versions_to_send(administrators),
        *reports_to_approve(asked),
        *talks_to_plan(service, asked),
        *talks_to_hold(service, asked),
        *records_to_approve(service, asked),
        *records_without_chair(service, asked),
        *copies_to_release(administrators, service, asked),
        *copies_to_check(service, asked),
        *overrides_to_decide(service),
        *typed_reports_to_give(administrators, asked),
    ]


@one_kind
def reports_to_hand_in(administrators, asked=None):
    """Requested reports that are not submitted, also those that came as a file: their author, then the conference’s
    administrator. Where a worker left and the report came to their manager, who does not write it: the manager, to name
    a social worker.
    """
    waiting = Q(report__isnull=True) | Q(report__state__in=[ReportState.DRAFT, ReportState.RETURNED])
    found = Invitation.objects.filter(
        waiting, report_asked=True, sent_at__isnull=False, withdrawn_at__isnull=True, report_due_on__isnull=False,
        conference__state=S.BOOKED,
    ).exclude(attendance=Attendance.EXCLUDED)  # fmt: skip
    found = found.exclude(pk__in=answered_without_report()).exclude(only_about_children_who_died())
    found = found.annotate(came_as_file=has_arrived())
    found = found.select_related("conference__family").defer("conference__family__search_index")
    if asked:
        nobody = Q(conference__administrator=None) if administrators & asked.whose else Q(pk__in=[])
        late = Q(report_due_on__lt=asked.on) | Q(user=None)
        late &= Q(conference__administrator__in=asked.whose) | nobody
        found = found.filter(Q(user__in=asked.whose) | late)
        found = asked.soonest("hand_in_report", found, "report_due_on")
    found = list(found)
    writers = ids_holding(*(role for role in Role if Permission.WRITE_REPORT in GRANTS[role])) if found else ()
    for invitation in found:
        conference, does = invitation.conference, "Submit" if invitation.came_as_file else "Write"
        if invitation.user_id and invitation.user_id not in writers:
            yield _name_who_writes(invitation)
            continue
        yield Duty(
            kind="hand_in_report",
            id=invitation.pk,
            due_on=invitation.report_due_on,
            **named(f"{does} and share the {in_sentence(invitation.get_role_display())} report for", conference),
            path=reverse("reports:write", args=[invitation.pk]),
            family_id=conference.family_id,
            owners=ids(invitation.user_id),
            then=ids(conference.administrator_id) or administrators,
            rule="report_to_family_review" if conference.is_review else "report_to_family_initial",
        )


def _name_who_writes(invitation) -> Duty:
    conference = invitation.conference
    return Duty(
        kind="name_report_writer",
        id=invitation.pk,
        due_on=invitation.report_due_on,
        **named("Name a social worker, who writes the report for", conference),
        path=reverse("families:change", args=[conference.family_id]),
        family_id=conference.family_id,
        owners=ids(invitation.user_id),
    )


@one_kind
def versions_to_send(administrators):
    """Requested separate versions that have not arrived: the author of the file, then the conference’s
    administrator."""
    found = VersionRequest.objects.filter(
        answered_with__isnull=True, file__invitation__withdrawn_at__isnull=True
    ).select_related("file__invitation", "file__conference__family")
    for request in found:
        conference = request.file.conference
        yield Duty(
            kind="send_version",
            id=request.pk,
            due_on=request.due_on,
            **named("Upload a separate version of your report for", conference),
            path=reverse("reports:send_version", args=[request.pk]),
            family_id=conference.family_id,
            owners=ids(request.file.invitation.user_id),
            then=ids(conference.administrator_id) or administrators,
        )


@one_kind
def typed_reports_to_give(administrators, asked=None):
    """Typed reports that a member of the family gets as checked copies, because details are protected in the family:
    the conference’s administrator, once for each reader.
    """
    for_each = defaultdict(list)
    about = of_administrator(asked.whose, administrators, "report__conference__") if asked else None
    for one in typed_reports_to_copy(about):
        for_each[one.reader].append(one.report)
    for reader, reports in for_each.items():
        conference = reports[0].conference
        what = f"checked copies of {len(reports)} reports"
        if len(reports) == 1:
            what = f"a checked copy of the {in_sentence(reports[0].get_kind_display())}"
        yield Duty(
            kind="copy_typed_report",
            id=reader.pk,
            due_on=min(one.invitation.report_due_on or conference.held_on for one in reports),
            **named(f"Give {reader.name} {what} for", conference),
            path=reverse("reports:family_pack", args=[conference.pk, reader.pk]),
            family_id=conference.family_id,
            owners=ids(conference.administrator_id) or administrators,
        )


@one_kind
def talks_to_plan(service, asked=None):
    """Booked conferences where the chair has not planned to speak with somebody of the family who is invited, or must
    plan it again because the conference was moved, if the service's chairs speak with the family first: the chair, or
    the person who acts for them."""
    able = ids_holding(Role.CHAIR)
    if not setting("chair_meets_family_first") or not may_concern(asked, able | service):
        return
    same = {"conference": OuterRef("conference"), "person": OuterRef("person")}
    waiting = Invitation.objects.filter(
        ~Exists(PlannedTalk.objects.still_planned().filter(**same)), ~Exists(ChairTalk.objects.filter(**same)),
        conference=OuterRef("pk"), person__isnull=False, person__died_on=None, sent_at__isnull=False, withdrawn_at=None,
    ).exclude(attendance=Attendance.EXCLUDED)  # fmt: skip
    found = Conference.objects.filter(Exists(waiting), state=S.BOOKED).annotate(acting_id=acting_id())
    if asked and not service & asked.whose:
        found = found.filter(Q(chair__in=asked.whose) | Q(acting_id__in=asked.whose))
    for conference in with_names(found):
        if not conference.acting_id and conference.chair_id not in able:
            continue  # the service manager names somebody first
        yield Duty(
            kind="plan_chair_talk",
            id=conference.pk,
            due_on=due("chair_talk_planned", conference.held_on).on,
            **named("Plan when you speak with the family before", conference),
            path=reverse("reports:plan_talks", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.acting_id or conference.chair_id),
            then=service,
            rule="chair_talk_planned",
        )


@one_kind
def talks_to_hold(service, asked=None):
    """The chair’s planned conversations with the family that are not recorded yet: the chair of the conference, or
    the person who acts for them."""
    if not may_concern(asked, ids_holding(Role.CHAIR) | service):
        return
    held = ChairTalk.objects.filter(conference=OuterRef("conference"), person=OuterRef("person"))
    found = PlannedTalk.objects.still_planned().filter(~Exists(held), conference__state=S.BOOKED)
    came = Contribution.objects.filter(conference=OuterRef("conference"), person=OuterRef("person"))
    found = found.annotate(acting_id=acting_id("conference"), has_form=Exists(came))
    if asked and not service & asked.whose:
        found = found.filter(Q(conference__chair__in=asked.whose) | Q(acting_id__in=asked.whose))
    found = found.select_related("conference__family", "person").defer("conference__family__search_index")
    for talk in found.order_by("at", "pk"):
        conference, at = talk.conference, timezone.localtime(talk.at)
        with_form = " and look at their form together" if talk.has_form else ""
        yield Duty(
            kind="hold_chair_talk",
            id=talk.pk,
            due_on=at.date(),
            **named(f"Speak with {talk.person.full_name} at {time_in_words(at.time())}{with_form}, before", conference),
            path=reverse("reports:chair_talk", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(talk.acting_id or conference.chair_id),
            then=service,
        )


@one_kind
def reports_to_approve(asked=None):
    """Submitted social work reports that are not approved: the manager of the team."""
    found = (
        Report.objects.filter(state=ReportState.SUBMITTED, kind=ReportKind.SOCIAL_WORK, conference__state__in=COMING)
        .select_related("conference__family__team", "invitation")
        .defer("conference__family__search_index")
    )
    if asked:
        found = found.filter(conference__family__team__manager__in=asked.whose)
        due_on = Coalesce("invitation__report_due_on", TruncDate("submitted_at"))
        found = asked.soonest("approve_report", found, due_on)
    for report in found:
        family = report.conference.family
        requested_by = report.invitation and report.invitation.report_due_on
        yield Duty(
            kind="approve_report",
            id=report.pk,
            due_on=requested_by or timezone.localdate(report.submitted_at),
            **named("Approve the social work report for", report.conference),
            path=reverse("reports:report", args=[report.pk]),
            family_id=family.pk,
            owners=ids(family.team.manager_id),
        )


@one_kind
def records_to_approve(service, asked=None):
    """Held conferences with decision letters or a record that the chair has not approved: the chair, then the
    manager."""
    record, letters = Q(state=RecordState.DRAFT), Q(letters_approved_at__isnull=True)
    able = ids_holding(Role.CHAIR)
    undrafted = Conference.objects.filter(to_write_up=True, state=S.HELD).order_by().values("pk")
    for kind, rule, waits, what in (
        ("approve_letters", "decision_letter", letters, "decision letters"),
        ("approve_record", "record", record, "record"),
    ):
        drafted = ConferenceRecord.objects.filter(waits).order_by().values(pk=F("conference"))
        found = Conference.objects.filter(pk__in=drafted.union(undrafted, all=True), state=S.HELD)
        found = found.annotate(acting_id=acting_id())
        if asked and not service & asked.whose:
            found = found.filter(Q(chair__in=asked.whose) | Q(acting_id__in=asked.whose))
        for conference in with_names(found):
            if not conference.acting_id and conference.chair_id not in able:
                continue  # the service manager names somebody first: records_without_chair
            yield Duty(
                kind=kind,
                id=conference.pk,
                due_on=due(rule, conference.held_on).on,
                **named(f"Approve the {what} of", conference),
                path=reverse("reports:record", args=[conference.pk]),
                family_id=conference.family_id,
                owners=ids(conference.acting_id or conference.chair_id),
                then=service,
                rule=rule,
            )


@one_kind
def records_without_chair(service, asked=None):
    """Drafted records and letters that nobody can approve, because the chair has left: for the service managers."""
    if not may_concern(asked, service):
        return
    waiting = ConferenceRecord.objects.filter(Q(state=RecordState.DRAFT) | Q(letters_approved_at__isnull=True))
    found = without_a_chair().filter(state=S.HELD, pk__in=waiting.order_by().values("conference"))
    for conference in found.select_related("family", "chair"):
        yield no_chair(conference, service)


@one_kind
def copies_to_release(administrators, service, asked=None):
    """Approved copies that nobody has released: the administrator, then the service manager."""
    approved = {
        WrittenKind.DECISION_LETTER: Q(letters_approved_at__isnull=False),
        WrittenKind.RECORD: Q(state=RecordState.APPROVED),
    }
    unreleased = Document.objects.filter(released_at__isnull=True).order_by().values("pk")
    for kind, is_approved in approved.items():
        is_letter = kind == WrittenKind.DECISION_LETTER
        given = Copy.objects.filter(kind=kind, withheld_reason="").order_by().values(pk=F("record"))
        if asked and not service & asked.whose:
            given = given.filter(of_administrator(asked.whose, administrators, "record__conference__"))
        waiting = given.filter(document__isnull=True).union(given.filter(document__in=unreleased), all=True)
        # A separate query: the planner estimates the few waiting copies as half of all, and would read every record.
        found = ConferenceRecord.objects.filter(is_approved, pk__in=[row["pk"] for row in waiting])
        for record in found.select_related("conference__family"):
            conference = record.conference
            yield Duty(
                kind="release_letters" if is_letter else "release_record",
                id=record.pk,
                due_on=record.letter_due_on if is_letter else record.record_due_on,
                **named(f"Send the {'decision letters' if is_letter else 'record'} of", conference),
                path=reverse("reports:copies", args=[conference.pk]),
                family_id=conference.family_id,
                owners=ids(conference.administrator_id) or administrators,
                then=service,
                rule="decision_letter" if is_letter else "record",
            )


@one_kind
def copies_to_check(service, asked=None):
    """Copies of records, letters and files that still need a second check, in families with withheld information: the
    family’s social worker, then the team manager, then the service managers; never somebody who made all of them, typed
    words of all of them, or gets the only one."""
    family = "conference__family"
    copies = _ready(Copy.objects.filter(withheld_reason=""), f"record__{family}", asked)
    files = _ready(FileCopy.objects.select_related("file__invitation"), f"file__{family}", asked)
    waiting = defaultdict(list)
    for one in without_second_check([*copies, *files]):
        waiting[_checked_together(one)].append(one)
    for same in waiting.values():
        family = same[0].conference.family
        not_they = frozenset.intersection(*(writers_of(one.document) for one in same))
        worker, manager = ids(family.social_worker_id) - not_they, ids(family.team.manager_id) - not_they
        owners = worker or manager or service - not_they
        yield Duty(family_id=family.pk, owners=owners, then=manager, **_to_check(same[0]))


@one_kind
def overrides_to_decide(service):
    """Requested overrides of the release check, while the copy is unchanged: the team manager, then the service
    manager; never the person who requested, wrote or approved it."""
    undecided = SecondCheck.objects.filter(state=CheckState.ASKED, about_kind=Conference._meta.label_lower)
    asked = {(one.about_id, *reader_key(one), one.fingerprint): one for one in undecided}
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
                "says": f"Decide whether a document can be released as it is: {family}",
                "path": reverse("reports:decide_override", args=[one.document_id, override.finding_key]),
            }
            yield Duty(family_id=family.pk, owners=manager or others, then=others, **_to_check(one) | waits)


def _ready(found, family, asked=None):
    """Those that are approved and not released; with ``asked``, only of the families of the people who ask."""
    found = found.filter(document__state=DocumentState.APPROVED, document__released_at__isnull=True)
    if asked:
        found = found.filter(
            Q(**{f"{family}__social_worker__in": asked.whose}) | Q(**{f"{family}__team__manager__in": asked.whose})
        )
    # In order: of copies that wait together, the first decides who has the duty, and must be the same for every list.
    found = found.select_related("document", "invitation", f"{family}__team").order_by("pk")
    return found.defer("document__values", "document__body")


def _checked_together(one) -> tuple:
    """What is the same for copies that are checked on one page: all letters, or all typed reports for one reader."""
    if not isinstance(one, FileCopy):
        return one.record_id, one.kind
    return ("typed", one.invitation_id) if one.file.made == MadeHow.TYPED else ("file", one.pk)


def _to_check(one) -> dict:
    family, made_ready = one.conference.family, timezone.localdate(one.document.approved_at)
    if isinstance(one, FileCopy):
        kind, pk, what, page, args = "check_file", one.pk, "a report", "for_reader", [one.file_id, one.invitation_id]
        if one.file.made == MadeHow.TYPED:
            kind, pk, what = "check_typed_copies", one.invitation_id, "the reports"
            page, args = "check_copies", [one.conference.pk]
        return {
            "is_second_check": True, "kind": kind, "id": pk, "path": reverse(f"reports:{page}", args=args),
            "due_on": max(filter(None, (one.file.invitation.report_due_on, made_ready))),
            "says": f"Check {what} for {one.invitation.name} as a second person: {family}",
        }  # fmt: skip
    is_letter = one.kind == WrittenKind.DECISION_LETTER
    return {
        "is_second_check": True,
        "kind": "check_letters" if is_letter else "check_record",
        "id": one.record_id,
        "due_on": one.record.letter_due_on if is_letter else one.record.record_due_on,
        "says": f"Check the {'decision letters' if is_letter else 'record'} as a second person: {family}",
        "path": reverse("reports:check_copies", args=[one.conference.pk]),
        "rule": "decision_letter" if is_letter else "record",
    }
