"""The main job, from an enquiry to the letters of a review, by people of every role in a real browser."""

import pytest

from cpc.tests.journeys.conftest import PHONE, fits, seen_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_whole_main_job_under_haringeys_preset_and_every_page_is_accessible(main_job, axe, settings):
    settings.CPC_PRESET = "haringey"
    job = main_job(seen_once(axe))
    assert job.uses_danger_statement and job.uses_scale
    job.whole()


def test_the_whole_main_job_under_the_general_preset_on_a_phone(main_job, settings):
    settings.CPC_PRESET = "general"
    job = main_job(seen_once(fits), **PHONE)
    assert not job.uses_danger_statement and not job.uses_scale
    job.whole()
