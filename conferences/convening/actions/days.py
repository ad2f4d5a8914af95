"""On which days anybody meets: never on a Saturday or Sunday, on a bank holiday only for a reason."""

from datetime import date

from cpc.core.kernel.dates import SATURDAY, in_words
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import calendar


def reason_for_day(on: date, reason: str, *, earliest: date, on_field="held_on", reason_field="day_reason") -> str:
    """The reason to keep for meeting on that day: "" on a working day.

    Raises Invalid on a Saturday or Sunday, and on a bank holiday without a reason. ``earliest`` is the first day that
    may be proposed instead.
    """
    days, reason = calendar(), reason.strip()
    if days.is_working_day(on):
        return ""
    nearest = days.previous_working_day(on)
    nearest = nearest if nearest >= earliest else days.next_working_day(on)
    instead = f"The nearest working day is {in_words(nearest)}."
    if on.weekday() >= SATURDAY:
        raise Invalid(f"{in_words(on)} is not a working day. {instead}", on_field)
    if not reason:
        raise Invalid(f"{days.called(on)} is a bank holiday. Say why it must be that day. {instead}", reason_field)
    return reason
