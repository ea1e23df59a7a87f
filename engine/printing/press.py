"""Drawing letters: in processes apart, which a template may not keep busy for long.

A process is started when first needed, stays warm, and is ended when it takes too long; an idle
one ends by itself.
"""

import json
import os
import select
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Mapping
from pathlib import Path
from queue import LifoQueue
from time import monotonic
from typing import IO, Any

from engine.errors.letters import PressUnavailable, TemplateFaulty
from engine.printing.failing import Failure, Spoilt
from engine.printing.templates import Source
from engine.printing.worker import DRAWN, LENGTH

SECONDS = 10.0
"""How long one letter may take; a warm process needs a tenth of a second."""
GRACE = 3.0
"""How much longer until the process is ended that should have stopped by itself."""
AT_ONCE = 2
FONTS = Path(__file__).parent / "fonts"


class Press:
    """Draws letters, so many at once; safe between threads. One per server process."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._free: LifoQueue[_Child | None] = LifoQueue()
        for _ in range(at_once):
            self._free.put(None)

    def draw(self, source: Source, values: Mapping[str, Any], seconds: float = SECONDS) -> bytes:
        """The letter as PDF/A-3b. `values` must be what JSON can hold.

        Raises `TemplateFaulty` naming the line, and `PressUnavailable`.
        """
        job = {"body": source.body, "parts": source.parts, "values": values, "seconds": seconds}
        try:
            return self._ask(json.dumps(job).encode(), seconds + GRACE)
        except Spoilt as spoilt:
            raise _refusal(spoilt) from spoilt

    def _ask(self, job: bytes, seconds: float) -> bytes:
        child = self._free.get()
        try:
            child, answer = _asked(child, job, seconds)
        except TimeoutError as error:
            child = None
            raise Spoilt(Failure.TOO_SLOW) from error
        except (OSError, EOFError) as error:
            child = None
            raise PressUnavailable() from error
        finally:
            self._free.put(child)
        return _pdf(answer)

    def close(self) -> None:
        """End the processes; the press can be used again."""
        for _ in range(self._free.qsize()):
            if child := self._free.get():
                child.end()
            self._free.put(None)


def _asked(child: "_Child | None", job: bytes, seconds: float) -> tuple["_Child", bytes]:
    """The answer, and who gave it: a new process where the old one has ended meanwhile."""
    if child is not None:
        try:
            return child, child.ask(job, seconds)
        except (OSError, EOFError) as error:
            child.end()
            if isinstance(error, TimeoutError):
                raise
    new = _Child()
    try:
        return new, new.ask(job, seconds)
    except (OSError, EOFError):
        new.end()
        raise


def _pdf(answer: bytes) -> bytes:
    if answer.startswith(DRAWN):
        return answer[len(DRAWN) :]
    failure, detail, line = json.loads(answer[1:])
    raise Spoilt(Failure(failure), detail, line)


class _Child:
    """One process and the folder that it may write to."""

    def __init__(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="motcua-in-")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "engine.printing.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=folder.name,
            env=_surroundings(folder.name),
        )
        self.end = weakref.finalize(self, _end, self._process, folder)

    def ask(self, job: bytes, seconds: float) -> bytes:
        until = monotonic() + seconds
        _write(self._process.stdin, LENGTH.pack(len(job)) + job)
        size = LENGTH.unpack(_read(self._process.stdout, LENGTH.size, until))[0]
        return _read(self._process.stdout, size, until)


def _surroundings(folder: str) -> dict[str, str]:
    """No secrets, and no fonts but the product's own."""
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "TZ": "Asia/Ho_Chi_Minh",
        "HOME": folder,
        "TMPDIR": folder,
        "XDG_CACHE_HOME": folder,
        "FONTCONFIG_FILE": str(FONTS / "fonts.conf"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }


def _end(process: subprocess.Popen[bytes], folder: tempfile.TemporaryDirectory[str]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    folder.cleanup()


def _write(pipe: IO[bytes] | None, said: bytes) -> None:
    rest = memoryview(said)
    while pipe and rest:
        rest = rest[os.write(pipe.fileno(), rest) :]


def _read(pipe: IO[bytes] | None, size: int, until: float) -> bytes:
    read = bytearray()
    while pipe and len(read) < size:
        if not select.select([pipe], [], [], max(0.0, until - monotonic()))[0]:
            raise TimeoutError
        piece = os.read(pipe.fileno(), min(size - len(read), 1 << 16))
        if not piece:
            raise EOFError
        read += piece
    return bytes(read)


_SAID = {
    Failure.SYNTAX: "viết sai cú pháp ({detail})",
    Failure.UNKNOWN_NAME: "dùng tên không có trong giấy tờ này ({detail})",
    Failure.FORBIDDEN: "dùng điều không được phép trong mẫu ({detail})",
    Failure.OTHER_TEMPLATE: "gọi mẫu khác là «{detail}»; chỉ được dùng khung và phan",
    Failure.REFERENCE: "trỏ ra ngoài giấy tờ ({detail}); chỉ được dùng hình dạng data:",
    Failure.TOO_LARGE: "cho ra quá nhiều nội dung {detail}",
    Failure.TOO_SLOW: "vẽ quá lâu nên đã bị dừng; hãy xem lại các vòng lặp",
    Failure.FAULT: "không vẽ được ({detail})",
}


def _refusal(spoilt: Spoilt) -> TemplateFaulty:
    where = f" ở dòng {spoilt.line}" if spoilt.line else ""
    reason = _SAID[spoilt.failure].format(detail=spoilt.detail).strip()
    return TemplateFaulty(where=where, reason=reason)
