"""The record of a conference: drafted when first opened, edited paragraph by paragraph, approved by the chair."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.choices import Audience, ConferenceState
from conferences.forms.leave import attempt_with_leave, family_first
from conferences.models import Conference
from cpc.core.accounts.permissions import Permission, system
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.models import Person
from families.queries import that_papers_may_say_of
from reports import actions
from reports.choices import RecordState
from reports.forms import record as forms
from reports.models import ConferenceRecord, Paragraph
from reports.permissions import INSIDE
from reports.queries.copies import included_children, paragraphs_of, record_of
from reports.queries.facts import invited_people

P = Permission


@page(P.READ_RECORD)
def record(request, pk):
    """The record, its paragraphs in order; made here when nobody has opened it before."""
    conference = get_or_404(Conference.objects.select_related("family", "chair"), request.viewer, pk)
    if not request.viewer.holds(*INSIDE):
        raise Http404  # anybody else reads their own copy, and never has one drafted by looking
    found = record_of(conference)
    if found is None and conference.state == ConferenceState.HELD:
        may_draft = request.viewer.may(P.DRAFT_RECORD, conference)
        by = request.viewer if may_draft else system(on=request.viewer.on)
        found = actions.draft_record(by=by, conference=conference)
    if found is None:
        return render(request, "reports/no_record.html", {"conference": conference}, status=404)
    found = get_or_404(
        ConferenceRecord.objects.select_related("approved_by", "letters_approved_by"), request.viewer, found.pk
    )
    looked(request.viewer, children=sorted(included_children(conference)), page="record")
    may_approve = request.viewer.may(P.APPROVE_RECORD, found)
    is_draft = found.state == RecordState.DRAFT
    return render(
        request,
        "reports/record.html",
        {
            "conference": conference,
            "record": found,
            "state": RecordState(found.state),
            "paragraphs": paragraphs_of(request.viewer, found),
            "may_edit": is_draft and request.viewer.may(P.DRAFT_RECORD, found),
            "may_approve_letters": may_approve and found.letters_approved_at is None,
            "may_approve_record": may_approve and is_draft,
            "may_correct": may_approve and (found.letters_approved_at is not None or not is_draft),
            "back": reverse("conferences:conference", args=[conference.pk]),
        },
    )


@page(P.DRAFT_RECORD)
def paragraph(request, pk):
    """One paragraph is edited: its words, whom it is about, who may read it."""
    found = get_or_404(Paragraph.objects.select_related("record__conference__chair"), request.viewer, pk)
    conference = found.record.conference
    children = _children(conference)
    form = _form(request, conference, children, forms.as_placed(found))
    if request.method == "POST" and attempt_with_leave(
        request,
        form,
        lambda leave, readers: actions.edit_paragraph(
            by=request.viewer,
            paragraph=found,
            version=form.cleaned_data["version"] or 0,
            leave=leave,
            **_typed(form, children, readers),
        ),
        may_narrow=lambda readers: True,
    ):
        messages.success(request, "The paragraph is saved.")
        return _to(conference, f"#paragraph-{found.pk}")
    looked(request.viewer, children=children, page="record")
    return render(
        request,
        "reports/paragraph.html",
        {
            "form": form,
            "heading": "Change a paragraph",
            "caption": found.heading,
            "paragraph": found,
            "back": _back(conference),
        },
    )


@page(P.DRAFT_RECORD)
def add_paragraph(request, pk):
    """A paragraph more."""
    conference = get_or_404(Conference.objects.select_related("chair"), request.viewer, pk)
    found = get_or_404(ConferenceRecord, request.viewer, conference=conference)
    children = _children(conference)
    form = _form(request, conference, children, {"audience": Audience.EVERYONE})
    if request.method == "POST" and attempt_with_leave(
        request,
        form,
        lambda leave, readers: actions.add_paragraph(
            by=request.viewer, record=found, leave=leave, **_typed(form, children, readers)
        ),
        may_narrow=lambda readers: True,
    ):
        messages.success(request, "The paragraph is added.")
        return _to(conference, f"#paragraph-{form.result.pk}")
    looked(request.viewer, children=children, page="record")
    context = {"form": form, "heading": "Add a paragraph", "back": _back(conference)}
    return render(request, "layouts/form.html", context)


@page(P.DRAFT_RECORD)
def remove_paragraph(request, pk):
    """A paragraph is taken out, with the reason."""
    found = get_or_404(Paragraph.objects.select_related("record__conference"), request.viewer, pk)
    conference = found.record.conference
    form = forms.ReasonForm(request.POST or None, label="Why is this paragraph taken out?", submit_label="Take it out")
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: actions.remove_paragraph(by=request.viewer, paragraph=found, reason=form.cleaned_data["reason"]),
        )
    ):
        messages.success(request, "The paragraph is taken out.")
        return _to(conference)
    context = {"form": form, "heading": "Take a paragraph out", "caption": found.heading}
    return render(request, "layouts/form.html", {**context, "back": _back(conference)})


def _form(request, conference, children, initial):
    for_the_chair = conference.chair_id == request.viewer.id
    people = family_first(invited_people(conference))
    form = forms.paragraph_form(children, people, for_the_chair=for_the_chair)
    return form(request.POST or None, initial=initial)


def _typed(form, children, readers) -> dict:
    """What was typed, for the readers chosen or for those fewer that were taken when it could not be for these."""
    typed = {name: form.cleaned_data[name] for name in ("heading", "text", "audience")} | forms.placed(form, children)
    return typed if readers is None else typed | {"audience": readers.audience, "named": readers.named}


def _children(conference):
    children = Person.objects.filter(pk__in=included_children(conference)).order_by("born_on", "pk")
    return that_papers_may_say_of(conference.family_id, children)


def _back(conference) -> str:
    return reverse("reports:record", args=[conference.pk])


def _to(conference, anchor=""):
    return redirect(_back(conference) + anchor)


@page(P.APPROVE_RECORD, methods=("POST",))
def approve_letters(request, pk):
    """The chair approves what the decision letters say."""
    conference, found = _of_conference(request, pk)
    actions.approve_letters(by=request.viewer, record=found)
    messages.success(request, "The decision letters are approved. They can be checked and released.")
    return redirect("reports:copies", conference.pk)


@page(P.APPROVE_RECORD, methods=("POST",))
def approve_record(request, pk):
    """The chair approves the record."""
    conference, found = _of_conference(request, pk)
    actions.approve_record(by=request.viewer, record=found)
    messages.success(request, "The record is approved. Its copies can be checked and released.")
    return redirect("reports:copies", conference.pk)


@page(P.APPROVE_RECORD)
def correct(request, pk):
    """The chair opens what was approved, to correct it."""
    conference, found = _of_conference(request, pk)
    form = forms.ReasonForm(
        request.POST or None,
        label="What has to be corrected?",
        hint="What was sent stays as it was sent. Once you approve again, a new copy replaces it.",
        submit_label="Open it for correction",
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.reopen(by=request.viewer, record=found, reason=form.cleaned_data["reason"]))
    ):
        messages.success(request, "The record and letters can be corrected.")
        return _to(conference)
    context = {"form": form, "heading": "Correct the record or the letters", "back": _back(conference)}
    return render(request, "layouts/form.html", context)


def _of_conference(request, pk):
    conference = get_or_404(Conference, request.viewer, pk)
    return conference, get_or_404(ConferenceRecord, request.viewer, conference=conference)
