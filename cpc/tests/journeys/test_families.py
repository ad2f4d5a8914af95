"""Families of every kind, each from its first page to the post, and what each reader's papers hold.

``PICTURES=folder bin/test --thorough cpc/tests/journeys/test_families.py`` saves each PDF, each of its pages
as a picture, and the main screens as wide as a desk's screen and a phone's.
"""

import os
import re
from pathlib import Path

import pypdfium2
import pytest

from cpc.tests.journeys.family_walk import FamilyWalk
from cpc.tests.journeys.households import FAMILIES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.thorough]


@pytest.mark.parametrize("household", FAMILIES, ids=lambda one: one.name)
def test_each_reader_of_a_family_is_posted_what_they_need_and_nothing_else(main_job, settings, household):
    settings.CPC_PRESET = "haringey"
    job = main_job(None, FamilyWalk)
    job.home = household
    if os.environ.get("PICTURES"):
        folder = Path(os.environ["PICTURES"]) / household.name
        folder.mkdir(parents=True, exist_ok=True)
        job.keep, job.show = pages_in(folder), screens_in(folder)
    job.whole()


def pages_in(folder):
    """Saves each page of each PDF there."""
    counts = {}

    def keep(reader, what, pdf):
        name = re.sub(r"\W+", "-", f"{reader}-{what}")
        counts[name] = counts.get(name, 0) + 1
        document = pypdfium2.PdfDocument(pdf)
        for number in range(len(document)):
            picture = document[number].render(scale=1.2).to_pil()
            picture.save(folder / f"pdf-{name}-{counts[name]}-{number + 1:02}.png")
        (folder / f"{name}-{counts[name]}.pdf").write_bytes(pdf)
        document.close()

    return keep


def screens_in(folder):
    """Saves the screen as wide as a desk's and as a phone's."""

    def show(name, person):
        own = person.page.viewport_size
        for width, height in ((1366, 768), (390, 844)):
            person.page.set_viewport_size({"width": width, "height": height})
            person.page.screenshot(path=folder / f"screen-{name}-{width}.png", full_page=True)
        person.page.set_viewport_size(own)

    return show
