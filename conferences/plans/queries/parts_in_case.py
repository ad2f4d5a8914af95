"""What the records of plans show of somebody's part in the case of a family they may chair a conference about."""

from conferences.plans.choices import EarlierKind
from conferences.plans.models import ChildInNeedMeeting, CoreGroupMeeting, EarlierEvent


def part_in_plans(family, user_id) -> str:
    """Whether the user recorded visits to the children, or meetings of their plans; "" if neither. Three queries."""
    if EarlierEvent.objects.filter(family=family, kind=EarlierKind.VISIT, entered_by=user_id).exists():
        return "recorded a visit to the children"
    for kind in (CoreGroupMeeting, ChildInNeedMeeting):
        if kind.objects.filter(family=family, recorded_by=user_id).exists():
            return "recorded a meeting of the children’s plan"
    return ""
