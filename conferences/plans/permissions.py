"""The plans that a viewer may see: those of the families they may see."""

from django.db.models import F, Q

from conferences.disclosure.choices import Audience
from conferences.disclosure.queries import joined_text, readers_of, restricted_texts, source
from conferences.plans.models import (
    ChildInNeedMeeting,
    ChildInNeedPlan,
    CoreGroupMeeting,
    CoreGroupMember,
    Correction,
    EarlierEvent,
    PlanAction,
    ProtectionPlan,
)
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Viewer, sees
from families.cases.models import Family
from families.cases.permissions import visible as visible_families


@sees(
    ProtectionPlan, ChildInNeedPlan, ChildInNeedMeeting, CoreGroupMeeting, CoreGroupMember, Correction, EarlierEvent
)  # fmt: skip
def visible(viewer: Viewer) -> Q:
    """The plans and core groups of the families that ``viewer`` may see today."""
    return Q(family__in=Family.objects.filter(visible_families(viewer)))


def _actions_for_few(family_id):
    rows = PlanAction.objects.filter(family=family_id).exclude(audience=Audience.EVERYONE)
    return rows.annotate(words=joined_text("outcome", "action", "measure"), readers_are=F("audience"))


@restricted_texts(_actions_for_few)
def restricted_actions(family_id, viewer: Viewer):
    """The actions of the family that are not for everyone, as restricted texts."""
    is_inside = viewer.kind == "system" or not viewer.roles <= {Role.PROFESSIONAL}
    for one in _actions_for_few(family_id).select_related("conference"):
        yield source(
            one, one.words, readers_of(one.audience), "in the plan made", one.conference.held_on, seen=is_inside
        )
