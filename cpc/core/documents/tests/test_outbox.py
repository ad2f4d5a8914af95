import email
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from email import policy

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents import actions, sending, worker_notice
from cpc.core.documents.calendar import calendar_file
from cpc.core.documents.choices import Channel, OutgoingState
from cpc.core.documents.models import Outgoing
from cpc.core.documents.protected import protect_person
from cpc.core.documents.readers import Recipient
from cpc.core.documents.sending import drain
from cpc.core.documents.tasks import drain_outbox
from cpc.core.kernel.refusals import Invalid, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
WORKER = Recipient(kind="user", id=3, name="Petroc Vane")

NAMED_ACROSS_LINES = "\r\n".join(
    ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "SUMMARY:ro", " se patel", "END:VEVENT", "END:VCALENDAR", ""]
)


@pytest.fixture(autouse=True)
def nobody_asks(monkeypatch):
    monkeypatch.setattr(sending, "_questions", [])
    monkeypatch.setattr(worker_notice, "_down_until", 0.0)


def notice(by, key="notice:1", **changes):
    message = {
        "purpose": "notice",
        "channel": Channel.EMAIL,
        "recipient": WORKER,
        "to_address": "petroc@example.org",
        "subject": "A meeting has been arranged",
        "body": "Sign in to read about it.\n",
    }
    with acting(by, Permission.SET_UP):
        return actions.queue(by, key=key, **message | changes)


def received(postbox):
    return [email.message_from_bytes(content, policy=policy.default) for _, content in postbox.messages]


def test_a_message_leaves_once_to_one_recipient_in_plain_text(by, postbox):
    outgoing = notice(by)
    assert drain() == 1 and drain() == 0
    ((recipients, _),) = postbox.messages
    (message,) = received(postbox)
    assert recipients == ["petroc@example.org"] and message["To"] == "petroc@example.org"
    assert message.get_content_type() == "text/plain" and "Sign in to read" in message.get_content()
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.tries, outgoing.message_id) == (OutgoingState.SENT, 1, message["Message-ID"])


def test_a_calendar_file_is_attached_as_a_request(by, postbox):
    now = datetime(2026, 7, 1, 9, tzinfo=UTC)
    file = calendar_file(
        uid="m-1@example.org",
        sequence=1,
        summary="Meeting",
        starts_at=now,
        ends_at=now + timedelta(hours=2),
        stamped_at=now,
        organizer="conferences@example.org",
    )
    notice(by, calendar_file=file)
    drain()
    (message,) = received(postbox)
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "text/calendar" and attached.get_param("method") == "REQUEST"
    assert attached.get_filename() == "meeting.ics" and "SEQUENCE:1" in attached.get_content()


def test_the_same_key_again_changes_nothing(by, postbox):
    first, second = notice(by), notice(by, subject="Something else")
    assert first.pk == second.pk and second.subject == "A meeting has been arranged"
    drain()
    notice(by)
    assert drain() == 0 and len(postbox.messages) == 1


def test_a_message_queued_in_an_act_that_fails_never_leaves(by, postbox):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notice(by)
        raise ZeroDivisionError
    assert drain() == 0 and not Outgoing.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"recipient": Recipient(kind="user", id=None, name=" ")}, "nobody"),
        ({"to_address": ""}, "no email address for Petroc Vane"),
        ({"subject": "About\nBcc: x@example.org"}, "one line"),
        ({"subject": "About Rose Patel"}, "subject has “Rose Patel”"),
        ({"subject": "Rose’s meeting"}, "subject has “Rose’s”"),
        ({"body": "Mrs Patel will come."}, "words has “Patel”"),
        ({"calendar_file": NAMED_ACROSS_LINES}, "calendar file .SUMMARY. has"),
    ],
)
def test_an_email_to_nobody_or_that_names_a_child_is_refused(by, changes, said):
    with pytest.raises(Invalid, match=said):
        notice(by, must_not_name=protect_person("Rose", "Patel"), **changes)
    assert not Outgoing.objects.exists()


def test_a_name_given_as_words_counts_and_the_recipients_own_name_may_appear_in_the_words(by):
    with pytest.raises(Invalid):
        notice(by, subject="Rose", must_not_name=["Rose"])
    notice(by, body="Dear Petroc Vane", must_not_name=["Petroc"])
    with pytest.raises(Invalid):
        notice(by, key="other", subject="For Petroc", must_not_name=["Petroc"])


def test_refused_for_now_is_tried_again_later_and_at_last_fails(by, postbox):
    outgoing = notice(by)
    postbox.answers = ["451 Busy, try later"] * 6
    for minutes in sending.WAITS:
        assert drain() == 0
        outgoing.refresh_from_db()
        assert outgoing.state == OutgoingState.QUEUED and "451 Busy" in outgoing.why_failed
        wait = outgoing.next_try_at - timezone.now()
        assert timedelta(minutes=minutes) - wait < timedelta(seconds=20)
        assert drain() == 0  # not yet due, so not tried
        with acting(by, Permission.SET_UP):
            Outgoing.objects.update(next_try_at=timezone.now())
    drain()
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.tries) == (OutgoingState.FAILED, 6)
    actions.retry(by, outgoing=outgoing)
    assert drain() == 1


