"""The list of people to invite: made, changed, previewed, sent; and each person on it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.convening.actions import invitations as invitations_actions
from conferences.convening.actions import notify
from conferences.convening.choices import EXCLUSION, INVITED, MOVED, ConferenceState
from conferences.convening.forms.invitations import (
    FamilyMemberForm,
    InvitationForm,
    MissingForm,
    ProfessionalForm,
    ReplyForForm,
    StaysAwayForm,
    WhyForm,
)
from conferences.convening.letters.contribution_form_child import contribution_form_child
from conferences.convening.letters.occasions import letters_now, mailing_for
from conferences.convening.models import Conference, Invitation
from conferences.convening.queries import invitations as invitations_queries
from conferences.convening.queries.attending import behind_on_the_list, is_behind
from conferences.convening.queries.exclusions import exclusion_rows, unsent_on_the_list
from conferences.convening.queries.invitation_counts import counts_of
from conferences.convening.queries.last_told import reader_key, taken_back_from
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.list_checks import list_check
from conferences.convening.queries.sittings import sitting_for
from conferences.convening.queries.support import support_for
from conferences.convening.queries.to_phone import to_phone
from conferences.convening.queries.uninformed import not_proposed
from conferences.convening.rules.childs_voice import Voice, voice_of
from conferences.convening.views.list_checks import previews_of
from conferences.convening.views.phone_calls import warn_of_phone_calls
from conferences.separation.queries.arrangements import separation_plan
from cpc.core.accounts.permissions import Permission, Viewer, few_seen_by
from cpc.core.audit.looks import looked
from cpc.core.documents.letters import render_pdf
from cpc.core.documents.responses import as_pdf, pdf_response
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, is_about, page
from cpc.core.web.numbers import read_id

READ = Conference.objects.select_related("family__team__manager", "family__social_worker", "chair", "room")


@page(Permission.INVITE)
def invitations(request, pk):
    """Who is on the list and why, who is missing from it, and what has been sent."""
    conference = get_or_404(READ, request.viewer, pk)
    rows = invitations_queries.invitations_of(conference)
    looked(request.viewer, children=invitations_queries.included_children(conference), page="invitations")
    still_invited = [one for one in rows if not one.withdrawn_at]
    excluded = exclusion_rows(conference, rows)
    check = list_check(conference, rows)
    letters, plan = letter_context(conference), separation_plan(conference, still_invited)
    behind, taken_back = behind_on_the_list(letters), taken_back_from(conference)
    context = {
        "behind": {one.pk for one in behind},
        "taken_back": {one.pk for one in rows if reader_key(one) in taken_back},
        "to_phone": to_phone(letters, request.viewer.on),
        "check": check,
        "lacks_check": check.refusal_for(request.viewer) if conference.state == ConferenceState.BOOKED else "",
        "separation_plan": plan,
        "not_proposed": not_proposed(conference, still_invited),
        "previews": previews_of(letters, request.viewer.on, plan),
        "conference": conference,
        "reasons_page": reverse("conferences:must_not_meet", args=[pk]),
        "family": [one for one in still_invited if one.person_id],
        "professionals": [one for one in still_invited if not one.person_id],
        "withdrawn": [one for one in rows if one.withdrawn_at],
        "support": support_for(request.viewer, conference),
        "today": request.viewer.on,
        "sitting": sitting_for(request.viewer, conference),
        "counts": counts_of(conference, still_invited),
        "gaps": invitations_queries.gaps_of(conference),
        "not_invited": invitations_queries.not_invited(conference),
        "stops": invitations_queries.what_stops(conference, rows) if conference.state == ConferenceState.BOOKED else [],
        "exclusions": excluded,
        "closed_agencies": invitations_queries.closed_agencies(conference, still_invited),
        "unsent": unsent_on_the_list(still_invited, excluded) + len(behind),
        "open": conference.state in invitations_actions.CHANGES,
        "booked": conference.state == ConferenceState.BOOKED,
    }
    return render(request, "conferences/invitations.html", context)


@page(Permission.INVITE, methods=("POST",))
def propose(request, pk):
    """Add everybody who is recorded now and missing from the list."""
    conference = get_or_404(READ, request.viewer, pk)
    added = invitations_actions.propose_list(by=request.viewer, conference=conference)
    said = f"Added: {', '.join(one.name for one in added)}." if added else "Nobody is missing from the list."
    messages.success(request, said)
    return redirect("conferences:invitations", pk)


@page(Permission.INVITE)
def add_family_member(request, pk):
    """Add a family member to the list."""
    return _add(request, pk, FamilyMemberForm, "Add a family member")


@page(Permission.INVITE)
def add_professional(request, pk):
    """Add a professional or agency to the list."""
    return _add(request, pk, ProfessionalForm, "Add a professional")


def _add(request, pk, kind, heading):
    conference = get_or_404(READ, request.viewer, pk)
    role, child = request.GET.get("role", ""), request.GET.get("child", "")
    initial = {"role": role, "children": [child] if child.isdigit() else []}
    form = kind(request.POST or None, conference=conference, initial=initial)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: invitations_actions.add_invitee(by=request.viewer, conference=conference, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, f"{form.result.name} is on the list. Nothing has been sent to them yet.")
        return redirect("conferences:invitations", pk)
    looked(request.viewer, children=invitations_queries.included_children(conference), page=heading.lower())
    return _form(request, form, conference, heading)


@page(Permission.INVITE)
def change(request, pk):
    """The children that somebody comes for, and how they attend."""
    invitation, conference = _invitation(request, pk)
    form = InvitationForm(
        request.POST or None, conference=conference, invitation=invitation, initial=_current_answers(invitation)
    )

    def save(_):
        return invitations_actions.change_invitee(by=request.viewer, invitation=invitation, **form.change())

    def now():
        return _current_answers(_invitation(request, pk)[0])

    if request.method == "POST" and form.is_valid() and form.attempt(save, now):
        sent = " They have already been invited. Send the change to tell them." if invitation.sent_at else ""
        messages.success(request, f"{invitation.name} saved.{sent}")
        return redirect("conferences:invitations", conference.pk)
    looked(request.viewer, children=invitations_queries.included_children(conference), page="change an invitation")
    return _form(request, form, conference, invitation.name)


def _current_answers(invitation) -> dict:
    return {
        "children": sorted(covered.child_id for covered in invitation.children.all()),
        "mode": invitation.mode,
        "apart": invitation.apart,
        "arrives": timezone.localtime(invitation.arrives_at).time() if invitation.arrives_at else None,
        "leaves": timezone.localtime(invitation.leaves_at).time() if invitation.leaves_at else None,
        "room": invitation.room_id,
        "entrance": invitation.entrance,
        "video_link": invitation.video_link,
        "report_asked": invitation.report_asked,
        "is_expected": invitation.is_expected,
    }


@page(Permission.INVITE)
def remove(request, pk):
    """Remove somebody not yet invited from the list, with the reason."""
    return _with_a_reason(
        request, pk, invitations_actions.remove_invitee, "Remove {} from the list", "{} has been removed from the list."
    )


@page(Permission.INVITE)
def withdraw(request, pk):
    """Withdraw somebody's invitation, with the reason."""
    heading, done = (
        "Withdraw {}’s invitation",
        "{}’s invitation has been withdrawn. If they were told of the conference, they will be told this.",
    )
    return _with_a_reason(request, pk, notify.withdraw_invitation, heading, done)


