"""Who is excluded from a conference: the list, a request, the chair's decision, its end, and the letter."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.convening.actions import exclusions as actions
from conferences.convening.choices import EXCLUSION, ConferenceState, ExclusionState
from conferences.convening.forms.exclusions import (
    DecideExclusionForm,
    ExcludeProfessionalForm,
    ExclusionReasonForm,
    RequestExclusionForm,
)
from conferences.convening.letters.occasions import mailing_for
from conferences.convening.models import Conference
from conferences.convening.queries import exclusions as queries
from conferences.convening.queries.invitations import included_children, invitations_of
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.views.invitations import get_or_404_invitation
from conferences.disclosure.forms import attempt_or_ask_consent
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission, Viewer
from cpc.core.audit.looks import looked
from cpc.core.documents.letters import render_pdf
from cpc.core.documents.responses import as_pdf
from cpc.core.policy.queries import due
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page

P = Permission
CASE = ("ground", "evidence")
READ = Conference.objects.select_related("family__team__manager", "family__social_worker", "chair", "room")


@page(P.ASK_EXCLUSION, P.DECIDE_EXCLUSION)
def exclusions(request, pk):
    """Each family member on the list: what was asked, decided or ended, and what the chair has still to decide."""
    conference = get_or_404(READ, request.viewer, pk)
    looked(request.viewer, children=included_children(conference), page="exclusions")
    may = request.viewer.may_which(conference, P.ASK_EXCLUSION, P.DECIDE_EXCLUSION)
    is_open = conference.state in actions.CHANGES
    context = {
        "conference": conference,
        "rows": queries.exclusion_rows(conference, invitations_of(conference)),
        "ask_by": due("exclusion_request", conference.held_on) if conference.held_on else None,
        "may_ask": is_open and P.ASK_EXCLUSION in may,
        "may_decide": is_open and P.DECIDE_EXCLUSION in may,
        "may_end": conference.state in actions.MAY_END and P.DECIDE_EXCLUSION in may,
        "booked": conference.state == ConferenceState.BOOKED,
        "holds_case": queries.holds_case(conference),
        "decides": P.DECIDE_EXCLUSION in may,
        "reads_evidence": P.DECIDE_EXCLUSION in may or _works_on_it(request.viewer, conference),
        "S": ExclusionState,
    }
    return render(request, "conferences/exclusions.html", context)


def _works_on_it(viewer: Viewer, conference) -> bool:
    return conference.administrator_id == viewer.id or viewer.holds(Role.SOCIAL_WORKER, Role.TEAM_MANAGER)


@page(P.ASK_EXCLUSION)
def request_exclusion(request, pk):
    """Ask the chair to exclude somebody."""
    invitation, conference = _family_member(request, pk)
    form = RequestExclusionForm(request.POST or None, invited=_who_could_ask(invitation))
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: actions.request_exclusion(
            by=request.viewer, invitation=invitation, **form.case(), consent=shared["consent"]
        ),
    ):
        messages.success(request, "The request has been sent to the chair.")
        return redirect("conferences:exclusions", conference.pk)
    return _form(
        request, form, conference, f"Request the exclusion of {invitation.name}", seen_as="ask for an exclusion"
    )


def _require_its_chair(request, conference):
    """Only the chair of this conference reads the ground and the evidence, which the form begins with."""
    if not request.viewer.may(P.DECIDE_EXCLUSION, conference):
        raise Http404


@page(P.DECIDE_EXCLUSION)
def decide_exclusion(request, pk):
    """The chair's decision to exclude somebody: from what, until when, and in which words."""
    invitation, conference = _family_member(request, pk)
    _require_its_chair(request, conference)
    form = DecideExclusionForm(
        request.POST or None, conference=conference, is_child=actions.is_child(invitation),
        invited=_who_could_ask(invitation),
        initial=_initial(conference, invitation, request.viewer.on),
    )  # fmt: skip
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: actions.decide_exclusion(
            by=request.viewer, invitation=invitation, **form.case(), decision=form.decision(), consent=shared["consent"]
        ),
    ):
        messages.success(
            request,
            f"{invitation.name} is excluded. The letter will be sent with the invitations, after a second check.",
        )
        return redirect("conferences:exclusions", conference.pk)
    return _form(request, form, conference, f"Exclude {invitation.name}", seen_as="decide an exclusion")