def test_refused_for_good_fails_at_once_says_why_and_the_rest_leave(by, postbox):
    bad, good = notice(by), notice(by, key="notice:2")
    postbox.answers = ["550 No such person"]
    assert drain() == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert bad.state == OutgoingState.FAILED and "550 No such person" in bad.why_failed
    assert good.state == OutgoingState.SENT


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_message_once(by, postbox):
    for number in range(12):
        notice(by, key=f"notice:{number}")

    def work():
        drain()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len({message["Message-ID"] for message in received(postbox)}) == len(postbox.messages) == 12


def test_the_apps_are_asked_again_at_the_moment_of_sending(by, postbox):
    sending.ask_before_sending(lambda outgoing: "The child has died." if outgoing.recipient_id == 3 else "")
    outgoing = notice(by)
    assert drain() == 0 and not postbox.messages
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.why_failed) == (OutgoingState.HELD, "The child has died.")


def test_the_demonstration_writes_to_nobody_outside_example_org(by, postbox, settings):
    settings.CPC_DEMO = True
    outside = notice(by, to_address="petroc@real.example.com")
    tricky = notice(by, key="2", to_address="petroc@notexample.org")
    inside = notice(by, key="3")
    assert drain() == 1
    states = [Outgoing.objects.get(pk=one.pk).state for one in (outside, tricky, inside)]
    assert states == [OutgoingState.HELD, OutgoingState.HELD, OutgoingState.SENT]


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_down_the_page_does_not_hang_and_the_message_waits(by, postbox, settings, caplog):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    began = time.monotonic()
    for number in range(5):
        notice(by, key=f"notice:{number}")
    assert time.monotonic() - began < 20  # a page that waited for the broker would hang for minutes
    assert "broker cannot be reached" in caplog.text
    assert Outgoing.objects.filter(state=OutgoingState.QUEUED).count() == 5
    assert drain_outbox() == 5  # what beat starts when the broker is back


def test_a_broker_that_never_answers_does_not_hang_the_page(settings, caplog):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{mute.getsockname()[1]}/0"
        began = time.monotonic()
        worker_notice.notify_worker()
        worker_notice.notify_worker()
    assert time.monotonic() - began < 20
    assert "broker cannot be reached" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_many_messages_in_one_act_notify_the_worker_once(by, monkeypatch):
    notified = []
    monkeypatch.setattr(worker_notice, "notify_worker", lambda: notified.append(1))
    with acting(by, Permission.SET_UP):
        for number in range(5):
            notice(by, key=f"notice:{number}")
        assert not notified
    assert notified == [1]


def test_posted_handed_returned_and_retried(by):
    with acting(by, Permission.SET_UP):
        posted = actions.queue(by, key="p", purpose="letter", channel=Channel.PRINT, recipient=WORKER)
        handed = actions.queue(by, key="h", purpose="letter", channel=Channel.HAND, recipient=WORKER)
    with pytest.raises(WrongState):
        actions.mark_handed(by, outgoing=posted)
    actions.mark_posted(by, outgoing=posted)
    actions.mark_handed(by, outgoing=handed)
    assert (posted.state, handed.sent_by_name) == (OutgoingState.SENT, "The system")
    with pytest.raises(WrongState):
        actions.mark_posted(by, outgoing=posted)
    actions.mark_returned(by, outgoing=posted, reason="Gone away")
    actions.retry(by, outgoing=posted)
    assert posted.state == OutgoingState.QUEUED


def test_what_is_on_the_portal_is_there_at_once_and_opening_it_is_kept(by):
    with acting(by, Permission.SET_UP):
        outgoing = actions.queue(by, key="r", purpose="record", channel=Channel.PORTAL, recipient=WORKER)
    assert outgoing.state == OutgoingState.SENT
    actions.mark_opened(by, outgoing=outgoing)
    first = outgoing.opened_at
    actions.mark_opened(by, outgoing=outgoing)
    actions.mark_collected(by, outgoing=outgoing)
    assert (outgoing.opened_at, outgoing.state) == (first, OutgoingState.COLLECTED)


def test_what_still_waits_about_a_record_is_withdrawn_and_what_left_is_not(by, postbox):
    from cpc.core.accounts.models import Team

    with acting(by, Permission.SET_UP):
        about, other = (Team.objects.create(name=name, kind="social_work") for name in ("A", "B"))
    gone = notice(by, about=about)
    drain()
    waits, reminder = notice(by, key="2", about=about), notice(by, key="3", about=about, purpose="reminder")
    elsewhere = notice(by, key="4", about=other)
    assert actions.withdraw(by, about=about, reason="Cancelled", purposes=["notice"]) == 1
    states = [Outgoing.objects.get(pk=one.pk).state for one in (gone, waits, reminder, elsewhere)]
    assert states == ["sent", "withdrawn", "queued", "queued"]


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_sends_what_an_act_queued_as_soon_as_it_is_committed(by, celery_worker, smtp_sink):
    outgoing = notice(by, key="notice:real")
    until = time.monotonic() + 20
    while outgoing.state != OutgoingState.SENT and time.monotonic() < until:
        time.sleep(0.1)
        outgoing.refresh_from_db()
    assert outgoing.state == OutgoingState.SENT, celery_worker.log.read_text(errors="replace")[-2000:]
    assert [message["Message-ID"] for message in smtp_sink.messages] == [outgoing.message_id]
