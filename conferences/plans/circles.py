"""The rows of plans that name people of the family they are about."""

from conferences.plans import models
from families.people.circles import Rows

ROWS = (
    Rows(models.ProtectionPlan, "family", ("child",)),
    Rows(models.PlanActionChild, "action__family", ("child",)),
    Rows(models.CoreGroupMember, "family", ("person",)),
    Rows(models.ChildInNeedPlan, "family", ("child",)),
    Rows(models.NeedMeetingPerson, "meeting__family", ("person",)),
    Rows(models.EarlierEvent, "family", ("child",)),
)
