"""Write a report, submit it, read it, approve it or return it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from conferences.convening.models import Invitation
from conferences.disclosure.forms import attempt_or_ask_consent, family_first
from cpc.core.accounts.permissions import Permission, Viewer, can_see, few_seen_by
from cpc.core.audit.looks import looked
from cpc.core.kernel.refusals import NotPermitted
from cpc.core.web.autosave import autosaved, is_autosave
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, is_about, not_now, page
from reports.incoming.actions import writing
from reports.incoming.actions.writing import NOT_SUBMITTED, as_text
from reports.incoming.choices import MadeHow, ReportKind, ReportState
from reports.incoming.forms import writing as forms
from reports.incoming.models import Report, UploadedFile
from reports.incoming.permissions import INSIDE, may_read_restricted, may_write_for
from reports.incoming.queries.outcomes import outcomes_to_answer
from reports.incoming.queries.quality import last_check_of
from reports.incoming.queries.requested import (
    can_still_write,
    covered_children,
    invited_people,
    is_verbal,
    kind_for,
    parents_of,
    parents_to_share_with,
    report_of,
)
from reports.incoming.queries.uploads import came_as_file, files_sent_to_family
from reports.incoming.queries.words import words_of
from reports.incoming.states import REPORT

P = Permission


@page(P.WRITE_REPORT, P.ENTER_REPORT)
def write(request, pk):
    """Start or continue a report, as its author or as an administrator for them."""
    invitation = _invitation(request, pk)
    report = report_of(invitation)
    if report is not None and not can_see(request.viewer, report):
        raise NotPermitted("Only the chair and its author may read this report, so only its author can go on with it.")
    if report is not None and report.state not in NOT_SUBMITTED:
        return redirect("reports:report", report.pk)
    children, outcomes = covered_children(invitation), outcomes_to_answer(invitation)
    if not children:
        raise Http404("This invitation covers no child of the conference.")
    on_behalf = invitation.user_id != request.viewer.id
    # A person who may not read the restricted part can edit the rest, and leaves that part unchanged.
    asks_restricted = report is None or not report.restricted or _reads_restricted(request.viewer, report)
    people = family_first(invited_people(invitation.conference)) if request.viewer.holds(*INSIDE) else ()
    form_class = forms.report_form(
        kind_for(invitation), children, people, asks_author=on_behalf, asks_restricted=asks_restricted,
        outcomes=outcomes, is_review=invitation.conference.is_review,
    )  # fmt: skip
    initial = forms.report_initial(report, outcomes) if report else {"version": 0, "author": invitation.name}
    form = form_class(request.POST or None, initial=initial)
    done = request.method == "POST" and attempt_or_ask_consent(
        request, form, lambda shared: _save(request, invitation, form, (children, outcomes), shared)
    )
    if is_autosave(request):
        return autosaved(form, done)
    if done:
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


def _reads_restricted(viewer: Viewer, report) -> bool:
    return Report.objects.filter(may_read_restricted(viewer), pk=report.pk).exists()


def _save(request, invitation, form, asked, shared):
    return writing.save_report(
        by=request.viewer,
        invitation=invitation,
        version=form.cleaned_data["version"],
        **forms.written(form, *asked),
        author=form.cleaned_data.get("author", ""),
        restricted=forms.restricted_part(form),
        **shared,
    )


def _invitation(request, pk):
    invitations = Invitation.objects.filter(may_write_for(request.viewer))
    found = invitations.select_related("conference__family", "agency", "user")
    return is_about(request.viewer, get_object_or_404(found, pk=pk))


def _heading(invitation) -> str:
    return ReportKind(kind_for(invitation)).label


def _back(request, invitation) -> str:
    if invitation.user_id == request.viewer.id and not request.viewer.can(P.BOOK_CONFERENCE):
        return reverse("work:home")
    return reverse("conferences:conference", args=[invitation.conference_id])


@page(P.WRITE_REPORT, P.ENTER_REPORT)
def submit_report(request, pk):
    """Submit the report, with who it was shared with."""
    report = _own(request, pk)
    if report.state not in NOT_SUBMITTED:
        return redirect("reports:report", report.pk)
    if request.method == "GET" and (why := writing.why_incomplete(as_text(report) or came_as_file(report))):
        messages.error(request, why)
        return redirect("reports:write", report.invitation_id)
    children = [row.child for row in report.children.select_related("child")]
    verbal, parents = is_verbal(report.invitation), parents_of(report)
    asked = [] if verbal else parents_to_share_with(report)
    form = forms.sharing_form(asked, request.viewer.on)(
        request.POST or None,
        initial=_as_shared(report),
        submit_label="Submit the report",
        cancel_url=reverse("reports:write", args=[report.invitation_id]),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: writing.submit_report(by=request.viewer, report=report, sharings=forms.shared_with(form, asked)),
        )
    ):
        messages.success(request, "The report has been submitted.")
        return redirect("reports:report", report.pk)
    looked(request.viewer, children=children, page="report")
    return render(
        request,
        "reports/hand_in.html",
        {
            "form": form,
            "heading": "Submit the report",
            "caption": _heading(report.invitation),
            "back": reverse("reports:write", args=[report.invitation_id]),
            "report": report,
            "verbal": verbal,
            "parents": parents,
            "excluded": [] if verbal else [parent for parent, what in parents if (parent, what) not in asked],
        },
    )


def _as_shared(report) -> dict:
    gone = files_sent_to_family(report.conference, report.invitation).get(report.invitation_id, [])
    return forms.sharing_initial(report, gone)


def _own(request, pk) -> Report:
    report = get_or_404(Report.objects.select_related("invitation", "conference__family"), request.viewer, pk)
    if not Invitation.objects.filter(may_write_for(request.viewer), pk=report.invitation_id).exists():
        raise Http404
    return report


@page(P.WRITE_REPORT, P.ENTER_REPORT)
def sharing(request, pk):
    """Record who the report was shared with after it was submitted."""
    report = _own(request, pk)
    if report.state in NOT_SUBMITTED:
        return redirect("reports:hand_in", report.pk)
    children = [row.child for row in report.children.select_related("child")]
    parents = parents_to_share_with(report)
    form = forms.sharing_form(parents, request.viewer.on)(
        request.POST or None, initial=_as_shared(report), submit_label="Save"
    )

    def save():
        for shared in forms.shared_with(form, parents):
            writing.record_sharing(by=request.viewer, report=report, shared=shared)

    if request.method == "POST" and form.is_valid() and attempt(form, save):
        messages.success(request, "You have saved who the report was shared with.")
        return redirect("reports:report", report.pk)
    looked(request.viewer, children=children, page="report")
    context = {"form": form, "heading": "Who the report was shared with", "caption": report.author}
    return render(request, "layouts/form.html", {**context, "back": reverse("reports:report", args=[report.pk])})


@page(P.WRITE_REPORT, P.ENTER_REPORT, P.READ_RECORD)
def report(request, pk):
    """One report as the viewer may see it, with the actions they have."""
    found = get_or_404(
        Report.objects.select_related(
            "invitation", "conference__family", "agency", "entered_by", "author_user", "approved_by"
        ),
        request.viewer,
        pk,
    )
    children, sharings = list(found.children.select_related("child")), list(found.sharings.select_related("parent"))
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
            "words": words_of(found),
            # An earlier version may say what was taken out since: of a child, or for fewer readers.
            "versions": list(found.versions.all()) if may_write or viewer.may(P.CHECK_REPORT, found) else [],
            "children": children,
            "files": few_seen_by(viewer, UploadedFile).filter(invitation=found.invitation_id, made=MadeHow.CAME),
            "reads_restricted": bool(found.restricted) and _reads_restricted(viewer, found),
            "sharings": sharings,
            "may_write": may_write and found.state in NOT_SUBMITTED,
            "may_share": may_write and found.state not in NOT_SUBMITTED and not is_verbal(found.invitation),
            "may_approve": is_social_work
            and found.state == ReportState.SUBMITTED
            and viewer.may(P.APPROVE_REPORT, found),
            "may_revise": may_write and found.state not in NOT_SUBMITTED and can_still_write(found.conference),
            "may_check": found.state not in NOT_SUBMITTED and viewer.may(P.CHECK_REPORT, found),
            "may_preview": may_write or viewer.holds(*INSIDE),
            "quality": last_check_of(viewer, found),
            "on_behalf": found.entered_by_id != found.author_user_id,
            "back": _back(request, found.invitation),
        },
    )


@page(P.APPROVE_REPORT, methods=("POST",))
def approve(request, pk):
    """Approve the social work report as the team manager."""
    found = get_or_404(Report, request.viewer, pk)
    writing.approve_report(by=request.viewer, report=found)
    messages.success(request, "The social work report has been approved.")
    return redirect("reports:report", found.pk)


@page(P.APPROVE_REPORT)
def send_back(request, pk):
    """Return the social work report as the team manager, with what needs to change."""
    found = get_or_404(Report, request.viewer, pk)
    back = reverse("reports:report", args=[found.pk])
    if refused := not_now(request, REPORT, found, ReportState.SUBMITTED, to="returned", back=back):
        return refused
    form = forms.SendBackForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form, lambda: writing.return_report(by=request.viewer, report=found, reason=form.cleaned_data["reason"])
        )
    ):
        messages.success(request, "The report has been returned to its author.")
        return redirect("reports:report", found.pk)
    context = {"form": form, "heading": "Send the report back", "caption": found.author}
    return render(request, "layouts/form.html", {**context, "back": reverse("reports:report", args=[found.pk])})
