"""A dispatcher, or a mail server, that comes to its end at the worst moment.

`python -m tests.integration.messages.doomed dispatcher URL PORT MOMENT BATCH`: says "ready", waits
for a line, and sends at that moment what is due; whoever started it may kill it meanwhile.
`python -m tests.integration.messages.doomed server PORT FILE`: writes the first mail into FILE and
kills itself instead of answering.
"""

import os
import signal
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.store.database import Database
from notifications.dispatcher import dispatch
from tests.integration.messages.outbox import post
from tests.smtp import Mailroom, serving, wire


def begun(*words: str) -> subprocess.Popen[str]:
    """Such a process, ready for what is to come."""
    command = [sys.executable, "-m", __name__, *words]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def let_go(process: subprocess.Popen[str]) -> None:
    """Let it begin."""
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def doomed_dispatcher(url: str, port: str, moment: str, batch: str) -> None:
    """Dispatch once at a moment."""
    database, now = Database(url), datetime.fromisoformat(moment)
    print("ready", flush=True)
    sys.stdin.readline()
    dispatch(database, lambda: now, post(int(port)), int(batch))


class _Doomed(Mailroom):
    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self._file.write_bytes(wire(envelope))
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


def doomed_server(port: str, file: str) -> None:
    """Serve until the first mail."""
    with serving(_Doomed(Path(file)), int(port)):
        print("ready", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    if sys.argv[1] == "dispatcher":
        doomed_dispatcher(*sys.argv[2:])
    else:
        doomed_server(*sys.argv[2:])
