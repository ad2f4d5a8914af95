"""The main job, from an enquiry to the letters of a review, by people of every role in a real browser.

``.ci/run`` has it told over HTTP under other presets, which is quicker: ``CPC_PRESET=general bin/demo --check``.
"""

import pytest

from cpc.tests.journeys.conftest import fits_a_phone, seen_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_whole_main_job_and_every_page_is_accessible_and_fits_a_phone(main_job, axe, settings):
    settings.CPC_PRESET = "haringey"
    checked = []

    def check(page):
        axe(page)
        fits_a_phone(page)
        checked.append(page.url)

    job = main_job(seen_once(check))
    assert job.uses_danger_statement and job.uses_scale
    job.whole()
    assert len(checked) > 60, "too few kinds of page were looked at"
