"""Calendar files: when and where a meeting is, for one reader. They name nobody else and no family. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress, vText


def calendar_file(
    *,
    uid: str,
    sequence: int,
    summary: str,
    starts_at: datetime,
    ends_at: datetime,
    stamped_at: datetime,
    place: str = "",
    words: str = "",
    organizer: str,
    cancelled: bool = False,
) -> str:
    """One calendar event as text. A change keeps ``uid`` and raises ``sequence``; a cancellation does both and is
    marked cancelled. ``addressed_to`` adds the reader. Raises ValueError for missing values or times without a time
    zone."""
    if not uid or not summary or not organizer or sequence < 0:
        raise ValueError("a calendar file needs a uid, a summary, an organizer and a sequence")
    if any(moment.tzinfo is None for moment in (starts_at, ends_at, stamped_at)) or ends_at <= starts_at:
        raise ValueError("a calendar file needs moments with their time zone, the end after the start")
    calendar = _calendar("CANCEL" if cancelled else "REQUEST")
    event = _event(uid, sequence, summary, starts_at, ends_at, stamped_at, place, organizer)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if words:
        event.add("description", vText(words))
    calendar.add_component(event)
    return calendar.to_ical().decode()


@dataclass(frozen=True)
class Entry:
    """One meeting in a diary: ``uid`` stays the same for its life, ``sequence`` rises with each change."""

    uid: str
    sequence: int
    summary: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""


def diary_file(entries: Iterable[Entry], *, stamped_at: datetime, organizer: str) -> str:
    """A whole diary as one calendar file, for a program that fetches it again and again."""
    calendar = _calendar("PUBLISH")
    for one in entries:
        event = _event(one.uid, one.sequence, one.summary, one.starts_at, one.ends_at, stamped_at, one.place, organizer)
        event.add("status", "CONFIRMED")
        calendar.add_component(event)
    return calendar.to_ical().decode()


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//CPC//child protection conferences//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(uid, sequence, summary, starts_at, ends_at, stamped_at, place, organizer) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", stamped_at.astimezone(UTC))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("summary", vText(summary))
    event.add("class", "PRIVATE")
    if place:
        event.add("location", vText(place))
    # A request without an organizer is refused by some calendars; the service's own shared address tells nothing.
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    return event


def addressed_to(text: str, address: str) -> str:
    """The same calendar file with its reader as the only attendee, by their address alone.

    The standard (RFC 5546) asks for one in a request and in a cancellation, and strict servers refuse a file without.
    """
    calendar = Calendar.from_ical(text)
    for event in calendar.walk("VEVENT"):
        attendee = vCalAddress(f"mailto:{address}")
        attendee.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"})
        event.pop("attendee", None)
        event.add("attendee", attendee, encode=0)
    return calendar.to_ical().decode()
