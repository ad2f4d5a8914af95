"""A record in each state of the kinds that are written, checked and sent: reports, records, documents, messages."""

from conferences.separation.actions import ask_to_share
from conferences.separation.choices import Shared
from conferences.tests.meeting import a_booked_sitting, at
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import Channel, CheckState, DocumentState, OutgoingState
from cpc.core.documents.models import Outgoing, SecondCheck
from cpc.tests.lifecycles.records import WALKS, Walk, changed, marlows
from reports.incoming.actions.uploads import FileUpload, upload_file
from reports.incoming.choices import ReportState
from reports.incoming.models import Report, VersionRequest
from reports.outgoing.actions.versions import ask_for_version
from reports.outgoing.models import Copy
from reports.tests.builders import a_pdf, a_report, an_approved_record, ask_for_reports, submit_report


def asked_for_reports():
    """A booked conference for which the social worker is asked for a report."""
    found = ask_for_reports(a_booked_sitting(marlows=marlows()))
    with setting_up():
        found.conference.invitations.exclude(user=found.council.users.social_worker).update(report_asked=False)
    return found


def workers_report(found):
    """The draft of the social work report."""
    return a_report(found, "social_worker")


def a_report_in(state):
    """What brings the social work report into the state."""

    def make(found):
        report = workers_report(found)
        if state == ReportState.DRAFT:
            return report
        submit_report(report)
        manager = found.council.users.team_manager
        more = {"approved_by": manager, "approved_at": at(TODAY)} if state == ReportState.APPROVED else {}
        more |= {"return_reason": "More about Rosa"} if state == ReportState.RETURNED else {}
        return changed(Report.objects.get(pk=report.pk), state=state, **more)

    return make


WALKS["report"] = Walk(asked_for_reports, {state: a_report_in(state) for state in ReportState})


def a_version_request(found):
    """A separate version of the GP's file, requested for Rosa's father."""
    invitation = found.invitations["gp"]
    children = [found.marlows.rosa.pk, found.marlows.theo.pk]
    file = upload_file(
        by=found.council.by("gp"), invitation=invitation, upload=FileUpload(a_pdf("Both are well."), "gp.pdf", "pdf"),
        author="A GP", children=children,
    )  # fmt: skip
    reader = found.invitations["rosas_father"]
    return ask_for_version(by=found.council.by("administrator"), file=file, reader=reader, why="Rosa", due_on=TODAY)


def answered_version(found):
    """The same, answered with the file itself."""
    request = a_version_request(found)
    return changed(VersionRequest.objects.get(pk=request.pk), answered_with=request.file)


WALKS["request for a separate version"] = Walk(
    asked_for_reports, {"requested": a_version_request, "received": answered_version}
)


def approved():
    """The approved record of a held conference, with its copies."""
    found, record = an_approved_record(marlows=marlows())
    found.record = record
    return found


def reopened(found):
    """The record, open for a correction."""
    record = found.record
    record.refresh_from_db()
    record.state, record.approved_by, record.approved_at = "draft", None, None
    return changed(record, letters_approved_by=None, letters_approved_at=None)


WALKS["record"] = Walk(approved, {"draft": reopened, "approved": lambda found: found.record})


def mothers_copy(found, kind="record"):
    """The mother's copy, read again."""
    return Copy.objects.get(record=found.record, kind=kind, invitation=found.invitations["mother"])


WALKS["copy"] = Walk(
    approved,
    {
        "to be made": lambda found: changed(mothers_copy(found), document=None),
        "made": mothers_copy,
        "withheld": lambda found: changed(mothers_copy(found), withheld_reason="She asked for none"),
    },
)


def document(found):
    """The document of the mother's copy."""
    return mothers_copy(found).document


def issued(found):
    """The same, issued."""
    one = document(found)
    documents.issue(found.council.by("administrator"), document=one, protected=())
    return one


def released(found):
    """The same, released by post."""
    one = issued(found)
    documents.release(found.council.by("administrator"), document=one, channel=Channel.PRINT)
    return one