def _with_a_reason(request, pk, action, heading, done):
    invitation, conference = _invitation(request, pk)
    form = WhyForm(request.POST or None)
    name = invitation.name
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: action(by=request.viewer, invitation=invitation, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, done.format(name))
        warn_of_phone_calls(request, conference)
        return redirect("conferences:invitations", conference.pk)
    looked(request.viewer, children=invitations_queries.included_children(conference), page="an invitation")
    return _form(request, form, conference, heading.format(name), lead=invitation.reason)


@page(Permission.INVITE)
def reply_for(request, pk):
    """Record a reply given by phone or by letter."""
    invitation, conference = _invitation(request, pk)
    initial = {"reply": invitation.reply, "heard_how": invitation.heard_how}
    form = ReplyForForm(request.POST or None, initial=initial, is_family=bool(invitation.person_id))
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: invitations_actions.record_reply(by=request.viewer, invitation=invitation, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, f"{invitation.name}’s reply has been recorded.")
        return redirect("conferences:invitations", conference.pk)
    looked(request.viewer, children=invitations_queries.included_children(conference), page="an invitation")
    return _form(request, form, conference, f"{invitation.name}’s reply")


@page(Permission.RECORD_STAYS_AWAY)
def stays_away(request, pk):
    """Record that somebody of the family told their worker or the chair that they do not want to come."""
    invitation, conference = _invitation(request, pk)
    may = request.viewer.may(Permission.RECORD_STAYS_AWAY, conference)
    if not may or not invitation.person_id or not invitation.sent_at:
        raise Http404
    form = StaysAwayForm(request.POST or None, initial={"heard_how": invitation.heard_how})
    if request.method == "POST" and form.is_valid() and attempt(
        form,
        lambda: invitations_actions.record_stays_away(by=request.viewer, invitation=invitation, **form.cleaned_data),
    ):  # fmt: skip
        messages.success(request, f"It is recorded that {invitation.name} does not want to come.")
        return redirect("conferences:conference", conference.pk)
    looked(request.viewer, children=invitations_queries.included_children(conference), page="an invitation")
    lead = "They will not be asked again. If they change their mind, tell the conference administrator."
    heading = f"{invitation.name} does not want to come"
    return _form(request, form, conference, heading, lead, back="conferences:conference")


