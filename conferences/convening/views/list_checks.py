"""The second check of a list of people to invite: what each person would learn, checked before it is sent."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.convening.actions import invitations
from conferences.convening.choices import ConferenceState
from conferences.convening.forms.invitations import InviteDespiteWithholdingForm
from conferences.convening.letters.occasions import letters_now
from conferences.convening.models import Conference, Invitation
from conferences.convening.queries import invitations as invitations_queries
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.list_checks import list_check, previews, why_not_second_person
from conferences.convening.queries.uninformed import not_proposed, uninformed_invitees
from conferences.separation.queries.arrangements import separation_plan
from cpc.core.accounts.permissions import Permission, few_seen_by
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import admits, get_or_404, is_about, page

READ = Conference.objects.select_related("family__team__manager", "family__social_worker", "chair", "room")


def previews_of(letters, on, plan) -> list:
    """What each family member on the list would see and learn, from the letters (a context) that they would get.
    ``plan`` is the ``separation_plan`` of the list.
    """
    conference, now = letters.conference, timezone.now()

    def letters_for(invitation):
        booked = conference.state == ConferenceState.BOOKED and not invitation.person.died_on
        return letters_now(letters, invitation, on, stamped_at=now) if booked else ()

    return previews(letters, letters_for, plan)


@page(Permission.CHECK_INVITATIONS)
def check(request, pk):
    """The list with what each person would learn, and the button to record a check of it."""
    conference = get_or_404(READ, request.viewer, pk)
    if request.method == "POST":
        invitations.check_list(
            by=request.viewer, conference=conference, fingerprint=request.POST.get("fingerprint", "")
        )
        messages.success(request, "Your check of this list has been recorded.")
        return redirect("conferences:check_invitations", pk)
    rows = invitations_queries.invitations_of(conference)
    still_invited = [one for one in rows if not one.withdrawn_at]
    found = list_check(conference, rows)
    looked(
        request.viewer, children=invitations_queries.included_children(conference), page="check of the people to invite"
    )
    reasons_page, plan = reverse("conferences:must_not_meet", args=[pk]), separation_plan(conference, still_invited)
    context = {
        "reasons_page": reasons_page if admits(request.viewer, reasons_page) else "",
        "conference": conference, "check": found, "why_not_me": why_not_second_person(request.viewer, conference),
        "previews": previews_of(letter_context(conference), request.viewer.on, plan),
        "separation_plan": plan,
        "not_proposed": not_proposed(conference, still_invited),
        "professionals": [one for one in still_invited if not one.person_id],
        "mine": next((one for one in found.checks if one.by_id == request.viewer.id), None),
        "open": conference.state in (ConferenceState.AGREED, ConferenceState.BOOKED),
        "may_decide": request.viewer.may(Permission.INVITE_ALL_THE_SAME, conference),
    }  # fmt: skip
    return render(request, "conferences/check_invitations.html", context)


@page(Permission.INVITE_ALL_THE_SAME)
def invite_despite_withholding(request, pk):
    """Decide to invite somebody who would learn what they must not, with the reason."""
    seen = few_seen_by(request.viewer, Conference).order_by().values("pk")
    found = Invitation.objects.filter(conference__in=seen, person__isnull=False, withdrawn_at__isnull=True)
    found = found.select_related("conference__family", "person")
    invitation = is_about(request.viewer, get_object_or_404(found, pk=pk))
    conference = invitation.conference
    looked(request.viewer, children=invitations_queries.included_children(conference), page="somebody invited anyway")
    entries = next(iter(uninformed_invitees(conference, [invitation])), None)
    form = InviteDespiteWithholdingForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(
        form,
        lambda: invitations.invite_despite_withholding(
            by=request.viewer, invitation=invitation, **form.cleaned_data
        ),
    ):  # fmt: skip
        messages.success(request, f"It is recorded that {invitation.name} is still invited, and why.")
        return redirect("conferences:check_invitations", conference.pk)
    context = {
        "form": form, "heading": f"Invite {invitation.name} anyway", "caption": str(conference),
        "lead": entries.reason_not_to_send if entries else "Nothing prevents this now.",
        "back": reverse("conferences:check_invitations", args=[conference.pk]),
    }  # fmt: skip
    return render(request, "layouts/form.html", context)