@page(P.DECIDE_EXCLUSION)
def exclude_professional(request, pk):
    """The chair's decision to exclude a professional from all of a conference."""
    invitation, conference = _on_the_list(request, pk)
    _require_its_chair(request, conference)
    if not invitation.user_id:
        raise Http404
    initial = {name: value for name, value in _initial(conference, invitation, None).items() if name in CASE}
    form = ExcludeProfessionalForm(request.POST or None, initial=initial)
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: actions.exclude_professional(
            by=request.viewer, invitation=invitation, **{name: form.cleaned_data[name] for name in CASE},
            consent=shared["consent"],
        ),
    ):  # fmt: skip
        messages.success(request, f"{invitation.name} is excluded. Invite somebody else from their agency.")
        return redirect("conferences:exclusions", conference.pk)
    return _form(request, form, conference, f"Exclude {invitation.name}", seen_as="decide an exclusion")


@page(P.DECIDE_EXCLUSION)
def decline_exclusion(request, pk):
    """The chair's decision not to exclude somebody, with the reason."""
    done = "{} is not excluded. They will be invited like everyone else."
    return _with_a_reason(request, pk, actions.decline_exclusion, "Do not exclude {}", done)


@page(P.DECIDE_EXCLUSION)
def end_exclusion(request, pk):
    """The end of an exclusion, with the reason."""
    done = "The exclusion of {} has ended. Send the invitation, so that they know when and how to take part."
    return _with_a_reason(request, pk, actions.end_exclusion, "End the exclusion of {}", done)


def _with_a_reason(request, pk, action, heading, done):
    invitation, conference = _on_the_list(request, pk)
    form = ExclusionReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: action(by=request.viewer, invitation=invitation, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, done.format(invitation.name))
        return redirect("conferences:exclusions", conference.pk)
    return _form(request, form, conference, heading.format(invitation.name), seen_as="an exclusion")


@page(P.ASK_EXCLUSION, P.DECIDE_EXCLUSION, methods=("GET",))
def exclusion_letter(request, pk):
    """The letter about an exclusion as it would be sent now, marked as a draft."""
    invitation, conference = _family_member(request, pk)
    letters = letter_context(conference)
    mine = next((one for one in letters.invitations if one.pk == invitation.pk), None)
    if mine is None or conference.state != ConferenceState.BOOKED:
        raise Http404
    found = mailing_for(letters, mine, EXCLUSION, request.viewer.on, stamped_at=timezone.now()).letters
    if not found:
        raise Http404
    looked(request.viewer, children=[one.child_id for one in mine.children.all()], page="preview of a letter")
    return as_pdf(render_pdf(found[0], draft=True), "draft.pdf")


def _on_the_list(request, pk):
    invitation = get_or_404_invitation(request, pk)
    if invitation.withdrawn_at:
        raise Http404
    return invitation, invitation.conference


def _family_member(request, pk):
    invitation, conference = _on_the_list(request, pk)
    if not invitation.person_id:
        raise Http404
    return invitation, conference


def _who_could_ask(invitation) -> list:
    """Everybody else on the list."""
    rows = invitations_of(invitation.conference)
    return [one for one in rows if one.pk != invitation.pk and not one.withdrawn_at]


def _initial(conference, invitation, today) -> dict:
    rows = queries.exclusion_rows(conference, [invitation])
    found = next(((row.exclusion if row.exclusion else row.earlier) for row in rows), None)
    if found is None or found.state not in (ExclusionState.REQUESTED, ExclusionState.IN_FORCE):
        return {"from_on": today}
    # The words are written again for each conference: only who asked, and why, is put in.
    return {"asked_by": found.asked_by, "ground": found.ground, "evidence": found.evidence, "from_on": today}


def _form(request, form, conference, heading, *, seen_as):
    looked(request.viewer, children=included_children(conference), page=seen_as)
    context = {
        "form": form, "heading": heading, "caption": str(conference),
        "back": reverse("conferences:exclusions", args=[conference.pk]),
    }  # fmt: skip
    return render(request, "layouts/form.html", context)
