"""Invitations go out while the worker, the broker and the database are killed one after the other, each half-way.

Everything runs as it would in a council: processes of their own, on a copy of what the test has written.
"""

import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from conferences.convening.actions import notify
from conferences.convening.actions.invitations import add_invitee
from conferences.convening.choices import InviteeRole
from conferences.tests.builders import a_booked_conference, second_checked, with_fathers_apart
from cpc.core.accounts.choices import Role
from cpc.core.accounts.tests.builders import TODAY, a_user
from cpc.core.documents.choices import Channel, OutgoingState
from cpc.core.documents.models import Outgoing
from cpc.core.documents.sending import STOPPED
from cpc.tests.journeys.own_servers import OwnServers

MESSAGES = "SELECT to_address, message_id, state, tries, why_failed FROM documents_outgoing WHERE channel = 'email'"
WAITING = "SELECT count(*) FROM documents_outgoing WHERE channel = 'email' AND state IN ('queued', 'sending')"
A_MINUTE_PASSES = "UPDATE documents_outgoing SET claimed_at = claimed_at - interval '1 minute' WHERE state = 'sending'"


@pytest.fixture
def own_servers(tmp_path_factory):
    """Servers and a worker of the test's own, ended at its end."""
    folder = tmp_path_factory.mktemp("own")
    for parent in (folder, folder.parent):
        parent.chmod(0o755)  # the database of somebody who is root runs as nobody
    servers = OwnServers(folder)
    yield servers
    servers.stop()


def invite(number):
    """Invites a family and ``number`` practitioners to one conference; returns the addresses that are written to."""
    convened = with_fathers_apart(a_booked_conference())
    by, children = convened.by("administrator"), list(convened.marlows.children)
    for _ in range(number):
        practitioner = a_user(Role.PROFESSIONAL, agency=convened.council.agencies.school, job_title="Teacher")
        add_invitee(
            by=by, conference=convened.conference, role=InviteeRole.SCHOOL, reason="Teaches one of the children",
            children=children, user=practitioner,
        )  # fmt: skip
    second_checked(convened)
    notify.send_invitations(by=by, conference=convened.conference)
    return list(Outgoing.objects.filter(channel=Channel.EMAIL).values_list("to_address", flat=True))


def until(true, what):
    end = time.monotonic() + 180
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [40, pytest.param(500, marks=pytest.mark.thorough)])
def test_no_invitation_is_lost_or_doubled_while_everything_is_killed_half_way(own_servers, number):
    addresses = invite(number)
    own_servers.start(connection, on=TODAY + timedelta(days=3))
    mail = own_servers.mail
    mail.go_on_to(len(addresses) // 4)
    own_servers.start_worker()

    interrupted = mail.held()
    worker = own_servers.kill("worker")
    mail.go_on_to(len(addresses) // 2)
    own_servers.rows(A_MINUTE_PASSES)
    own_servers.start_again(worker)

    mail.held()
    broker = own_servers.kill("valkey")
    mail.go_on_to(3 * len(addresses) // 4)
    until(lambda: len(mail.copies) > len(addresses) // 2, "nothing is sent while the broker is away")
    own_servers.start_again(broker)

    mail.held()
    database = own_servers.kill("postgresql")
    mail.go_on_to(0)
    time.sleep(1)  # the answer reaches the worker, who cannot write it down
    own_servers.start_again(database)
    own_servers.processes.wait(lambda: answers(own_servers), "database")

    until(lambda: own_servers.rows(WAITING) == [(0,)], "messages still wait")
    messages = own_servers.rows(MESSAGES)
    copies = Counter(copy.reader for copy in mail.copies)
    assert sorted(copies) == sorted(addresses), "nobody was left out"
    assert set(copies.values()) == {1}, "nobody was written to twice"
    [uncertain] = [row for row in messages if row[2] != OutgoingState.SENT]
    assert uncertain == (interrupted.reader, interrupted.number, OutgoingState.UNCERTAIN, 1, STOPPED)
    assert {row[:2] for row in messages} == {(copy.reader, copy.number) for copy in mail.copies}


def answers(own_servers):
    try:
        return own_servers.rows("SELECT 1") == [(1,)]
    except Exception:
        return False
