"""What happens to messages when the mail server, the worker or the database fails. The server is a real one."""

import socket
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents import actions, sending
from cpc.core.documents.choices import OutgoingState
from cpc.core.documents.models import MailQueue, Outgoing
from cpc.core.documents.sending import drain
from cpc.core.documents.tests.test_outbox import nobody_asks, notice, received  # noqa: F401
from cpc.core.kernel.refusals import WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
REFUSED_FOR_NOW = "451 4.3.0 Local error, try later"
REFUSED_FOR_GOOD = "554 5.7.1 Service unavailable"


def notices(by, number):
    return [notice(by, key=f"notice:{one}") for one in range(number)]


def states():
    return sorted(Outgoing.objects.values_list("state", flat=True))


def why():
    return MailQueue.objects.current().waits_why


def later(by, **passed):
    """Time passes for the queue and for every message that waits or is being sent."""
    passed = timedelta(**passed or {"minutes": 30})
    MailQueue.objects.filter(next_try_at__isnull=False).update(next_try_at=F("next_try_at") - passed)
    with acting(by, Permission.SET_UP):
        Outgoing.objects.update(next_try_at=F("next_try_at") - passed, claimed_at=F("claimed_at") - passed)


# --- Faults of the server: the queue waits, and no message is spoilt ------------------------------------------------


def refuse_sign_in(postbox, settings):
    postbox.signs_in = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = "cpc"


SERVER_FAULTS = {
    "554 as its greeting": (lambda box, settings: setattr(box, "greeting", "554 No mail today"), "554 No mail today"),
    "421 as its greeting": (lambda box, settings: setattr(box, "greeting", "421 Shutting down"), "421 Shutting down"),
    "535 at sign-in": (refuse_sign_in, "535"),
    "a sender that it does not accept": (
        lambda box, settings: box.sender_answers.extend(["553 5.7.1 <cpc@example.org> rejected"] * 9),
        "553 5.7.1 <…> rejected",
    ),
    "454 to a recipient": (lambda box, settings: box.answers.extend(["454 4.7.0 TLS not now"] * 9), "454"),
    "421 in the middle": (lambda box, settings: box.answers.extend(["421 4.3.2 Stopping"] * 9), "421 4.3.2 Stopping"),
    "530 to a recipient": (lambda box, settings: box.answers.extend(["530 5.7.0 Sign in first"] * 9), "530"),
    "a refused connection": (lambda box, settings: setattr(settings, "EMAIL_PORT", 9), "refused the connection"),
    "a name that does not exist": (
        lambda box, settings: setattr(settings, "EMAIL_HOST", "mail.invalid"), "Its name is not known"
    ),
    "no encryption where it is asked for": (
        lambda box, settings: setattr(settings, "EMAIL_USE_TLS", True), "It cannot be used as EMAIL_URL says (STARTTLS"
    ),
    "554 after the text, three times": (lambda box, settings: box.data_answers.extend([REFUSED_FOR_GOOD] * 9), "554"),
    "550 unknown, three times": (lambda box, settings: box.answers.extend(["550 unknown"] * 9), "550 unknown"),
    "no relaying": (lambda box, settings: box.answers.extend(["550 Relay not permitted"] * 9), "550 Relay"),
    "451 after the text, three times": (lambda box, settings: box.data_answers.extend([REFUSED_FOR_NOW] * 9), "451"),
}  # fmt: skip


@pytest.mark.parametrize("fault", SERVER_FAULTS)
def test_a_fault_of_the_server_delays_every_message_and_spoils_none(by, postbox, settings, fault):
    notices(by, 5)
    port, host = settings.EMAIL_PORT, settings.EMAIL_HOST
    break_it, says = SERVER_FAULTS[fault]
    break_it(postbox, settings)
    for _ in range(3):
        assert drain() == 0
        later(by)
    assert states() == ["queued"] * 5 and says in why()
    assert set(Outgoing.objects.values_list("tries", flat=True)) == {0}
    assert "example.org" not in why(), "the administrator of the system must not read addresses"
    postbox.__init__()
    settings.EMAIL_PORT, settings.EMAIL_HOST, settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS = port, host, "", False
    assert drain() == 5 and states() == ["sent"] * 5
    assert len(postbox.messages) == 5 and why() == ""


