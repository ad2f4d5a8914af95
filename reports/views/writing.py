"""Writing a report, handing it in, reading it, approving it or sending it back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from conferences.forms.leave import attempt_with_leave, family_first
from conferences.models import Invitation
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, is_about, page
from families.queries import call_as_papers_may
from reports import actions
from reports.actions.writing import UNFINISHED
from reports.choices import ReportKind, ReportState
from reports.forms import writing as forms
from reports.models import Report
from reports.permissions import INSIDE, may_read_restricted, may_write_for
from reports.queries.asked import covered_children, is_verbal, kind_for, parents_of, report_of
from reports.queries.facts import invited_people
from reports.queries.uploads import gone_to_the_family

P = Permission


@page(P.WRITE_REPORT, P.ENTER_REPORT)
def write(request, pk):
    """A report is begun or gone on with, by its author or by an administrator for them."""
    invitation = _invitation(request, pk)
    report = report_of(invitation)
    if report is not None and report.state not in UNFINISHED:
        return redirect("reports:report", report.pk)
    children = covered_children(invitation)
    if not children:
        raise Http404("This invitation covers no child of the conference.")
    on_behalf = invitation.user_id != request.viewer.id
    # Whoever may not read what is kept apart goes on with the rest, and leaves it as it is.
    asks_apart = report is None or not report.restricted or _reads_apart(request.viewer, report)
    people = family_first(invited_people(invitation.conference)) if request.viewer.holds(*INSIDE) else ()
    form_class = forms.report_form(kind_for(invitation), children, people, asks_author=on_behalf, asks_apart=asks_apart)
    initial = forms.as_typed(report) if report else {"version": 0, "author": invitation.name}
    form = form_class(request.POST or None, initial=initial)
    if request.method == "POST" and attempt_with_leave(
        request, form, lambda leave, _: _save(request, invitation, form, leave)
    ):
        if "later" in request.POST:
            messages.success(request, "Your draft is saved. Nobody else can read it yet.")
            return redirect("reports:write", invitation.pk)
        return redirect("reports:hand_in", form.result.pk)
    looked(request.viewer, children=children, page="report")
    return render(
        request,
        "reports/write.html",
        {
            "form": form,
            "heading": _heading(invitation),
            "caption": str(invitation.conference.family) if not on_behalf else f"Entered for {invitation.name}",
            "back": _back(request, invitation),
            "invitation": invitation,
            "report": report,
            "children": children,
            "verbal": is_verbal(invitation),
        },
    )


def _reads_apart(viewer, report) -> bool:
    return Report.objects.filter(may_read_restricted(viewer), pk=report.pk).exists()


def _save(request, invitation, form, leave):
    sections, about = forms.written(form)
    return actions.save_report(
        by=request.viewer,
        invitation=invitation,
        version=form.cleaned_data["version"],
        sections=sections,
        about=about,
        author=form.cleaned_data.get("author", ""),
        restricted=forms.kept_apart(form),
        leave=leave,
    )


def _invitation(request, pk):
    invitations = Invitation.objects.filter(may_write_for(request.viewer))
    found = invitations.select_related("conference__family", "agency", "user")
    return is_about(request.viewer, get_object_or_404(found, pk=pk))


def _heading(invitation) -> str:
    return "Social work report" if kind_for(invitation) == ReportKind.SOCIAL_WORK else "Report for the conference"


def _back(request, invitation) -> str:
    if invitation.user_id == request.viewer.id and not request.viewer.can(P.BOOK_CONFERENCE):
        return reverse("work:home")
    return reverse("conferences:conference", args=[invitation.conference_id])


@page(P.WRITE_REPORT, P.ENTER_REPORT)
def hand_in(request, pk):
    """The report is handed in, with whom it was shared."""
    report = _own(request, pk)
    if report.state not in UNFINISHED:
        return redirect("reports:report", report.pk)
    children = [row.child for row in report.children.select_related("child")]
    verbal, parents = is_verbal(report.invitation), parents_of(report)
    asked = [] if verbal else parents
    form = forms.sharing_form(asked, request.viewer.on)(
        request.POST or None,
        initial=_as_shared(report),
        submit_label="Hand in the report",
        cancel_url=reverse("reports:write", args=[report.invitation_id]),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: actions.hand_in(by=request.viewer, report=report, sharings=forms.shared_with(form, asked)),
        )
    ):
        messages.success(request, "The report is handed in.")
        return redirect("reports:report", report.pk)
    looked(request.viewer, children=children, page="report")
    return render(
        request,
        "reports/hand_in.html",
        {
            "form": form,
            "heading": "Hand in the report",
            "caption": _heading(report.invitation),
            "back": reverse("reports:write", args=[report.invitation_id]),
            "report": report,
            "verbal": verbal,
            "parents": parents,
        },
    )


def _as_shared(report) -> dict:
    gone = gone_to_the_family(report.conference, report.invitation).get(report.invitation_id, [])
    return forms.as_shared(report, gone)


def _own(request, pk) -> Report:
    report = get_or_404(Report.objects.select_related("invitation", "conference__family"), request.viewer, pk)
    if not Invitation.objects.filter(may_write_for(request.viewer), pk=report.invitation_id).exists():
        raise Http404
    return report


@page(P.WRITE_REPORT, P.ENTER_REPORT)
def sharing(request, pk):
    """With whom the report was shared since it was handed in."""
    report = _own(request, pk)
    if report.state in UNFINISHED:
        return redirect("reports:hand_in", report.pk)
    children = [row.child for row in report.children.select_related("child")]
    parents = parents_of(report)
    form = forms.sharing_form(parents, request.viewer.on)(
        request.POST or None, initial=_as_shared(report), submit_label="Save"
    )

    def save():
        for shared in forms.shared_with(form, parents):
            actions.record_sharing(by=request.viewer, report=report, shared=shared)

    if request.method == "POST" and form.is_valid() and attempt(form, save):
        messages.success(request, "Saved: with whom the report was shared.")
        return redirect("reports:report", report.pk)
    looked(request.viewer, children=children, page="report")
    context = {"form": form, "heading": "With whom the report was shared", "caption": report.author}
    return render(request, "layouts/form.html", {**context, "back": reverse("reports:report", args=[report.pk])})


@page(P.WRITE_REPORT, P.ENTER_REPORT, P.READ_RECORD)
def report(request, pk):
    """One report, as its reader may see it, with what can be done with it."""
    found = get_or_404(
        Report.objects.select_related(
            "invitation", "conference__family", "agency", "entered_by", "author_user", "approved_by"
        ),
        request.viewer,
        pk,
    )
    children, sharings = list(found.children.select_related("child")), list(found.sharings.select_related("parent"))
    places = [*((row, "child") for row in children), *((one, "parent") for one in sharings)]
    call_as_papers_may(found.conference.family_id, places)
    looked(request.viewer, children=[row.child_id for row in children], page="report")
    viewer = request.viewer
    may_write = Invitation.objects.filter(may_write_for(viewer), pk=found.invitation_id).exists()
    is_social_work = found.kind == ReportKind.SOCIAL_WORK
    return render(
        request,
        "reports/report.html",
        {
            "report": found,
            "state": ReportState(found.state),
            "heading": _heading(found.invitation),
            "sections": _sections(found, is_social_work),
            "children": children,
            "reads_apart": bool(found.restricted) and _reads_apart(viewer, found),
            "sharings": sharings,
            "may_write": may_write and found.state in UNFINISHED,
            "may_share": may_write and found.state not in UNFINISHED and not is_verbal(found.invitation),
            "may_approve": is_social_work
            and found.state == ReportState.SUBMITTED
            and viewer.may(P.APPROVE_REPORT, found),
            "on_behalf": found.entered_by_id != found.author_user_id,
            "back": _back(request, found.invitation),
        },
    )


def _sections(found, is_social_work):
    questions = forms.SOCIAL_WORK if is_social_work else forms.AGENCY
    return [(label, getattr(found, name)) for name, (label, _) in questions.items() if getattr(found, name)]


@page(P.APPROVE_REPORT, methods=("POST",))
def approve(request, pk):
    """The team manager approves the social work report."""
    found = get_or_404(Report, request.viewer, pk)
    actions.approve_report(by=request.viewer, report=found)
    messages.success(request, "The social work report is approved.")
    return redirect("reports:report", found.pk)


@page(P.APPROVE_REPORT)
def send_back(request, pk):
    """The team manager sends the social work report back, with what needs to change."""
    found = get_or_404(Report, request.viewer, pk)
    form = forms.SendBackForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form, lambda: actions.return_report(by=request.viewer, report=found, reason=form.cleaned_data["reason"])
        )
    ):
        messages.success(request, "The report is with its author again.")
        return redirect("reports:report", found.pk)
    context = {"form": form, "heading": "Send the report back", "caption": found.author}
    return render(request, "layouts/form.html", {**context, "back": reverse("reports:report", args=[found.pk])})
