"""The plans of our template are written, with what has happened since they began and what is booked. Inside an act."""

from collections import defaultdict

from django.utils import timezone

from conferences.choices import ConferenceKind, ConferenceState
from conferences.models import Conference, ConferenceChild, Room
from conferences.models.convening import TAKES_PLACE
from conferences.plans.choices import MeetingState, PlanState
from conferences.plans.models import CoreGroupMeeting, EarlierEvent, ProtectionPlan
from conferences.plans.queries import core_group_to_book
from conferences.plans.queries.reviews import last_review_on, last_reviews
from cpc.core.kernel.dates import in_words
from cpc.core.policy.queries import due, review_due
from cpc.imports.queries import families_by_number, moments, people_by_number, users_by_email
from cpc.imports.rules.columns import EVENTS, MEETINGS, PLANS
from families.choices import Part
from families.models import Family, Membership

AT_A_TIME = 500


def load_plans(rows, viewer, tell) -> dict:
    """How many plans, events and booked meetings are new. ``tell`` is given per cents."""
    counts = defaultdict(int)
    _plans(rows.get(PLANS.name, ()), viewer, counts)
    tell(70)
    _events(rows.get(EVENTS.name, ()), viewer, counts, lambda part: tell(70 + part // 4))
    tell(95)
    _meetings(rows.get(MEETINGS.name, ()), viewer, counts, lambda part: tell(95 + part // 20))
    return dict(counts)


def _plans(rows, viewer, counts) -> None:
    children = people_by_number({row["person_id"] for row in rows}, viewer)
    leads = users_by_email({row["lead_social_worker_email"] for row in rows})
    holders = {
        family.pk: family.social_worker_id
        for family in Family.objects.filter(pk__in={child["family_id"] for child in children.values()})
    }
    standing = set(ProtectionPlan.objects.filter(state=PlanState.OPEN).values_list("child", flat=True))
    new = []
    for row in rows:
        child = children[row["person_id"]]
        if child["id"] in standing:
            continue
        lead = leads.get(row["lead_social_worker_email"])
        new.append(
            ProtectionPlan(
                child_id=child["id"], family_id=child["family_id"], initial_category=row["initial_category"],
                category=row["category"], started_on=row["started_on"], aim=row["aim"] or "",
                contingency=row["contingency"] or "",
                lead_social_worker_id=lead.pk if lead else holders[child["family_id"]],
                first_core_group_due_on=due("first_core_group", row["started_on"]).on,
                review_due_on=review_due(row["started_on"], first=True).on,
            )
        )  # fmt: skip
    ProtectionPlan.objects.bulk_create(new, batch_size=AT_A_TIME)
    counts["plans"] += len(new)


def _events(rows, viewer, counts, tell) -> None:
    rows = list(rows)
    children = people_by_number({row["person_id"] for row in rows}, viewer)
    here = set(
        EarlierEvent.objects.filter(child__in={child["id"] for child in children.values()}).values_list(
            "child", "kind", "happened_on"
        )
    )
    new = [row for row in rows if (children[row["person_id"]]["id"], row["kind"], row["happened_on"]) not in here]
    EarlierEvent.objects.bulk_create(
        (
            EarlierEvent(
                child_id=children[row["person_id"]]["id"], family_id=children[row["person_id"]]["family_id"],
                kind=row["kind"], happened_on=row["happened_on"], category=row["category"] or "",
                seen_alone=row["seen_alone"], note=row["note"] or "", entered_by_id=viewer.id,
            )
            for row in new
        ),
        batch_size=AT_A_TIME,
    )  # fmt: skip
    reviewed = sorted({children[row["person_id"]]["id"] for row in new if row["kind"] == "review"})
    for start in range(0, len(reviewed), AT_A_TIME):
        part = reviewed[start : start + AT_A_TIME]
        plans = list(ProtectionPlan.objects.filter(state=PlanState.OPEN, child__in=part))
        last = last_reviews(plans)
        for plan in plans:
            plan.review_due_on = review_due(last[plan.pk], first=False).on
        ProtectionPlan.objects.bulk_update(plans, ["review_due_on"])
        tell(100 * (start + len(part)) // len(reviewed))
    counts["events"] += len(new)


def _meetings(rows, viewer, counts, tell) -> None:
    families = families_by_number({row["family_number"] for row in rows}, viewer)
    rooms = {room.name: room for room in Room.objects.all()}
    chairs = users_by_email({row["chair_email"] for row in rows})
    for number, row in enumerate(rows, start=1):
        if number % 100 == 0:
            tell(100 * number // len(rows))
        family = families[row["family_number"].casefold()]
        starts_at, ends_at = moments(row)
        if row["kind"] == "core_group":
            counts["meetings"] += _book_core_group(family, starts_at, row["place"], viewer.id)
        else:
            counts["meetings"] += _book_review(
                family, starts_at, ends_at, rooms[row["place"]], chairs[row["chair_email"]], viewer.id
            )


def _book_core_group(family, starts_at, place, loaded_by) -> bool:
    if CoreGroupMeeting.objects.filter(family=family, state=MeetingState.PLANNED).exists():
        return False
    limit = core_group_to_book(family)
    CoreGroupMeeting.objects.create(
        family=family, due_on=limit.on, is_first=limit.limit.key == "first_core_group", starts_at=starts_at,
        place=place, booked_by_id=loaded_by,
    )  # fmt: skip
    return True


def _book_review(family, starts_at, ends_at, room, chair, loaded_by) -> bool:
    """The review is booked; whoever books it here has still to say whether the chair knows the case."""
    waiting = Conference.objects.filter(family=family, kind=ConferenceKind.REVIEW, state__in=TAKES_PLACE)
    if waiting.exclude(state=ConferenceState.HELD).exists():
        return False
    plans = list(ProtectionPlan.objects.filter(family=family, state=PlanState.OPEN))
    now = timezone.now()
    conference = Conference.objects.create(
        family=family, kind=ConferenceKind.REVIEW, state=ConferenceState.BOOKED,
        anchor_on=min(last_review_on(plan) or plan.started_on for plan in plans),
        due_on=min(plan.review_due_on for plan in plans), starts_at=starts_at, ends_at=ends_at, room=room, chair=chair,
        chair_knows_case=False, requested_by_id=loaded_by, requested_at=now, agreed_by_id=loaded_by, agreed_at=now,
        request_reason=f"Booked before this service kept the record; brought in on {in_words(timezone.localdate())}.",
    )  # fmt: skip
    under_plan = {plan.child_id for plan in plans}
    ConferenceChild.objects.bulk_create(
        ConferenceChild(
            conference=conference, child_id=child, included=child in under_plan,
            left_out_reason="" if child in under_plan else "No child protection plan to review.",
        )
        for child in Membership.objects.filter(family=family, part=Part.CHILD).values_list("person", flat=True)
    )  # fmt: skip
    return True
