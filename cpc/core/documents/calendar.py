"""Calendar files: when and where a meeting is, for one reader. They name nobody else and no family. Pure."""

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
    calendar = Calendar()
    calendar.add("prodid", "-//CPC//child protection conferences//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", stamped_at.astimezone(UTC))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("summary", vText(summary))
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if place:
        event.add("location", vText(place))
    if words:
        event.add("description", vText(words))
    # A request without an organizer is refused by some calendars; the service's own shared address tells nothing.
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    calendar.add_component(event)
    return calendar.to_ical().decode()


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
