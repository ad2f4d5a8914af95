from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest

from cpc.core.documents.calendar import calendar_file

LONDON = ZoneInfo("Europe/London")
MEETING = {
    "uid": "conference-12@example.org",
    "sequence": 0,
    "summary": "Meeting",
    "starts_at": datetime(2026, 7, 1, 10, 0, tzinfo=LONDON),
    "ends_at": datetime(2026, 7, 1, 12, 0, tzinfo=LONDON),
    "stamped_at": datetime(2026, 6, 1, 9, 0, tzinfo=UTC),
    "place": "Harrowmere House, room 4; ask at the desk",
    "organizer": "conferences@example.org",
}


def test_an_invitation_is_in_utc_and_names_nobody():
    text = calendar_file(**MEETING)
    event = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    assert "METHOD:REQUEST\r\n" in text and "DTSTART:20260701T090000Z" in text and "DTEND:20260701T110000Z" in text
    assert event["UID"] == "conference-12@example.org" and event["SEQUENCE"] == 0
    assert "DTSTAMP:20260601T090000Z" in text
    assert "ATTENDEE" not in text
    assert str(event["LOCATION"]) == "Harrowmere House, room 4; ask at the desk"


def test_a_change_keeps_the_uid_and_a_cancellation_says_so():
    moved = calendar_file(**MEETING | {"sequence": 1})
    gone = calendar_file(**MEETING | {"sequence": 2, "cancelled": True})
    assert "SEQUENCE:1" in moved and "conference-12@example.org" in moved
    assert "METHOD:CANCEL" in gone and "STATUS:CANCELLED" in gone and "SEQUENCE:2" in gone


@pytest.mark.parametrize(
    "wrong",
    [
        {"uid": ""},
        {"summary": ""},
        {"sequence": -1},
        {"starts_at": MEETING["starts_at"].replace(tzinfo=None)},
        {"ends_at": MEETING["starts_at"]},
    ],
)
def test_a_calendar_file_that_cannot_be_right_is_not_made(wrong):
    with pytest.raises(ValueError):
        calendar_file(**MEETING | wrong)


def test_a_long_line_of_words_cannot_add_a_line_of_its_own():
    text = calendar_file(**MEETING | {"words": "Come.\r\nATTENDEE:mailto:a@example.org"})
    assert not any(line.startswith("ATTENDEE") for line in text.split("\r\n"))
