"""Core groups: booked, moved, and written up with the progress of each action."""

from django.utils import timezone

from conferences.plans import rules
from conferences.plans.choices import ActionState, MeetingState
from conferences.plans.models import CoreGroupMeeting, PlanAction
from conferences.plans.queries import open_plans
from conferences.plans.queries.core_groups import core_group_to_book, core_groups_to_book, meetings
from conferences.plans.states import ACTION, MEETING
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import calendar, due


def book_core_group(*, by, family, starts_at, place):
    """The next core group of a family with an open plan has its date and place."""
    with acting(by, Permission.ARRANGE_CORE_GROUP, on=family):
        running = list(open_plans(family).values())
        if not running:
            raise Invalid("No child of this family has an open plan, so there is no core group to book.")
        if meetings(family).filter(state=MeetingState.PLANNED).exists():
            raise Invalid("A core group is booked already. Move that one, or write it up first.")
        limit = core_group_to_book(family)
        refuse_core_group(by, starts_at, place, limit.start, limit.on)
        meeting = planned_core_group(family.pk, limit, by.id or running[0].lead_social_worker_id, starts_at, place)
        meeting.save()
        return meeting


def bring_in_core_groups(*, by, booked) -> int:
    """Each family of ``booked`` (its id to a time and a place) has its next core group then and there: how many are
    new. A family that has one booked already, or no open plan, is left as it is.

    Inside an act. What another system booked stands as it was booked, even beyond its limit: nothing is refused.
    """
    limits = core_groups_to_book(booked)
    standing = CoreGroupMeeting.objects.filter(family__in=booked, state=MeetingState.PLANNED)
    for family in standing.values_list("family", flat=True):
        limits.pop(family, None)
    new = [planned_core_group(family, limit, by.id, *booked[family]) for family, limit in limits.items()]
    return len(CoreGroupMeeting.objects.bulk_create(new))


def planned_core_group(family_id, limit, booked_by_id, starts_at, place) -> CoreGroupMeeting:
    """A core group to come, not saved: by ``limit`` at the latest, the first one where that is the first one's."""
    return CoreGroupMeeting(
        family_id=family_id,
        due_on=limit.on,
        is_first=limit.limit.key == "first_core_group",
        starts_at=starts_at,
        place=place.strip(),
        booked_by_id=booked_by_id,
    )


def move_core_group(*, by, meeting, starts_at, place):
    """The core group that is booked has another date or place; its limit stays."""
    with acting(by, Permission.ARRANGE_CORE_GROUP, on=meeting, about=meeting.family):
        MEETING.move(meeting, MeetingState.PLANNED)
        after = min((plan.started_on for plan in open_plans(meeting.family_id).values()), default=by.on)
        refuse_core_group(by, starts_at, place, after, meeting.due_on)
        meeting.starts_at, meeting.place = starts_at, place.strip()
        meeting.save()
    return meeting


def record_core_group(
    *, by, meeting, held_on, present, progress="", new_concerns="", actions=None, next_at=None, next_place=""
):
    """The core group is held: who was there, how each action stands (``actions``: its id to its state and a few words),
    what is new; and the next one, where a date is given, is booked within its limit.
    """
    with acting(by, Permission.ARRANGE_CORE_GROUP, on=meeting, about=meeting.family):
        MEETING.move(meeting, MeetingState.HELD)
        plans = open_plans(meeting.family_id)
        _check_held_on(held_on, by.on, plans.values())
        if not present.strip():
            raise Invalid("Say who was there.", "present")
        meeting.held_on, meeting.present = held_on, present.strip()
        meeting.progress, meeting.new_concerns = progress.strip(), new_concerns.strip()
        meeting.recorded_by_id = by.id or meeting.booked_by_id
        meeting.save()
        _keep_progress(meeting.family_id, actions or {})
        if next_at is not None:
            if not plans:
                raise Invalid("No child of this family has an open plan, so there is no next core group.", "next_on")
            limit = due("next_core_group", held_on)
            refuse_core_group(by, next_at, next_place, held_on, limit.on, "next_on", "next_place")
            planned_core_group(meeting.family_id, limit, by.id or meeting.booked_by_id, next_at, next_place).save()
    return meeting


def _check_held_on(held_on, today, plans):
    if held_on > today:
        raise Invalid("The day on which it was held must be today or in the past.", "held_on")
    started_on = min((plan.started_on for plan in plans), default=None)
    if started_on and held_on < started_on:
        raise Invalid(f"The plan started on {in_words(started_on)}: the core group met after that.", "held_on")


def _keep_progress(family_id, actions):
    standing = {each.pk: each for each in PlanAction.objects.filter(family_id=family_id, pk__in=actions)}
    for id_, (state, words) in actions.items():
        action = standing.get(id_)
        if action is None or state not in ActionState.values:
            raise Invalid("The plan has changed since you opened this page. Reload it and write the progress again.")
        if state == ActionState.NOT_DONE and not words.strip():
            raise Invalid(f"Say why this was not done: {action.action}", f"progress_{id_}")
        if (state, words.strip()) == (action.state, action.progress):
            continue
        if state != action.state:
            ACTION.move(action, ActionState(state))
        action.progress = words.strip()
        action.save()


def refuse_core_group(by, starts_at, place, after, last_on, on_field="starts_on", place_field="place") -> None:
    """Raises Invalid where the core group cannot meet then, or nowhere."""
    if refusal := rules.core_group_refusal(timezone.localdate(starts_at), after, last_on, calendar(), by.on):
        raise Invalid(refusal, on_field)
    if not place.strip():
        raise Invalid("Say where the core group meets.", place_field)
