"""What people say of a copy, of the record or of a file, before it goes: harmless here, overridden by a second person,
looked at, checked by another. One set of pages for both: each is about the document that its reader gets."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.documents.choices import DocumentState
from cpc.core.documents.responses import as_pdf, pdf_response
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from reports import actions
from reports.forms import record as forms
from reports.models import Copy, FileCopy
from reports.queries.checking import check_of
from reports.queries.leaving import Leaving

P = Permission
_WITH = ("invitation__person", "invitation__user", "invitation__agency", "document")


def leaving_or_404(request, pk) -> Leaving:
    """The copy, of the record or of a file, whose document this is; the look at its children is on the trail."""
    kind, more = (FileCopy, ["file__conference__family", "file__uploaded_by"])
    if Copy.objects.filter(document=pk).exists():
        kind, more = Copy, ["record__conference__family"]
    rows = kind.objects.select_related(*_WITH, *more).defer("document__body")
    found = get_or_404(rows, request.viewer, document=pk)
    looked(request.viewer, children=list(found.children.values_list("child", flat=True)), page="copy")
    return found


def page_of(copy: Leaving) -> str:
    """The page on which it is judged and released."""
    if isinstance(copy, FileCopy):
        return reverse("reports:for_reader", args=[copy.file_id, copy.invitation_id])
    return reverse("reports:copy", args=[copy.pk])


def release_check(viewer, copy: Leaving, *, may_answer=False, waits=False) -> dict:
    """What the part of a page about the release check needs: what was found, and what this viewer may say of it.
    ``waits``: something else than the check has to be settled before it can go."""
    check, about = check_of(copy), copy.held_by
    may_release = viewer.may(P.RELEASE_DOCUMENTS, about)
    second = bool(check) and viewer.id not in check.writers
    return {
        "document": copy.document if copy.document_id else None,
        "check": check,
        "has_opened": bool(check) and check.opened_by(viewer),
        "may_check": second and viewer.may(P.CHECK_COPY, copy.conference),
        "may_look": bool(check) and viewer.may(P.CHECK_COPY, copy.conference),
        "may_override": second and viewer.may(P.OVERRIDE_RELEASE_CHECK, about),
        "may_answer": may_answer or may_release,
        "may_release": bool(check) and not waits and may_release and check.lets_go(viewer),
    }


@page(P.DRAFT_RECORD, P.RELEASE_DOCUMENTS, P.CHECK_COPY)
def exactly(request, pk):
    """Exactly the bytes that its reader gets, or got."""
    found = leaving_or_404(request, pk)
    if found.document.issued_at:
        return pdf_response(found.document)
    if found.document.state != DocumentState.APPROVED:
        raise Http404("This is not ready to go to anybody.")
    return as_pdf(actions.opened(by=request.viewer, copy=found), found.document.file_name)


@page(P.RELEASE_DOCUMENTS, P.APPROVE_RECORD)
def answer(request, pk, key):
    """Why what the check found tells this reader nothing, in the sentences in which it stands."""
    found, row = _row(request, pk, key)
    if row is None or row.finding.stops or not row.blocks:
        return _nothing_to_do(request, found)
    name = found.invitation.name
    form = forms.ReasonForm(
        request.POST or None,
        label=f"Why does “{row.finding.found}” tell {name} nothing they must not learn?",
        hint="Kept with your name, for these sentences and this reader only. Anybody else, or other words, are asked "
        "about again.",
        submit_label="It is harmless here",
    )
    return _asked(
        request, found, row, form, "Is this harmless for this reader?", "Your answer is kept with your name.",
        lambda: actions.answer(by=request.viewer, copy=found, finding_key=key, reason=form.cleaned_data["reason"]),
    )  # fmt: skip


@page(P.RELEASE_DOCUMENTS, P.APPROVE_RECORD)
def ask_override(request, pk, key):
    """A second person is asked to let go what stops the copy."""
    found, row = _row(request, pk, key)
    if row is None or not row.finding.stops or not row.blocks or row.waits:
        return _nothing_to_do(request, found)
    form = forms.ReasonForm(
        request.POST or None,
        label=f"Why should {found.invitation.name} have this all the same?",
        hint="A chair, a team manager or a service manager decides: not who wrote, approved, asks or releases it.",
        submit_label="Ask a second person",
    )
    return _asked(
        request, found, row, form, "Ask a second person to override", "A second person can now decide on this page.",
        lambda: actions.ask_for_override(
            by=request.viewer, copy=found, finding_key=key, reason=form.cleaned_data["reason"]
        ),
    )  # fmt: skip


@page(P.OVERRIDE_RELEASE_CHECK)
def decide_override(request, pk, key):
    """A second person decides whether this reader may learn what stops the copy."""
    found, row = _row(request, pk, key)
    if row is None or not row.waits:
        return _nothing_to_do(request, found)
    form = forms.OverrideForm(request.POST or None)
    return _asked(
        request, found, row, form, f"May {found.invitation.name} learn this?", "Your decision is kept with your name.",
        lambda: actions.decide_override(
            by=request.viewer, copy=found, override=row.override, agreed=form.cleaned_data["agreed"] == "yes",
            reason=form.cleaned_data["reason"],
        ),
        f"{row.override.asked_by_name} asks: “{row.override.asked_why}”",
    )  # fmt: skip


@page(P.CHECK_COPY)
def look(request, pk):
    """Somebody has looked at what no program can read in a file, and says what they saw."""
    found = leaving_or_404(request, pk)
    check = check_of(found)
    if not check or not check.examined.unreadable:
        return _nothing_to_do(request, found)
    name = found.invitation.name
    form = forms.ReasonForm(
        request.POST or None,
        label="What did you see, and how do you know that it tells them nothing they must not learn?",
        hint="Kept with your name, for exactly this file and this reader.",
        submit_label="I have looked",
    )

    def say():
        return actions.look_at_file(by=request.viewer, copy=found, said=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and attempt(form, say):
        messages.success(request, "What you saw is kept with your name.")
        return redirect(page_of(found))
    context = {"form": form, "copy": found, "check": check, "heading": "Look at what could not be read"}
    return render(request, "reports/look.html", {**context, "caption": f"For {name}", "back": page_of(found)})


@page(P.CHECK_COPY, methods=("POST",))
def say_checked(request, pk):
    """A second person has read the copy as its reader gets it, and says that it may go."""
    found = leaving_or_404(request, pk)
    actions.say_checked(by=request.viewer, copy=found, said=request.POST.get("said", "")[:500])
    messages.success(request, f"You have checked the copy for {found.invitation.name}. It is kept with your name.")
    return redirect(page_of(found))


@page(P.RELEASE_DOCUMENTS, methods=("POST",))
def release(request, pk):
    """One copy is issued and on its way."""
    found = leaving_or_404(request, pk)
    actions.release(by=request.viewer, copy=found)
    messages.success(request, f"Released to {found.invitation.name}.")
    if isinstance(found, FileCopy):
        return redirect(page_of(found))
    return redirect("reports:copies", found.record.conference_id)


def _row(request, pk, key):
    found = leaving_or_404(request, pk)
    check = check_of(found)
    return found, next((row for row in check.rows if row.finding.key == key), None) if check else None


def _nothing_to_do(request, found):
    messages.info(request, "There is nothing to decide here any more.")
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
