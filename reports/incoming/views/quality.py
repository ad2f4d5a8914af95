"""The chair’s quality check of a report, the count for the service, and a new version by the author."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from reports.incoming.actions import writing
from reports.incoming.actions.quality import check_quality as save_check
from reports.incoming.forms.quality import quality_form
from reports.incoming.models import Report
from reports.incoming.queries.quality import last_check_of, quality_counts
from reports.incoming.queries.requested import first_name
from reports.incoming.rules.quality import QUALITY

P = Permission


def _report(request, pk) -> Report:
    found = get_or_404(Report.objects.select_related("invitation", "conference__family"), request.viewer, pk)
    looked(request.viewer, children=[row.child_id for row in found.children.all()], page="report")
    return found


def _names(report) -> list[str]:
    return [first_name(row.child) for row in report.children.select_related("child")]


@page(P.CHECK_REPORT)
def check_quality(request, pk):
    """Check a submitted report with ten questions, and return it if it is not good enough."""
    report = _report(request, pk)
    last, initial = last_check_of(request.viewer, report), {"number": report.number}
    if last and last.number == report.number:
        initial |= {name: getattr(last, name) for name in QUALITY}
    form = quality_form(_names(report))(request.POST or None, initial=initial)

    def save():
        given = form.cleaned_data
        return save_check(
            by=request.viewer, report=report, number=given["number"], answers={name: given[name] for name in QUALITY},
            return_reason=given["return_reason"] or "",
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and attempt(form, save):
        returned = form.result.return_reason
        messages.success(request, "The report is with its author again." if returned else "Your check has been saved.")
        return redirect("reports:report", report.pk)
    context = {
        "form": form,
        "heading": "Check the quality of the report",
        "caption": f"{report.author}, version {report.number}: {report.conference.family}",
        "lead": "The service counts the answers to these ten questions. If you return the report, its author reads "
        "your reason.",
        "back": reverse("reports:report", args=[report.pk]),
    }
    return render(request, "layouts/form.html", context)


@page(P.WRITE_REPORT, P.ENTER_REPORT, methods=("POST",))
def revise(request, pk):
    """Open a submitted report again, to write a new version."""
    report = _report(request, pk)
    writing.revise_report(by=request.viewer, report=report)
    messages.success(request, "You can write the new version now. Submit it when it is finished.")
    return redirect("reports:write", report.invitation_id)


@page(P.READ_PERFORMANCE)
def quality(request):
    """How many reports met each question this year, by the kind of report."""
    until = request.viewer.on
    since = date(until.year - (until.month < 4), 4, 1)
    counts = quality_counts(since, until)
    rows = [
        [question, *(f"{count.met[number]} of {count.checked}" for count in counts)]
        for number, question in enumerate(QUALITY.values())
    ]
    rows.append(["Returned to the author", *(f"{count.returned} of {count.checked}" for count in counts)])
    heads = ["Question", *(count.kind for count in counts)]
    context = {"heads": heads, "rows": rows if counts else [], "since": since, "until": until}
    return render(request, "reports/quality.html", context)
