"""The chairs’ quality checks of reports: the last one of a report, and their count for the service."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from cpc.core.accounts.permissions import Viewer, few_seen_by
from reports.incoming.choices import ReportKind
from reports.incoming.models import QualityCheck
from reports.incoming.rules.quality import QUALITY


def last_check_of(viewer: Viewer, report) -> QualityCheck | None:
    """The last quality check of the report that the viewer may see, with how many questions were met."""
    found = few_seen_by(viewer, QualityCheck).filter(report=report).select_related("by").first()
    if found:
        found.asked, found.met = len(QUALITY), sum(getattr(found, name) for name in QUALITY)
    return found


@dataclass(frozen=True)
class QualityCount:
    """How many checked reports of one kind met each question, and how many were returned."""

    kind: str
    checked: int
    returned: int
    met: tuple[int, ...]


def quality_counts(since: date, until: date) -> list[QualityCount]:
    """The checks made from ``since`` to ``until``, by kind of report (one query). Numbers only: nobody is named."""
    rows = QualityCheck.objects.filter(at__date__range=(since, until)).order_by().values("report__kind")
    rows = rows.annotate(
        checked=Count("pk"),
        returned=Count("pk", filter=~Q(return_reason="")),
        **{f"met_{name}": Count("pk", filter=Q(**{name: True})) for name in QUALITY},
    )
    found = {row["report__kind"]: row for row in rows}
    return [
        QualityCount(
            kind.label, found[kind]["checked"], found[kind]["returned"],
            tuple(found[kind][f"met_{name}"] for name in QUALITY),
        )
        for kind in ReportKind
        if kind in found
    ]  # fmt: skip
