"""What people say of a copy before it goes: harmless here, overridden by a second person, checked by another."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import page
from reports import actions
from reports.forms import record as forms
from reports.queries.checking import check_of
from reports.views.copies import copy_or_404

P = Permission


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


@page(P.CHECK_COPY, methods=("POST",))
def say_checked(request, pk):
    """A second person has read the copy as its reader gets it, and says that it may go."""
    found = copy_or_404(request, pk)
    actions.say_checked(by=request.viewer, copy=found, said=request.POST.get("said", "")[:500])
    messages.success(request, f"You have checked the copy for {found.invitation.name}. It is kept with your name.")
    return redirect("reports:copy", found.pk)


def _row(request, pk, key):
    found = copy_or_404(request, pk)
    looked(request.viewer, children=[one.child_id for one in found.children.all()], page="copy")
    check = check_of(found)
    return found, next((row for row in check.rows if row.finding.key == key), None) if check else None


def _nothing_to_do(request, found):
    messages.info(request, "There is nothing to decide here any more.")
    return redirect("reports:copy", found.pk)


def _asked(request, found, row, form, heading, done, act, lead=""):
    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, done)
        return redirect("reports:copy", found.pk)
    context = {
        "form": form,
        "heading": heading,
        "caption": f"Copy for {found.invitation.name}",
        "row": row,
        "lead": lead,
        "back": reverse("reports:copy", args=[found.pk]),
    }
    return render(request, "reports/judge.html", context)
