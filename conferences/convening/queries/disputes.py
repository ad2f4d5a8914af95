"""The stages of a professional disagreement: who answers next, and the disputes that a page shows."""

from django.utils import timezone

from conferences.convening.choices import StageRole
from conferences.convening.models import Dispute, DisputeStage, PostHeld
from conferences.convening.queries.request import only_their_own
from cpc.core.accounts.permissions import Viewer
from cpc.core.policy.queries import setting

MOST_STAGES = 5


def people_of_stages() -> list[str]:
    """Who answers at each stage, in order, as the settings say."""
    return [one.strip() for one in setting("disagreement_people").split(";") if one.strip()][:MOST_STAGES]


def role_of_stage(number: int) -> StageRole:
    """Who of this service answers at the stage of this number, as the settings say; else a service manager."""
    roles = [one.strip() for one in setting("disagreement_roles").split(";")]
    found = roles[number - 1] if number <= len(roles) else ""
    return StageRole(found) if found in StageRole.values else StageRole.SERVICE_MANAGER


def next_people(number: int) -> str:
    """Who answers at the stage of this number; "" if there is no such stage."""
    people = people_of_stages()
    return people[number - 1] if number <= len(people) else ""


def stage_key(number: int) -> str:
    """The key of the limit for answering at the stage of this number."""
    return f"disagreement_stage_{number}"


def holders_of(role: StageRole) -> set[int]:
    """The active users (ids) who hold the post that answers this stage today: heads of service, or the director."""
    held = PostHeld.objects.on(timezone.localdate()).filter(post=role, user__is_active=True)
    return set(held.values_list("user", flat=True))


def current_stage(dispute) -> DisputeStage:
    """The stage that the dispute has reached."""
    return dispute.stages.order_by("-number")[0]


def disputes_of(conference, viewer: Viewer) -> list[Dispute]:
    """The disputes about the decision, with their stages; a professional sees only their own. Two queries."""
    found = Dispute.objects.filter(conference=conference).select_related("raised_by", "closed_by")
    found = found.prefetch_related("stages__recorded_by").order_by("raised_at")
    return list(found.filter(raised_by=viewer.id) if only_their_own(viewer) else found)
