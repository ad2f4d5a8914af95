"""From the enquiry to the end of the plans in a real browser, with what goes wrong at its worst moment."""

import pytest

from cpc.tests.examples import is_thorough
from cpc.tests.journeys.conftest import fits_a_phone, seen_once
from cpc.tests.journeys.rough_job import RoughJob

pytestmark = pytest.mark.django_db(transaction=True)
PRESETS = ("bexley", "haringey", "isle-of-wight")


@pytest.mark.parametrize("preset", PRESETS if is_thorough() else PRESETS[:1])
def test_everything_goes_wrong_and_every_journey_still_ends(main_job, axe, settings, preset):
    settings.CPC_PRESET = preset

    def check(page):
        axe(page)
        fits_a_phone(page)

    main_job(seen_once(check), RoughJob).whole()
