"""The process that draws: reads jobs from its input and writes PDFs to its output.

It has no secrets, little memory and little time; whatever a template does, only this process
suffers. `engine.printing.press` starts it, speaks to it and ends it.
"""

import json
import resource
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO, RawIOBase
from struct import Struct

from engine.printing.drawing import Job, draw
from engine.printing.failing import Spoilt, TooSlow, blamed
from engine.printing.templates import Source

LENGTH = Struct(">I")
DRAWN, SPOILT = b"P", b"E"
"""What an answer begins with."""

_MEMORY = 1 << 30
_WRITTEN = 64 << 20
"""Bytes of memory, and of any one file, that the process may use."""
_IDLE_SECONDS = 300.0


def main() -> None:
    """Serve until the input ends, or nothing was asked for long."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_WRITTEN, _WRITTEN))
    signal.signal(signal.SIGALRM, _ring)
    incoming, outgoing = FileIO(0), sys.stdout.buffer
    while select.select([incoming], [], [], _IDLE_SECONDS)[0]:
        asked = _read(incoming)
        if asked is None:
            return
        answer = _answer(asked)
        outgoing.write(LENGTH.pack(len(answer)) + answer)
        outgoing.flush()


def _read(incoming: RawIOBase) -> bytes | None:
    head = _exactly(incoming, LENGTH.size)
    return _exactly(incoming, LENGTH.unpack(head)[0]) if head else None


def _exactly(incoming: RawIOBase, size: int) -> bytes | None:
    read = b""
    while len(read) < size:
        piece = incoming.read(size - len(read))
        if not piece:
            return None
        read += piece
    return read


def _answer(asked: bytes) -> bytes:
    """A PDF, or what a `Spoilt` has to say."""
    raw = json.loads(asked)
    try:
        with _within(raw["seconds"]):
            return DRAWN + draw(Job(Source(raw["body"], raw["parts"]), raw["values"]))
    except Spoilt as spoilt:
        return _said(spoilt)
    except Exception as error:
        return _said(blamed(error))


def _said(spoilt: Spoilt) -> bytes:
    return SPOILT + json.dumps([spoilt.failure, spoilt.detail, spoilt.line]).encode()


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _ring(*_: object) -> None:
    raise TooSlow


if __name__ == "__main__":
    main()
