"""The reading pack: of the viewer, and of a member of the family, for the person who hands it over."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.models import HAD_A_PART, Conference
from conferences.disclosure.choices import InviteeKind
from cpc.core.accounts.permissions import Permission, Viewer
from cpc.core.audit.looks import looked
from cpc.core.documents.examination import writers_of
from cpc.core.documents.responses import as_pdf
from cpc.core.web.guards import get_or_404, page
from reports.outgoing.actions.reading_pack import make_pack
from reports.outgoing.actions.releasing import release_each
from reports.outgoing.actions.typed_copies import prepare_typed_copies
from reports.outgoing.letters.packs import family_pack, own_pack

P = Permission


def _conference(request, pk) -> Conference:
    return get_or_404(Conference.objects.select_related("family", "chair"), request.viewer, pk)


def _family_readers(conference):
    return conference.invitations.filter(HAD_A_PART, kind=InviteeKind.FAMILY, withdrawn_at__isnull=True)


def _family_reader(conference, pk):
    invitation = _family_readers(conference).select_related("person", "conference__family").filter(pk=pk).first()
    if invitation is None:
        raise Http404
    return invitation


def _looked(request, pack) -> None:
    children = {child for part in pack.parts for child in part.children}
    looked(request.viewer, children=sorted(children), page="reading pack")


@page(P.READ_CONFERENCE, methods=("GET",))
def packs(request, pk):
    """What is in the viewer’s reading pack, and the packs of the family for those who release documents."""
    conference = _conference(request, pk)
    pack = own_pack(request.viewer, conference)
    _looked(request, pack)
    family = []
    if request.viewer.can(P.RELEASE_DOCUMENTS):
        family = _family_readers(conference).order_by("role", "pk")
    context = {
        "conference": conference,
        "pack": pack,
        "family": family,
        "back": reverse("conferences:conference", args=[conference.pk])
        if request.viewer.can(P.READ_FAMILY)
        else reverse("work:home"),
    }
    return render(request, "reports/reading_packs.html", context)


@page(P.READ_CONFERENCE, methods=("GET",))
def own(request, pk):
    """The viewer’s reading pack, made now."""
    conference = _conference(request, pk)
    pack = own_pack(request.viewer, conference)
    _looked(request, pack)
    return as_pdf(make_pack(pack, conference, request.viewer.on), "reading-pack.pdf")


@page(P.RELEASE_DOCUMENTS, methods=("GET",))
def of_family(request, pk, reader):
    """What is in the pack of a member of the family, and what is not, with the reason."""
    conference = _conference(request, pk)
    invitation = _family_reader(conference, reader)
    pack = family_pack(request.viewer, invitation)
    _looked(request, pack)
    context = {
        "conference": conference, "invitation": invitation, "pack": pack,
        "may_check": _may_check_some(request.viewer, conference, pack),
        "back": reverse("reports:packs", args=[conference.pk]),
    }  # fmt: skip
    return render(request, "reports/family_pack.html", context)


def _may_check_some(viewer: Viewer, conference, pack) -> bool:
    """Whether the viewer can be the second person for one of the copies."""
    others = any(viewer.id not in writers_of(one.document) for one in pack.to_look_at)
    return others and viewer.may(P.CHECK_COPY, conference)


@page(P.RELEASE_DOCUMENTS, methods=("POST",))
def make_copies(request, pk, reader):
    """Make and prepare all copies of typed reports that somebody must check before a member of the family gets them."""
    invitation = _family_reader(_conference(request, pk), reader)
    pack = family_pack(request.viewer, invitation)
    _looked(request, pack)
    refused = prepare_typed_copies(by=request.viewer, pack=pack, reader=invitation)
    if done := len(pack.to_prepare) - len(refused):
        messages.success(request, f"{_copies(done)} prepared. Nothing has left yet: a second person checks it first.")
    for why in refused:
        messages.warning(request, why)
    return redirect("reports:family_pack", pk, invitation.pk)


@page(P.RELEASE_DOCUMENTS, methods=("POST",))
def release_copies(request, pk, reader):
    """Release all copies of typed reports for a member of the family that a second person has checked."""
    invitation = _family_reader(_conference(request, pk), reader)
    pack = family_pack(request.viewer, invitation)
    _looked(request, pack)
    outcome = release_each(by=request.viewer, copies=pack.to_release)
    if outcome.released:
        messages.success(request, f"{_copies(len(outcome.released))} released to {invitation.name}.")
    for one in outcome.blocked:
        messages.warning(request, f"{one.copy.file.author}: {one.sentence}")
    return redirect("reports:family_pack", pk, invitation.pk)


def _copies(number: int) -> str:
    return "1 copy is" if number == 1 else f"{number} copies are"


@page(P.RELEASE_DOCUMENTS, methods=("GET",))
def of_family_pdf(request, pk, reader):
    """The pack of a member of the family, made now, to hand to them."""
    conference = _conference(request, pk)
    pack = family_pack(request.viewer, _family_reader(conference, reader))
    _looked(request, pack)
    return as_pdf(make_pack(pack, conference, request.viewer.on), "reading-pack.pdf")
