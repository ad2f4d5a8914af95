"""What follows from a conference, in words, so that a correction can say what it changes."""

from django.utils import timezone

from conferences.convening.choices import NOT_OVER, Attendance
from conferences.convening.models import Conference
from conferences.meeting.queries.board import decision_of, included, invited
from conferences.plans.choices import MeetingState
from conferences.plans.models import ChildInNeedPlan, Correction, EarlierEvent, ProtectionPlan
from conferences.plans.queries import open_plans
from conferences.plans.queries.core_groups import meetings
from conferences.plans.rules import PLAN_TEXTS
from conferences.separation.queries.presences import clock
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.phrases import about_children, in_sentence, listed
from families.people.rules.short_names import tell_apart

NONE = "None"


def changes_between(before: dict[str, str], after: dict[str, str]) -> list[list[str]]:
    """What differs: for each thing, what it is, what it was and what it is now."""
    things = dict.fromkeys([*before, *after])
    return [
        [thing, before.get(thing, NONE), after.get(thing, NONE)]
        for thing in things
        if before.get(thing, NONE) != after.get(thing, NONE)
    ]


def consequences(conference) -> dict[str, str]:
    """The conference and everything that follows from it today, in words."""
    found = {"Held on": _moment(conference.starts_at), "Quorum": _quorum(conference)}
    for each in invited(conference):
        found[f"Attendance of {each.name}"] = _attended(each)
    for row in included(conference):
        name, decision = row.child.short_name, decision_of(row)
        found[f"Decision for {name}"] = _decided(decision)
        found[f"The chair’s reasons for {name}"] = decision.reasons if decision else NONE
    return found | plans_of_family(conference.family_id)


def words_of_plans(conference) -> dict[str, str]:
    """The lead and the texts of each open plan of the conference’s children."""
    found, plans = {}, open_plans(conference.family_id)
    for row in included(conference):
        plan, name = plans.get(row.child_id), row.child.short_name
        if plan is None:
            continue
        found[f"Lead social worker for {name}"] = str(plan.lead_social_worker or NONE)
        for field, sentence in PLAN_TEXTS.items():
            thing = about_children(sentence, [name]).removesuffix(" is not recorded.").rstrip(",")
            found[f"Plan of {name}: {thing[0].lower()}{thing[1:]}"] = getattr(plan, field) or NONE
    return found


def plans_of_family(family_id) -> dict[str, str]:
    """The plans of the family’s children, their dates, and the meetings to come, in words."""
    found = {}
    plans = list(ProtectionPlan.objects.filter(family=family_id).select_related("child").order_by("started_on", "pk"))
    needs = list(ChildInNeedPlan.objects.filter(family=family_id).select_related("child").order_by("started_on", "pk"))
    tell_apart(each.child for each in [*plans, *needs])
    for plan in plans:
        thing = f"Child protection plan of {plan.child.short_name}"
        found[thing] = "; ".join([*([found[thing]] if thing in found else []), _plan(plan)])
    for need in needs:
        thing = f"Child in need plan of {need.child.short_name}"
        found[thing] = "; ".join([*([found[thing]] if thing in found else []), _need(need)])
    to_come = _conferences_to_come(family_id)
    if to_come:
        found["Conferences to come"] = to_come
    planned = meetings(family_id).filter(state=MeetingState.PLANNED)
    if booked := "; ".join(_moment(each.starts_at) for each in planned):
        found["Core group booked"] = booked
    for event in EarlierEvent.objects.filter(family=family_id).select_related("child"):
        found[f"Late entry: {describe_late_entry(event)}"] = "Recorded"
    return found


def describe_late_entry(event) -> str:
    """A late entry in a few words."""
    more = f" ({event.get_category_display().lower()})" if event.category else ""
    kind = event.get_kind_display().lower()
    return f"{kind}{more} on {in_words(event.happened_on)}, {event.child.full_name}"


def corrections_of(conference) -> list[Correction]:
    """The corrections of this conference, newest first."""
    return list(Correction.objects.filter(conference=conference).select_related("by"))


def _moment(at) -> str:
    return f"{in_words(timezone.localdate(at))} at {clock(at)}"


def _quorum(conference) -> str:
    if conference.quorate:
        return "Quorate"
    return f"Not quorate, and went ahead: {conference.quorum_reason}" if conference.quorum_reason else "Not quorate"


def _attended(invitation) -> str:
    said = Attendance(invitation.attendance).label
    if invitation.came_at:
        said += f", from {clock(invitation.came_at)}"
    if invitation.left_at:
        said += f", until {clock(invitation.left_at)}"
    return said


def _decided(decision) -> str:
    if decision is None:
        return NONE
    said = decision.get_outcome_display()
    if decision.category:
        said += f": {decision.get_category_display().lower()}"
        said += ", and more than one kind of harm" if decision.is_multiple else ""
    if decision.consent_by:
        said += f", with the consent of {decision.consent_by}"
    if decision.new_date_on:
        said += f": {decision.get_not_decided_reason_display().lower()}; again on {in_words(decision.new_date_on)}"
    return said


def _plan(plan) -> str:
    began = f"{plan.get_category_display()}, since {in_words(plan.started_on)}"
    if plan.ended_on:
        return f"{began}; ended on {in_words(plan.ended_on)}: {in_sentence(plan.get_end_reason_display())}"
    return f"{began}; review by {in_words(plan.review_due_on)}"


def _need(need) -> str:
    began = f"Since {in_words(need.started_on)}, with the consent of {need.consent_by}"
    if need.ended_on:
        return f"{began}; ended on {in_words(need.ended_on)}: {need.get_end_reason_display().lower()}"
    return began


def _conferences_to_come(family_id) -> str:
    found = []
    rows = Conference.objects.filter(family=family_id, state__in=NOT_OVER).order_by("due_on", "pk")
    for one in rows.prefetch_related("children__child"):
        names = listed(row.child.full_name for row in one.children.all() if row.included)
        when = f"booked for {_moment(one.starts_at)}" if one.starts_at else f"by {in_words(one.due_on)}"
        found.append(f"{one.get_kind_display()} about {names}, {when}")
    return "; ".join(found)
