"""Core groups: booked, moved, and written up with the progress of each action."""

from django.utils import timezone

from conferences.convening.actions.days import reason_for_day
from conferences.convening.choices.enquiries import ActionState
from conferences.plans import rules
from conferences.plans.actions.date_notices import tell_of_date, withdraw_unsent
from conferences.plans.choices import MeetingState
from conferences.plans.models import CoreGroupMeeting, PlanAction
from conferences.plans.queries import core_group, open_plans
from conferences.plans.queries.core_groups import core_group_to_book, core_groups_to_book, meetings
from conferences.plans.queries.presences import core_group_presence
from conferences.plans.states import ACTION, MEETING
from conferences.separation.queries.decisions import why_not_in_one_core_group
from conferences.separation.queries.presences import met_elsewhere
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import hour_refusal, in_words
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import due


def book_core_group(*, by, family, starts_at, place, day_reason=""):
    """Book the next core group of a family with an open plan, and tell its members. A bank holiday needs a
    ``day_reason``.
    """
    with acting(by, Permission.ARRANGE_CORE_GROUP, on=family):
        running = list(open_plans(family).values())
        if not running:
            raise Invalid("No child in this family has an open plan, so there is no core group to book.")
        if meetings(family).filter(state=MeetingState.PLANNED).exists():
            raise Invalid("A core group is already booked. Move it, or record it first.")
        limit = core_group_to_book(family)
        refuse_core_group(by, starts_at, place, limit.start, limit.on)
        day_reason = reason_for_day(timezone.localdate(starts_at), day_reason, earliest=by.on, on_field="starts_on")
        meeting = planned_core_group(
            family.pk, limit, by.id or running[0].lead_social_worker_id, starts_at, place, day_reason
        )
        refuse_people_who_must_not_meet(family, core_group(family, by.on), meeting)
        meeting.save()
        tell_of_date(by, meeting, Permission.ARRANGE_CORE_GROUP)
        return meeting


def import_core_groups(*, by, booked) -> int:
    """Book an imported core group for each family of ``booked`` (its id to a time, a place and why it is on a bank
    holiday), and return how many are new. A family with a booked core group or without an open plan is left as it is.

    Call inside an act. A booking from another system is accepted even after its limit: nothing is refused.
    """
    limits = core_groups_to_book(booked)
    existing = CoreGroupMeeting.objects.filter(family__in=booked, state=MeetingState.PLANNED)
    for family in existing.values_list("family", flat=True):
        limits.pop(family, None)
    new = [planned_core_group(family, limit, by.id, *booked[family]) for family, limit in limits.items()]
    return len(CoreGroupMeeting.objects.bulk_create(new))


def planned_core_group(family_id, limit, booked_by_id, starts_at, place, day_reason="") -> CoreGroupMeeting:
    """A coming core group, not saved, with the last day of ``limit``. It is the first one if the limit is."""
    return CoreGroupMeeting(
        family_id=family_id,
        due_on=limit.on,
        is_first=limit.limit.key == "first_core_group",
        starts_at=starts_at,
        day_reason=day_reason,
        place=place.strip(),
        booked_by_id=booked_by_id,
    )


def move_core_group(*, by, meeting, starts_at, place, day_reason=""):
    """Move the booked core group to another date or place, and tell its members. Its limit does not change."""
    with acting(by, Permission.ARRANGE_CORE_GROUP, on=meeting, about=meeting.family):
        MEETING.move(meeting, MeetingState.PLANNED)
        after = min((plan.started_on for plan in open_plans(meeting.family_id).values()), default=by.on)
        refuse_core_group(by, starts_at, place, after, meeting.due_on)
        meeting.day_reason = reason_for_day(
            timezone.localdate(starts_at), day_reason, earliest=by.on, on_field="starts_on"
        )
        meeting.starts_at, meeting.place = starts_at, place.strip()
        refuse_people_who_must_not_meet(meeting.family, core_group(meeting.family_id, by.on), meeting)
        meeting.save()
        tell_of_date(by, meeting, Permission.ARRANGE_CORE_GROUP)
    return meeting


