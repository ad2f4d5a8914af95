"""What an invited person's calendar holds after two moves and a cancellation: two parsers and a calendar server."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from datetime import UTC, date, datetime

import icalendar
import pytest
import vobject

from conferences.convening.actions import booking as booking_actions
from conferences.convening.choices import CancelReason
from conferences.tests.builders import an_invited_conference, at, booking, everything_leaves
from conftest import free_port
from cpc.core.documents.models import Outgoing

DAYS = (date(2026, 12, 2), date(2026, 12, 4), date(2026, 12, 3))  # booked, moved, and moved again
SIGNED_IN = {"Authorization": f"Basic {b64encode(b'school:').decode()}"}


class CalendarServer:
    """A CalDAV server with one calendar, and the little of a calendar program that stores what comes by e-mail."""

    def __init__(self, port):
        self.address = f"http://127.0.0.1:{port}/school/calendar/"

    def ask(self, method, path="", body="", **headers):
        """What the server answers: the status, the text and the headers."""
        request = urllib.request.Request(self.address + path, body.encode() or None, SIGNED_IN | headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode(), answer.headers
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode(), refused.headers

    def put(self, name, text):
        """Stores a file that came by e-mail. A calendar holds no METHOD (RFC 4791, 4.1): the program takes it off."""
        stored = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("METHOD:"))
        found, _, headers = self.ask("GET", name)
        only = {"If-Match": headers["ETag"]} if found == 200 else {"If-None-Match": "*"}
        return self.ask("PUT", name, stored, **{"Content-Type": "text/calendar; charset=utf-8"} | only)[0]

    def entries(self):
        """Everything in the calendar, read back by the names under which it is stored."""
        body = '<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
        _, listed, _ = self.ask("PROPFIND", body=body, Depth="1")
        paths = [part.split("<")[0] for part in listed.split("href>")[1:] if ".ics" in part.split("<")[0]]
        return [
            event
            for path in paths
            for event in icalendar.Calendar.from_ical(self.ask("GET", path.rpartition("/")[2])[1]).walk("VEVENT")
        ]


@pytest.fixture
def calendar_server(tmp_path):
    """A real server, with an empty calendar."""
    port = free_port()
    command = [sys.executable, "-m", "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{port}"]
    command += ["--auth-type", "none", "--web-type", "none"]
    command += ["--storage-filesystem-folder", tmp_path, "--storage-strict-preconditions", "True"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    server = CalendarServer(port)
    until = time.monotonic() + 30
    while True:
        try:
            made, *_ = server.ask("MKCALENDAR")
            break
        except OSError:
            assert process.poll() is None and time.monotonic() < until, (tmp_path / "log").read_text()
            time.sleep(0.1)
    assert made == 201
    yield server
    process.terminate()
    process.wait(10)


def files_after_two_moves_and_a_cancellation():
    """The calendar files that the school got, in the order in which they left."""
    convened = an_invited_conference()
    by, conference = convened.by("administrator"), convened.conference
    for day in DAYS[1:]:
        everything_leaves()
        booking_actions.move(
            by=by, conference=conference, reason="venue", agreed_by="Ann", **booking(convened.council, on=day)
        )
    everything_leaves()
    booking_actions.cancel(by=by, conference=conference, reason=CancelReason.FAMILY_ILL, agreed_by="Ann")
    school = convened.council.professionals.school
    sent = Outgoing.objects.filter(recipient_kind="user", recipient_id=school.pk).exclude(calendar_file="")
    return list(sent.order_by("pk").values_list("calendar_file", flat=True))


@pytest.mark.django_db
def test_a_calendar_holds_one_entry_with_the_day_of_the_last_move_and_then_none_that_takes_place(calendar_server):
    files = files_after_two_moves_and_a_cancellation()
    assert len(files) == 4
    for number, text in enumerate(files):
        day, cancelled = DAYS[min(number, 2)], number == 3
        starts_at, status = at(day).astimezone(UTC), "CANCELLED" if cancelled else "CONFIRMED"
        [one] = icalendar.Calendar.from_ical(text).walk("VEVENT")
        other = vobject.readOne(text)
        assert other.validate(raiseException=True)
        assert one["DTSTART"].dt == other.vevent.dtstart.value == starts_at
        assert str(one["STATUS"]) == other.vevent.status.value == status
        assert int(one["SEQUENCE"]) == int(other.vevent.sequence.value) == number
        assert other.method.value == ("CANCEL" if cancelled else "REQUEST")

        assert calendar_server.put(f"{one['UID']}.ics", text) in (201, 204)
        [stored] = calendar_server.entries()
        assert (stored["DTSTART"].dt, str(stored["STATUS"]), int(stored["SEQUENCE"])) == (starts_at, status, number)


@pytest.mark.django_db
def test_the_server_refuses_the_same_meeting_a_second_time_and_a_file_without_its_number(calendar_server):
    first = files_after_two_moves_and_a_cancellation()[0]
    assert calendar_server.put("first.ics", first) == 201
    assert calendar_server.put("second.ics", first) == 409
    without = "".join(line for line in first.splitlines(keepends=True) if not line.startswith("UID:"))
    assert calendar_server.put("third.ics", without.replace("DTSTART", "NOSTART")) == 400
    [stored] = calendar_server.entries()
    assert stored["DTSTART"].dt == datetime(2026, 12, 2, 10, tzinfo=UTC)
