"""The one rule that says which conferences count, for each child: dates, figures and reminders all use it."""

from django.db.models import Exists, OuterRef

from conferences.convening.choices import ConferenceState, Outcome
from conferences.convening.models import Conference, ConferenceChild


def children_that_count():
    """The children of conferences that count for them as an initial conference or a review: it was held, and decided
    about the child.

    An adjourned conference, and an inquorate one that did not go ahead, decide nothing: closing refuses anything else.
    """
    held = ConferenceChild.objects.filter(included=True, conference__state=ConferenceState.HELD)
    return held.filter(decision__isnull=False).exclude(decision__outcome=Outcome.NOT_DECIDED)


def counts(conference) -> bool:
    """Whether the conference counts for any child. One query."""
    return children_that_count().filter(conference=conference).exists()


def conferences_that_decided():
    """Conferences that were held and decided about each child that they were about."""
    undecided = ConferenceChild.objects.filter(conference=OuterRef("pk"), included=True)
    undecided = undecided.exclude(pk__in=children_that_count().values("pk"))
    return Conference.objects.filter(~Exists(undecided), state=ConferenceState.HELD)
