"""Makes a clone ready to run: Debian's libraries, .venv, Python packages. Then hands over to run_demo or run_tests.

Only the standard library may be used here, because it runs before anything is installed.
"""

import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NEEDS = {"demo": "requirements.txt", "test": "requirements-dev.txt"}  # written by bin/pin; the second holds the first
PDF = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
LIBRARIES = {"demo": PDF, "test": {**PDF, "libatomic.so.1": "libatomic1"}}  # Playwright's driver needs the last
PREPARE_ONLY = ["--prepare-only"]
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Stopped(Exception):
    """Setting up cannot go on; the text says what to do."""


def main(what, arguments):
    """Prepares this clone for `what` ("demo" or "test") and becomes that program."""
    # Without bytecode, every test worker and every sandboxed reader compiles all modules again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if sys.version_info < (3, 11):
        raise Stopped("CPC needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".")
    if what == "demo" and arguments != PREPARE_ONLY:
        from run_demo import options

        options(arguments)  # a wrong option is answered before anything is installed
    try:
        LOCAL.mkdir(exist_ok=True)
        with open(LOCAL / "prepare.lock", "w") as lock:
            alone(lock)
            debian_packages(what)
            if what == "test":
                lighter_browser()
            python_packages(what)
    except PermissionError as problem:
        raise Stopped(
            f"{problem.filename} belongs to another user: run {command(what)} as that user, or in a clone of your own."
        ) from None
    if arguments == PREPARE_ONLY:
        return
    os.environ["CHROMIUM"] = browser() or ""
    os.execv(PYTHON, [str(PYTHON), str(ROOT / "bin" / f"run_{what if what == 'demo' else 'tests'}.py"), *arguments])


def command(what):
    return f"bin/{what}"


def say(words):
    print(f"  {words}", flush=True)


def alone(lock):
    """Waits until no other copy is setting up this clone."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another copy is setting up this clone: waiting for it …")
        fcntl.flock(lock, fcntl.LOCK_EX)


def browser():
    """The path of a Chromium or Chrome on this machine, or None."""
    return os.environ.get("CHROMIUM") or next((path for name in BROWSERS if (path := shutil.which(name))), None)


# --- Debian's packages ------------------------------------------------------------------------------------------


def missing_packages(what):
    """Debian's names of what this machine lacks."""
    missing = []
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    for library, package in LIBRARIES[what].items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    if what == "test" and not browser():
        missing += [BROWSERS[0], "fonts-liberation"]
    return missing


def debian_packages(what):
    """Installs what is missing with apt-get where that is allowed; otherwise stops with one sentence that names it."""
    missing = missing_packages(what)
    if not missing:
        return
    names = " ".join(missing)
    as_root = root_prefix() if shutil.which("apt-get") else None
    if as_root is None:
        raise Stopped(
            f"CPC needs Debian's packages {names}: as root, run 'apt-get install -y {names}', "
            f"then {command(what)} again."
        )
    say(f"Installing Debian's packages {names} …")
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    run([*apt, "update"], "apt.log", may_fail=True)
    run([*apt, "install", "--no-install-recommends", *missing], "apt.log")
    if still := missing_packages(what):
        raise Stopped(f"apt-get ended well, but {' '.join(still)} cannot be loaded: see {LOCAL / 'apt.log'}.")


def lighter_browser():
    """Installs, where that is allowed, the browser without windows: it needs half the time. Tried once in a clone."""
    as_root = root_prefix() if shutil.which("apt-get") else None
    if as_root is None or browser() != shutil.which(BROWSERS[1]) or (VENV / ".ready-test").exists():
        return
    say(f"Installing Debian's package {BROWSERS[0]} …")
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    run([*apt, "update"], "apt.log", may_fail=True)
    run([*apt, "install", "--no-install-recommends", BROWSERS[0]], "apt.log", may_fail=True)


def root_prefix():
    """What to put before a command to run it as root without being asked anything; None where it cannot be."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


# --- Python's packages ------------------------------------------------------------------------------------------


def python_packages(what):
    """Makes .venv hold exactly what the requirements pin; does nothing where it does so already."""
    stamp = VENV / f".ready-{what}"
    wanted = hashlib.sha256((ROOT / NEEDS[what]).read_bytes()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode:
        shutil.rmtree(VENV)  # begun and not finished, or made by a Python that is gone
    if not PYTHON.exists():
        say("Making .venv …")
        run([interpreter(), "-m", "venv", str(VENV)], "packages.log")
    began = time.monotonic()
    say("Installing Python packages …")
    if not with_uv(NEEDS[what]):
        say("uv could not install them: trying pip, which takes a minute or two …")
        run([PYTHON, "-m", "pip", "install", "--require-hashes", "-r", NEEDS[what]], "packages.log")
    stamp.write_text(wanted)
    say(f"Python packages are ready ({time.monotonic() - began:.0f} s).")


def interpreter():
    """The Python of .venv: Debian's where it can make one. Built with profiles, it is quicker than pyenv's."""
    debians, fits = "/usr/bin/python3", "import ensurepip, sys; sys.exit(sys.version_info < (3, 11))"
    if os.access(debians, os.X_OK) and subprocess.run([debians, "-c", fits], capture_output=True).returncode == 0:
        return debians
    return sys.executable


def with_uv(listed):
    """Installs a list with uv, from the index that pip is set to use; false where that does not work here."""
    environment = dict(os.environ)
    pip = [PYTHON, "-m", "pip"]
    index = subprocess.run([*pip, "config", "get", "global.index-url"], capture_output=True, text=True).stdout.strip()
    index = os.environ.get("PIP_INDEX_URL", index)
    if index:
        environment.setdefault("UV_DEFAULT_INDEX", index)
    if certificate := os.environ.get("PIP_CERT"):
        environment.setdefault("SSL_CERT_FILE", certificate)
    only_uv = LOCAL / "uv.txt"
    only_uv.write_text(pinned("uv", (ROOT / listed).read_text()))
    return run([*pip, "install", "--require-hashes", "-r", only_uv], "packages.log", may_fail=True) and run(
        [VENV / "bin" / "uv", "pip", "install", "--python", PYTHON, "--require-hashes", "-r", listed],
        "packages.log",
        may_fail=True,
        env=environment,
    )


def pinned(package, listed):
    """The lines of a list of requirements that pin one package with its hashes."""
    lines = listed.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith(f"{package}=="))
    last = next(at for at in range(first, len(lines)) if not lines[at].endswith("\\"))
    return "\n".join(lines[first : last + 1]) + "\n"


def run(arguments, log, may_fail=False, env=None):
    """Runs a command with its output in a log; stops with the log's last lines where it fails and may not."""
    path = LOCAL / log
    with open(path, "a") as out:
        done = subprocess.run(arguments, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=env)
    if done.returncode and not may_fail:
        last = "\n".join(path.read_text(errors="replace").splitlines()[-15:])
        raise Stopped(f"This did not work: {' '.join(map(str, arguments))}\n{last}\nThe whole log is {path}.")
    return done.returncode == 0


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2:])
    except Stopped as stopped:
        sys.exit(str(stopped))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
