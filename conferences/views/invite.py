"""The list of people to invite: made, changed, previewed, sent; and each person on it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.actions import invite as actions
from conferences.actions import tell
from conferences.choices import ConferenceState, InviteeRole
from conferences.forms.invite import FamilyMemberForm, InvitationForm, ProfessionalForm, ReplyForForm, WhyForm
from conferences.letters.contribution_form_child import contribution_form_child
from conferences.letters.leaving import leaving
from conferences.letters.notices import INVITED
from conferences.models import Conference, Invitation
from conferences.queries import invite as queries
from conferences.queries.apart import arranged
from conferences.queries.checking import checking
from conferences.queries.tell import bundle
from conferences.queries.unknowing import held_back
from conferences.views.checking import sights_of
from cpc.core.accounts.permissions import Permission, seen_by
from cpc.core.audit.looks import looked
from cpc.core.documents.letters import render_pdf
from cpc.core.documents.responses import as_pdf
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, is_about, page

READ = Conference.objects.select_related("family__team__manager", "family__social_worker", "chair", "room")


@page(Permission.INVITE)
def invitations(request, pk):
    """Who is on the list and why, who is missing from it, and what has been sent."""
    conference = get_or_404(READ, request.viewer, pk)
    rows = queries.invitations_of(conference)
    looked(request.viewer, children=queries.included_children(conference), page="invitations")
    standing = [one for one in rows if not one.withdrawn_at]
    check = checking(conference, rows)
    context = {
        "check": check,
        "lacks_check": check.lacks(request.viewer) if conference.state == ConferenceState.BOOKED else "",
        "arranged": arranged(conference, standing),
        "held_back": held_back(conference, standing),
        "sights": sights_of(conference, request.viewer.on),
        "conference": conference,
        "family": [one for one in standing if one.person_id],
        "professionals": [one for one in standing if not one.person_id],
        "withdrawn": [one for one in rows if one.withdrawn_at],
        "gaps": queries.gaps_of(conference),
        "not_invited": queries.not_invited(conference),
        "stops": queries.what_stops(conference, rows) if conference.state == ConferenceState.BOOKED else [],
        "unsent": sum(1 for one in standing if not one.sent_at),
        "open": conference.state in actions.CHANGES,
        "booked": conference.state == ConferenceState.BOOKED,
    }
    return render(request, "conferences/invitations.html", context)


@page(Permission.INVITE, methods=("POST",))
def propose(request, pk):
    """Whoever is recorded now and is missing from the list is on it."""
    conference = get_or_404(READ, request.viewer, pk)
    added = actions.propose_list(by=request.viewer, conference=conference)
    said = f"Added: {', '.join(one.name for one in added)}." if added else "Nobody is missing from the list."
    messages.success(request, said)
    return redirect("conferences:invitations", pk)


@page(Permission.INVITE)
def add_family_member(request, pk):
    """One more of the family is on the list."""
    return _add(request, pk, FamilyMemberForm, "Add somebody of the family")


@page(Permission.INVITE)
def add_professional(request, pk):
    """One more professional or agency is on the list."""
    return _add(request, pk, ProfessionalForm, "Add a professional")


def _add(request, pk, kind, heading):
    conference = get_or_404(READ, request.viewer, pk)
    role, child = request.GET.get("role", ""), request.GET.get("child", "")
    initial = {"role": role, "children": [child] if child.isdigit() else []}
    form = kind(request.POST or None, conference=conference, initial=initial)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: actions.add_invitee(by=request.viewer, conference=conference, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, f"{form.result.name} is on the list. Nothing has been sent to them yet.")
        return redirect("conferences:invitations", pk)
    looked(request.viewer, children=queries.included_children(conference), page=heading.lower())
    return _form(request, form, conference, heading)


@page(Permission.INVITE)
def change(request, pk):
    """For which children somebody comes, and how."""
    invitation, conference = _invitation(request, pk)
    form = InvitationForm(
        request.POST or None, conference=conference, invitation=invitation, initial=_as_it_stands(invitation)
    )
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: actions.change_invitee(by=request.viewer, invitation=invitation, **form.change())
    ):  # fmt: skip
        sent = " They have been invited already: send it again to tell them." if invitation.sent_at else ""
        messages.success(request, f"{invitation.name} saved.{sent}")
        return redirect("conferences:invitations", conference.pk)
    looked(request.viewer, children=queries.included_children(conference), page="change an invitation")
    return _form(request, form, conference, invitation.name)


def _as_it_stands(invitation) -> dict:
    return {
        "children": [covered.child_id for covered in invitation.children.all()],
        "mode": invitation.mode,
        "apart": invitation.apart,
        "arrives": timezone.localtime(invitation.arrives_at).time() if invitation.arrives_at else None,
        "room": invitation.room_id,
        "video_link": invitation.video_link,
        "report_asked": invitation.report_asked,
        "is_expected": invitation.is_expected,
    }


@page(Permission.INVITE)
def remove(request, pk):
    """Somebody not yet invited is off the list, with the reason."""
    return _with_a_reason(request, pk, actions.remove_invitee, "Take {} off the list", "{} is off the list.")


@page(Permission.INVITE)
def withdraw(request, pk):
    """Somebody invited is invited no more, with the reason."""
    heading, done = "Withdraw the invitation of {}", "The invitation of {} is withdrawn, and they are told."
    return _with_a_reason(request, pk, tell.withdraw_invitation, heading, done)


def _with_a_reason(request, pk, action, heading, done):
    invitation, conference = _invitation(request, pk)
    form = WhyForm(request.POST or None)
    name = invitation.name
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: action(by=request.viewer, invitation=invitation, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, done.format(name))
        return redirect("conferences:invitations", conference.pk)
    looked(request.viewer, children=queries.included_children(conference), page="an invitation")
    return _form(request, form, conference, heading.format(name), lead=invitation.reason)


@page(Permission.INVITE)
def reply_for(request, pk):
    """What somebody answered by phone or by letter."""
    invitation, conference = _invitation(request, pk)
    form = ReplyForForm(request.POST or None, initial={"reply": invitation.reply})
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: actions.record_reply(by=request.viewer, invitation=invitation, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, f"The answer of {invitation.name} is recorded.")
        return redirect("conferences:invitations", conference.pk)
    looked(request.viewer, children=queries.included_children(conference), page="an invitation")
    return _form(request, form, conference, f"The answer of {invitation.name}")


@page(Permission.INVITE)
def why_not(request, pk):
    """Why nobody of a kind is invited for a child."""
    conference = get_or_404(READ, request.viewer, pk)
    role, child = request.GET.get("role", ""), request.GET.get("child", "")
    if role not in InviteeRole.values:
        raise Http404
    children = queries.included_children(conference)
    of = next((one for one in children if str(one.pk) == child), None)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(
        form,
        lambda: actions.say_why_not(by=request.viewer, conference=conference, role=role, child=of, **form.cleaned_data),
    ):  # fmt: skip
        messages.success(request, "The reason is recorded.")
        return redirect("conferences:invitations", pk)
    looked(request.viewer, children=children, page="why not invited")
    who = InviteeRole(role).label
    who = who if who.isupper() else who.lower()
    return _form(request, form, conference, f"Why is no {who} invited{f' for {of.full_name}' if of else ''}?")


@page(Permission.INVITE)
def preview(request, pk):
    """Exactly what each person would get now, before it is sent."""
    conference = get_or_404(READ, request.viewer, pk)
    if conference.state != ConferenceState.BOOKED:
        messages.info(request, "Book the conference first: an invitation needs its date and place.")
        return redirect("conferences:conference", pk)
    rows = queries.invitations_of(conference)
    pack, now = bundle(conference), timezone.now()
    leaves = [
        leaving(pack, one, INVITED, request.viewer.on, stamped_at=now)
        for one in pack.invitations
        if not one.sent_at and not one.withdrawn_at
    ]
    looked(request.viewer, children=pack.children, page="preview of invitations")
    context = {
        "conference": conference, "leaves": leaves, "stops": _stops(conference, rows, request.viewer),
        "gaps": queries.gaps_of(conference), "going": sum(1 for one in leaves if not one.nothing_because),
    }  # fmt: skip
    return render(request, "conferences/preview_invitations.html", context)


def _stops(conference, rows, viewer) -> list[str]:
    lacking = checking(conference, rows).lacks(viewer)
    return [*queries.what_stops(conference, rows), *([lacking] if lacking else [])]


@page(Permission.INVITE, methods=("POST",))
def send(request, pk):
    """The invitations go out: all that have not gone, or the one that is named."""
    conference = get_or_404(READ, request.viewer, pk)
    one = request.POST.get("only", "")
    only = [get_or_404_invitation(request, int(one))] if one.isdecimal() else None
    sent = tell.send_invitations(by=request.viewer, conference=conference, only=only)
    said = f"Sent to {len(sent)} {'person' if len(sent) == 1 else 'people'}." if sent else "Everybody had been invited."
    messages.success(request, said)
    return redirect("conferences:invitations", pk)


@page(Permission.INVITE, methods=("POST",))
def send_again(request, pk):
    """Somebody invited is sent the same again."""
    invitation, conference = _invitation(request, pk)
    tell.send_again(by=request.viewer, invitation=invitation)
    messages.success(request, f"Sent again to {invitation.name}.")
    return redirect("conferences:invitations", conference.pk)


@page(Permission.INVITE, methods=("GET",))
def preview_letter(request, pk, name):
    """One letter as it would go out now, marked as a draft."""
    invitation, conference = _invitation(request, pk)
    pack = bundle(conference)
    mine = next((one for one in pack.invitations if one.pk == invitation.pk), None)
    if mine is None or conference.state != ConferenceState.BOOKED:
        raise Http404
    one = leaving(pack, mine, INVITED, request.viewer.on, stamped_at=timezone.now())
    letter = next((letter for letter in one.letters if letter.name == name), None)
    if letter is None:
        raise Http404
    looked(request.viewer, children=[covered.child_id for covered in mine.children.all()], page="preview of a letter")
    return as_pdf(render_pdf(letter, draft=True), "draft.pdf")


@page(Permission.INVITE, methods=("GET",))
def blank_form(request, pk, child):
    """A blank form for a child who is not invited, for the social worker to fill in with them."""
    conference = get_or_404(READ, request.viewer, pk)
    pack = bundle(conference)
    of = next((one for one in pack.children if one.pk == child and one.born_on), None)
    if of is None or conference.held_on is None:
        raise Http404
    looked(request.viewer, children=[of], page="blank form")
    return as_pdf(render_pdf(contribution_form_child(pack, of, request.viewer.on)), "form.pdf")


def get_or_404_invitation(request, pk) -> Invitation:
    """An invitation to a conference that the viewer may see; else a 404."""
    seen = seen_by(request.viewer, Conference).order_by().values("pk")
    found = Invitation.objects.filter(conference__in=seen).select_related("conference__family", "person", "user")
    invitation = found.filter(pk=pk).first()
    if invitation is None:
        raise Http404
    return is_about(request.viewer, invitation)


def _invitation(request, pk):
    invitation = get_or_404_invitation(request, pk)
    return invitation, invitation.conference


def _form(request, form, conference, heading, lead=""):
    context = {
        "form": form, "heading": heading, "caption": str(conference), "lead": lead,
        "back": reverse("conferences:invitations", args=[conference.pk]),
    }  # fmt: skip
    return render(request, "layouts/form.html", context)
