"""The one rule that says which conferences count, for each child: dates, figures and reminders all use it."""

from conferences.convening.choices import ConferenceState, Outcome
from conferences.convening.models import ConferenceChild


def children_that_count():
    """The children of conferences that count for them as an initial conference or a review: it was held, and decided
    about the child.

    An adjourned conference, and an inquorate one that did not go ahead, decide nothing: closing refuses anything else.
    """
    held = ConferenceChild.objects.filter(included=True, conference__state=ConferenceState.HELD)
    return held.filter(decision__isnull=False).exclude(decision__outcome=Outcome.NOT_DECIDED)