def recalled(found):
    """The same, recalled."""
    one = released(found)
    documents.recall(found.council.by("administrator"), document=one, reason="It went to the wrong reader")
    return one


def drafted(found):
    """The document, returned to draft."""
    one = document(found)
    documents.return_to_draft(found.chair, document=one, reason="A word")
    return one


WALKS["document"] = Walk(
    approved,
    {
        DocumentState.DRAFTED: drafted,
        DocumentState.APPROVED: document,
        DocumentState.ISSUED: issued,
        DocumentState.RELEASED: released,
        DocumentState.SUPERSEDED: lambda found: changed(
            released(found), state=DocumentState.SUPERSEDED, ended_at=at(TODAY), why_ended="Replaced"
        ),
        DocumentState.RECALLED: recalled,
    },
)


def a_message(state):
    """What makes a message about the conference in the state."""

    def make(found):
        fields = {
            OutgoingState.SENDING: {"claimed_at": at(TODAY)},
            OutgoingState.SENT: {"sent_at": at(TODAY)},
            OutgoingState.OPENED: {"sent_at": at(TODAY), "opened_at": at(TODAY)},
            OutgoingState.COLLECTED: {"sent_at": at(TODAY), "collected_at": at(TODAY)},
        }.get(state, {})
        if state in (OutgoingState.FAILED, OutgoingState.HELD, OutgoingState.UNCERTAIN):
            fields = {"why_failed": "It came back"}
        with setting_up():
            return Outgoing.objects.create(
                key=f"walk:{state}", purpose="invitation", channel=Channel.PRINT, about_kind="convening.conference",
                about_id=found.conference.pk, recipient_kind="person", recipient_id=found.marlows.mother.pk,
                recipient_name="Anna Marlow", queued_at=at(TODAY), next_try_at=at(TODAY), state=state, **fields,
            )  # fmt: skip

    return make


WALKS["message"] = Walk(lambda: a_booked_sitting(marlows=marlows()), {one: a_message(one) for one in OutgoingState})


def an_incident(found):
    """A letter to the mother that was taken back, because it was for somebody else."""
    released(found)
    sent = Outgoing.objects.get(document=document(found))
    return documents.take_back(found.council.by("administrator"), outgoing=sent, reason="For another family")


def a_settled_incident(found):
    """The same, settled."""
    return changed(
        an_incident(found), outcome="It had not left", settled_at=at(TODAY), settled_by_name="Sylvia Ward"
    )  # fmt: skip


WALKS["data protection incident"] = Walk(approved, {"not settled": an_incident, "settled": a_settled_incident})


def a_second_check(state):
    """What makes a second check in the state: two people who must not meet, or a copy that was opened."""

    def make(found):
        fathers = {"one": found.marlows.rosas_father, "other": found.marlows.theos_father}
        check = ask_to_share(
            by=found.chair, conference=found.conference, **fathers, shared=Shared.CONFERENCE, reason="Both are heard"
        )  # fmt: skip
        if state == CheckState.OPENED:
            with setting_up():
                check = SecondCheck.objects.create(
                    kind="copy", state=state, about_kind=check.about_kind, about_id=check.about_id, fingerprint="x",
                    recipient_kind="person", recipient_id=found.marlows.mother.pk, recipient_name="Anna Marlow",
                    started_at=at(TODAY), by_id=found.council.users.team_manager.pk, by_name="Dele Okoro",
                )  # fmt: skip
        elif state != CheckState.ASKED:
            changed(
                check, state=state, decided_at=at(TODAY), reason="They were asked", by_name="Dele Okoro",
                by_id=found.council.users.team_manager.pk,
            )  # fmt: skip
        check.conference = found.conference  # to which its permission belongs
        return check

    return make


WALKS["second check"] = Walk(
    lambda: a_booked_sitting(marlows=marlows()), {one: a_second_check(one) for one in CheckState}
)
