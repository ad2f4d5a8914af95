"""The state of a requested report: what came, when, and what was done to get it."""

from datetime import date

from reports.incoming.choices import ReportStatus, Step

ENDED = {Step.ORALLY: ReportStatus.ORALLY, Step.NOT_GIVEN: ReportStatus.NOT_GIVEN}


def status_of(last: str, due_on: date | None, today: date, received_on: date | None, as_file: bool) -> str:
    """The state of a requested report; empty if its own state says it: it is being written, or came in time.

    ``last`` is the last step; ``received_on`` the day on which it first came.
    """
    if received_on:
        if due_on and received_on > due_on:
            return ReportStatus.RECEIVED_LATE
        return ReportStatus.AS_FILE if as_file else ""
    if last in ENDED:
        return ENDED[Step(last)]
    if due_on and due_on < today:
        return ReportStatus.LATE
    return ReportStatus.CHASED if last in (Step.CHASED, Step.AGAIN) else ""
