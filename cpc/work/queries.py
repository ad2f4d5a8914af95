"""What the first pages and the page of performance read."""

from datetime import datetime, time

from django.db.models import Case, Count, Exists, F, OuterRef, Q, TextField, Value, When
from django.utils import timezone

from conferences.convening.choices import COMING, BookingPart, CancelReason, NotDecidedReason, Outcome, Reply
from conferences.convening.choices import ConferenceState as S
from conferences.convening.models import BookingChange, Conference, Invitation
from conferences.convening.models.changes import REASONS
from conferences.convening.queries.counting import children_that_count
from conferences.meeting.models import Decision
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Permission as P
from cpc.core.accounts.permissions import Viewer, few_seen_by, seen_by
from cpc.core.audit.models import Event
from families.cases.models import DeclaredConflictEvent, EmergencyAccessEvent, Family, FamilyEvent

# A user who may not read what such an act is about does not read its reason: it may say where somebody lives, or
# what was said for the chair alone.
READ_WITH = {
    P.RECORD_CONTACT_DETAILS: P.READ_CONTACT_DETAILS,
    P.RECORD_PROTECTIONS: P.READ_PROTECTIONS,
    P.AGREE_PROTECTIONS: P.READ_PROTECTIONS,
    P.HOLD_CONFERENCE: P.HOLD_CONFERENCE,
    P.DRAFT_RECORD: P.DRAFT_RECORD,
    P.APPROVE_RECORD: P.DRAFT_RECORD,
}


def people_covered_by(viewer: Viewer):
    """The people that the viewer covers for today: what they must do is on the viewer's list too."""
    return User.objects.filter(pk__in=viewer.stands_in_for).order_by("last_name") if viewer.stands_in_for else ()


def coming(viewer: Viewer, limit=8):
    """The next conferences that concern the viewer: a chair's own, an administrator's service, a worker's families."""
    today = datetime.combine(viewer.on, time.min, tzinfo=timezone.get_current_timezone())
    found = seen_by(viewer, Conference).filter(state__in=COMING, starts_at__gte=today)
    if viewer.holds(Role.CHAIR) and not viewer.holds(Role.ADMINISTRATOR, Role.SERVICE_MANAGER):
        found = found.filter(chair=viewer.id)
    if not viewer.holds(Role.PROFESSIONAL):
        away = Invitation.objects.filter(reply=Reply.STAYS_AWAY, withdrawn_at__isnull=True, conference=OuterRef("pk"))
        found = found.annotate(somebody_stays_away=Exists(away))
    return found.select_related("family", "chair", "room").order_by("starts_at", "id")[:limit]


def timeliness(viewer: Viewer, since):
    """Of the conferences since that day that count for a child: how many, and how many by the last day of their limit,
    by kind.
    """
    first_moment = datetime.combine(since, time.min, tzinfo=timezone.get_current_timezone())
    counts = Exists(children_that_count().filter(conference=OuterRef("pk")))
    held = seen_by(viewer, Conference).filter(counts, state=S.HELD, starts_at__gte=first_moment)
    in_time = Count("id", filter=Q(starts_at__date__lte=F("due_on")))
    return held.order_by("kind").values("kind").annotate(held=Count("id"), in_time=in_time)


def changes_of_bookings(viewer: Viewer, since) -> list[tuple[str, str, int]]:
    """Why conferences that the viewer may see were moved, given another chair, adjourned or cancelled since that day:
    (what, why, how many), the most frequent first. Three queries.
    """
    first_moment = datetime.combine(since, time.min, tzinfo=timezone.get_current_timezone())
    seen = seen_by(viewer, Conference).order_by()
    changed = BookingChange.objects.filter(made_at__gte=first_moment, conference__in=seen.values("pk"))
    adjourned = Decision.objects.filter(
        outcome=Outcome.NOT_DECIDED, decided_at__gte=first_moment, conference_child__conference__in=seen.values("pk")
    )
    found = [
        *(
            (BookingPart(part).label, dict(REASONS)[reason], times)
            for part, reason, times in changed.order_by().values_list("part", "reason").annotate(Count("pk"))
        ),
        *(
            ("No decision made", NotDecidedReason(reason).label, times)
            for reason, times in adjourned.order_by()
            .values_list("not_decided_reason")
            .annotate(Count("conference_child__conference", distinct=True))
        ),
        *(
            ("Cancelled", CancelReason(reason).label, times)
            for reason, times in seen.filter(state=S.CANCELLED, cancelled_at__gte=first_moment)
            .values_list("cancel_reason")
            .annotate(Count("pk"))
        ),
    ]
    return sorted(found, key=lambda row: (-row[2], row))


def trail(viewer: Viewer, family):
    """What was done about a family, its conferences and who may see it, newest first, as far as the viewer may know.

    ``event.why`` is the reason that was given; nothing where its words may hold what the viewer may not read.
    """
    conferences = family.conferences.order_by().values("pk")
    acts = Event.objects.order_by().values("pk")
    about = acts.filter(about_kind="cases.family", about_id=family.pk)
    of_conferences = acts.filter(about_kind="convening.conference", about_id__in=conferences)
    # An act that made something could not name the family yet, or must not: the history knows which act that was.
    made = FamilyEvent.objects.filter(pgh_obj=family, pgh_label="insert").values("pgh_context_id")
    opened = EmergencyAccessEvent.objects.filter(family=family.pk).values("pgh_context_id")
    known = DeclaredConflictEvent.objects.filter(family=family.pk).values("pgh_context_id")
    others = [acts.filter(pk__in=found) for found in (made, opened, known)]
    about = about.union(of_conferences, *others, all=True)
    hidden = [act.value for act, reading in READ_WITH.items() if not viewer.can(reading)]
    found = Event.objects.filter(pk__in=about, part_of__isnull=True)
    why = Case(When(act__in=hidden, then=Value("")), default=F("reason"), output_field=TextField())
    return found.annotate(why=why).order_by("-at", "id")


def only_seen(viewer: Viewer, duties):
    """Those of ``duties`` that are about a family the viewer may see. One query."""
    wanted = {duty.family_id for duty in duties}
    seen = set(few_seen_by(viewer, Family).filter(pk__in=wanted).values_list("pk", flat=True))
    return [duty for duty in duties if duty.family_id in seen]
