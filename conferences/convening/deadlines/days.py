"""Deadlines of conferences that are booked for a day that has become a bank holiday."""

from django.urls import reverse
from django.utils import timezone

from conferences.convening.choices import ConferenceState
from conferences.convening.deadlines.names import named, of_administrator, with_names
from conferences.convening.models import Conference
from cpc.core.kernel.duties import Duty, ids
from cpc.core.policy.asked_together import one_kind
from cpc.core.policy.queries import calendar


@one_kind
def on_new_bank_holidays(administrators, service, asked=None):
    """Conferences that were booked before their day was made a bank holiday: for the administrators, at once, to move
    them or to say why they stay. One query.
    """
    on = asked.on if asked else timezone.localdate()
    holidays = [day for day in calendar().closed if day >= on]
    found = Conference.objects.filter(
        state=ConferenceState.BOOKED, day_reason="", starts_at__date__gte=on, starts_at__date__in=holidays
    )
    if asked and not service & asked.whose:
        found = found.filter(of_administrator(asked.whose, administrators))
    for conference in with_names(found):
        yield Duty(
            kind="explain_bank_holiday",
            id=conference.pk,
            due_on=on,
            **named("Choose another day than the new bank holiday, or say why not, for", conference),
            path=reverse("conferences:move", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.administrator_id) or administrators,
            then=service,
        )
