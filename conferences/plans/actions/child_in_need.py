"""Child in need plans: begun at a conference, their meetings and reviews, and their end."""

from django.utils import timezone

from conferences.convening.actions.days import reason_for_day
from conferences.plans import rules
from conferences.plans.actions.core_groups import refuse_meeting_elsewhere
from conferences.plans.actions.date_notices import tell_of_date, withdraw_unsent
from conferences.plans.actions.ending import end_professional_access
from conferences.plans.choices import MeetingState, NeedEnd
from conferences.plans.models import ChildInNeedMeeting, ChildInNeedPlan, NeedMeetingPerson
from conferences.plans.queries import lead_social_workers
from conferences.plans.queries.child_in_need import family_who_may_come, need_meetings, open_need_plans
from conferences.plans.queries.presences import need_meeting_presence
from conferences.plans.states import NEED_MEETING, NEED_PLAN, OPEN
from conferences.separation.queries.pairs import pairs_to_separate
from conferences.separation.rules import kept_apart
from cpc.core.accounts.permissions import Permission, can_see, viewer_of
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import hour_refusal, in_words
from cpc.core.kernel.phrases import possessive
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import due
from families.people.rules.people import birthday


def begin_child_in_need(conference, child, consent_by, lead, *, after_protection) -> ChildInNeedPlan:
    """Begin the plan on the day of the conference, or let the open one go on with this consent. The service's minimum
    counts from the conference that ended a protection plan; otherwise there is none. Call inside an act.
    """
    plan = open_need_plans(conference.family_id).filter(child=child).first()
    if plan is None:
        minimum = due("child_in_need_minimum", conference.held_on).on if after_protection else None
        plan = ChildInNeedPlan(
            child=child, family_id=conference.family_id, started_on=conference.held_on, minimum_until_on=minimum
        )
    plan.conference, plan.consent_by, plan.lead_social_worker = conference, consent_by, lead
    plan.save()
    return plan


def end_for_protection(by, child, conference, permission) -> None:
    """End the child's open plan on the day of the conference on which a protection plan begins. Call inside an act of
    that permission.
    """
    for plan in ChildInNeedPlan.objects.filter(child=child, ended_on__isnull=True):
        ended_on = max(conference.held_on, plan.started_on)
        _end(by, plan, NeedEnd.PROTECTION, ended_on, "", by.id or conference.chair_id, permission)


def end_child_in_need(*, by, plan, reason, ended_on=None, note="") -> ChildInNeedPlan:
    """End the plan on that day (a death: its own; the eighteenth birthday: its own). With the last plan of the family,
    other agencies' access ends too.
    """
    with acting(by, Permission.RUN_CHILD_IN_NEED, on=plan, about=plan.family, end=str(reason)):
        NEED_PLAN.must_be(plan, OPEN, to="ended")
        if reason not in NeedEnd.values or reason == NeedEnd.PROTECTION:
            raise Invalid("Choose why the plan ends.", "reason")
        note = note.strip()
        ended_on = _last_day(plan, reason, ended_on, by.on)
        is_early = plan.minimum_until_on is not None and ended_on < plan.minimum_until_on
        if is_early and not note and reason not in (NeedEnd.DIED, NeedEnd.EIGHTEEN):
            least = in_words(plan.minimum_until_on)
            raise Invalid(f"The plan must continue until at least {least}. Say why it is ending before then.", "note")
        _end(by, plan, reason, ended_on, note, by.id, Permission.RUN_CHILD_IN_NEED)
        end_professional_access(plan.family_id, by.on)
    return plan


def name_need_lead(*, by, plan, lead, reason) -> ChildInNeedPlan:
    """Give the open plan another lead worker of the team that holds the family, for a reason that the trail keeps."""
    reason = reason.strip()
    with acting(by, Permission.NAME_NEED_LEAD, on=plan, about=plan.family, reason=reason, lead=str(lead)):
        NEED_PLAN.must_be(plan, OPEN, to="given another lead worker")
        if lead is None or not lead_social_workers(plan.family).filter(pk=lead.pk).exists():
            raise Invalid("Choose a social worker of the team that works with this family.", "lead")
        if lead.pk == plan.lead_social_worker_id:
            raise Invalid(f"{lead} already leads this plan. Choose someone else, or go back.", "lead")
        if not can_see(viewer_of(lead, by.on), plan.family):
            raise Invalid(f"{lead} may not read this family’s record. Choose someone else.", "lead")
        if not reason:
            raise Invalid("Say why someone else will lead the plan.", "reason")
        plan.lead_social_worker = lead
        plan.save()
    return plan


def _last_day(plan, reason, ended_on, today):
    child = plan.child
    if reason == NeedEnd.DIED:
        if child.died_on is None:
            raise Invalid(f"Record {possessive(child.full_name, 'death', 'of')} on the family’s pages first.", "reason")
        return max(child.died_on, plan.started_on)
    if reason == NeedEnd.EIGHTEEN:
        if child.born_on is None or birthday(child.born_on, 18) > today:
            raise Invalid(f"{child.full_name} is not 18 yet.", "reason")
        return max(birthday(child.born_on, 18), plan.started_on)
    if ended_on is None:
        raise Invalid("Enter the day on which the plan ended.", "ended_on")
    if not plan.started_on <= ended_on <= today:
        raise Invalid(f"The day must be today or in the past, and not before {in_words(plan.started_on)}.", "ended_on")
    if child.died_on and ended_on > child.died_on:
        raise Invalid(f"{child.full_name} died on {in_words(child.died_on)}: choose that reason.", "reason")
    return ended_on


