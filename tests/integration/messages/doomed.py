"""A dispatcher, or a mail server, that comes to its end at the worst moment.

`python -m tests.integration.messages.doomed dispatcher URL PORT MOMENT SENT WHERE`: sends SENT
messages, says "ready", and waits to be killed: `before` the next one is sent, or `after` the
server has taken it and nobody has recorded that.
`python -m tests.integration.messages.doomed server PORT FILE`: writes the first mail into FILE and
kills itself instead of answering.
"""

import os
import signal
import sys
import threading
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from engine.store.database import Database
from notifications.dispatcher import Round, dispatch
from tests.integration.messages.outbox import post
from tests.smtp import Mailroom, serving, wire


def stand_still() -> None:
    """Wait for the end."""
    print("ready", flush=True)
    signal.pause()


def doomed_dispatcher(url: str, port: str, moment: str, sent: str, where: str) -> None:
    """Dispatch once at a moment."""
    numbers, step = count(), "_hand_over" if where == "before" else "_record"
    usual = getattr(Round, step)

    def act(self: Round, *message: Any) -> Any:
        if next(numbers) == int(sent):
            stand_still()
        return usual(self, *message)

    setattr(Round, step, act)
    now = datetime.fromisoformat(moment)
    dispatch(Database(url), lambda: now, post(int(port)))


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
