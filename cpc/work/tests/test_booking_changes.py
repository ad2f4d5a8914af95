"""Why bookings were changed, counted for the service."""

from datetime import date, timedelta

import pytest

from conferences.convening.actions import booking as booking_actions
from conferences.convening.models import Conference
from conferences.tests.builders import a_booked_conference, booking, change_chair
from cpc.core.accounts.tests.builders import TODAY
from cpc.work.queries import changes_of_bookings

pytestmark = pytest.mark.django_db


def test_why_bookings_are_changed_is_counted_and_the_last_day_never_moves():
    convened = a_booked_conference()
    due_on, by = convened.conference.due_on, convened.by("administrator")
    for on in (date(2026, 12, 3), date(2026, 12, 4)):
        booking_actions.move(
            by=by, conference=convened.conference, reason="quorum", agreed_by="Ann", **booking(convened.council, on=on)
        )
    change_chair(convened, convened.council.users.other_chair)
    booking_actions.cancel(by=by, conference=convened.conference, reason="death", agreed_by="Ann")
    assert Conference.objects.get(pk=convened.conference.pk).due_on == due_on
    counted = {(what, why): times for what, why, times in changes_of_bookings(by, TODAY - timedelta(days=1))}
    assert counted == {
        ("Moved to another time or place", "Too few agencies can come"): 2,
        ("Chair changed", "The chair is unavailable"): 1,
        ("Cancelled", "A death"): 1,
    }
    barred = convened.by("other_manager")
    assert changes_of_bookings(barred, TODAY - timedelta(days=1)) == []
