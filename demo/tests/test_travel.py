"""The demonstration's clock: whatever day it is, no day of the demonstration is a Saturday or Sunday."""

from datetime import date

import pytest

from demo.travel import off_the_weekend

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize("days, lives", [(0, 0), (1, 3), (2, 3), (3, 3), (8, 10), (9, 10)])
def test_a_day_of_the_weekend_is_lived_on_the_monday_after_it(days, lives):
    assert off_the_weekend(days, FRIDAY) == lives
