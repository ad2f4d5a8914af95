"""Who saves second is told what the first saved, and nothing that they typed is lost."""

from types import SimpleNamespace

import pytest

from cpc.core.audit.versions import next_version
from cpc.core.kernel.refusals import Stale

ROW = SimpleNamespace(version=3, text="The first.")


@pytest.mark.parametrize("seen", [3, "3", None])
def test_a_page_that_showed_the_row_as_it_is_saves_the_next_version(seen):
    assert next_version(ROW, seen, "Too late.", mine="Mine.") == 4


@pytest.mark.parametrize("seen", [2, "2", 0, 4, "", "no version"])
def test_a_page_that_showed_anything_else_is_refused_with_both_texts(seen):
    with pytest.raises(Stale) as refused:
        next_version(ROW, seen, "Too late.", mine="Mine.", theirs=lambda: ROW.text)
    found = refused.value
    assert (found.sentence, found.mine, found.theirs, found.version) == ("Too late.", "Mine.", "The first.", 3)


def test_a_row_that_is_not_there_yet_is_begun_once():
    assert next_version(None, 0, "Too late.", mine="Mine.") == 1
    with pytest.raises(Stale):
        next_version(None, 1, "Too late.", mine="Mine.")
