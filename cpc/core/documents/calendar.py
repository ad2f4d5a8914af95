"""Calendar files that name no attendee and no family: a busy time, where, and nothing that tells whose it is. Pure."""

from datetime import UTC, datetime

from icalendar import Calendar, Event, vText


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
    organizer: str = "",
    cancelled: bool = False,
) -> str:
    """One event as text. A change keeps ``uid`` and raises ``sequence``; a cancellation does both and says so."""
    if not uid or not summary or sequence < 0:
        raise ValueError("a calendar file needs a uid, a summary and a sequence")
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
    if organizer:
        # A request without an organizer is refused by some calendars; the service's own shared address tells nothing.
        event.add("organizer", f"mailto:{organizer}")
    calendar.add_component(event)
    return calendar.to_ical().decode()
