"""Whether what waits about the end of a plan, or the date of a meeting, is still what would be written now."""

from datetime import date

from django.utils import timezone

from conferences.convening.queries.last_told import invitation_to
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.rules.told import Change, Told, what_changed
from conferences.plans.choices import MEETING_SET, PLAN_ENDED, EndReason, MeetingState
from conferences.plans.letters.plan_ended_family import plan_ended_family
from conferences.plans.models import ChildInNeedMeeting, CoreGroupMeeting, ProtectionPlan
from conferences.plans.queries.attending import attendees, told_now
from conferences.plans.queries.ended import family_to_tell
from conferences.plans.queries.reviews import last_conference_about
from cpc.core.documents.letters import values

CHANGED = (
    "What this letter says has changed since it was written, for example by a new address, name or protection. It must "
    "not go out: tell its reader in person, or by a letter of your own."
)


def why_not_to_send_end(outgoing) -> str:
    """Why a letter about the end of a plan does not leave, or "" if it can. Called at the moment of printing."""
    if outgoing.purpose != PLAN_ENDED or outgoing.document is None:
        return ""
    plan = ProtectionPlan.objects.select_related("child", "lead_social_worker").get(pk=outgoing.about_id)
    if plan.child.died_on and plan.end_reason != EndReason.DIED:
        return "The child has died. This letter must not go out: the family is told in person."
    context = letter_context(last_conference_about(plan))
    mine = invitation_to(outgoing, family_to_tell(context, plan))
    written_on = date.fromisoformat(outgoing.document.values["dated_on"])
    if mine is None or values(plan_ended_family(context, mine, plan, written_on)) != outgoing.document.values:
        return CHANGED
    return ""


def why_not_to_send_date(outgoing) -> str:
    """Why a message about the date of a core group or child in need meeting does not leave, or "" if it can."""
    if outgoing.purpose != MEETING_SET:
        return ""
    model = CoreGroupMeeting if outgoing.about_kind == CoreGroupMeeting._meta.label_lower else ChildInNeedMeeting
    meeting = model.objects.get(pk=outgoing.about_id)
    said = (outgoing.document.values if outgoing.document else outgoing.said)["meeting"]
    if meeting.state != MeetingState.PLANNED or Change.TIME in what_changed(Told.from_values(said), told_now(meeting)):
        return "The date of this meeting has changed since."
    takes_part = {(one.recipient.kind, one.recipient.id) for one in attendees(meeting, timezone.localdate())}
    if (outgoing.recipient_kind, outgoing.recipient_id) not in takes_part:
        return "They do not take part in this meeting any more."
    return ""
