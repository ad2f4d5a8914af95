"""From the enquiry to the end of the plans, with what goes wrong at its worst moment.

The story goes through the same pages as in a browser, but without one. The main job looks at each of its pages in a
browser, for accessibility and on a phone; here only the story counts. With ``--thorough`` it goes through a browser
too, under three presets.
``PICTURES=docs/pictures bin/test --thorough cpc/tests/journeys/test_rough_job.py -k "browser and bexley"`` takes the
pictures of ``docs/how-to`` again.
"""

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from cpc.tests.journeys.rough_job import RoughJob

pytestmark = pytest.mark.django_db(transaction=True)
PRESETS = ("bexley", "general", "haringey")


def test_everything_goes_wrong_and_every_journey_still_ends(over_http, settings):
    settings.CPC_PRESET = PRESETS[0]
    over_http(RoughJob).whole()


@pytest.mark.thorough
@pytest.mark.parametrize("preset", PRESETS)
def test_everything_goes_wrong_in_a_browser_and_every_journey_still_ends(main_job, settings, preset):
    settings.CPC_PRESET = preset
    job = main_job(None, RoughJob)
    if os.environ.get("PICTURES"):
        job.show = take_picture
    job.whole()


def take_picture(name, person):
    """A small picture of the whole page, as wide as a desk's screen."""
    person.page.set_viewport_size({"width": 1366, "height": 768})
    picture = Image.open(BytesIO(person.page.screenshot(full_page=True)))
    picture.quantize(64).save(Path(os.environ["PICTURES"]) / f"{name}.png", optimize=True)
