"""The second pair of eyes on a list of people to invite: what each would learn, looked through before it is sent."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.actions import checking as actions
from conferences.choices import ConferenceState
from conferences.forms.invite import AllTheSameForm
from conferences.letters.leaving import leaving
from conferences.letters.notices import INVITED
from conferences.models import Conference, Invitation
from conferences.queries import invite as queries
from conferences.queries.apart import arranged
from conferences.queries.checking import checking, sights
from conferences.queries.tell import bundle
from conferences.queries.unknowing import held_back, unknowing
from cpc.core.accounts.permissions import Permission, seen_by
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, is_about, page

READ = Conference.objects.select_related("family__team__manager", "family__social_worker", "chair", "room")


def sights_of(conference, on) -> list:
    """What each of the family on the list would see and learn, by the very letters that they would get."""
    pack, now = bundle(conference), timezone.now()

    def letters_for(invitation):
        booked = conference.state == ConferenceState.BOOKED and not invitation.person.died_on
        return leaving(pack, invitation, INVITED, on, stamped_at=now).letters if booked else ()

    return sights(pack, letters_for)


@page(Permission.CHECK_INVITATIONS)
def check(request, pk):
    """Who is on the list, what each would learn, and that somebody has looked through it."""
    conference = get_or_404(READ, request.viewer, pk)
    if request.method == "POST":
        actions.check_list(by=request.viewer, conference=conference, as_it_stood=request.POST.get("as_it_stood", ""))
        messages.success(request, "It is recorded that you looked through this list as it stands.")
        return redirect("conferences:check_invitations", pk)
    rows = queries.invitations_of(conference)
    standing = [one for one in rows if not one.withdrawn_at]
    found = checking(conference, rows)
    looked(request.viewer, children=queries.included_children(conference), page="check of the people to invite")
    context = {
        "conference": conference, "check": found, "sights": sights_of(conference, request.viewer.on),
        "arranged": arranged(conference, standing), "held_back": held_back(conference, standing),
        "professionals": [one for one in standing if not one.person_id],
        "mine": next((one for one in found.checks if one.checked_by_id == request.viewer.id), None),
        "open": conference.state in (ConferenceState.AGREED, ConferenceState.BOOKED),
        "may_decide": request.viewer.may(Permission.INVITE_ALL_THE_SAME, conference),
    }  # fmt: skip
    return render(request, "conferences/check_invitations.html", context)


@page(Permission.INVITE_ALL_THE_SAME)
def all_the_same(request, pk):
    """Somebody who would learn what they must not is invited all the same, with the reason."""
    seen = seen_by(request.viewer, Conference).order_by().values("pk")
    found = Invitation.objects.filter(conference__in=seen, person__isnull=False, withdrawn_at__isnull=True)
    found = found.select_related("conference__family", "person")
    invitation = is_about(request.viewer, get_object_or_404(found, pk=pk))
    conference = invitation.conference
    looked(request.viewer, children=queries.included_children(conference), page="somebody invited all the same")
    entries = next(iter(unknowing(conference, [invitation])), None)
    form = AllTheSameForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: actions.invite_all_the_same(by=request.viewer, invitation=invitation, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, f"It is recorded that {invitation.name} is invited all the same, and why.")
        return redirect("conferences:check_invitations", conference.pk)
    context = {
        "form": form, "heading": f"Invite {invitation.name} all the same", "caption": str(conference),
        "lead": entries.stops if entries else "Nothing stands against it now.",
        "back": reverse("conferences:check_invitations", args=[conference.pk]),
    }  # fmt: skip
    return render(request, "layouts/form.html", context)
