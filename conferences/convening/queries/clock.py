"""The stages on the way to a conference, each with its own day: counted back from the last day for the conference and
the notice that families need.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from conferences.convening.choices import TAKES_PLACE, TO_COME
from conferences.convening.choices import ConferenceState as S
from conferences.convening.queries.booking import limit_of
from cpc.core.kernel.dates import DAY
from cpc.core.kernel.deadlines import Due
from cpc.core.policy.queries import due


@dataclass(frozen=True)
class Stage:
    """One stage: by when, and when it was done. ``limit`` has the working, where the date follows from a limit.

    ``is_done`` alone where no day is recorded. ``is_statutory``: the date is set by law or national guidance.
    """

    name: str
    on: date
    limit: Due | None = None
    done_on: date | None = None
    is_done: bool = False
    is_statutory: bool = False


def notice_key(is_review: bool) -> str:
    """The key of the limit for inviting people before a conference."""
    return "invitation_review" if is_review else "invitation_initial"


def stage_due(key: str, last_day: date, is_review: bool = False) -> Due:
    """The day for a stage before the booking of a conference with this last day, with its working."""
    return due(key, due(notice_key(is_review), last_day).on)


def first_last_day_in_time(key: str, on: date, is_review: bool = False) -> date:
    """The first last day of a conference for which the stage is not late on that day: a query compares with it."""
    last_day = on
    while stage_due(key, last_day, is_review).on < on:
        last_day += DAY
    return last_day


def stages_of_enquiry(enquiry, last: Due) -> list[Stage]:
    """The stages from an enquiry to its conference, before one is requested. ``last``: the limit of the conference."""
    return [
        _outcome(enquiry, last.on),
        Stage("Request", *_before("conference_request", last.on)),
        Stage("Decision", *_before("conference_decision", last.on)),
        Stage("Booking", *_before("conference_booking", last.on)),
        *_notice(last.on),
        Stage("Conference", last.on, last, is_statutory=True),
    ]


def stages_on_the_way(row) -> list[Stage]:
    """The stages of an enquiry (an EnquiryRow), or of the conference that follows it; none once that is decided."""
    live = [one for one in row.conferences if one.state != S.CANCELLED]
    if live:
        return stages_of(live[0]) if live[0].state in TO_COME else []
    return stages_of_enquiry(row.enquiry, row.due) if not row.is_signed_off or row.needing else []


def stages_of(conference) -> list[Stage]:
    """The stages of one conference, from its enquiry where it has one. One query once it is booked."""
    last, review = conference.due_on, conference.is_review
    decided_at = conference.agreed_at or conference.declined_at
    found = [_outcome(conference.enquiry, last)] if conference.enquiry_id else []
    if not review:
        requested_on = timezone.localdate(conference.requested_at)
        decided_on = timezone.localdate(decided_at) if decided_at else None
        found += [
            Stage("Request", *_before("conference_request", last), done_on=requested_on),
            Stage("Decision", *_before("conference_decision", last), done_on=decided_on),
        ]
    booked = conference.state in TAKES_PLACE
    held_on = conference.held_on if booked else None
    return [
        *found,
        Stage("Booking", *_before("conference_booking", last, review), is_done=booked),
        *_notice(held_on or last, review, _invited_on(conference) if booked else None),
        Stage(
            "Conference", last, limit_of(conference), held_on if conference.state == S.HELD else None, is_statutory=True
        ),
    ]


def _outcome(enquiry, last: date) -> Stage:
    signed_on = timezone.localdate(enquiry.signed_off_at) if enquiry.signed_off_at else None
    return Stage("Outcome of the enquiry", *_before("enquiry_outcome", last), done_on=signed_on)


def _before(key: str, last: date, is_review: bool = False) -> tuple[date, Due]:
    found = stage_due(key, last, is_review)
    return found.on, found


def _notice(day: date, is_review: bool = False, invited_on: date | None = None) -> list[Stage]:
    """The invitations and the reports, counted back from the day of the conference, or from its last day."""
    invitations = due(notice_key(is_review), day)
    reports = due("report_to_family_review" if is_review else "report_to_family_initial", day)
    return [
        Stage("Invitations", invitations.on, invitations, invited_on),
        Stage("Reports to the family", reports.on, reports),
    ]


def _invited_on(conference) -> date | None:
    sent = conference.invitations.filter(sent_at__isnull=False).order_by("sent_at").values_list("sent_at", flat=True)
    first = sent.first()
    return timezone.localdate(first) if first else None
