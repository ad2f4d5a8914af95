"""What every entry about protection shares: who records it, when it is agreed and when it is reviewed."""

from datetime import timedelta

from cpc.core.accounts.permissions import Permission
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import due

RECORD, AGREE = Permission.RECORD_PROTECTIONS, Permission.AGREE_PROTECTIONS
LONGEST = timedelta(days=366)


def agreement_by(by, family) -> dict:
    """The field that says who agreed: the user if they may agree, else nobody yet."""
    return {"agreed_by_id": by.id if by.may(AGREE, family) else None}


def checked_entry(by, *, source, reason, review_on, entry=None) -> dict:
    """The fields that every entry has. Raises Invalid if the reason is missing or the review date is impossible."""
    if not reason.strip():
        raise Invalid("Say why", "reason")
    if entry is None or review_on != entry.review_on:  # a day that has passed meanwhile may stay as it was
        review_on = check_review(by, review_on)
    given = {"source": source, "reason": reason.strip(), "review_on": review_on}
    return given if entry is not None else given | {"recorded_on": by.on}


def check_review(by, review_on):
    """The review date: after today and within a year; if none is given, the service's limit."""
    if review_on is None:
        return due("protection_review", by.on).on
    if review_on <= by.on:
        raise Invalid("The review date must be in the future", "review_on")
    if review_on - by.on > LONGEST:
        raise Invalid("Look at it again within a year", "review_on")
    return review_on
