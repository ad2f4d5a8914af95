"""The child in need plans of families: which are open, and the last day for the next meeting and the review."""

from collections import defaultdict
from dataclasses import dataclass

from conferences.plans.choices import MeetingState
from conferences.plans.models import ChildInNeedMeeting, ChildInNeedPlan
from cpc.core.kernel.deadlines import Due
from cpc.core.policy.queries import due
from families.people.models import Membership, Person


@dataclass(frozen=True)
class NeedMeetings:
    """The open child in need plans of one family, what is planned and was held, and the last days for what comes."""

    plans: list[ChildInNeedPlan]
    planned: ChildInNeedMeeting | None
    held: list[ChildInNeedMeeting]

    @property
    def _started_on(self):
        return min(plan.started_on for plan in self.plans)

    @property
    def next_meeting(self) -> Due:
        """The last day for the next meeting: the first counts from the start, a later one from the one before."""
        since = [one.held_on for one in self.held if one.held_on >= self._started_on]
        if since:
            return due("child_in_need_next_meeting", max(since))
        return due("child_in_need_first_meeting", self._started_on)

    @property
    def review(self) -> Due:
        """The last day for the review, from the start or from the last review."""
        since = [one.held_on for one in self.held if one.is_review and one.held_on >= self._started_on]
        return due("child_in_need_review", max(since, default=self._started_on))


def open_need_plans(family):
    """The open child in need plans of the family."""
    found = ChildInNeedPlan.objects.filter(family=family, ended_on__isnull=True)
    return found.select_related("child", "lead_social_worker").order_by("pk")


def memberships_that_may_come(family) -> list[Membership]:
    """Those of the family who could come to a meeting, with their part in it: all who live and are born."""
    ours = Membership.objects.filter(family=family, person__died_on=None, person__merged_into=None)
    ours = ours.select_related("person").order_by("pk")
    return [one for one in ours if not (one.person.is_unknown or one.person.is_unborn)]


def family_who_may_come(family) -> list[Person]:
    """The people of the family who could come to a meeting."""
    return [one.person for one in memberships_that_may_come(family)]


def need_meetings(family) -> NeedMeetings | None:
    """The open child in need plans of a family and their meetings; None without an open plan."""
    pk = getattr(family, "pk", family)
    return need_meetings_of([pk], open_need_plans(pk)).get(pk)


def need_meetings_of(families, plans) -> dict[int, NeedMeetings]:
    """The same for each family (ids) of these open plans. At most four queries."""
    grouped, meetings = defaultdict(list), defaultdict(list)
    for plan in plans:
        grouped[plan.family_id].append(plan)
    found = ChildInNeedMeeting.objects.filter(family__in=families).exclude(state=MeetingState.CANCELLED)
    for one in found.prefetch_related("people__person").order_by("starts_at"):
        meetings[one.family_id].append(one)
    return {
        family: NeedMeetings(
            plans=theirs,
            planned=next((one for one in meetings[family] if one.state == MeetingState.PLANNED), None),
            held=[one for one in meetings[family] if one.state == MeetingState.HELD],
        )
        for family, theirs in grouped.items()
    }
