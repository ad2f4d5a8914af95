"""Runs the tests, on embedded servers where the environment names no others. Arguments go to pytest."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from servers import Failed, Processes, postgres, postgres_programs, valkey

ROOT = Path(__file__).resolve().parent.parent


def interrupted(*_):
    raise KeyboardInterrupt


def run_to_its_end(command, env):
    """Runs pytest; when we are interrupted it ends first, because browsers and workers are its own."""
    pytest = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        return pytest.wait()
    except KeyboardInterrupt:
        for polite in (None, signal.SIGINT, signal.SIGTERM, signal.SIGKILL):  # from a terminal it has heard already
            if polite:
                pytest.send_signal(polite)
            try:
                pytest.wait(10)
                break
            except subprocess.TimeoutExpired:
                continue
        raise


def main(arguments):
    """Runs pytest to its end; returns its exit code."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, interrupted)
    with tempfile.TemporaryDirectory(prefix="test-", dir=ROOT / ".local") as folder:
        processes = Processes(Path(folder) / "logs")
        env = dict(os.environ)
        try:
            if not env.get("DATABASE_URL"):
                env["DATABASE_URL"] = postgres(processes, Path(folder) / "postgresql", durable=False)
                # A pg_dump backs up only servers that are not newer than itself.
                env["PATH"] = f"{postgres_programs()}{os.pathsep}{env['PATH']}"
            if not env.get("REDIS_URL"):
                env["REDIS_URL"] = valkey(processes, Path(folder) / "valkey", durable=False)
            own_count = any(given.startswith(("-n", "--numprocesses")) for given in arguments)
            # A worker that has no tests left takes half of what another still has.
            workers = [] if own_count else ["-n", str(min(os.cpu_count() or 2, 8)), "--dist", "worksteal"]
            return run_to_its_end([sys.executable, "-m", "pytest", *workers, *arguments], env)
        except KeyboardInterrupt:
            return 130
        except Failed as problem:
            print(problem, file=sys.stderr)
            return 1
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            processes.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
