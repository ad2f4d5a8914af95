"""The record of a conference: drafted when first opened, edited paragraph by paragraph, approved by the chair."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.choices import ConferenceState
from conferences.convening.models import Conference
from conferences.convening.permissions import is_its_chair
from conferences.disclosure.choices import Audience
from conferences.disclosure.forms import attempt_or_ask_consent, family_first
from conferences.plans.queries.consequences import corrections_of
from conferences.plans.queries.gaps import reasons_at_closing
from cpc.core.accounts.permissions import Permission, system
from cpc.core.audit.looks import looked
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.phrases import listed
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.people.models import Person
from families.people.queries.household import eldest_first
from families.people.rules.short_names import tell_apart
from reports.incoming.permissions import INSIDE
from reports.incoming.queries.requested import included_children, invited_people
from reports.outgoing.actions import approving, drafting
from reports.outgoing.actions.telling import choose_telling
from reports.outgoing.choices import RecordState, WrittenKind
from reports.outgoing.forms import record as forms
from reports.outgoing.letters.lacks import copies_that_lack, invited_and_given_nothing
from reports.outgoing.models import ConferenceRecord, Paragraph
from reports.outgoing.queries.copies import approved_for, held_from, kinds_to_approve, paragraphs_of, record_of
from reports.outgoing.queries.facts import facts_of
from reports.outgoing.queries.telling import children_to_tell

P = Permission


@page(P.READ_RECORD)
def record(request, pk):
    """The record with its paragraphs in order. It is drafted here if nobody has opened it before."""
    conference = get_or_404(Conference.objects.select_related("family", "chair"), request.viewer, pk)
    if not request.viewer.holds(*INSIDE):
        raise Http404  # others read only their own copy, and opening this page must not draft a record
    found = record_of(conference)
    if found is None and conference.state == ConferenceState.HELD:
        may_draft = request.viewer.may(P.DRAFT_RECORD, conference)
        by = request.viewer if may_draft else system(on=request.viewer.on)
        found = drafting.draft_record(by=by, conference=conference)
    if found is None:
        return render(request, "reports/no_record.html", {"conference": conference}, status=404)
    found = get_or_404(
        ConferenceRecord.objects.select_related("approved_by", "letters_approved_by"), request.viewer, found.pk
    )
    looked(request.viewer, children=sorted(included_children(conference)), page="record")
    may_approve = request.viewer.may(P.APPROVE_RECORD, found)
    is_draft = found.state == RecordState.DRAFT
    paragraphs = paragraphs_of(request.viewer, found)
    held = held_from(conference, paragraphs)
    return render(
        request,
        "reports/record.html",
        {
            "conference": conference,
            "record": found,
            "state": RecordState(found.state),
            "paragraphs": [(one, held.get(one.pk, [])) for one in paragraphs],
            "children_to_tell": children_to_tell(found),
            "may_edit": is_draft and request.viewer.may(P.DRAFT_RECORD, found),
            "may_approve_letters": may_approve and found.letters_approved_at is None,
            "may_approve_record": may_approve and is_draft,
            "may_correct_decisions": request.viewer.can(P.CORRECT) and request.viewer.may(P.DECIDE, conference),
            "corrections": corrections_of(conference),
            "reasons_at_closing": reasons_at_closing(conference),
            "may_correct": may_approve and (found.letters_approved_at is not None or not is_draft),
            "back": reverse("conferences:conference", args=[conference.pk]),
        },
    )


@page(P.DRAFT_RECORD)
def paragraph(request, pk):
    """Edit one paragraph: its words, who it is about, who may read it."""
    found = get_or_404(Paragraph.objects.select_related("record__conference__chair"), request.viewer, pk)
    conference = found.record.conference
    children = _children(conference)
    form = _form(request, conference, children, forms.paragraph_initial(found), is_new=False)
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: drafting.edit_paragraph(
            by=request.viewer,
            paragraph=found,
            version=form.cleaned_data["version"] or 0,
            **_typed(form, children) | shared,
        ),
        audiences=Audience.values,
    ):
        messages.success(request, "The paragraph has been saved.")
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
    """Add a paragraph."""
    conference = get_or_404(Conference.objects.select_related("chair"), request.viewer, pk)
    found = get_or_404(ConferenceRecord, request.viewer, conference=conference)
    children = _children(conference)
    form = _form(request, conference, children, {"audience": Audience.EVERYONE}, is_new=True)
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: drafting.add_paragraph(by=request.viewer, record=found, **_typed(form, children) | shared),
        audiences=Audience.values,
    ):
        messages.success(request, "The paragraph has been added.")
        return _to(conference, f"#paragraph-{form.result.pk}")
    looked(request.viewer, children=children, page="record")
    context = {"form": form, "heading": "Add a paragraph", "back": _back(conference)}
    return render(request, "layouts/form.html", context)


@page(P.DRAFT_RECORD)
def remove_paragraph(request, pk):
    """Remove a paragraph, with the reason."""
    found = get_or_404(Paragraph.objects.select_related("record__conference"), request.viewer, pk)
    conference = found.record.conference
    form = forms.ReasonForm(
        request.POST or None, label="Why are you removing this paragraph?", submit_label="Remove the paragraph"
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: drafting.remove_paragraph(by=request.viewer, paragraph=found, reason=form.cleaned_data["reason"]),
        )
    ):
        messages.success(request, "The paragraph has been removed.")
        return _to(conference)
    looked(request.viewer, children=sorted(included_children(conference)), page="record")
    context = {"form": form, "heading": "Remove a paragraph", "caption": found.heading}
    return render(request, "layouts/form.html", {**context, "back": _back(conference)})


@page(P.APPROVE_RECORD)
def include_words(request, pk):
    """Let the chair give somebody’s own words also to the people that they are protected from."""
    found = get_or_404(Paragraph.objects.select_related("record__conference"), request.viewer, pk)
    conference = found.record.conference
    held = held_from(conference, [found]).get(found.pk)
    if not held or not request.viewer.may(P.APPROVE_RECORD, found.record):
        raise Http404
    form = forms.ReasonForm(
        request.POST or None, label=f"Why may {listed(held)} read these words?", submit_label="Include them",
        hint="They are held again if the words or their readers change.",
    )  # fmt: skip

    def include():
        return drafting.include_held_words(by=request.viewer, paragraph=found, reason=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and attempt(form, include):
        messages.success(request, "These words are now in every copy that their readers and children allow.")
        return _to(conference, f"#paragraph-{found.pk}")
    looked(request.viewer, children=sorted(included_children(conference)), page="record")
    context = {"form": form, "heading": "Include words that are held", "caption": found.heading, "lead": found.text}
    return render(request, "layouts/form.html", {**context, "back": _back(conference)})


@page(P.APPROVE_RECORD)
def tell_child(request, pk, child):
    """Choose how one child is told what was decided."""
    conference, found = _of_conference(request, pk)
    row = next((one for one in children_to_tell(found) if one.child.pk == child), None)
    if row is None:
        raise Http404
    initial = {name: getattr(row.told, name) for name in forms.TellForm.base_fields} if row.told else {}
    form = forms.TellForm(request.POST or None, initial=initial, submit_label="Save")
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: choose_telling(
            by=request.viewer, record=found, child=row.child, told=form.told(), consent=shared.get("consent", "")
        ),
    ):
        messages.success(request, "How the child is told has been saved.")
        return _to(conference)
    looked(request.viewer, children=[row.child], page="record")
    context = {"form": form, "heading": f"How {row.child.full_name} is told", "back": _back(conference)}
    return render(request, "layouts/form.html", context)


def _form(request, conference, children, initial, *, is_new):
    for_the_chair = is_its_chair(request.viewer, conference)
    people = family_first(invited_people(conference))
    form = forms.paragraph_form(children, people, for_the_chair=for_the_chair, is_new=is_new)
    return form(request.POST or None, initial=initial)


def _typed(form, children) -> dict:
    return {name: form.cleaned_data[name] for name in ("heading", "text", "audience")} | forms.paragraph_target(
        form, children
    )


def _children(conference):
    return tell_apart(Person.objects.filter(pk__in=included_children(conference)).order_by(*eldest_first()))


def _back(conference) -> str:
    return reverse("reports:record", args=[conference.pk])


def _to(conference, anchor=""):
    return redirect(_back(conference) + anchor)


@page(P.APPROVE_RECORD)
def approve_letters(request, pk):
    """Show what each letter lacks, and approve the letters as the chair."""
    return _approve(
        request, pk, approving.approve_letters, "Approve the letters", lambda _: [WrittenKind.DECISION_LETTER],
        "The decision letters are approved. They can be checked and released.",
        "The decision letters have been approved already. To change one, choose “Correct what was approved”.",
    )  # fmt: skip


@page(P.APPROVE_RECORD)
def approve_record(request, pk):
    """Show what each copy lacks, and approve the record as the chair."""
    return _approve(
        request, pk, approving.approve_record, "Approve the record", kinds_to_approve,
        "The record is approved. Its copies can be checked and released.",
        "The record has been approved already. To change it, choose “Correct what was approved”.",
    )  # fmt: skip


def _approve(request, pk, act, heading, kinds_of, done, already):
    conference, found = _of_conference(request, pk)
    kinds = kinds_of(found)
    if all(approved_for(found, kind) for kind in kinds):
        messages.info(request, already)
        return _to(conference)
    lacks = copies_that_lack(facts_of(found), kinds, request.viewer.on)
    posted = request.POST if request.method == "POST" else None  # without a reason nothing is posted
    form = forms.ApproveForm(posted, asks_reason=bool(lacks), submit_label=heading)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: act(by=request.viewer, record=found, reason=form.cleaned_data.get("reason", "")))
    ):
        messages.success(request, done)
        return redirect("reports:copies", conference.pk)
    looked(request.viewer, children=sorted(included_children(conference)), page="record")
    return render(
        request,
        "reports/approve.html",
        {
            "form": form,
            "heading": heading,
            "caption": f"{conference.family}, {in_words(conference.held_on)}",
            "lacks": lacks,
            "given_nothing": invited_and_given_nothing(found, kinds),
            "to_tell": [row.child for row in children_to_tell(found) if row.told is None],
            "conference": conference,
            "back": _back(conference),
        },
    )


@page(P.APPROVE_RECORD)
def correct(request, pk):
    """Reopen, as the chair, what was approved, to correct it."""
    conference, found = _of_conference(request, pk)
    if found.letters_approved_at is None and not approved_for(found, WrittenKind.RECORD):
        messages.info(request, "Nothing has been approved yet, so everything can be changed as it is.")
        return _to(conference)
    form = forms.ReasonForm(
        request.POST or None,
        label="What needs to be corrected?",
        hint="Documents already sent do not change. When you approve again, a new copy replaces them.",
        submit_label="Reopen for correction",
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: approving.reopen(by=request.viewer, record=found, reason=form.cleaned_data["reason"]))
    ):
        messages.success(request, "You can now correct the record and letters.")
        return _to(conference)
    context = {"form": form, "heading": "Correct the record or the letters", "back": _back(conference)}
    return render(request, "layouts/form.html", context)


def _of_conference(request, pk):
    conference = get_or_404(Conference, request.viewer, pk)
    return conference, get_or_404(ConferenceRecord, request.viewer, conference=conference)
