"""A report that came as a file, for one of the family: what they would get, what was found, and its release."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.models import Invitation
from cpc.core.accounts.permissions import Permission
from cpc.core.documents.choices import DocumentState
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from reports import actions
from reports.forms import record as forms
from reports.models import FileCopy
from reports.permissions import INSIDE, may_write_for
from reports.queries.asked import report_of
from reports.queries.delivery import delivery_of
from reports.queries.uploads import CAN_BE_RELEASED, is_original, may_be_shared_with, why_never
from reports.views.checking import release_check
from reports.views.uploads import file_or_404

P = Permission


@page(P.RELEASE_DOCUMENTS, P.CHECK_COPY)
def for_reader(request, pk, reader):
    """What one of the family gets of a file: exactly which bytes, what was found in them, how they go, and when."""
    found, row = _row_or_404(request, pk, reader)
    viewer, copy, invitation = request.viewer, row.copy, row.invitation
    never, is_fixed = why_never(found, invitation), copy is not None and copy.document.state != DocumentState.DRAFTED
    waits = row.kept_back is not None and row.kept_back.waits
    return render(
        request,
        "reports/file_for_reader.html",
        {
            "file": found,
            "row": row,
            "readers": [invitation],
            "copy": copy,
            "never": never,
            "wants_another": _wants_another(found),
            "delivery": delivery_of(invitation, viewer.on),
            "waits_for_chair": waits,
            "may_decide": viewer.may(P.APPROVE_RECORD, found),
            "may_prepare": not (never or waits or is_fixed) and viewer.may(P.RELEASE_DOCUMENTS, found),
            "is_fixed": is_fixed,
            "may_take_back": is_fixed and _may_take_back(viewer, copy),
            "may_make": is_original(found) and viewer.may(P.REDACT_REPORT, found),
            **(release_check(viewer, copy, waits=waits) if copy else {}),
            "outgoing": copy.document.outgoing.order_by("-pk").first() if copy else None,
            "corrections": _corrections(viewer, found, invitation),
            "report": _report_to_say_so(viewer, found, invitation),
            "back": reverse("reports:file", args=[found.pk]),
        },
    )


def _wants_another(found) -> str:
    """The button by which its author is asked for another, where no version can be made of the file itself."""
    if found.kind not in CAN_BE_RELEASED:
        return "Ask its author for a PDF"
    return "Ask its author for one that opens" if found.did_not_open else ""


def _report_to_say_so(viewer, found, invitation):
    """The report in which it is still to be recorded that it was shared with this reader, if the viewer may."""
    report = report_of(found.invitation)
    may = report and Invitation.objects.filter(may_write_for(viewer), pk=found.invitation_id).exists()
    if not may or report.sharings.filter(parent=invitation.person_id, shared_on__isnull=False).exists():
        return None
    return report


def _row_or_404(request, pk, reader):
    found = file_or_404(request, pk)
    if not request.viewer.holds(*INSIDE):
        raise Http404
    row = next((one for one in may_be_shared_with(found) if one.invitation.pk == reader), None)
    if row is None:
        raise Http404("Nobody of the family who was invited is meant.")
    return found, row


def _may_take_back(viewer, copy) -> bool:
    return (
        viewer.may(P.RELEASE_DOCUMENTS, copy.file) and not copy.document.outgoing.filter(sent_at__isnull=False).exists()
    )


def _corrections(viewer, found, invitation) -> list[dict]:
    """What may be done about what was found: the file itself is never changed."""
    if not viewer.may(P.REDACT_REPORT, found) or not is_original(found):
        return []
    args = [found.pk, invitation.pk]
    ask = {
        "url": reverse("reports:ask_version", args=args),
        "words": "Ask the author for a separate version",
        "then": "without it.",
    }
    redact = {"url": reverse("reports:redact", args=args), "words": "Redact it", "then": "take out where it stands."}
    return [redact, ask] if found.kind in actions.CAN_BE_REDACTED else [ask]


@page(P.RELEASE_DOCUMENTS, methods=("POST",))
def make_ready(request, pk, reader):
    """What the reader would get is fixed, to be checked."""
    found, row = _row_or_404(request, pk, reader)
    actions.make_ready(by=request.viewer, file=found, reader=row.invitation)
    messages.success(request, f"Ready to be checked for {row.invitation.name}. Nothing has left yet.")
    return redirect("reports:for_reader", pk, reader)


@page(P.APPROVE_RECORD)
def all_the_same(request, pk, reader):
    """The chair says that somebody who was to have nothing of it gets this file all the same."""
    found, row = _row_or_404(request, pk, reader)
    back, name = reverse("reports:for_reader", args=[pk, reader]), row.invitation.name
    if not request.viewer.may(P.APPROVE_RECORD, found):
        raise Http404("Only the chair of the conference decides this.")
    form = forms.ReasonForm(
        request.POST or None,
        label=f"Why does {name} get this file all the same?",
        hint="Kept with your name, for this file and this reader. Nothing leaves yet: it is still to be checked.",
        submit_label="They get it all the same",
    )

    def do():
        return actions.give_all_the_same(
            by=request.viewer, file=found, reader=row.invitation, reason=form.cleaned_data["reason"]
        )

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, f"It is recorded that {name} gets this file all the same, and why.")
        return redirect(back)
    lead = " ".join(row.kept_back.why) if row.kept_back else "Nothing stands against it now."
    context = {"form": form, "heading": f"Give {name} this file all the same", "caption": found.author, "lead": lead}
    return render(request, "layouts/form.html", {**context, "back": back})


@page(P.RELEASE_DOCUMENTS)
def take_back(request, pk):
    """The reader does not get the file, as long as it has not gone."""
    copies = FileCopy.objects.select_related("file__conference__family", "invitation", "document")
    copy = get_or_404(copies.defer("document__body"), request.viewer, document=pk)
    file_or_404(request, copy.file_id)
    back = reverse("reports:for_reader", args=[copy.file_id, copy.invitation_id])
    form = forms.ReasonForm(request.POST or None, label="Why does this person not get it?", submit_label="Take it back")

    def do():
        return actions.take_back(by=request.viewer, copy=copy, reason=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "It is taken back. It can be made ready again.")
        return redirect(back)
    context = {"form": form, "heading": "Take it back", "caption": copy.invitation.name, "back": back}
    return render(request, "layouts/form.html", context)
