"""The copies of the record and letters: their readers, their children, their checks and their release."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.models import Conference
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.documents.choices import Channel
from cpc.core.documents.queries import may_be_taken_back
from cpc.core.documents.views import take_back_page
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.people.models import Person
from reports.incoming.queries.requested import included_children
from reports.outgoing.actions import copies as copies_actions
from reports.outgoing.actions import releasing
from reports.outgoing.choices import WrittenKind
from reports.outgoing.forms import record as forms
from reports.outgoing.models import ConferenceRecord, Copy
from reports.outgoing.queries.checking import checks_of
from reports.outgoing.queries.copies import (
    approved_for,
    copies_of,
    held_messages,
    is_issued,
    is_ready,
    paragraphs_in_copy,
    paragraphs_of,
    state_of,
    withholding_rules_for_readers,
)
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.views.checking import release_check

P = Permission


@page(P.DRAFT_RECORD, P.RELEASE_DOCUMENTS, P.CHECK_COPY)
def copies(request, pk):
    """The list of all copies: readers, covered children and state."""
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    record = get_or_404(ConferenceRecord, request.viewer, conference=conference)
    included = included_children(conference)
    looked(request.viewer, children=sorted(included), page="copies")
    found = list(copies_of(record))
    readers = list({copy.invitation_id: copy.invitation for copy in found}.values())
    rules = withholding_rules_for_readers(conference, readers)
    checks = checks_of(conference, found, rules)
    held = held_messages([copy.document_id for copy in found if copy.document_id])
    rows = [_row(copy, included, checks.get(copy.pk), held.get(copy.document_id)) for copy in found]
    kinds = [
        {
            "kind": kind,
            "rows": [row for row in rows if row["copy"].kind == kind],
            "due_on": record.letter_due_on if kind == WrittenKind.DECISION_LETTER else record.record_due_on,
            "is_approved": approved_for(record, kind),
            "done_on": _last_released([copy for copy in found if copy.kind == kind]),
            "ready": sum(row["ready"] for row in rows if row["copy"].kind == kind),
            "clear": sum(row["ready"] and not row["needs"] for row in rows if row["copy"].kind == kind),
        }
        for kind in (WrittenKind.DECISION_LETTER, WrittenKind.RECORD)
    ]
    return render(
        request,
        "reports/copies.html",
        {
            "conference": conference,
            "record": record,
            "kinds": kinds,
            "readers": readers,
            "rules": rules,
            "why_second": next((one.why_second for one in checks.values() if one.why_second), ""),
            "may_release": request.viewer.may(P.RELEASE_DOCUMENTS, record),
            "may_check": request.viewer.may(P.CHECK_COPY, conference),
            "back": reverse("reports:record", args=[conference.pk]),
        },
    )


def _last_released(copies):
    going = [copy for copy in copies if not copy.withheld_reason]
    if not going or not all(copy.document_id and copy.document.released_at for copy in going):
        return None
    return max(copy.document.released_at for copy in going)


def _row(copy, included, check, held):
    state, tone = state_of(copy, held)
    covered = [one.child for one in copy.children.all()]
    return {
        "copy": copy,
        "state": state,
        "tone": tone,
        "held": held,
        "covers": forms.named(covered) or "No child",
        "is_part": len(covered) < len(included),
        "is_widened": any(one.widened for one in copy.children.all()),
        "ready": is_ready(copy),
        "needs": check.needs() if check else [],
    }


@page(P.DRAFT_RECORD, P.RELEASE_DOCUMENTS, P.CHECK_COPY)
def copy(request, pk):
    """One copy: its reader, its children, what appears in it and what does not, and what the release check found."""
    found = copy_or_404(request, pk)
    record, viewer = found.record, request.viewer
    conference = record.conference
    included = included_children(conference)
    looked(viewer, children=sorted(included), page="copy")
    ready, delivery = is_ready(found), delivery_of(found.invitation, viewer.on)
    may_decide = viewer.may(P.APPROVE_RECORD, record) and not is_issued(found)
    held = held_messages([found.document_id]).get(found.document_id) if found.document_id else None
    state, tone = state_of(found, held)
    covered = [one.child_id for one in found.children.all()]
    rules = withholding_rules_for_readers(conference, [found.invitation])
    return render(
        request,
        "reports/copy.html",
        {
            "copy": found,
            "held": held,
            "readers": [found.invitation],
            "rules": rules,
            "conference": conference,
            "state": state,
            "tone": tone,
            "delivery": delivery,
            "is_portal": delivery.channel == Channel.PORTAL,
            "paragraphs_in_copy": paragraphs_in_copy(paragraphs_of(viewer, record), found, rules),
            **release_check(viewer, found, may_answer=may_decide, rules=rules),
            "corrections": [
                {
                    "url": reverse("reports:record", args=[conference.pk]),
                    "words": "Correct it in the record",
                    "then": "remove it, or change who the paragraph is about. Then the chair approves again.",
                }
            ],
            "uncovered": included - set(covered),
            "may_decide": may_decide,
            "may_refresh": may_decide and ready,
            "may_take_back": _sent(found) is not None and may_be_taken_back(viewer, _sent(found)),
            "back": reverse("reports:copies", args=[conference.pk]),
        },
    )


def _sent(copy):
    """The message that took the copy to its reader, if it was released."""
    return copy.document.outgoing.order_by("pk").last() if copy.document_id else None


@page(P.TAKE_BACK)
def take_back(request, pk):
    """Take a released copy back from a wrong reader."""
    found = copy_or_404(request, pk)
    sent = _sent(found)
    if sent is None:
        raise Http404("This copy has not been released.")
    looked(request.viewer, children=[one.child_id for one in found.children.all()], page="copy")
    return take_back_page(request, sent, reverse("reports:copies", args=[found.record.conference_id]))


def copy_or_404(request, pk) -> Copy:
    readers = ("invitation__person", "invitation__user", "invitation__agency")
    rows = Copy.objects.select_related("record__conference__family", *readers, "document", "widened_by")
    rows = rows.defer("document__body").prefetch_related("children__child")
    found = get_or_404(rows, request.viewer, pk)
    return found


@page(P.APPROVE_RECORD)
def widen(request, pk):
    """Let the chair add a child to a copy."""
    found = copy_or_404(request, pk)
    covered = {one.child_id for one in found.children.all()}
    conference = found.record.conference
    children = Person.objects.filter(pk__in=included_children(conference) - covered).order_by("pk")
    return _about_a_child(
        request,
        found,
        children,
        copies_actions.widen,
        heading="Cover another child",
        label="Which child should this copy cover too?",
        reason="Why should this reader have this child’s part?",
        done="The copy now covers another child.",
    )


@page(P.APPROVE_RECORD)
def narrow(request, pk):
    """Let the chair remove a child from a copy."""
    found = copy_or_404(request, pk)
    return _about_a_child(
        request,
        found,
        [one.child for one in found.children.all()],
        copies_actions.narrow,
        heading="Remove a child from this copy",
        label="Which child should this copy not cover?",
        reason="Why should this reader not have this child’s part?",
        done="The copy no longer covers that child.",
    )


def _about_a_child(request, found, children, act, *, heading, label, reason, done):
    looked(request.viewer, children=children, page="copy")
    form = forms.child_form(children, label=label, reason=reason)(request.POST or None)

    def do():
        child = next(one for one in children if str(one.pk) == form.cleaned_data["child"])
        return act(by=request.viewer, copy=found, child=child, reason=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, done)
        return redirect("reports:copy", found.pk)
    context = {"form": form, "heading": heading, "caption": found.invitation.name, "back": _back(found)}
    return render(request, "layouts/form.html", context)


@page(P.APPROVE_RECORD)
def withhold(request, pk):
    """Let the chair decide that this person gets no copy."""
    return _with_reason(
        request,
        copy_or_404(request, pk),
        copies_actions.withhold,
        "Do not send a copy",
        "Why should this person not get a copy?",
        "No copy will be sent.",
    )


@page(P.APPROVE_RECORD)
def include(request, pk):
    """Let the chair decide that this person gets a copy after all."""
    return _with_reason(
        request, copy_or_404(request, pk), copies_actions.include, "Send a copy",
        "Why should this person get a copy?", "This person will get a copy.",
    )  # fmt: skip


def _with_reason(request, found, act, heading, label, done):
    form = forms.ReasonForm(request.POST or None, label=label, submit_label=heading)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: act(by=request.viewer, copy=found, reason=form.cleaned_data["reason"]))
    ):
        messages.success(request, done)
        return redirect("reports:copy", found.pk)
    context = {"form": form, "heading": heading, "caption": found.invitation.name, "back": _back(found)}
    return render(request, "layouts/form.html", context)


@page(P.APPROVE_RECORD, methods=("POST",))
def refresh(request, pk):
    """Let the chair update a copy with what is recorded now."""
    found = copy_or_404(request, pk)
    releasing.refresh(by=request.viewer, copy=found)
    messages.success(request, "The copy is now up to date.")
    return redirect("reports:copy", found.pk)


@page(P.RELEASE_DOCUMENTS, methods=("POST",))
def release_clear(request, pk):
    """Release every copy of a kind that nothing blocks; the page says why the others are not released."""
    conference = get_or_404(Conference, request.viewer, pk)
    record = get_or_404(ConferenceRecord, request.viewer, conference=conference)
    kind = request.POST.get("kind")
    outcome = releasing.release_all(by=request.viewer, record=record, kind=kind if kind in WrittenKind.values else None)
    if outcome.released:
        messages.success(
            request, f"{_copies(len(outcome.released))} released. Any to post or hand over are in the print room."
        )
    if outcome.blocked:
        messages.warning(request, f"{_copies(len(outcome.blocked))} not released. Each says below what it needs.")
    for blocked in outcome.blocked:
        messages.warning(request, f"{blocked.copy.invitation.name}: {blocked.sentence}")
    return redirect("reports:copies", conference.pk)


def _copies(number: int) -> str:
    return "1 copy was" if number == 1 else f"{number} copies were"


def _back(found) -> str:
    return reverse("reports:copy", args=[found.pk])
