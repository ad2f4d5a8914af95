"""How far a case has come, from the enquiry to the plan: the strip at the top of the pages of a case."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils import timezone

from conferences.convening.actions.enquiries import live_conferences
from conferences.convening.choices import CALLED_OFF, TAKES_PLACE, UNBOOKED, ConferenceKind
from conferences.convening.choices import ConferenceState as S
from conferences.convening.models import Conference, Enquiry
from conferences.convening.states import ENQUIRY, FINISHED, UNDER_WAY, WRITTEN
from conferences.plans.models import ProtectionPlan
from cpc.core.accounts.permissions import Viewer, can_see, seen_by
from cpc.core.web.guards import admits
from reports.outgoing.choices import RecordState
from reports.outgoing.models import ConferenceRecord


@dataclass(frozen=True)
class CaseStage:
    """One stage of a case. ``path`` is its page; "" if there is none yet or the viewer may not open it.

    ``is_of_family``: the page shows the family, which somebody who may see the conference alone may not open.
    """

    name: str
    is_done: bool
    on: date | None = None
    path: str = ""
    is_of_family: bool = False
    is_now: bool = False


def strip_of_conference(viewer: Viewer, conference) -> list[CaseStage]:
    """The stages of the case that this conference belongs to; none once it was cancelled or declined. A review has no
    enquiry of its own. Four queries at most.
    """
    state = conference.state
    if state in CALLED_OFF:
        return []
    page, is_held = reverse("conferences:conference", args=[conference.pk]), state == S.HELD
    record = ConferenceRecord.objects.filter(conference=conference).first() if is_held else None
    plan = _plan_after(conference) if is_held else None
    found = [
        CaseStage("Request", state != S.REQUESTED, timezone.localdate(conference.requested_at), _request(conference)),
        CaseStage("Booked", state in TAKES_PLACE, path=page if conference.starts_at else ""),
        CaseStage("Conference", is_held, conference.held_on, page if conference.starts_at else ""),
        CaseStage(
            "Record",
            bool(record and record.state == RecordState.APPROVED),
            path=reverse("reports:record", args=[conference.pk]) if is_held else "",
        ),
        CaseStage(
            "Plan" if plan or not is_held else "No plan",
            is_held,
            plan.started_on if plan else None,
            reverse("plans:family", args=[conference.family_id]) if plan else "",
            is_of_family=True,
        ),
    ]
    if not conference.is_review:
        found.insert(0, _enquiry_stage(conference.enquiry, is_done=True))
    return _for_viewer(viewer, conference.family, found)


def strip_of_enquiry(viewer: Viewer, enquiry) -> list[CaseStage]:
    """The stages of the case that began with this enquiry; none if it ended without a conference."""
    led_to = live_conferences(enquiry).select_related("enquiry__strategy_discussion", "family")
    conference = led_to.order_by("-pk").first()
    if conference is not None:
        return strip_of_conference(viewer, conference)
    state = ENQUIRY.now(enquiry)
    if state == FINISHED:
        return []
    later = [CaseStage(name, False) for name in ("Request", "Booked", "Conference", "Record", "Plan")]
    first = _enquiry_stage(enquiry, is_done=state not in (UNDER_WAY, WRITTEN))
    return _for_viewer(viewer, enquiry.family, [first, *later])


def strip_of_family(viewer: Viewer, family) -> list[CaseStage]:
    """The stages of the family’s latest case: of its latest enquiry, if that is later than its latest conference. A
    review counts once it is booked: until then the record and the plan of the conference before it matter more.
    """
    seen = seen_by(viewer, Conference).filter(family=family).exclude(state__in=CALLED_OFF)
    seen = seen.exclude(kind=ConferenceKind.REVIEW, state__in=UNBOOKED)
    conference = seen.select_related("enquiry__strategy_discussion", "family").order_by("-requested_at", "-pk").first()
    enquiries = Enquiry.objects.filter(family=family).select_related("strategy_discussion", "family")
    enquiry = enquiries.order_by("-strategy_discussion__held_on", "-pk").first()
    if conference is None:
        return strip_of_enquiry(viewer, enquiry) if enquiry else []
    if enquiry and enquiry.strategy_discussion.held_on > timezone.localdate(conference.requested_at):
        return strip_of_enquiry(viewer, enquiry)
    return strip_of_conference(viewer, conference)


def _enquiry_stage(enquiry, is_done) -> CaseStage:
    if enquiry is None:  # the family moved here under a plan of another authority
        return CaseStage("Enquiry", is_done)
    path = reverse("conferences:enquiry", args=[enquiry.pk])
    return CaseStage("Enquiry", is_done, enquiry.strategy_discussion.held_on, path, is_of_family=True)


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


def _for_viewer(viewer: Viewer, family, stages) -> list[CaseStage]:
    """``stages`` with the first that is not done marked as now, and without links to pages that refuse the viewer."""
    sees_family = can_see(viewer, family)
    now = next((one for one in stages if not one.is_done), None)

    def opens(one):
        return one.path and admits(viewer, one.path) and (sees_family or not one.is_of_family)

    return [replace(one, path=one.path if opens(one) else "", is_now=one is now) for one in stages]
