"""Panels about reports, records and copies for other apps’ pages. Each panel takes the viewer and checks what they may
see."""

from django import template
from django.urls import reverse

from conferences.convening.choices import ConferenceState
from conferences.convening.models import ChairTalk
from conferences.disclosure.queries import ids_seen
from cpc.core.accounts.permissions import Permission, Viewer, few_seen_by
from reports.incoming.models import Contribution, ContributionScan, Report
from reports.incoming.permissions import HANDED_IN, INSIDE
from reports.incoming.queries.contributions import read_whole, words_of_contribution
from reports.incoming.queries.requested import can_still_write, contributions_of, requested_reports
from reports.outgoing.choices import RecordState, WrittenKind
from reports.outgoing.queries.checking import CHECK_AGAIN, hidden_documents
from reports.outgoing.queries.copies import (
    approved_for,
    copies_of,
    held_messages,
    own_copies,
    record_of,
    withheld_from_readers,
)
from reports.outgoing.queries.file_copies import files_of

register = template.Library()
P = Permission


@register.inclusion_tag("reports/panels/reports.html", takes_context=True)
def reports_panel(context, conference, viewer: Viewer):
    """The requested reports: who was asked, by when, what arrived, and who it was shared with."""
    return {
        "conference": conference,
        "rows": requested_reports(viewer, conference),
        "files": files_of(viewer, conference),
        "inside": viewer.holds(*INSIDE),
        "open": can_still_write(conference),
        "today": context.get("today", viewer.on),
    }


@register.inclusion_tag("reports/panels/own_report.html", takes_context=True)
def own_report_panel(context, invitation, viewer: Viewer):
    """The invited person’s own requested report and its state, and the reports of others that they may read."""
    rows = requested_reports(viewer, invitation.conference)
    return {
        "conference": invitation.conference,
        "own": next((row for row in rows if row.invitation.pk == invitation.pk), None),
        "others": [row for row in rows if row.invitation.pk != invitation.pk],
        "files": files_of(viewer, invitation.conference),
        "open": can_still_write(invitation.conference),
        "today": context.get("today", viewer.on),
    }


@register.inclusion_tag("reports/panels/told_in_substance.html")
def told_in_substance_panel(conference, viewer: Viewer):
    """What the family may be told of a report that they do not read, in its author’s words, for a chair who decides."""
    found = few_seen_by(viewer, Report).filter(conference=conference, state__in=HANDED_IN)
    return {"reports": found.exclude(told_in_substance="").order_by("pk")}


@register.inclusion_tag("reports/panels/contributions.html")
def contributions_panel(conference, viewer: Viewer):
    """What the family sent in, and the chair’s talks with them; only inside the authority."""
    inside = viewer.holds(*INSIDE)
    written = Contribution.objects.filter(conference=conference)
    return {
        "shown": inside,
        "conference": conference,
        "seen": ids_seen(viewer, written) if inside else set(),
        "talks_seen": ids_seen(viewer, ChairTalk.objects.filter(conference=conference)) if inside else set(),
        "rows": list(_family_rows(conference, viewer)) if inside else [],
        "may_type": inside and viewer.may(P.RECORD_CONTRIBUTION, conference),
        "may_talk": inside and viewer.may(P.RECORD_CHAIR_TALK, conference),
    }


def _family_rows(conference, viewer: Viewer):
    """The family’s contributions, with the words and the scans that the viewer may read."""
    whole = read_whole(viewer, conference)
    scans = few_seen_by(viewer, ContributionScan).filter(conference=conference).defer("body").order_by("pk")
    found, scans = contributions_of(conference), list(scans)
    for row in found:
        one = row.contribution
        words = words_of_contribution(one, whole=one.pk in whole) if one else []
        yield {
            "person": row.person, "voice": row.voice, "has_a_form": row.has_a_form,
            "speaks_for_themselves": row.speaks_for_themselves, "contribution": one, "talks": row.talks, "words": words,
            "planned": row.planned, "must_be_planned_again": row.must_be_planned_again,
            "scans": [scan for scan in scans if scan.person_id == row.person.pk],
        }  # fmt: skip


@register.inclusion_tag("reports/panels/record.html", takes_context=True)
def record_panel(context, conference, viewer: Viewer):
    """The state of the record and the letters; for a professional, their own copies."""
    if conference.state != ConferenceState.HELD:
        return {"shown": False}
    if not viewer.holds(*INSIDE):
        own = list(own_copies(viewer).filter(record__conference=conference))
        hidden = hidden_documents([copy.document_id for copy in own])
        return {"shown": True, "own": own, "inside": False, "hidden": hidden, "check_again": CHECK_AGAIN}
    record = record_of(conference)
    copies = copies_of(record) if record else []
    both = (WrittenKind.DECISION_LETTER, WrittenKind.RECORD)
    held = held_messages([copy.document_id for copy in copies if copy.document_id])
    kinds = [_kind(record, copies, kind, held) for kind in both] if record else []
    may_approve = record is not None and viewer.may(P.APPROVE_RECORD, record)
    return {
        "shown": True,
        "inside": True,
        "to_approve": may_approve and not all(kind["approved"] for kind in kinds),
        "to_release": viewer.can(P.RELEASE_DOCUMENTS)
        and any(kind["approved"] and kind["released"] < kind["going"] for kind in kinds),
        "may_correct": viewer.can(P.CORRECT) and viewer.may(P.DECIDE, conference),
        "conference": conference,
        "record": record,
        "state": RecordState(record.state) if record else None,
        "kinds": kinds,
        "link": reverse("reports:record", args=[conference.pk]),
        "copies_link": reverse("reports:copies", args=[conference.pk]) if viewer.can(P.DRAFT_RECORD) else "",
        "today": context.get("today", viewer.on),
    }


def _kind(record, copies, kind, held):
    going = [copy for copy in copies if copy.kind == kind and not copy.withheld_reason]
    released = [copy for copy in going if copy.document_id and copy.document.released_at]
    done = len(going) == len(released) and bool(going)
    return {
        "label": "Decision letters" if kind == WrittenKind.DECISION_LETTER else "Record",
        "due_on": record.letter_due_on if kind == WrittenKind.DECISION_LETTER else record.record_due_on,
        "done_on": max(copy.document.released_at for copy in released) if done else None,
        "approved": approved_for(record, kind),
        "released": len(released),
        "held": sum(copy.document_id in held for copy in released),
        "going": len(going),
    }


@register.inclusion_tag("reports/panels/withheld_from.html")
def withheld_from_panel(conference, viewer: Viewer, readers, rules=None, is_file=False):
    """What is withheld from these readers (invitations) of copies or of a file, and why, if the viewer may read it.
    ``rules`` is the result of ``withholding_rules_for_readers``, if it was already read."""
    if not viewer.may(P.READ_PROTECTIONS, conference.family):
        return {"rows": []}
    return {"rows": withheld_from_readers(conference, readers, rules), "is_file": is_file}
