"""How a child is heard, by their age on the day of the conference: the rule. No database."""

from datetime import date
from types import SimpleNamespace

import pytest

from conferences.convening.choices import Participation
from conferences.convening.rules.childs_voice import Voice, how_took_part, voice_of, ways_to_take_part

HELD_ON = date(2026, 12, 2)


def a_child(born_on=None, expected_on=None):
    return SimpleNamespace(born_on=born_on, expected_on=expected_on)


@pytest.mark.parametrize(
    "child, voice",
    [
        (a_child(expected_on=date(2027, 2, 3)), Voice.UNBORN),
        (a_child(expected_on=date(2026, 11, 1)), Voice.UNBORN),  # overdue, and not born as far as anybody knows
        (a_child(born_on=date(2026, 12, 3)), Voice.UNBORN),  # born the day after: it is being written up
        (a_child(born_on=date(2026, 12, 2)), Voice.OBSERVED),
        (a_child(born_on=date(2022, 12, 3)), Voice.OBSERVED),  # four tomorrow
        (a_child(born_on=date(2022, 12, 2)), Voice.VIEWS),
        (a_child(born_on=date(2016, 12, 3)), Voice.VIEWS),  # ten tomorrow
        (a_child(born_on=date(2016, 12, 2)), Voice.FORM),
        (a_child(born_on=date(2009, 1, 1)), Voice.FORM),
        (a_child(), Voice.FORM),  # of any age
    ],
)
def test_how_a_child_is_heard_follows_from_the_age_on_the_day(child, voice):
    assert voice_of(child, HELD_ON) == voice


def test_the_code_for_under_four_follows_from_the_age_and_is_never_chosen():
    assert how_took_part(Voice.OBSERVED, "") == how_took_part(Voice.OBSERVED, "PN6") == "PN0"
    assert [how_took_part(Voice.VIEWS, code) for code in ("", "PN0", "PN6")] == ["", "", "PN6"]
    assert how_took_part(Voice.UNBORN, "PN0") == ""
    for voice in (Voice.UNBORN, Voice.OBSERVED):
        assert not voice.takes_part and ways_to_take_part(voice) == []
    for voice in (Voice.VIEWS, Voice.FORM):
        assert set(Participation) - set(ways_to_take_part(voice)) == {Participation.PN0}
