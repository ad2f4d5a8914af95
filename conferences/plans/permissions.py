"""Which plans a viewer may see: those of the families they may see."""

from django.db.models import Q

from conferences.choices import Audience
from conferences.plans.models import ChildInNeedPlan, CoreGroupMeeting, EarlierEvent, PlanAction, ProtectionPlan
from conferences.queries.sources import readers_of, restricted_texts, source
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import sees
from families.models import Family
from families.permissions import visible as visible_families


@sees(ProtectionPlan)
@sees(ChildInNeedPlan)
@sees(CoreGroupMeeting)
@sees(EarlierEvent)
def visible(viewer) -> Q:
    """The plans and core groups of the families that ``viewer`` may see today."""
    return Q(family__in=Family.objects.filter(visible_families(viewer)))


@restricted_texts
def actions_for_few(family_id, viewer):
    """The actions of the family that are not for everyone: whoever carries their words elsewhere is warned."""
    found = PlanAction.objects.filter(family=family_id).exclude(audience=Audience.EVERYONE)
    is_inside = viewer.kind == "system" or not viewer.roles <= {Role.PROFESSIONAL}
    for one in found.select_related("conference"):
        text = f"{one.outcome}\n{one.action}\n{one.measure}"
        yield source(one, text, readers_of(one.audience), "in the plan made", one.conference.held_on, seen=is_inside)
