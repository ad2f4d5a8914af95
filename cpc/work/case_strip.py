"""How far a case has come, from the enquiry to the plan: the strip at the top of the pages of a case."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from conferences.convening.choices import ConferenceKind
from conferences.convening.choices import ConferenceState as S
from conferences.convening.models import Conference, Enquiry
from conferences.convening.queries.enquiries import from_enquiry
from conferences.convening.states import ENQUIRY, FINISHED, UNDER_WAY, WRITTEN
from conferences.plans.models import ProtectionPlan
from cpc.core.accounts.permissions import Viewer, can_see, seen_by
from cpc.core.web.guards import admits
from reports.outgoing.choices import RecordState
from reports.outgoing.models import ConferenceRecord

ENDED_BEFORE = (S.CANCELLED, S.DECLINED)


@dataclass(frozen=True)
class Stage:
    """One stage of a case. ``path`` is its page; "" if there is none yet or the viewer may not open it."""

    name: str
    is_done: bool
    on: date | None = None
    path: str = ""
    is_now: bool = False


def strip_of_conference(viewer: Viewer, conference) -> list[Stage]:
    """The stages of the case that this conference belongs to; none once it was cancelled or declined. A review has no
    enquiry of its own. Four queries at most.
    """
    state = conference.state
    if state in ENDED_BEFORE:
        return []
    page, is_held = reverse("conferences:conference", args=[conference.pk]), state == S.HELD
    record = ConferenceRecord.objects.filter(conference=conference).first() if is_held else None
    plan = _plan_after(conference) if is_held else None
    found = [
        Stage("Request", state != S.REQUESTED, timezone.localdate(conference.requested_at), _request(conference)),
        Stage("Booked", state in (S.BOOKED, S.OPEN, S.HELD), path=page if conference.starts_at else ""),
        Stage("Held", is_held, conference.held_on, page if conference.starts_at else ""),
        Stage(
            "Record",
            bool(record and record.state == RecordState.APPROVED),
            path=reverse("reports:record", args=[conference.pk]) if is_held else "",
        ),
        Stage(
            "Plan" if plan or not is_held else "No plan",
            is_held,
            plan.started_on if plan else None,
            reverse("plans:family", args=[conference.family_id]) if plan else "",
        ),
    ]
    if not conference.is_review:
        found.insert(0, _enquiry_stage(conference.enquiry, is_done=True))
    return _for_viewer(viewer, conference.family, found)


def strip_of_enquiry(viewer: Viewer, enquiry) -> list[Stage]:
    """The stages of the case that began with this enquiry; none if it ended without a conference."""
    held = Conference.objects.filter(from_enquiry(enquiry)).exclude(state__in=ENDED_BEFORE)
    conference = held.select_related("enquiry__strategy_discussion", "family").order_by("-pk").first()
    if conference is not None:
        return strip_of_conference(viewer, conference)
    state = ENQUIRY.now(enquiry)
    if state == FINISHED:
        return []
    later = [Stage(name, False) for name in ("Request", "Booked", "Held", "Record", "Plan")]
    first = _enquiry_stage(enquiry, is_done=state not in (UNDER_WAY, WRITTEN))
    return _for_viewer(viewer, enquiry.family, [first, *later])


def strip_of_family(viewer: Viewer, family) -> list[Stage]:
    """The stages of the family’s latest case: of its latest enquiry, if that is later than its latest conference. A
    review counts once it is booked: until then the record and the plan of the conference before it matter more.
    """
    seen = seen_by(viewer, Conference).filter(family=family).exclude(state__in=ENDED_BEFORE)
    seen = seen.exclude(kind=ConferenceKind.REVIEW, state__in=(S.REQUESTED, S.AGREED))
    conference = seen.select_related("enquiry__strategy_discussion", "family").order_by("-requested_at", "-pk").first()
    enquiries = Enquiry.objects.filter(family=family).select_related("strategy_discussion", "family")
    enquiry = enquiries.order_by("-strategy_discussion__held_on", "-pk").first()
    if conference is None:
        return strip_of_enquiry(viewer, enquiry) if enquiry else []
    if enquiry and enquiry.strategy_discussion.held_on > timezone.localdate(conference.requested_at):
        return strip_of_enquiry(viewer, enquiry)
    return strip_of_conference(viewer, conference)


def _enquiry_stage(enquiry, is_done) -> Stage:
    if enquiry is None:  # the family moved here under a plan of another authority
        return Stage("Enquiry", is_done)
    path = reverse("conferences:enquiry", args=[enquiry.pk])
    return Stage("Enquiry", is_done, enquiry.strategy_discussion.held_on, path)


def _request(conference) -> str:
    name = "conferences:conference" if conference.is_review else "conferences:request"
    return reverse(name, args=[conference.pk])


def _plan_after(conference) -> ProtectionPlan | None:
    """The plan that a conference that was held made or let go on, also if it has ended since."""
    plans = ProtectionPlan.objects.filter(family=conference.family_id)
    if conference.is_review:
        plans = plans.filter(started_on__lte=conference.held_on).exclude(ended_on__lte=conference.held_on)
    else:
        plans = plans.filter(opened_by_conference=conference)
    return plans.order_by("started_on", "pk").first()


def _for_viewer(viewer: Viewer, family, stages) -> list[Stage]:
    """``stages`` with the first that is not done marked as now, and without links to pages that refuse the viewer."""
    sees_family, found, now = can_see(viewer, family), [], False
    for one in stages:
        is_now, now = not (one.is_done or now), now or not one.is_done
        is_open = one.path and admits(viewer, one.path)
        if is_open and one.name in ("Enquiry", "Plan") and not sees_family:
            is_open = False
        found.append(Stage(one.name, one.is_done, one.on, one.path if is_open else "", is_now))
    return found
