"""The list of conferences: what it may be narrowed to, and what each row says beside the booking."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, DateTimeField, F, Q
from django.db.models.functions import Cast, Coalesce

from conferences.convening.choices import COMING, NOT_OVER, TAKES_PLACE, UNBOOKED, Attendance
from conferences.convening.choices import ConferenceState as S
from conferences.convening.models import Conference, ConferenceChild, Invitation
from cpc.core.accounts.permissions import Permission as P
from cpc.core.accounts.permissions import Viewer, seen_by
from families.people.queries.search import families_meant
from reports.incoming.queries.arrived import is_in

TO_COME, WITH_A_DATE = "to_come", "all"
SHOWN = {TO_COME: "To come", **dict(S.choices), WITH_A_DATE: "All, latest first"}
READ = (
    "kind", "state", "starts_at", "due_on", "family__name", "chair__first_name", "chair__last_name", "room__name",
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to. ``show`` is a key of SHOWN, ``chair`` and ``room`` are ids or None."""

    show: str = TO_COME
    text: str = ""
    chair: int | None = None
    room: int | None = None
    is_late: bool = False


def conferences(viewer: Viewer, filters: Filters):
    """The conferences that the viewer may see: those to come by what comes next, by their day or (not booked yet) their
    last day; requests by their last day; all others by their day, the latest on top.
    """
    found = seen_by(viewer, Conference).select_related("family", "chair", "room").only(*READ)
    if filters.text:
        found = found.filter(_means(viewer, filters.text))
    if filters.chair:
        found = found.filter(chair=filters.chair)
    if filters.room:
        found = found.filter(room=filters.room)
    if filters.is_late:
        found = found.filter(_is_late(viewer))
    show = filters.show
    if show == WITH_A_DATE:
        found = found if filters.text else found.filter(starts_at__isnull=False)
        return found.order_by("-starts_at", "-id")
    if show in UNBOOKED:
        return found.filter(state=show).order_by("due_on", "id")
    if show == TO_COME:
        found = found.filter(state__in=NOT_OVER)
        return found.order_by(Coalesce("starts_at", Cast("due_on", DateTimeField())), "id")
    return found.filter(state=show).order_by("starts_at" if show == S.BOOKED else "-starts_at", "id")


def _means(viewer: Viewer, text: str) -> Q:
    if viewer.can(P.READ_FAMILY):
        return Q(family__in=families_meant(viewer, text))
    # Who sees no families has a few conferences, and may look through their names.
    return Q(family__name__icontains=text) | Q(family__case_number__icontains=text)


def _is_late(viewer: Viewer) -> Q:
    """Booked or held after its last day, or not booked though its last day has passed."""
    after = Q(state__in=TAKES_PLACE, starts_at__date__gt=F("due_on"))
    return after | Q(state__in=UNBOOKED, due_on__lt=viewer.on)


def with_numbers(rows) -> list[Conference]:
    """``rows`` as a list, each with ``children_shown`` ("2 children") and ``reports_shown`` ("3 of 5"), in words,
    because a template counts slowly. Three queries, two where none is to come.
    """
    rows = list(rows)
    included = ConferenceChild.objects.filter(conference__in=rows, included=True)
    children = Counter(included.values_list("conference", flat=True))
    coming = [one for one in rows if one.state in COMING]
    reports = _reports_of(coming) if coming else {}
    for one in rows:
        number = children[one.pk]
        one.children_shown = f"{number} {'child' if number == 1 else 'children'}"
        none = "None requested" if one.starts_at and not one.is_over else "–"
        one.reports_shown = "{1} of {0}".format(*reports[one.pk]) if one.pk in reports else none
    return rows


def _reports_of(conferences) -> dict[int, tuple[int, int]]:
    """How many reports each conference (its id) asked for, and how many of them are in."""
    asked = Invitation.objects.filter(conference__in=conferences, withdrawn_at__isnull=True, report_asked=True)
    asked = asked.exclude(attendance=Attendance.EXCLUDED)
    numbers = asked.order_by().values("conference").annotate(asked=Count("pk"), is_in=Count("pk", filter=is_in()))
    return {one["conference"]: (one["asked"], one["is_in"]) for one in numbers}
