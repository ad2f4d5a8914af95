"""A report file for one family member: what they would get, what was found, and its release."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.models import Invitation
from cpc.core.accounts.permissions import Permission, Viewer
from cpc.core.documents.choices import DocumentState, OutgoingState
from cpc.core.documents.queries import may_be_taken_back
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from reports.incoming.choices import MadeHow
from reports.incoming.models import FileCopy
from reports.incoming.permissions import INSIDE, may_write_for
from reports.incoming.queries.requested import report_of
from reports.incoming.queries.uploads import is_original
from reports.incoming.views.uploads import file_or_404
from reports.outgoing.actions import file_copies
from reports.outgoing.actions.versions import CAN_BE_REDACTED
from reports.outgoing.forms import record as forms
from reports.outgoing.queries.copies import state_of
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.file_copies import CAN_BE_RELEASED, may_be_shared_with, why_never_released
from reports.outgoing.views.checking import release_check

P = Permission


@page(P.RELEASE_DOCUMENTS, P.CHECK_COPY)
def for_reader(request, pk, reader):
    """What one family member gets of a file: the exact bytes, what was found in them, and how and when it is sent."""
    found, row = _row_or_404(request, pk, reader)
    viewer, copy, invitation = request.viewer, row.copy, row.invitation
    never, is_fixed = (
        why_never_released(found, invitation),
        copy is not None and copy.document.state != DocumentState.DRAFTED,
    )
    waits = row.withholding is not None and row.withholding.waits
    sent = copy.document.outgoing.order_by("-pk").first() if copy else None
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
            "outgoing": sent,
            "held_state": state_of(copy, sent) if sent and sent.state == OutgoingState.HELD else None,
            "may_take_back_sent": sent is not None and may_be_taken_back(viewer, sent),
            "corrections": _corrections(viewer, found, invitation),
            "report": _report_to_say_so(viewer, found, invitation),
            **_way_back(viewer, found, invitation),
        },
    )


def _way_back(viewer: Viewer, file, invitation) -> dict[str, str]:
    """Where the page leads back to: for a copy of a typed report the reader’s pack, with all the others."""
    if file.made == MadeHow.TYPED and viewer.may(P.RELEASE_DOCUMENTS, file.conference):
        return {"back": reverse("reports:family_pack", args=[file.conference_id, invitation.pk])}
    return {"back": reverse("reports:file", args=[file.pk])}


def _wants_another(found) -> str:
    """The button to ask the author for another file, if no version can be made from this one."""
    if found.kind not in CAN_BE_RELEASED:
        return "Ask its author for a PDF"
    return "Ask the author for a file that opens" if found.did_not_open else ""


def _report_to_say_so(viewer: Viewer, found, invitation):
    """The report that still needs a note that it was shared with this reader, if the viewer may add it."""
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


def _may_take_back(viewer: Viewer, copy) -> bool:
    return (
        viewer.may(P.RELEASE_DOCUMENTS, copy.file) and not copy.document.outgoing.filter(sent_at__isnull=False).exists()
    )


def _corrections(viewer: Viewer, found, invitation) -> list[dict]:
    """What the viewer can do about a finding. The file itself is never changed."""
    if not viewer.may(P.REDACT_REPORT, found) or not is_original(found):
        return []
    args = [found.pk, invitation.pk]
    ask = {
        "url": reverse("reports:ask_version", args=args),
        "words": "Ask the author for a separate version",
        "then": "without it.",
    }
    redact = {"url": reverse("reports:redact", args=args), "words": "Redact it", "then": "take out where it stands."}
    return [redact, ask] if found.kind in CAN_BE_REDACTED else [ask]


@page(P.RELEASE_DOCUMENTS, methods=("POST",))
def prepare_file(request, pk, reader):
    """Fix what the reader would get, so that it can be checked."""
    found, row = _row_or_404(request, pk, reader)
    file_copies.prepare_file(by=request.viewer, file=found, reader=row.invitation)
    messages.success(request, f"Ready to be checked for {row.invitation.name}. Nothing has left yet.")
    return redirect("reports:for_reader", pk, reader)


@page(P.APPROVE_RECORD)
def all_the_same(request, pk, reader):
    """Let the chair decide that a person gets this file although it was withheld from them."""
    found, row = _row_or_404(request, pk, reader)
    back, name = reverse("reports:for_reader", args=[pk, reader]), row.invitation.name
    if not request.viewer.may(P.APPROVE_RECORD, found):
        raise Http404("Only the chair of the conference decides this.")
    form = forms.ReasonForm(
        request.POST or None,
        label=f"Why does {name} receive this file anyway?",
        hint="Kept with your name, for this file and this reader. Nothing leaves yet: it is still to be checked.",
        submit_label="They receive it anyway",
    )

    def do():
        return file_copies.override_withholding(
            by=request.viewer, file=found, reader=row.invitation, reason=form.cleaned_data["reason"]
        )

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, f"It is recorded that {name} receives this file anyway, and why.")
        return redirect(back)
    lead = " ".join(row.withholding.why) if row.withholding else "Nothing prevents this now."
    context = {"form": form, "heading": f"Give {name} this file anyway", "caption": found.author, "lead": lead}
    return render(request, "layouts/form.html", {**context, "back": back})


@page(P.RELEASE_DOCUMENTS)
def take_back(request, pk):
    """Take the file back, if it has not been sent."""
    copies = FileCopy.objects.select_related("file__conference__family", "invitation", "document")
    copy = get_or_404(copies.defer("document__body"), request.viewer, document=pk)
    file_or_404(request, copy.file_id)
    back = reverse("reports:for_reader", args=[copy.file_id, copy.invitation_id])
    form = forms.ReasonForm(request.POST or None, label="Why does this person not get it?", submit_label="Recall it")

    def do():
        return file_copies.take_back(by=request.viewer, copy=copy, reason=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "It has been recalled. You can prepare it again.")
        return redirect(back)
    context = {"form": form, "heading": "Recall it", "caption": copy.invitation.name, "back": back}
    return render(request, "layouts/form.html", context)
