"""Work that goes on after the answer was sent, whether or not anybody still looks."""

from collections.abc import Callable
from logging import getLogger
from threading import Thread

_log = getLogger(__name__)


def in_background(work: Callable[[], None]) -> None:
    """Do something in a thread of its own. A server that is told to stop waits for it as long as
    it waits for requests."""
    Thread(target=_logged, args=(work,), name="background").start()


def _logged(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception:
        _log.exception("work in the background failed")
