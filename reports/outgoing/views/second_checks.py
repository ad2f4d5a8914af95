"""One page for the second checks of all copies of a conference."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.models import Conference
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.documents.merging import merged
from cpc.core.documents.responses import as_pdf
from cpc.core.web.guards import get_or_404, page
from reports.incoming.queries.requested import included_children
from reports.outgoing.actions import releasing
from reports.outgoing.queries.awaiting_check import AwaitingReader, copies_awaiting_check
from reports.outgoing.queries.copies import record_of

P = Permission


def _conference_or_404(request, pk) -> Conference:
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    if not request.viewer.may(P.CHECK_COPY, conference):
        raise Http404("Somebody else checks the copies of this conference.")
    looked(request.viewer, children=sorted(included_children(conference)), page="copies")
    return conference


@page(P.CHECK_COPY)
def check_copies(request, pk):
    """Every copy that awaits the viewer’s second check, by reader. Those that they opened can be ticked."""
    conference = _conference_or_404(request, pk)
    readers = copies_awaiting_check(request.viewer, conference)
    if request.method == "POST":
        return _check_ticked(request, conference, readers)
    return render(
        request,
        "reports/check_copies.html",
        {
            "conference": conference,
            "readers": readers,
            "can_tick": any(one.is_opened and not one.must_change for reader in readers for one in reader.copies),
            "back": _way_back(conference),
        },
    )


def _way_back(conference) -> str:
    """The page that leads here: the list of copies, or before there is a record the page of the conference."""
    if record_of(conference):
        return reverse("reports:copies", args=[conference.pk])
    return reverse("conferences:conference", args=[conference.pk])


def _check_ticked(request, conference, readers: list[AwaitingReader]):
    ticked = set(request.POST.getlist("copy"))
    chosen = [one.copy for reader in readers for one in reader.copies if str(one.copy.document_id) in ticked]
    blocked = releasing.record_checks(by=request.viewer, copies=chosen)
    done = len(chosen) - len(blocked)
    if done:
        number = "1 copy. It is" if done == 1 else f"{done} copies. They are"
        messages.success(request, f"You have checked {number} kept with your name.")
    for one in blocked:
        messages.warning(request, f"{one.copy.invitation.name}: {one.sentence}")
    if not ticked:
        messages.warning(request, "Tick the copies that you have read.")
    elif len(ticked) > len(chosen):
        messages.warning(request, "Some of the ticked copies no longer await your check.")
    return redirect("reports:check_copies", conference.pk)


@page(P.CHECK_COPY)
def open_together(request, pk, reader):
    """Exactly what was made here and awaits the viewer’s check for one reader, one after another in one PDF."""
    conference = _conference_or_404(request, pk)
    found = next(
        (one for one in copies_awaiting_check(request.viewer, conference) if one.invitation.pk == reader), None
    )
    copies = [one.copy for one in found.copies if one.is_made_here] if found else []
    if not copies:
        raise Http404("No copy for this reader awaits your check.")
    pages = [releasing.open_copy(by=request.viewer, copy=copy) for copy in copies]
    return as_pdf(merged(pages, f"Copies to check for {copies[0].invitation.name}"), "copies-to-check.pdf")