def test_a_server_that_does_not_answer_delays_the_messages(by, postbox, settings):
    settings.EMAIL_TIMEOUT = 0.3
    with socket.create_server(("127.0.0.1", 0)) as mute:
        settings.EMAIL_PORT = mute.getsockname()[1]
        notices(by, 2)
        assert drain() == 0
    assert states() == ["queued"] * 2 and "did not answer in time" in why()


def test_while_the_queue_waits_nothing_is_tried_and_the_pauses_grow(by, postbox, caplog):
    notices(by, 1)
    postbox.greeting = "554 No"
    for minutes in (*sending.PAUSES, sending.PAUSES[-1]):
        drain()
        mail = MailQueue.objects.current()
        assert timedelta(minutes=minutes) - (mail.next_try_at - timezone.now()) < timedelta(seconds=20)
        postbox.greeting, greeting = "", postbox.greeting
        assert drain() == 0, "not yet due"
        postbox.greeting = greeting
        later(by)
    assert caplog.text.count("takes no mail now") == 1, "one fault is one line of the log"


def test_somebody_can_try_the_server_again_at_once(by, postbox):
    notices(by, 1)
    postbox.greeting = "554 No"
    drain()
    postbox.greeting = ""
    assert drain() == 0
    actions.try_now(by)
    assert drain() == 1


def test_a_message_at_which_the_server_stops_does_not_hold_up_the_others(by, postbox):
    notices(by, 3)
    postbox.answers = ["421 4.3.2 Stopping"]
    assert drain() == 0 and states() == ["queued"] * 3
    later(by, minutes=2)
    postbox.answers = ["250 OK", "250 OK", "421 4.3.2 Stopping"]
    assert drain() == 2


def test_three_wrong_addresses_do_not_hold_up_the_others(by, postbox):
    notices(by, 3)
    postbox.answers = ["550 unknown"] * 3
    assert drain() == 0 and states() == ["queued"] * 3, "it may be the server"
    notice(by, key="good")
    later(by, minutes=5)
    assert drain() == 1, "the good one goes first"
    later(by)
    notice(by, key="another")
    with acting(by, Permission.SET_UP):
        Outgoing.objects.filter(key="another").update(next_try_at=timezone.now() - timedelta(hours=1))
    postbox.answers = ["250 OK", *["550 unknown"] * 3]
    assert drain() == 1 and states() == ["failed"] * 3 + ["sent"] * 2, "the server has just taken another message"


def test_an_address_that_the_server_says_is_wrong_fails_however_many_there_are(by, postbox):
    notices(by, 5)
    postbox.answers = ["550 5.1.1 No such person"] * 5
    assert drain() == 0 and states() == ["failed"] * 5 and why() == ""


def test_a_text_that_is_refused_fails_when_the_server_takes_others(by, postbox):
    notices(by, 3)
    postbox.data_answers = ["250 OK", REFUSED_FOR_GOOD, "250 OK"]
    assert drain() == 2 and states() == ["failed", "sent", "sent"]


def test_all_that_were_not_sent_are_sent_again_and_what_came_back_is_not(by, postbox):
    _, returned, _ = notices(by, 3)
    postbox.answers = ["550 5.1.1 No such person"]
    assert drain() == 2
    actions.mark_returned(by, outgoing=returned, reason="It bounced")
    assert actions.retry_all(by) == 1
    assert drain() == 1
    returned.refresh_from_db()
    assert returned.state == OutgoingState.FAILED and len(postbox.messages) == 3


# --- Handed over and not answered -----------------------------------------------------------------------------------


