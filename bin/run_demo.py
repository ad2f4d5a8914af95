"""Runs CPC with an invented council on this machine, or checks its main job on a throw-away database."""

import argparse
import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local"


def options(arguments):
    """The options of bin/demo; only the standard library is needed to read them."""
    asked = argparse.ArgumentParser(
        prog="bin/demo",
        description="Sets up CPC in this clone and runs it with an invented council. Ctrl-C stops it; the data stay.",
        epilog="DATABASE_URL and REDIS_URL name your own servers; without them, embedded ones are started. "
        "CPC_PRESET chooses the preset: general, bexley, isle-of-wight, haringey or hips.",
    )
    asked.add_argument("--fresh", action="store_true", help="start again: delete what earlier runs kept")
    asked.add_argument("--check", action="store_true", help="do the whole main job once on a throw-away database")
    asked.add_argument("--port", type=int, help="the web server's port (default: 8000, or a free one)")
    chosen = asked.parse_args(arguments)
    if chosen.fresh and chosen.check:
        asked.error("--check always starts with an empty database: leave --fresh out.")
    if chosen.fresh and os.environ.get("DATABASE_URL"):
        asked.error("--fresh only empties this clone's own database: unset DATABASE_URL, or empty that one yourself.")
    return chosen


def say(words):
    print(f"  {words}", flush=True)


class Interrupted(Exception):
    """Someone asked for an end."""


def interrupted(*_):
    raise Interrupted


def on_interrupt(do):
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, do)


# --- Where the data are -----------------------------------------------------------------------------------------


@contextlib.contextmanager
def own_folder(fresh, check):
    """A folder that no other copy uses while this one runs: kept for next time, or thrown away after a check."""
    if check:
        folder = Path(tempfile.mkdtemp(prefix="check-", dir=LOCAL))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return
    name = os.environ.get("CPC_PRESET", "haringey")
    if url := os.environ.get("DATABASE_URL"):
        name += "-" + hashlib.sha256(url.encode()).hexdigest()[:8]
    for number in range(1, 100):
        folder = LOCAL / (name if number == 1 else f"{name}-{number}")
        folder.mkdir(exist_ok=True)
        with open(folder / "lock", "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say(f"Another copy is using {folder.relative_to(ROOT)}.")
                continue
            if fresh:
                for old in folder.iterdir():
                    if old.name != "lock":
                        shutil.rmtree(old) if old.is_dir() else old.unlink()
            yield folder
            return


@contextlib.contextmanager
def servers(processes, folder, check):
    """The addresses of a database and a broker: your own where the environment names them, otherwise embedded."""
    from servers import postgres, valkey

    database, broker = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    require_answers(database, broker)
    broker = (empty_broker(broker) if check else broker) if broker else valkey(processes, folder / "valkey")
    if not database:
        yield postgres(processes, folder / "postgresql"), broker
    elif not check:
        yield database, broker
    else:
        with throw_away(database) as database:
            yield database, broker


def require_answers(database, broker):
    """Raises Failed, with a sentence that says what to do, where your own database or broker cannot be used."""
    import psycopg2
    import redis
    from servers import Failed

    try:
        if database:
            psycopg2.connect(database).close()
        if broker:
            redis.Redis.from_url(broker).ping()
    except (psycopg2.Error, redis.RedisError, ValueError) as problem:
        name = "DATABASE_URL" if isinstance(problem, psycopg2.Error) else "REDIS_URL"
        raise Failed(
            f"The server that {name} names cannot be used:\n{str(problem).strip()}\n"
            f"Make it ready, or unset {name}: bin/demo then starts one of its own."
        ) from None


@contextlib.contextmanager
def throw_away(url):
    """A new database beside the one that `url` names, dropped at the end."""
    import psycopg2

    name = f"cpc_check_{os.getpid()}"
    admin = psycopg2.connect(url)
    admin.autocommit = True
    try:
        admin.cursor().execute(f"CREATE DATABASE {name}")
        before, _, query = url.partition("?")
        yield f"{before.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    finally:
        admin.cursor().execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.close()


def empty_broker(url):
    """The same Redis, at a numbered database that nobody uses: no other worker may take this check's tasks."""
    import redis

    base = url.rsplit("/", 1)[0] if url.count("/") > 2 else url
    for number in range(15, 0, -1):
        if redis.Redis.from_url(f"{base}/{number}").dbsize() == 0:
            return f"{base}/{number}"
    sys.exit("Every numbered database of REDIS_URL is in use: unset it for this check.")


# --- What runs --------------------------------------------------------------------------------------------------


def listening_socket(preferred):
    """A socket on this machine at the preferred port, or at a free one where that is taken."""
    for port in (preferred, 0):
        found = socket.socket()
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind(("127.0.0.1", port))
        except OSError:
            found.close()
            continue
        found.listen(128)
        return found


def environment(folder, database, broker, web, mail):
    """What every process of the application is told."""
    passing = folder / "tmp"  # what a stopped worker leaves behind is gone at the next start
    shutil.rmtree(passing, ignore_errors=True)
    passing.mkdir()
    secret = folder / "secret_key"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(48))
    return os.environ | {
        "CPC_OWN_DATABASE": os.environ.get("DATABASE_URL", ""),
        "DATABASE_URL": database,
        "REDIS_URL": broker,
        "SECRET_KEY": secret.read_text(),
        "DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "demo.settings",
        "CPC_PRESET": os.environ.get("CPC_PRESET", "haringey"),
        "CPC_BASE_URL": f"http://127.0.0.1:{web.getsockname()[1]}",
        "CPC_MAIL_DIR": str(folder / "mail"),
        "EMAIL_URL": f"smtp://127.0.0.1:{mail.getsockname()[1]}",
        "STATIC_ROOT": str(folder / "static"),
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PYTHONUNBUFFERED": "1",
        "TMPDIR": str(passing),
    }


