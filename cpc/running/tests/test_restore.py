"""A database that was restored from a backup sends nothing until somebody releases it. The backup is a real one."""

import os
import shutil
import subprocess

import pytest
from django.db import connection, connections
from django.urls import reverse

from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission
from cpc.core.accounts.tests.builders import PASSWORD, a_council, a_user, viewer
from cpc.core.audit.door import acting
from cpc.core.documents import actions
from cpc.core.documents.actions.mail_queue import MAY_HAVE_LEFT
from cpc.core.documents.choices import Channel, OutgoingState
from cpc.core.documents.models import MailQueue, Outgoing
from cpc.core.documents.readers import Recipient
from cpc.core.documents.sending import drain
from cpc.core.kernel.refusals import Invalid, WrongState

NAMED_IN_ADDRESS = ("host", "port", "user", "password")

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


def message(by, key, channel=Channel.EMAIL):
    with acting(by, Permission.SET_UP):
        return actions.queue(
            by, key=key, purpose="notice", channel=channel, recipient=Recipient(kind="user", id=3, name="Petroc Vane"),
            to_address="petroc@example.org", subject="A meeting has been arranged", body="Sign in to read about it.\n",
        )  # fmt: skip


def restored():
    """As after a restore: the database is not the one that the row names."""
    MailQueue.objects.current()
    MailQueue.objects.update(database="another")


@pytest.fixture
def restored_copy():
    """Backs up the test’s database and restores it beside itself. Everything then uses the copy until the test ends."""
    if not shutil.which("pg_dump"):
        pytest.skip("the programs of PostgreSQL are not installed here")
    own = connection.settings_dict
    copy = f"{own['NAME']}_restored"
    given = connection.get_connection_params()
    address = os.environ | {f"PG{name.upper()}": str(given[name]) for name in NAMED_IN_ADDRESS if given.get(name)}

    def run(*command):
        subprocess.run(command, env=address, check=True)

    def take_it():
        run("dropdb", "--if-exists", copy)
        run("createdb", copy)
        dump = subprocess.Popen(["pg_dump", "--format=custom", own["NAME"]], env=address, stdout=subprocess.PIPE)
        subprocess.run(["pg_restore", "--dbname", copy], env=address, stdin=dump.stdout, check=True)
        assert dump.wait() == 0
        connections["default"].close()
        own["NAME"] = copy

    name = own["NAME"]
    yield take_it
    connections["default"].close()
    own["NAME"] = name
    run("dropdb", "--if-exists", copy)


@pytest.mark.django_db(transaction=True)
def test_a_real_backup_restored_sends_nothing_until_it_is_released(by, postbox, restored_copy):
    message(by, "1")
    assert drain() == 1
    message(by, "2")
    restored_copy()
    assert drain() == 0 and len(postbox.messages) == 1
    assert MailQueue.objects.current().is_restored
    assert actions.release_after_restore(by, send_waiting=True, reason="Last night’s, and nothing ran since") == 1
    assert drain() == 1 and not MailQueue.objects.current().is_restored


@pytest.mark.django_db(transaction=True)
def test_somebody_signs_in_to_a_real_backup_that_was_restored_and_their_first_page_says_so(client, restored_copy):
    council = a_council()
    user = a_user(Role.CHAIR, team=council.service, first_name="Merryn", password=PASSWORD)
    MailQueue.objects.current()
    restored_copy()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    shown = client.get("/", follow=True).content.decode()
    assert connection.settings_dict["NAME"].endswith("_restored") and "Merryn" in shown
    assert "the database was restored from a backup" in shown


def test_what_was_waiting_in_the_backup_is_held_back_and_what_comes_later_is_sent(by, postbox):
    email, letter = message(by, "1"), message(by, "2", Channel.PRINT)
    restored()
    assert drain() == 0
    assert actions.release_after_restore(by, send_waiting=False, reason="Ran until noon") == 2
    for one in (email, letter):
        one.refresh_from_db()
        assert (one.state, one.why_failed) == (OutgoingState.HELD, MAY_HAVE_LEFT)
    message(by, "3")
    assert drain() == 1 and len(postbox.messages) == 1


def test_releasing_needs_a_reason_and_is_done_once(by):
    with pytest.raises(WrongState, match="not on hold"):
        actions.release_after_restore(by, send_waiting=True, reason="To be sure")
    restored()
    with pytest.raises(Invalid, match="Say what you know"):
        actions.release_after_restore(by, send_waiting=True, reason=" ")
    assert MailQueue.objects.current().is_restored


def test_no_letter_is_printed_before_the_release(by):
    restored()
    with pytest.raises(WrongState, match="Letters are on hold"):
        actions.hold_blocked_letters(by, letters=[])


def test_first_pages_say_so_and_an_administrator_of_the_system_decides(client, by):
    council = a_council()
    message(by, "1")
    restored()
    client.force_login(council.users.chair)
    assert "the database was restored from a backup" in client.get(reverse("work:home")).content.decode()
    assert client.get(reverse("running:release")).status_code == 403
    client.force_login(council.users.system_administrator)
    page = client.get(reverse("running:service")).content.decode()
    assert "Decide about waiting messages" in page and "Petroc" not in page
    answer = client.post(reverse("running:release"), {"send_waiting": "no", "reason": "Ran until noon"}, follow=True)
    assert "Messages leave again" in answer.content.decode()
    assert Outgoing.objects.get().state == OutgoingState.HELD
    assert Role.SYSTEM_ADMINISTRATOR in viewer(council.users.system_administrator).roles
