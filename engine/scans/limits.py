"""What a process may use that opens a file of someone's: it is ended when it wants more."""

import os
import resource
import signal
import sys
import threading
from dataclasses import dataclass

MOST_WRITTEN = 1_000_000_000
"""Bytes of one file."""


@dataclass(frozen=True)
class Limits:
    """Seconds by the wall clock, and megabytes of memory of each process."""

    seconds: int = 600
    megabytes: int = 2_048


def confine(limits: Limits) -> None:
    """Let this process and those it starts use no more than that."""
    memory = limits.megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds * 2, limits.seconds * 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end_with_parent() -> None:
    """When whoever started this process is gone, standard input ends: then so does all of it."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os.killpg(os.getpid(), signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()