def start_web(processes, env, web, mail, folder):
    """Starts the SMTP sink and the web server; returns when the first page answers."""
    sink = [sys.executable, "bin/mail_sink.py", mail.fileno(), folder / "mail"]
    processes.start("mail", sink, env=env, pass_fds=[mail.fileno()])
    options = "--worker-class gthread --workers 2 --threads 8 --keep-alive 10 --graceful-timeout 5 --preload"
    gunicorn = [sys.executable, "-m", "gunicorn", "cpc.wsgi", *options.split(), "--no-control-socket"]
    processes.start("web server", [*gunicorn, "--bind", f"fd://{web.fileno()}"], env=env, pass_fds=[web.fileno()])
    processes.wait(lambda: answers(env["CPC_BASE_URL"]), "web server")


def start_jobs(processes, env, folder):
    """Starts the Celery worker and beat."""
    celery = [sys.executable, "-m", "celery", "-A", "cpc"]
    worker = ["worker", "-l", "INFO", "-c", 2, "--without-mingle", "-n", f"cpc-{os.getpid()}@%h"]
    processes.start("worker", [*celery, *worker], env=env)
    processes.start("beat", [*celery, "beat", "-l", "INFO", "--pidfile=", "-s", folder / "beat"], env=env)


def answers(address):
    """True when the sign-in page is there; ends where the application is broken."""
    try:
        urllib.request.urlopen(address, timeout=30)
    except urllib.error.HTTPError as problem:
        raise SystemExit(f"The web server answers {problem.code} at {address}: see its log.") from None
    except OSError:
        return False
    return True


def main(asked):
    """Runs the demonstration until it is interrupted, or the check until it ends; returns the exit code."""
    from servers import Failed, Processes

    began = time.monotonic()
    on_interrupt(interrupted)
    with own_folder(asked.fresh, asked.check) as folder, contextlib.ExitStack() as stack:
        processes = Processes(folder / "logs")
        stack.callback(processes.stop)
        stack.callback(on_interrupt, signal.SIG_IGN)  # ending is not interrupted
        try:
            say("Starting the database and the broker …")
            database, broker = stack.enter_context(servers(processes, folder, asked.check))
            stack.callback(processes.stop)  # before a throw-away database is dropped
            stack.callback(on_interrupt, signal.SIG_IGN)
            web, mail = listening_socket(asked.port or 8000), listening_socket(0)
            env = environment(folder, database, broker, web, mail)
            # The main job takes three months, its check two minutes; and no day of the demonstration is a weekend.
            env["CPC_CLOCK"] = str(folder / "clock")
            say("Preparing the database …")
            logins = folder / "logins.txt"
            processes.run(env, "bin/prepare_data.py", *([] if asked.check else [logins]))
            say("Starting the web server, the worker and beat …")
            start_jobs(processes, env, folder)  # first: a first page should not find that no job has run yet
            start_web(processes, env, web, mail, folder)
            if asked.check:
                processes.run(env, "manage.py", "check_main_job")
                return 0
            print(f"\n{logins.read_text()}")
            say(f"CPC is at {env['CPC_BASE_URL']} ({time.monotonic() - began:.0f} s). Ctrl-C stops it; the data stay.")
            while True:
                processes.check()
                time.sleep(1)
        except Interrupted:
            print(flush=True)
            say("Stopping …")
            return 1 if asked.check else 0
        except Failed as problem:
            print(problem, file=sys.stderr)
            return problem.code


if __name__ == "__main__":
    try:
        sys.exit(main(options(sys.argv[1:])))
    except Interrupted:
        sys.exit(1)
