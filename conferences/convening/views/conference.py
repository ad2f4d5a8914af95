"""The conference's own page: what it is, the children, its state, and the next step."""

from django.http import Http404
from django.shortcuts import redirect, render

from conferences.convening.choices import TAKES_PLACE, TO_COME, ConferenceState
from conferences.convening.models import Conference
from conferences.convening.queries import booking, invitations
from conferences.convening.queries.acting import acting_chair_of
from conferences.convening.queries.children_to_consider import not_considered
from conferences.convening.queries.clock import stages_of
from conferences.convening.queries.counting import counts
from conferences.convening.queries.exclusions import exclusion_rows, unsent_on_the_list
from conferences.convening.queries.next_step import next_step
from conferences.convening.queries.request import children_considered
from conferences.convening.queries.sittings import sitting_for
from conferences.convening.rules.childs_voice import Voice, voice_of
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.guards import get_or_404, page

READ = Conference.objects.select_related(
    "family__team__manager", "family__social_worker", "chair", "chair_agreed_by", "room", "administrator", "previous",
    "requested_by", "agreed_by", "declined_by", "cancelled_by", "enquiry",
)  # fmt: skip
STAFF = (Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.CHAIR, Role.ADMINISTRATOR, Role.SERVICE_MANAGER)


@page(Permission.READ_CONFERENCE)
def conference(request, pk):
    """The conference for its staff. A professional is redirected to their own invitation."""
    viewer = request.viewer
    found = get_or_404(READ, viewer, pk)
    if not viewer.holds(*STAFF):
        own = invitations.own_invitation_to(viewer, found)
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
        "with_a_form": _with_a_form(found, children),
        "limit": booking.limit_of(found),
        "invited": invitations.invitations_of(found) if found.state != ConferenceState.REQUESTED else [],
        "may": {
            "consider": viewer.may(Permission.CONSIDER_CHILD, found),
            "book": viewer.may(Permission.BOOK_CONFERENCE, found),
            "declare": viewer.may(Permission.DECLARE_INDEPENDENCE, found),
            "invite": viewer.may(Permission.INVITE, found),
            "contribute": viewer.may(Permission.RECORD_CONTRIBUTION, found),
            "exclude": viewer.may(Permission.ASK_EXCLUSION, found) or viewer.may(Permission.DECIDE_EXCLUSION, found),
            "take_part": viewer.may(Permission.RECORD_TAKING_PART, found),
            "check": viewer.may(Permission.CHECK_INVITATIONS, found),
        },
        "changes": found.booking_changes.select_related("was_chair", "made_by"),
        "S": ConferenceState,
        "sitting": sitting_for(viewer, found),
        "to_consider": [row.person for _, row in not_considered([found])],
        "acting_chair": acting_chair_of(found, viewer.on) if found.chair_id else None,
        "may_name_acting_chair": found.state in TAKES_PLACE and viewer.may(Permission.NAME_ACTING_CHAIR, found),
    }
    context["exclusions"] = exclusion_rows(found, context["invited"])
    context["unsent"] = unsent_on_the_list(context["invited"], context["exclusions"])
    context["still_invited"] = [one for one in context["invited"] if not one.withdrawn_at]
    context["next_step"] = next_step(found, viewer, unsent=context["unsent"])
    context["decided_nothing"] = found.state == ConferenceState.HELD and not counts(found)
    if found.state in TO_COME:
        context["stages"] = stages_of(found)
    return render(request, "conferences/conference.html", context)


def _with_a_form(conference, children) -> set[int]:
    """The children (ids) who are offered a form for what they think, while the conference is booked."""
    if conference.state != ConferenceState.BOOKED:
        return set()
    return {
        row.child_id
        for row in children
        if row.included and row.child.born_on and voice_of(row.child, conference.held_on) == Voice.FORM
    }
