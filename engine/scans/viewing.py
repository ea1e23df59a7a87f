"""Pages of files as pictures for the screen, drawn apart, a few of them kept in memory."""

import json
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from engine.errors.scans import PageUnshowable
from engine.scans.limits import Limits

MEDIA_TYPE = "image/webp"
LIMITS = Limits(seconds=20, megabytes=1_536)
MOST_KEPT = 64_000_000
"""Bytes of pictures that one process keeps."""

AT_ONCE = 2
"""Processes that draw at the same time."""


class Width(StrEnum):
    """How wide a page is drawn: to find it, to read it, to look closely."""

    SMALL = "small"
    READABLE = "readable"
    LARGE = "large"


DOTS = {Width.SMALL: 240, Width.READABLE: 1_100, Width.LARGE: 2_000}
_AHEAD = {Width.SMALL: 16, Width.READABLE: 3, Width.LARGE: 1}
"""How many pages are drawn at once: whoever looks at one will look at the next."""


@dataclass(frozen=True)
class Leaf:
    """One page (from 0) of a file with this SHA-256, so wide."""

    digest: str
    page: int
    width: Width


class Gallery:
    """Pictures of pages. One for a process; safe between threads."""

    def __init__(self, most_kept: int = MOST_KEPT) -> None:
        self._kept: OrderedDict[Leaf, bytes] = OrderedDict()
        self._left = most_kept
        self._lock = threading.Lock()
        self._drawing = threading.BoundedSemaphore(AT_ONCE)

    def picture(self, leaf: Leaf, media_type: str, read: Callable[[], bytes]) -> bytes:
        """A page as WebP; `read` gives the file. Raises `PageUnshowable`."""
        if found := self._found(leaf):
            return found
        with self._drawing:
            if found := self._found(leaf):
                return found
            for number, drawn in _drawn(leaf, media_type, read()):
                self._keep(Leaf(leaf.digest, number, leaf.width), drawn)
                found = drawn if number == leaf.page else found
        if found is None:
            raise PageUnshowable(page=leaf.page + 1)
        return found

    def _found(self, leaf: Leaf) -> bytes | None:
        with self._lock:
            with suppress(KeyError):
                self._kept.move_to_end(leaf)
            return self._kept.get(leaf)

    def _keep(self, leaf: Leaf, drawn: bytes) -> None:
        with self._lock:
            self._left += len(self._kept.pop(leaf, b"")) - len(drawn)
            self._kept[leaf] = drawn
            while self._left < 0:
                self._left += len(self._kept.popitem(last=False)[1])


def _drawn(leaf: Leaf, media_type: str, content: bytes) -> Iterator[tuple[int, bytes]]:
    order = {
        "media_type": media_type,
        "first": leaf.page,
        "count": _AHEAD[leaf.width],
        "width": DOTS[leaf.width],
        "limits": vars(LIMITS),
    }
    try:
        said = subprocess.run(
            [sys.executable, "-m", "engine.scans.draw"],
            input=json.dumps(order).encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LIMITS.seconds,
            check=False,
        ).stdout
    except subprocess.TimeoutExpired as error:
        raise PageUnshowable(page=leaf.page + 1) from error
    while said:
        header, _, rest = said.partition(b"\n")
        told = json.loads(header)
        if len(rest) < told["length"]:
            return
        yield told["page"], rest[: told["length"]]
        said = rest[told["length"] :]
