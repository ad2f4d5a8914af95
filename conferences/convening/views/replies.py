"""An invited professional's own page: the children they know, when and where, what is asked, and their reply."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from conferences.convening.actions import invitations
from conferences.convening.choices import ConferenceState, InviteeRole, Reply
from conferences.convening.forms.invitations import ReplyForm
from conferences.convening.queries import invitations as invitations_queries
from conferences.convening.queries.acting import runs_it
from conferences.convening.queries.attending import meeting
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.phrases import in_sentence
from cpc.core.policy.queries import setting, words
from cpc.core.web.forms import attempt
from cpc.core.web.guards import is_about, page

REPRESENTED = (InviteeRole.SCHOOL, InviteeRole.NURSERY, InviteeRole.POLICE)


@page(Permission.ANSWER_INVITATION)
def invitation(request, pk):
    """What this professional is invited to, about which children, and whether they are coming."""
    own = invitations_queries.own_invitation(request.viewer, pk)
    if own is None:
        raise Http404
    form = ReplyForm(request.POST or None, initial={"reply": own.reply if own.reply != Reply.NONE else ""})
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: invitations.answer_invitation(by=request.viewer, invitation=own, **form.cleaned_data)
    ):  # fmt: skip
        arrivals = form.result.reply == Reply.COMING
        messages.success(
            request,
            "Thank you. We have recorded that you can attend."
            if arrivals
            else "Thank you. We have recorded that you cannot attend.",
        )
        return redirect("conferences:invitation", pk)
    own = invitations_queries.own_invitation(request.viewer, pk)
    is_about(request.viewer, own)
    children = [covered.child for covered in own.children.all()]
    looked(
        request.viewer, children=children, page="invitation", basis=f"Invited as {in_sentence(own.get_role_display())}"
    )
    conference = own.conference
    context = {
        "represented": REPRESENTED,
        "invitation": own, "conference": conference, "children": children, "form": form,
        "meeting": meeting(conference, own, chair=runs_it(conference)) if conference.starts_at else None,
        "verbal": own.role == "police" and setting("police_report_verbal"),
        "contact": words("contact_phone"),
        "can_answer": conference.state == ConferenceState.BOOKED and not own.writes_only,
        "over": conference.state == ConferenceState.HELD,
        "cancelled": conference.state == ConferenceState.CANCELLED,
    }  # fmt: skip
    return render(request, "conferences/invitation.html", context)
