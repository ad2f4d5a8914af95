"""Pages for what people decide about a copy before it is released: harmless findings, overrides, looking at unreadable
parts, and the second check. The same pages serve copies of the record, of letters and of files."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission, Viewer
from cpc.core.audit.looks import looked
from cpc.core.documents.choices import DocumentState
from cpc.core.documents.responses import as_pdf, pdf_response
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from reports.incoming.models import FileCopy
from reports.outgoing.actions import releasing
from reports.outgoing.forms import record as forms
from reports.outgoing.models import Copy
from reports.outgoing.queries.checking import AnyCopy, check_of

P = Permission
_WITH = ("invitation__person", "invitation__user", "invitation__agency", "document")


def copy_of_document_or_404(request, pk) -> AnyCopy:
    """The copy (of the record, a letter or a file) with this document. The view of its children is on the audit
    trail."""
    kind, more = (FileCopy, ["file__conference__family", "file__uploaded_by"])
    if Copy.objects.filter(document=pk).exists():
        kind, more = Copy, ["record__conference__family"]
    rows = kind.objects.select_related(*_WITH, *more).defer("document__body")
    found = get_or_404(rows, request.viewer, document=pk)
    looked(request.viewer, children=list(found.children.values_list("child", flat=True)), page="copy")
    return found


def page_of(copy: AnyCopy) -> str:
    """The page where this copy is checked and released."""
    if isinstance(copy, FileCopy):
        return reverse("reports:for_reader", args=[copy.file_id, copy.invitation_id])
    return reverse("reports:copy", args=[copy.pk])


def release_check(viewer: Viewer, copy: AnyCopy, *, may_answer=False, waits=False, rules=None) -> dict:
    """The template context of the release check: what was found, and what this viewer may do. ``waits``: something
    other than the check has to be settled first. ``rules`` is the result of ``withholding_rules_for_readers``, if it
    was already read."""
    check, about = check_of(copy, rules), copy.locked_with
    may_release = viewer.may(P.RELEASE_DOCUMENTS, about)
    second = bool(check) and viewer.id not in check.writers
    return {
        "conference": copy.conference,
        "document": copy.document if copy.document_id else None,
        "check": check,
        "has_opened": bool(check) and check.opened_by(viewer),
        "may_check": second and viewer.may(P.CHECK_COPY, copy.conference),
        "may_look": second and viewer.may(P.CHECK_COPY, copy.conference),
        "may_override": second and viewer.may(P.OVERRIDE_RELEASE_CHECK, about),
        "may_answer": may_answer or may_release,
        "may_release": bool(check) and not waits and may_release and check.may_be_released_by(viewer),
    }


@page(P.DRAFT_RECORD, P.RELEASE_DOCUMENTS, P.CHECK_COPY)
def exactly(request, pk):
    """Exactly the bytes that its reader gets, or got."""
    found = copy_of_document_or_404(request, pk)
    if found.document.issued_at:
        return pdf_response(found.document)
    if found.document.state != DocumentState.APPROVED:
        raise Http404("This is not ready to go to anybody.")
    return as_pdf(releasing.open_copy(by=request.viewer, copy=found), found.document.file_name)


@page(P.RELEASE_DOCUMENTS, P.APPROVE_RECORD)
def answer(request, pk, key):
    """Say why a finding reveals nothing to this reader, with the sentences that contain it."""
    found, row = _row(request, pk, key)
    if row is None or row.finding.stops or not row.blocks:
        return _nothing_to_do(request, found)
    name = found.invitation.name
    form = forms.ReasonForm(
        request.POST or None,
        label=f"Why does “{row.finding.found}” tell {name} nothing that they must not learn?",
        hint="Recorded with your name, for these sentences and this reader only. The check asks again for another "
        "reader or other words.",
        submit_label="It reveals nothing here",
    )
    return _asked(
        request, found, row, form, "Does this reveal anything to this reader?",
        "Your answer has been recorded with your name.",
        lambda: releasing.mark_harmless(
            by=request.viewer, copy=found, finding_key=key, reason=form.cleaned_data["reason"]
        ),
    )  # fmt: skip


@page(P.RELEASE_DOCUMENTS, P.APPROVE_RECORD)
def ask_override(request, pk, key):
    """Ask a second person to override what stops the copy."""
    found, row = _row(request, pk, key)
    if row is None or not row.finding.stops or not row.blocks or row.waits:
        return _nothing_to_do(request, found)
    form = forms.ReasonForm(
        request.POST or None,
        label=f"Why should {found.invitation.name} have this anyway?",
        hint="A chair, a team manager or a service manager decides: not who wrote, approved, asks or releases it.",
        submit_label="Ask a second person",
    )
    return _asked(
        request, found, row, form, "Ask a second person to override", "A second person can now decide on this page.",
        lambda: releasing.ask_for_override(
            by=request.viewer, copy=found, finding_key=key, reason=form.cleaned_data["reason"]
        ),
    )  # fmt: skip


@page(P.OVERRIDE_RELEASE_CHECK)
def decide_override(request, pk, key):
    """Decide, as a second person, whether this reader may learn what stops the copy."""
    found, row = _row(request, pk, key)
    if row is None or not row.waits:
        return _nothing_to_do(request, found)
    form = forms.OverrideForm(request.POST or None)
    return _asked(
        request, found, row, form, f"May {found.invitation.name} learn this?",
        "Your decision has been recorded with your name.",
        lambda: releasing.decide_override(
            by=request.viewer, copy=found, override=row.override, agreed=form.cleaned_data["agreed"] == "yes",
            reason=form.cleaned_data["reason"],
        ),
        f"{row.override.asked_by_name} asks: “{row.override.asked_why}”",
    )  # fmt: skip


@page(P.CHECK_COPY)
def check_file(request, pk):
    """Say what one saw in the parts of a file that no program can read."""
    found = copy_of_document_or_404(request, pk)
    check = check_of(found)
    if not check or not check.examined.unreadable:
        return _nothing_to_do(request, found)
    name = found.invitation.name
    form = forms.ReasonForm(
        request.POST or None,
        label="What did you see, and how do you know that it reveals nothing they must not know?",
        hint="Kept with your name, for exactly this file and this reader.",
        submit_label="I have looked",
    )

    def say():
        return releasing.record_file_check(by=request.viewer, copy=found, said=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and attempt(form, say):
        messages.success(request, "What you saw is kept with your name.")
        return redirect(page_of(found))
    context = {"form": form, "copy": found, "check": check, "heading": "Look at what could not be read"}
    return render(request, "reports/look.html", {**context, "caption": f"For {name}", "back": page_of(found)})


@page(P.CHECK_COPY, methods=("POST",))
def record_check(request, pk):
    """Record that a second person has read the copy and that it may be released."""
    found = copy_of_document_or_404(request, pk)
    releasing.record_check(by=request.viewer, copy=found, said=request.POST.get("said", "")[:500])
    messages.success(request, f"You have checked the copy for {found.invitation.name}. It is kept with your name.")
    return redirect(page_of(found))


@page(P.RELEASE_DOCUMENTS, methods=("POST",))
def release(request, pk):
    """Issue and send one copy."""
    found = copy_of_document_or_404(request, pk)
    releasing.release(by=request.viewer, copy=found)
    messages.success(request, f"Released to {found.invitation.name}.")
    if isinstance(found, FileCopy):
        return redirect(page_of(found))
    return redirect("reports:copies", found.record.conference_id)


def _row(request, pk, key):
    found = copy_of_document_or_404(request, pk)
    check = check_of(found)
    return found, next((row for row in check.rows if row.finding.key == key), None) if check else None


def _nothing_to_do(request, found):
    messages.info(request, "There is no longer anything to decide here.")
    return redirect(page_of(found))


def _asked(request, found, row, form, heading, done, act, lead=""):
    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, done)
        return redirect(page_of(found))
    context = {
        "form": form,
        "heading": heading,
        "caption": f"Copy for {found.invitation.name}",
        "row": row,
        "lead": lead,
        "back": page_of(found),
    }
    return render(request, "reports/judge.html", context)