@page(Permission.INVITE)
def why_not(request, pk):
    """Record why nobody is invited of each kind that is missing from the list."""
    conference = get_or_404(READ, request.viewer, pk)
    gaps = invitations_queries.gaps_of(conference)
    if not gaps and request.method == "GET":
        messages.info(request, "Nobody is missing from the list of people.")
        return redirect("conferences:invitations", pk)
    last_time = invitations_queries.reasons_of_last_time(conference)
    form = MissingForm(request.POST or None, gaps=gaps, last_time=last_time)
    if request.method == "POST" and form.is_valid() and attempt(
        form,
        lambda: invitations_actions.record_not_invited(
            by=request.viewer, conference=conference, reasons=form.reasons()
        ),
    ):  # fmt: skip
        messages.success(request, "The reasons are saved.")
        return redirect("conferences:invitations", pk)
    looked(request.viewer, children=invitations_queries.included_children(conference), page="why not invited")
    lead = "Leave a box empty if you will still invite someone."
    return _form(request, form, conference, "Reasons for not inviting", lead=lead)


@page(Permission.INVITE)
def preview(request, pk):
    """What each person would get now, before it is sent."""
    conference = get_or_404(READ, request.viewer, pk)
    if conference.state != ConferenceState.BOOKED:
        messages.info(request, "Book the conference first: an invitation needs its date and place.")
        return redirect("conferences:conference", pk)
    rows = invitations_queries.invitations_of(conference)
    letters, now = letter_context(conference), timezone.now()
    on_the_list = [one for one in letters.invitations if not one.withdrawn_at]
    told = [one for one in on_the_list if letters.waits_to_be_told(one)]
    leaves = [mailing_for(letters, one, EXCLUSION, request.viewer.on, stamped_at=now) for one in told] + [
        mailing_for(letters, one, MOVED if one.sent_at else INVITED, request.viewer.on, stamped_at=now)
        for one in on_the_list
        if (not one.sent_at or is_behind(letters, one)) and not letters.is_excluded(one)
    ]
    looked(request.viewer, children=letters.children, page="preview of invitations")
    context = {
        "conference": conference, "leaves": leaves, "stops": _stops(conference, rows, request.viewer),
        "gaps": invitations_queries.gaps_of(conference), "going": sum(1 for one in leaves if not one.not_sent_because),
    }  # fmt: skip
    return render(request, "conferences/preview_invitations.html", context)


def _stops(conference, rows, viewer: Viewer) -> list[str]:
    lacking = list_check(conference, rows).refusal_for(viewer)
    return [*invitations_queries.what_stops(conference, rows), *([lacking] if lacking else [])]


