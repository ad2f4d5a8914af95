from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from cpc.core.documents.calendar import addressed_to, calendar_file

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
        {"organizer": ""},
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


# What the standard for sending meetings (RFC 5546, 3.2.2 and 3.2.5) asks of each kind: exactly one of each.
ASKED = ("DTSTAMP", "ORGANIZER", "UID", "SEQUENCE", "DTSTART", "ATTENDEE", "SUMMARY", "STATUS")


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
@pytest.mark.parametrize("address", ["sam@example.org", "a.very.long.name.of.somebody.with.a.long.address@example.org"])
def test_a_file_has_what_the_standard_asks_and_its_reader_as_the_only_attendee(method, address):
    text = addressed_to(calendar_file(**MEETING | {"cancelled": method == "CANCEL"}), address)
    calendar = icalendar.Calendar.from_ical(text)
    assert (calendar["METHOD"], calendar["VERSION"]) == (method, "2.0") and calendar["PRODID"]
    [event] = calendar.walk("VEVENT")
    assert all(not isinstance(event[name], list) and event[name] is not None for name in ASKED)
    assert (str(event["ATTENDEE"]), str(event["ORGANIZER"])) == (f"mailto:{address}", "mailto:conferences@example.org")
    assert dict(event["ATTENDEE"].params) == {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}
    assert calendar.errors == event.errors == []


@pytest.mark.parametrize("cancelled", [False, True])
def test_a_second_parser_reads_the_same(cancelled):
    text = addressed_to(
        calendar_file(**MEETING | {"cancelled": cancelled, "words": "Łódź, or by phone; ask"}), "sam@example.org"
    )
    read = vobject.readOne(text)
    assert read.validate(raiseException=True)
    event = read.vevent
    assert [each.value for each in event.contents["attendee"]] == ["mailto:sam@example.org"]
    assert event.dtstart.value == MEETING["starts_at"] and event.dtend.value == MEETING["ends_at"]
    assert event.description.value == "Łódź, or by phone; ask"


def test_a_file_addressed_twice_still_has_one_attendee():
    text = addressed_to(addressed_to(calendar_file(**MEETING), "a@example.org"), "b@example.org")
    [event] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(event["ATTENDEE"]) == "mailto:b@example.org"


def test_every_line_is_short_and_ends_as_the_standard_says():
    long = calendar_file(**MEETING | {"words": "Ł" * 200, "place": "房间" * 60})
    lines = addressed_to(long, "sam@example.org").encode().split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= 75 and b"\n" not in line for line in lines)
