"""An invited professional's own page: the children whom they know, when and where, what is asked, and their answer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from conferences.actions import invite as actions
from conferences.choices import ConferenceState, Reply
from conferences.forms.invite import ReplyForm
from conferences.letters.facts import meeting
from conferences.queries import invite as queries
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.policy.queries import setting
from cpc.core.web.forms import attempt
from cpc.core.web.guards import page


@page(Permission.ANSWER_INVITATION)
def invitation(request, pk):
    """What this professional is asked, about which children, and whether they are coming."""
    own = queries.own_invitation(request.viewer, pk)
    if own is None:
        raise Http404
    form = ReplyForm(request.POST or None, initial={"reply": own.reply if own.reply != Reply.NONE else ""})
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: actions.answer_invitation(by=request.viewer, invitation=own, **form.cleaned_data)
    ):  # fmt: skip
        coming = form.result.reply == Reply.COMING
        messages.success(request, "Thank you. You are coming." if coming else "Thank you. You cannot come.")
        return redirect("conferences:invitation", pk)
    own = queries.own_invitation(request.viewer, pk)
    children = [covered.child for covered in own.children.all()]
    looked(request.viewer, children=children, page="invitation", basis=f"Invited as {own.get_role_display().lower()}")
    conference = own.conference
    context = {
        "invitation": own, "conference": conference, "children": children, "form": form,
        "meeting": meeting(conference, own) if conference.starts_at else None,
        "verbal": own.role == "police" and setting("police_report_verbal"),
        "can_answer": conference.state == ConferenceState.BOOKED,
        "cancelled": conference.state == ConferenceState.CANCELLED,
    }  # fmt: skip
    return render(request, "conferences/invitation.html", context)