@page(Permission.INVITE, methods=("POST",))
def send(request, pk):
    """Send all the invitations not sent yet, or only the chosen one."""
    conference = get_or_404(READ, request.viewer, pk)
    one = request.POST.get("only")
    only = [get_or_404_invitation(request, read_id(one) or 0)] if one else None
    told = notify.send_invitations(by=request.viewer, conference=conference, only=only)
    said = f"Sent to {len(told)} {'person' if len(told) == 1 else 'people'}." if told else "Everybody had been invited."
    messages.success(request, said)
    warn_of_phone_calls(request, conference)
    return redirect("conferences:invitations", pk)


@page(Permission.INVITE, methods=("POST",))
def send_again(request, pk):
    """Send the invitation again to somebody already invited."""
    invitation, conference = _invitation(request, pk)
    notify.send_again(by=request.viewer, invitation=invitation)
    messages.success(request, f"Sent again to {invitation.name}.")
    warn_of_phone_calls(request, conference)
    return redirect("conferences:invitations", conference.pk)


@page(Permission.INVITE, methods=("GET",))
def preview_letter(request, pk, name):
    """One letter as it would be sent now, marked as a draft."""
    invitation, conference = _invitation(request, pk)
    letters = letter_context(conference)
    mine = next((one for one in letters.invitations if one.pk == invitation.pk), None)
    if mine is None or conference.state != ConferenceState.BOOKED:
        raise Http404
    found = letters_now(letters, mine, request.viewer.on, stamped_at=timezone.now())
    title = request.GET.get("title")  # two people who come with a parent have a page each
    named = [letter for letter in found if letter.name == name]
    letter = next((one for one in named if title in (None, str(one.title))), None)
    if letter is None:
        raise Http404
    looked(request.viewer, children=[covered.child_id for covered in mine.children.all()], page="preview of a letter")
    return as_pdf(render_pdf(letter, draft=True), "draft.pdf")


@page(Permission.INVITE, methods=("GET",))
def sent(request, pk):
    """Everything that was sent to one person about the conference, to be read again."""
    invitation, conference = _invitation(request, pk)
    looked(request.viewer, children=invitations_queries.included_children(conference), page="what was sent")
    rows = invitations_queries.sent_to(request.viewer, invitation)
    context = {
        "invitation": invitation, "conference": conference, "rows": rows,
        "spoken": invitation.spoken_news.select_related("recorded_by"),
    }  # fmt: skip
    return render(request, "conferences/sent.html", context)


@page(Permission.INVITE, methods=("GET",))
def sent_letter(request, pk, message):
    """One letter exactly as it was made for its reader."""
    invitation, conference = _invitation(request, pk)
    one = invitations_queries.sent_to(request.viewer, invitation).filter(pk=message, document__isnull=False).first()
    if one is None:
        raise Http404
    looked(request.viewer, children=invitations_queries.included_children(conference), page="a letter that was sent")
    return pdf_response(one.document)


@page(Permission.RECORD_CONTRIBUTION, methods=("GET",))
def blank_form(request, pk, child):
    """A blank form for a child who is old enough, invited or not, for those who enter what the child wrote on it."""
    conference = get_or_404(READ, request.viewer, pk)
    letters = letter_context(conference)
    of = next((one for one in letters.children if one.pk == child and one.born_on), None)
    if of is None or conference.held_on is None or voice_of(of, conference.held_on) != Voice.FORM:
        raise Http404
    looked(request.viewer, children=[of], page="blank form")
    return as_pdf(render_pdf(contribution_form_child(letters, of, request.viewer.on)), "form.pdf")


def get_or_404_invitation(request, pk) -> Invitation:
    """An invitation to a conference that the viewer may see; otherwise a 404."""
    seen = few_seen_by(request.viewer, Conference).order_by().values("pk")
    found = Invitation.objects.filter(conference__in=seen).select_related("conference__family", "person", "user")
    invitation = found.filter(pk=pk).first()
    if invitation is None:
        raise Http404
    return is_about(request.viewer, invitation)


def _invitation(request, pk):
    invitation = get_or_404_invitation(request, pk)
    return invitation, invitation.conference


def _form(request, form, conference, heading, lead="", back="conferences:invitations"):
    context = {
        "form": form, "heading": heading, "caption": str(conference), "lead": lead,
        "back": reverse(back, args=[conference.pk]),
    }  # fmt: skip
    return render(request, "layouts/form.html", context)
