"""A database, a broker, a worker, a scheduler and a mail server for one test, which may kill any of them."""

import asyncio
import email
import os
import signal
import subprocess
import sys
from collections import namedtuple
from datetime import date
from email import policy
from pathlib import Path
from threading import Event

import psycopg2
import time_machine
from aiosmtpd.controller import Controller
from django.utils import timezone

from bin.servers import Processes, free_port, postgres, postgres_programs, valkey

NAMED_IN_ADDRESS = ("host", "port", "user", "password")
Copy = namedtuple("Copy", "number reader")


class MailServer:
    """Takes every message over SMTP. ``stop_at``: that message is taken, and its answer waits until ``go_on_to``.

    ``copies`` are the messages that it took: the message number and the address of each.
    """

    def __init__(self):
        self.copies, self.stop_at = [], 0
        self._holds, self._answers = Event(), Event()
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=policy.default)
        self.copies.append(Copy(message["Message-ID"], envelope.rcpt_tos[0]))
        if len(self.copies) == self.stop_at:
            answers = self._answers
            self._holds.set()
            await asyncio.get_running_loop().run_in_executor(None, answers.wait, 60)
        return "250 Kept"

    def start(self):
        """Begins to listen."""
        self._controller.start()

    def stop(self):
        """Answers the message that waits, and closes the server."""
        self._answers.set()
        self._controller.stop(no_assert=True)

    def go_on_to(self, number):
        """Answers the message that waits, if one does, and stops again when so many were taken in all; 0: never."""
        waiting, self._answers = self._answers, Event()
        self._holds.clear()
        self.stop_at = number
        waiting.set()

    def held(self):
        """The message that waits for its answer, once there is one."""
        assert self._holds.wait(120), f"only {len(self.copies)} of {self.stop_at} messages came"
        return self.copies[self.stop_at - 1]


class OwnServers:
    """The processes of one installation of CPC, on a copy of the test's database."""

    def __init__(self, folder: Path):
        self.folder, self.mail = folder, MailServer()
        self.processes = Processes(folder / "logs")

    def start(self, connection, on: date):
        """Starts the database with all that the test's own holds, the broker and the mail server. They live ``on``."""
        self.address = postgres(self.processes, self.folder / "postgresql")
        copy_database(connection, self.address)
        self.mail.start()
        machine_says = time_machine.escape_hatch.datetime.datetime.now(timezone.get_current_timezone()).date()
        (self.folder / "clock").write_text(str((on - machine_says).days))
        self.env = os.environ | {
            "DATABASE_URL": self.address,
            "REDIS_URL": valkey(self.processes, self.folder / "valkey"),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail.port}",
            "DJANGO_SETTINGS_MODULE": "cpc.tests.settings",
            "CPC_CLOCK": str(self.folder / "clock"),
        }

    def start_worker(self):
        """Starts the worker and what tells it every fifteen seconds to send."""
        celery = [sys.executable, "-m", "celery", "-A", "cpc"]
        quiet = ["--without-mingle", "--without-gossip", "--without-heartbeat"]
        beat = ["--pidfile=", "-s", self.folder / "beat"]
        self.processes.start("worker", [*celery, "worker", "-c", 1, "-l", "INFO", *quiet], env=self.env)
        self.processes.start("beat", [*celery, "beat", "-l", "INFO", *beat], env=self.env)

    def kill(self, name):
        """Kills a process and its children as a loss of power would. ``start_again`` takes what this returns."""
        entry = next(one for one in self.processes.started if one[0] == name)
        self.processes.started.remove(entry)
        process = entry[1]
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        for pid in (process.pid, *map(int, children)):
            os.kill(pid, signal.SIGKILL)
        process.wait()
        return entry

    def start_again(self, entry):
        """Starts again what was killed, on what it left on the disk."""
        name, process, stop = entry
        self.processes.start(name, process.args, stop=stop, env=self.env)

    def rows(self, statement):
        """The rows that a statement answers; a change is committed, and passes the guards of the tables."""
        connection = psycopg2.connect(self.address)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute("SET session_replication_role = replica")
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def stop(self):
        """Ends everything."""
        self.mail.stop()
        self.processes.stop()


def copy_database(connection, address):
    """Copies all that is committed in the test's database into the empty one at ``address``."""
    own, programs = connection.get_connection_params(), postgres_programs()
    named = os.environ | {f"PG{name.upper()}": str(own[name]) for name in NAMED_IN_ADDRESS if own.get(name)}
    dumping = [programs / "pg_dump", "--no-owner", connection.settings_dict["NAME"]]
    dump = subprocess.run(dumping, env=named, stdout=subprocess.PIPE, check=True).stdout
    loading = [programs / "psql", "--quiet", "--output=/dev/null", address]
    said = subprocess.run(loading, input=dump, stderr=subprocess.PIPE, check=True).stderr.decode()
    # Options of a column that only the other server knows are left out.
    errors = [line for line in said.splitlines() if "ERROR" in line and "unrecognized parameter" not in line]
    assert not errors, errors[:5]
