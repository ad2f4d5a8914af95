"""What each parent, and each child who is old enough, would read of a report, and the printed blank of its form."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from conferences.convening.models import Invitation
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.documents.letters import render_pdf
from cpc.core.documents.responses import as_pdf
from cpc.core.web.guards import get_or_404, is_about, page
from reports.incoming.actions.writing import NOT_SUBMITTED
from reports.incoming.models import Report
from reports.incoming.permissions import INSIDE, may_write_for
from reports.incoming.queries.requested import covered_children
from reports.outgoing.letters.report_blank import report_blank
from reports.outgoing.queries.report_previews import report_previews

P = Permission


@page(P.WRITE_REPORT, P.ENTER_REPORT, P.READ_RECORD, methods=("GET",))
def preview_report(request, pk):
    """What each parent, and each child who is old enough, would read of the report."""
    report = get_or_404(Report.objects.select_related("invitation", "conference__family"), request.viewer, pk)
    looked(request.viewer, children=[row.child_id for row in report.children.all()], page="report")
    may_write = Invitation.objects.filter(may_write_for(request.viewer), pk=report.invitation_id).exists()
    if not may_write and not request.viewer.holds(*INSIDE):
        raise Http404  # what one parent may not read tells other professionals what is withheld
    is_written = may_write and report.state in NOT_SUBMITTED
    context = {
        "report": report,
        "previews": report_previews(request.viewer, report),
        "back": reverse("reports:write", args=[report.invitation_id])
        if is_written
        else reverse("reports:report", args=[report.pk]),
    }
    return render(request, "reports/preview.html", context)


@page(P.WRITE_REPORT, P.ENTER_REPORT, methods=("GET",))
def blank(request, pk):
    """The blank form of a requested report, as a PDF."""
    found = Invitation.objects.filter(may_write_for(request.viewer))
    found = found.select_related("conference__family", "agency", "user")
    invitation = is_about(request.viewer, get_object_or_404(found, pk=pk))
    children = covered_children(invitation)
    if not children:
        raise Http404("This invitation covers no child of the conference.")
    looked(request.viewer, children=children, page="blank report")
    return as_pdf(render_pdf(report_blank(invitation, request.viewer.on)), "report.pdf")
