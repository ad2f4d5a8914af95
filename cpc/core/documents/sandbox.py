"""Run one of our modules on a file from outside, in a separate process without our settings and with little of the
machine."""

import os
import resource
import subprocess
import sys
from pathlib import Path

MOST_MEMORY = 2_000_000_000  # bytes
_ROOT = Path(__file__).resolve().parents[3]
_PASSED_ON = ("PATH", "LANG", "HOME", "PYTHONPYCACHEPREFIX")  # no keys, no database address


def run(module: str, argument: str, body: bytes, seconds: int) -> subprocess.CompletedProcess:
    """Run ``python -m module argument`` with ``body`` as its input. Raises subprocess.TimeoutExpired."""
    return subprocess.run(
        [sys.executable, "-m", module, argument], input=body, capture_output=True, timeout=seconds + 15, cwd=_ROOT,
        env={key: os.environ[key] for key in _PASSED_ON if key in os.environ}, check=False,
    )  # fmt: skip


def limit_resources(seconds: int) -> None:
    """Limit this process: ``seconds`` of processor time, ``MOST_MEMORY``, and no file may be written. The module that
    ``run`` starts calls it before it reads anything.

    ``run`` does not do it between fork and exec: Python then clears what belongs to the other threads of the parent,
    and WeasyPrint’s fonts delete their folder, which those threads still use.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 5, seconds + 10))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