def _end(by, plan, reason, ended_on, note, ended_by_id, permission) -> None:
    plan.ended_on, plan.end_reason, plan.end_note, plan.ended_by_id = ended_on, reason, note, ended_by_id
    plan.save()
    if not open_need_plans(plan.family_id).exists():
        for meeting in ChildInNeedMeeting.objects.filter(family=plan.family_id, state=MeetingState.PLANNED):
            NEED_MEETING.move(meeting, MeetingState.CANCELLED)
            meeting.save()
            tell_of_date(by, meeting, permission, to_family=reason != NeedEnd.DIED)


def book_need_meeting(*, by, family, starts_at, place, day_reason="", is_review=False, people=()) -> ChildInNeedMeeting:
    """Book the next child in need meeting of the family, within its limit; as a review, within that of the review.
    ``people`` are those of the family who come. Two of them who must not meet are refused, and so is a time at which
    one of them would meet somebody that they must not meet elsewhere in the building.
    """
    with acting(by, Permission.RUN_CHILD_IN_NEED, on=family):
        found = _open(family)
        if found.planned is not None:
            raise Invalid("A meeting is already booked. Move it, or record it first.")
        limit = found.review if is_review else found.next_meeting
        return _book(by, family, limit, starts_at, place, day_reason, is_review, people)


def move_need_meeting(*, by, meeting, starts_at, place, day_reason="", people=()) -> ChildInNeedMeeting:
    """Move the booked meeting, or change who comes. Its limit does not change."""
    with acting(by, Permission.RUN_CHILD_IN_NEED, on=meeting, about=meeting.family):
        NEED_MEETING.move(meeting, MeetingState.PLANNED)
        _refuse(by, starts_at, place, _open(meeting.family).next_meeting.start, meeting.due_on)
        meeting.day_reason = reason_for_day(
            timezone.localdate(starts_at), day_reason, earliest=by.on, on_field="starts_on"
        )
        meeting.starts_at, meeting.place = starts_at, place.strip()
        meeting.save()
        _set_people(meeting, people)
        tell_of_date(by, meeting, Permission.RUN_CHILD_IN_NEED)
    return meeting


def record_need_meeting(
    *, by, meeting, held_on, present, progress="", next_at=None, next_place="", next_day_reason="",
    next_is_review=False, next_people=(),
):  # fmt: skip
    """Write up the meeting, and book the next one if a date is given."""
    with acting(by, Permission.RUN_CHILD_IN_NEED, on=meeting, about=meeting.family):
        NEED_MEETING.move(meeting, MeetingState.HELD)
        found = need_meetings(meeting.family_id)
        if held_on > by.on or (found and held_on < min(plan.started_on for plan in found.plans)):
            raise Invalid("The day must be today or in the past, and not before the plan began.", "held_on")
        if not present.strip():
            raise Invalid("Say who attended.", "present")
        meeting.held_on, meeting.present, meeting.progress = held_on, present.strip(), progress.strip()
        meeting.recorded_by_id = by.id or meeting.booked_by_id
        meeting.save()
        withdraw_unsent(meeting)
        if next_at is not None:
            found = _open(meeting.family)
            limit = found.review if next_is_review else found.next_meeting
            _book(
                by, meeting.family, limit, next_at, next_place, next_day_reason, next_is_review, next_people, "next_"
            )  # fmt: skip
    return meeting


def _open(family):
    found = need_meetings(family)
    if found is None:
        raise Invalid("No child of this family has an open child in need plan.")
    return found


def _book(by, family, limit, starts_at, place, day_reason, is_review, people, fields=""):
    on_field = f"{fields}on" if fields else "starts_on"
    _refuse(by, starts_at, place, limit.start, limit.on, on_field, f"{fields}place")
    day_reason = reason_for_day(
        timezone.localdate(starts_at), day_reason, earliest=by.on, on_field=on_field,
        reason_field=f"{fields}day_reason",
    )  # fmt: skip
    made = ChildInNeedMeeting.objects.create(
        family=family, due_on=limit.on, is_review=is_review, starts_at=starts_at, place=place.strip(),
        day_reason=day_reason, booked_by_id=by.id,
    )  # fmt: skip
    _set_people(made, people, on_field, f"{fields}people")
    tell_of_date(by, made, Permission.RUN_CHILD_IN_NEED)
    return made


def _set_people(meeting, people, on_field="starts_on", people_field="people") -> None:
    names = {person.pk: person.full_name for person in people}
    if not names.keys() <= {person.pk for person in family_who_may_come(meeting.family_id)}:
        raise Invalid("Choose people of this family.", people_field)
    for pair in kept_apart(names, pairs_to_separate(names)):
        raise Invalid(
            f"{names[pair.one]} and {names[pair.other]} must be kept separate, so they cannot both come to this "
            "meeting. Leave one of them out, and hear them in another way.",
            people_field,
        )
    refuse_meeting_elsewhere([need_meeting_presence(pk, name, meeting) for pk, name in names.items()], on_field)
    meeting.people.exclude(person__in=names).delete()
    for pk in names.keys() - set(meeting.people.values_list("person", flat=True)):
        NeedMeetingPerson.objects.create(meeting=meeting, person_id=pk)


def _refuse(by, starts_at, place, after, last_on, on_field="starts_on", place_field="place") -> None:
    refusal = rules.need_meeting_refusal(timezone.localdate(starts_at), after, last_on, by.on)
    if refusal := refusal or hour_refusal(timezone.localtime(starts_at).time()):
        raise Invalid(refusal, on_field)
    if not place.strip():
        raise Invalid("Enter the place of the meeting.", place_field)