def test_a_message_that_is_handed_over_and_not_answered_may_have_arrived_and_is_not_sent_again(by, postbox, settings):
    settings.EMAIL_TIMEOUT, postbox.seconds = 0.3, 1
    first, _ = notices(by, 2)
    assert drain() == 0
    first.refresh_from_db()
    assert first.state == OutgoingState.UNCERTAIN and "may have arrived" in first.why_failed
    postbox.seconds = 0
    for _ in range(4):
        later(by)
        drain()
    assert len(postbox.messages) == 2, "one copy of each"
    assert states() == ["sent", "uncertain"] and why() == ""
    number = first.message_id
    actions.retry(by, outgoing=first)
    assert drain() == 1
    assert received(postbox)[0]["Message-ID"] == received(postbox)[-1]["Message-ID"] == number


def test_a_slow_server_costs_one_message_a_pause_and_not_all_of_them(by, postbox, settings):
    settings.EMAIL_TIMEOUT, postbox.seconds = 0.3, 1
    notices(by, 4)
    assert drain() == drain() == 0
    assert states() == ["queued", "queued", "queued", "uncertain"] and "did not answer in time" in why()


def test_a_longer_time_out_waits_for_a_slow_server(by, postbox, settings):
    settings.EMAIL_TIMEOUT, postbox.seconds = 5, 0.6
    notices(by, 1)
    assert drain() == 1


def test_a_run_ends_in_time_for_other_jobs_however_slow_the_server_is(by, postbox, monkeypatch):
    monkeypatch.setattr(sending, "LONGEST_RUN", 0.3)
    postbox.seconds = 0.2
    notices(by, 4)
    assert drain() == 2 and states() == ["queued", "queued", "sent", "sent"]


def test_what_may_have_arrived_is_marked_as_sent_when_its_recipient_has_it(by, postbox, settings):
    settings.EMAIL_TIMEOUT, postbox.seconds = 0.3, 1
    (outgoing,) = notices(by, 1)
    drain()
    actions.mark_arrived(by, outgoing=outgoing)
    assert outgoing.state == OutgoingState.SENT and outgoing.sent_at
    with pytest.raises(WrongState, match="cannot be marked as arrived"):
        actions.mark_arrived(by, outgoing=outgoing)


def test_a_line_that_begins_with_a_dot_arrives_as_it_was_written(by, postbox):
    notice(by, body="First.\n.\n.hidden\n..twice\nLast.\n")
    assert drain() == 1
    assert received(postbox)[0].get_content().replace("\r\n", "\n") == "First.\n.\n.hidden\n..twice\nLast.\n"


# --- The worker and the database stop -------------------------------------------------------------------------------


def test_what_a_killed_worker_left_half_way_is_free_within_a_minute_and_not_sent_twice(by, postbox):
    outgoing = notice(by)
    claimed = sending._claim(timezone.now())
    assert claimed.state == OutgoingState.SENDING and drain() == 0
    with pytest.raises(WrongState, match="Wait a minute"):
        actions.free_stuck(by, outgoing=outgoing)
    later(by, seconds=46)
    assert drain() == 0 and not postbox.messages
    outgoing.refresh_from_db()
    assert outgoing.state == OutgoingState.UNCERTAIN and outgoing.why_failed == sending.STOPPED
    actions.retry(by, outgoing=outgoing)
    assert drain() == 1 and received(postbox)[0]["Message-ID"] == claimed.message_id


def test_where_no_worker_runs_a_person_frees_the_message(by):
    outgoing = notice(by)
    sending._claim(timezone.now())
    later(by, seconds=46)
    actions.free_stuck(by, outgoing=outgoing)
    assert outgoing.state == OutgoingState.UNCERTAIN


@pytest.mark.django_db(transaction=True)
def test_a_database_that_stops_while_a_message_is_sent_doubles_nothing(by, postbox, monkeypatch):
    outgoing = notice(by)
    pids = []

    def hand_over(self, message, real=sending.MailServer.hand_over):
        real(self, message)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pids.append(cursor.fetchone()[0])
        stop = threading.Thread(target=terminate, args=pids[-1:])
        stop.start()
        stop.join()

    monkeypatch.setattr(sending.MailServer, "hand_over", hand_over)
    assert drain() == 1 and pids
    outgoing.refresh_from_db()
    assert outgoing.state == OutgoingState.SENT and drain() == 0 and len(postbox.messages) == 1


def terminate(pid):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    connection.close()
