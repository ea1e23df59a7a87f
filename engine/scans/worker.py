"""Starts the process that makes a document, hears how far it is, and ends it when it must."""

import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO, Any

from engine.errors.scans import ScanTookTooLong, ScanWorkerDied
from engine.scans.arrangement import Arrangement, arrangement_json
from engine.scans.assembly import Source
from engine.scans.limits import Limits

LOOK_SECONDS = 1.0
"""How often it is asked whether to go on."""

GoOn = Callable[[int], bool]
"""Asked with the number of pages done; False ends the work."""


class ScanRefused(Exception):
    """The files are in the way, as the sentence says: another attempt would end the same."""


class Stopped(Exception):
    """Whoever asked for the document wants it no more, for now."""


@dataclass(frozen=True)
class Made:
    """What came of it. `signed`: a signed file was kept as it is. `text_layer`: text can be found
    in it. `resolution`: dots an inch of the coarsest picture, None without any."""

    signed: bool
    text_layer: bool
    resolution: int | None


@dataclass(frozen=True)
class Order:
    """Which pages of which files are to become which document; `reads`: with OCR where it is."""

    sources: Sequence[Source]
    arrangement: Arrangement
    target: Path
    reads: bool = True

    def line(self, limits: Limits) -> bytes:
        """As the process reads it."""
        said = {
            "sources": [(str(source.path), source.media_type) for source in self.sources],
            "pages": arrangement_json(self.arrangement),
            "target": str(self.target),
            "reads": self.reads,
            "limits": vars(limits),
        }
        return json.dumps(said).encode() + b"\n"


def make_apart(order: Order, limits: Limits, go_on: GoOn = lambda done: True) -> Made:
    """Make the document in a process of its own, whose temporary files lie beside the target.

    Raises `ScanRefused` for what is wrong with the files, `ScanTookTooLong`, `ScanWorkerDied`,
    or `Stopped` when `go_on` says no.
    """
    process = _start(order.target.parent)
    try:
        said = _hear(process, order, limits, go_on)
    finally:
        _end(process)
    if "refused" in said:
        raise ScanRefused(said["refused"])
    if "made" not in said:
        raise ScanWorkerDied()
    return Made(**said["made"])


def _start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "engine.scans.make"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(folder), "OMP_THREAD_LIMIT": "1"},
        start_new_session=True,
    )


def _hear(
    process: subprocess.Popen[bytes], order: Order, limits: Limits, go_on: GoOn
) -> dict[str, Any]:
    assert process.stdin
    assert process.stdout
    end, done = monotonic() + limits.seconds, 0
    try:
        process.stdin.write(order.line(limits))
        process.stdin.flush()
    except BrokenPipeError as error:
        raise ScanWorkerDied() from error
    for said in _lines(process.stdout):
        done = said.get("done", done) if said else done
        if said and "done" not in said:
            return said
        if monotonic() > end:
            raise ScanTookTooLong(seconds=limits.seconds)
        if not go_on(done):
            raise Stopped
    return {}


def _lines(stream: IO[bytes]) -> Iterator[dict[str, Any] | None]:
    """What is said, line by line; None now and then while nothing is."""
    os.set_blocking(stream.fileno(), False)
    with selectors.DefaultSelector() as waiting:
        waiting.register(stream, selectors.EVENT_READ)
        rest = b""
        while True:
            if not waiting.select(LOOK_SECONDS):
                yield None
                continue
            heard = stream.read()
            if not heard:
                return
            *lines, rest = (rest + heard).split(b"\n")
            yield from (said for line in lines if (said := _said(line)))


def _said(line: bytes) -> dict[str, Any]:
    """A line of ours; libraries may print others."""
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing of it is left: neither the process nor what it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    with process:
        process.kill()
