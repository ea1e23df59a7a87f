"""Whether a file that someone sent may be kept: looked at before anything else touches it."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, BinaryIO

from engine.errors.uploads import (
    FileDamaged,
    FileEmpty,
    FileEncrypted,
    FileHoldsFiles,
    FileLinksOut,
    FileRefused,
    FileRunsCode,
    FileTooComplex,
    FileTooLarge,
    FileTooManyPages,
    ImageTooLarge,
)
from engine.files.kinds import Kind, kind_of
from engine.settings import Settings

PATIENCE = 60
"""Seconds that opening a file may take by the clock on the wall."""

MEGA = 1_000_000
_OPENING = Path(__file__).with_name("opening.py")
_AT_ONCE = BoundedSemaphore(2)
"""Each may take gigabytes; the machine has them once, however many threads serve."""

_REASONS: dict[str, type[FileRefused]] = {
    "encrypted": FileEncrypted,
    "damaged": FileDamaged,
    "pages": FileTooManyPages,
    "pixels": ImageTooLarge,
    "unpacked": FileTooComplex,
    "runs": FileRunsCode,
    "holds": FileHoldsFiles,
    "links": FileLinksOut,
}


@dataclass(frozen=True)
class Limits:
    """How large a file may be: in bytes, in pages, and the points of each of its pictures."""

    size: int
    pages: int
    pixels: int

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """Those of an installation."""
        return cls(settings.max_file_bytes, settings.max_file_pages, settings.max_file_pixels)


@dataclass(frozen=True)
class Content:
    """What a file was found to be."""

    media_type: str
    pages: int


def inspect(file: BinaryIO, name: str, limits: Limits) -> Content:
    """Find out what a file, which has a descriptor, is by opening it; leaves it at its beginning.

    Raises a `FileRefused` that says what is wrong with it.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise FileEmpty(name=name)
    if size > limits.size:
        raise FileTooLarge(name=name, most=limits.size // MEGA)
    kind = kind_of(file, name)
    found = _opened(file, kind, limits)
    if reason := found.get("reason"):
        most = limits.pages if reason == "pages" else limits.pixels // MEGA
        raise _REASONS[reason](name=name, what=found["what"], most=most)
    return Content(kind.media_type, found["pages"])


def _opened(file: BinaryIO, kind: Kind, limits: Limits) -> dict[str, Any]:
    """What the process said that opened it. One that died or took too long says enough."""
    arguments = [kind.name, str(limits.pages), str(limits.pixels)]
    command = [sys.executable, "-I", str(_OPENING), *arguments]
    file.flush()
    # Opened anew, because a process that inherits a file moves its place in it for all.
    with _AT_ONCE, Path(f"/proc/self/fd/{file.fileno()}").open("rb") as own:
        try:
            done = subprocess.run(  # noqa: S603
                command, stdin=own, capture_output=True, timeout=PATIENCE, env={}, check=True
            )
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
            return {"reason": "unpacked", "what": ""}
    found: dict[str, Any] = json.loads(done.stdout)
    return found