def record_core_group(
    *, by, meeting, held_on, present, progress="", new_concerns="", actions=None, next_at=None, next_place="",
    next_day_reason="",
):  # fmt: skip
    """Write up the core group: who attended, the state of each action (``actions``: its id to its state and a note),
    and what is new. If a date is given, book the next one within its limit.
    """
    with acting(by, Permission.ARRANGE_CORE_GROUP, on=meeting, about=meeting.family):
        MEETING.move(meeting, MeetingState.HELD)
        plans = open_plans(meeting.family_id)
        _check_held_on(held_on, by.on, plans.values())
        if not present.strip():
            raise Invalid("Say who attended.", "present")
        meeting.held_on, meeting.present = held_on, present.strip()
        meeting.progress, meeting.new_concerns = progress.strip(), new_concerns.strip()
        meeting.recorded_by_id = by.id or meeting.booked_by_id
        meeting.save()
        withdraw_unsent(meeting)
        _save_progress(meeting.family_id, actions or {})
        if next_at is not None:
            if not plans:
                raise Invalid("No child of this family has an open plan, so there is no next core group.", "next_on")
            limit = due("next_core_group", held_on)
            refuse_core_group(by, next_at, next_place, held_on, limit.on, "next_on", "next_place")
            why = reason_for_day(
                timezone.localdate(next_at), next_day_reason, earliest=by.on, on_field="next_on",
                reason_field="next_day_reason",
            )  # fmt: skip
            following = planned_core_group(
                meeting.family_id, limit, by.id or meeting.booked_by_id, next_at, next_place, why
            )
            members = core_group(meeting.family_id, by.on)
            refuse_people_who_must_not_meet(meeting.family, members, following, "next_on")
            following.save()
            tell_of_date(by, following, Permission.ARRANGE_CORE_GROUP)
    return meeting


def _check_held_on(held_on, today, plans):
    if held_on > today:
        raise Invalid("The date of the core group must be today or in the past.", "held_on")
    started_on = min((plan.started_on for plan in plans), default=None)
    if started_on and held_on < started_on:
        raise Invalid(f"The plan started on {in_words(started_on)}: the core group met after that.", "held_on")


def _save_progress(family_id, actions):
    existing = {each.pk: each for each in PlanAction.objects.filter(family_id=family_id, pk__in=actions)}
    for id_, (state, words) in actions.items():
        action = existing.get(id_)
        if action is None or state not in ActionState.values:
            raise Invalid("The plan has changed since you opened this page. Reload it and write the progress again.")
        if state == ActionState.NOT_DONE and not words.strip():
            raise Invalid(f"Say why this was not done: {action.action}", f"progress_{id_}")
        if (state, words.strip()) == (action.state, action.progress):
            continue
        if state != action.state:
            action.marked_at = timezone.now()
        ACTION.move(action, ActionState(state))
        action.progress = words.strip()
        action.save()


def refuse_core_group(by, starts_at, place, after, last_on, on_field="starts_on", place_field="place") -> None:
    """Raises Invalid if the core group cannot meet then, or has no place."""
    if refusal := rules.core_group_refusal(timezone.localdate(starts_at), after, last_on, by.on):
        raise Invalid(refusal, on_field)
    if refusal := hour_refusal(timezone.localtime(starts_at).time()):
        raise Invalid(refusal, on_field)
    if not place.strip():
        raise Invalid("Enter where the core group will meet.", place_field)


def refuse_people_who_must_not_meet(family, members, meeting=None, field="starts_on") -> None:
    """Raises Invalid if two of ``members`` (invitations or members of a core group) must not meet, unless the chair
    decided so with a reason and a second person agreed. Raises it too if one of them would meet somebody that they
    must not meet who is expected elsewhere in the building of ``meeting`` then.
    """
    people = {one.person_id: one.name for one in members if one.person_id}
    if refusal := why_not_in_one_core_group(family, people):
        raise Invalid(refusal, field)
    refuse_meeting_elsewhere([core_group_presence(*one, meeting) for one in people.items()] if meeting else [], field)


def refuse_meeting_elsewhere(coming, field) -> None:
    """Raises Invalid if one of those who are ``coming`` (presences) would meet somebody that they must not meet, who is
    expected in the same building then.
    """
    if found := met_elsewhere(coming):
        raise Invalid(
            f"{found[0].name} must not come at this time: somebody that they must not meet is expected in the same "
            "building then. Choose another time or another building.",
            field,
        )
