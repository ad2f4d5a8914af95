"""The conference's own page: what it is, whom it is about, how far it has come, and what happens next."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from conferences.choices import ConferenceState
from conferences.models import Conference
from conferences.queries import convene as convening
from conferences.queries import invite as inviting
from conferences.queries.request import children_considered
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.guards import get_or_404, page

READ = Conference.objects.select_related(
    "family__team__manager", "family__social_worker", "chair", "room", "administrator", "previous", "requested_by",
    "agreed_by", "declined_by", "cancelled_by",
)  # fmt: skip
STAFF = (Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.CHAIR, Role.ADMINISTRATOR, Role.SERVICE_MANAGER)


@page(Permission.READ_CONFERENCE)
def conference(request, pk):
    """The conference as those who work for it see it; a professional is sent on to their own invitation."""
    viewer = request.viewer
    found = get_or_404(READ, viewer, pk)
    if not viewer.holds(*STAFF):
        own = inviting.own_invitation_to(viewer, found)
        if own is not None:
            return redirect("conferences:invitation", own.pk)
        if found.state == ConferenceState.DECLINED:
            return redirect("conferences:request", found.pk)
        raise Http404
    children = children_considered(found, viewer)
    looked(viewer, children=[row.child for row in children], page="conference")
    context = {
        "conference": found,
        "children": children,
        "limit": convening.limit_of(found),
        "asked": convening.latest_approval(found),
        "invited": inviting.invitations_of(found) if found.state != ConferenceState.REQUESTED else [],
        "may": {
            "book": viewer.may(Permission.BOOK_CONFERENCE, found),
            "invite": viewer.may(Permission.INVITE, found),
            "check": viewer.may(Permission.CHECK_INVITATIONS, found),
            "agree": viewer.may(Permission.AGREE_CONFERENCE, found),
            "agree_chair": viewer.may(Permission.AGREE_CHAIR, found),
            "hold": viewer.may(Permission.HOLD_CONFERENCE, found),
        },
        "S": ConferenceState,
    }
    context["its_day"] = found.starts_at is not None and timezone.localdate(found.starts_at) <= viewer.on
    context["waiting"] = context["asked"] and not context["asked"].agreed_at
    context["unsent"] = sum(1 for one in context["invited"] if not one.sent_at and not one.withdrawn_at)
    context["standing"] = [one for one in context["invited"] if not one.withdrawn_at]
    return render(request, "conferences/conference.html", context)
