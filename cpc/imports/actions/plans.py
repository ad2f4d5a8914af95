"""The plans of our template are written, with what has happened since they began and what is booked. Inside an act."""

from collections import defaultdict

from django.utils import timezone

from conferences.convening.choices import COMING, ConferenceKind, ConferenceState
from conferences.convening.models import Conference, ConferenceChild, Room
from conferences.plans.actions.core_groups import import_core_groups
from conferences.plans.actions.earlier import recalculate_reviews
from conferences.plans.choices import EarlierKind, PlanState
from conferences.plans.models import EarlierEvent, ProtectionPlan
from conferences.plans.queries.reviews import last_reviews
from cpc.core.accounts.permissions import Viewer
from cpc.core.kernel.dates import in_words
from cpc.core.policy.queries import calendar, due, review_due
from cpc.imports.progress import in_parts, stretch
from cpc.imports.queries import families_by_number, moments, people_by_number, users_by_email
from cpc.imports.rules.columns import EVENTS, MEETINGS, PLANS
from families.cases.models import Family
from families.people.choices import Part
from families.people.models import Membership


def load_plans(rows, viewer: Viewer, tell) -> dict:
    """How many plans, events and booked meetings are new. ``tell`` is given per cents."""
    counts = defaultdict(int)
    _plans(rows.get(PLANS.name, ()), viewer, counts, stretch(tell, 0, 30))
    _events(list(rows.get(EVENTS.name, ())), viewer, counts, stretch(tell, 30, 80))
    _meetings(rows.get(MEETINGS.name, ()), viewer, counts, stretch(tell, 80, 100))
    return dict(counts)


def _plans(rows, viewer: Viewer, counts, tell) -> None:
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
    for part in in_parts(new, tell):
        ProtectionPlan.objects.bulk_create(part)
    counts["plans"] += len(new)


def _events(rows, viewer: Viewer, counts, tell) -> None:
    children = people_by_number({row["person_id"] for row in rows}, viewer)
    here = set(
        EarlierEvent.objects.filter(child__in={child["id"] for child in children.values()}).values_list(
            "child", "kind", "happened_on"
        )
    )
    new = [row for row in rows if (children[row["person_id"]]["id"], row["kind"], row["happened_on"]) not in here]
    for part in in_parts(new, stretch(tell, 0, 75)):
        EarlierEvent.objects.bulk_create(
            EarlierEvent(
                child_id=children[row["person_id"]]["id"], family_id=children[row["person_id"]]["family_id"],
                kind=row["kind"], happened_on=row["happened_on"], category=row["category"] or "",
                seen_alone=row["seen_alone"], note=row["note"] or "", entered_by_id=viewer.id,
            )
            for row in part
        )  # fmt: skip
    reviewed = sorted({children[row["person_id"]]["id"] for row in new if row["kind"] == EarlierKind.REVIEW})
    for part in in_parts(reviewed, stretch(tell, 75, 100)):
        recalculate_reviews(list(ProtectionPlan.objects.filter(state=PlanState.OPEN, child__in=part)))
    counts["events"] += len(new)


def _meetings(rows, viewer: Viewer, counts, tell) -> None:
    families = families_by_number({row["family_number"] for row in rows}, viewer)
    reviews, core_groups = {}, {}
    for row in rows:
        booked = core_groups if row["kind"] == "core_group" else reviews
        booked.setdefault(families[row["family_number"].casefold()].pk, row)
    for part in in_parts(core_groups.items(), stretch(tell, 0, 50)):
        booked = {family: (moments(row)[0], row["place"], _why_that_day(row["on"])) for family, row in part}
        counts["meetings"] += import_core_groups(by=viewer, booked=booked)
    for part in in_parts(reviews.items(), stretch(tell, 50, 100)):
        counts["meetings"] += _book_reviews(dict(part), viewer.id)


def _why_that_day(on) -> str:
    """Why a meeting that was booked elsewhere is on a bank holiday; "" on a working day."""
    return "" if calendar().is_working_day(on) else "It was booked for this day in the system it was brought in from."


def _book_reviews(rows, loaded_by) -> int:
    """Book the reviews. Each chair still has to declare whether they are independent.

    ``rows``: one row by the id of its family. A family that already has a review to come keeps that one.
    """
    reviews = Conference.objects.filter(family__in=rows, kind=ConferenceKind.REVIEW, state__in=COMING)
    booked = set(reviews.values_list("family", flat=True))
    rows = {family: row for family, row in rows.items() if family not in booked}
    rooms = {room.name: room for room in Room.objects.all()}
    chairs = users_by_email({row["chair_email"] for row in rows.values()})
    plans = defaultdict(list)
    for plan in ProtectionPlan.objects.filter(family__in=rows, state=PlanState.OPEN):
        plans[plan.family_id].append(plan)
    last = last_reviews([plan for each in plans.values() for plan in each])
    now, today = timezone.now(), in_words(timezone.localdate())
    new = {}
    for family, row in rows.items():
        starts_at, ends_at = moments(row)
        new[family] = Conference(
            family_id=family, kind=ConferenceKind.REVIEW, state=ConferenceState.BOOKED,
            anchor_on=min(last.get(plan.pk, plan.started_on) for plan in plans[family]),
            due_on=min(plan.review_due_on for plan in plans[family]), starts_at=starts_at, ends_at=ends_at,
            room=rooms[row["place"]], chair=chairs[row["chair_email"]], day_reason=_why_that_day(row["on"]),
            requested_by_id=loaded_by, requested_at=now, agreed_by_id=loaded_by, agreed_at=now,
            request_reason=f"Booked before this service kept the record; brought in on {today}.",
        )  # fmt: skip
    Conference.objects.bulk_create(new.values())
    children = Membership.objects.filter(family__in=new, part=Part.CHILD).values_list("family", "person")
    under_plan = {plan.child_id for each in plans.values() for plan in each}
    ConferenceChild.objects.bulk_create(
        ConferenceChild(
            conference=new[family], child_id=child, included=child in under_plan,
            left_out_reason="" if child in under_plan else "No child protection plan to review.",
        )
        for family, child in children
    )  # fmt: skip
    return len(new)
