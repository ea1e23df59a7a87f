"""Asks clamd whether a file carries a virus; where it cannot say, the file is not let in."""

import re
import socket
from logging import getLogger
from typing import BinaryIO

from engine.errors.uploads import AntivirusUnavailable, FileInfected

PATIENCE = 60
"""Seconds that clamd may think."""

_CHUNK = 1 << 16
_CLEAN = b"stream: OK"
_FOUND = re.compile(rb"stream: (.+) FOUND")
_log = getLogger(__name__)


def require_clean(file: BinaryIO, name: str, clamd: str) -> None:
    """Raise `FileInfected` or `AntivirusUnavailable`; leaves the file at its beginning.

    `clamd` is `host:port` or the path of a socket; where it is empty, nobody looks.
    """
    if not clamd:
        return
    answer = _asked(file, clamd)
    file.seek(0)
    if found := _FOUND.fullmatch(answer):
        raise FileInfected(name=name, virus=found[1].decode("ascii", "replace"))
    if answer != _CLEAN:
        _log.error("clamd at %s did not look at a file: %r", clamd, answer)
        raise AntivirusUnavailable()


def _asked(file: BinaryIO, clamd: str) -> bytes:
    """What clamd answers to the file, which goes to it in chunks after their lengths."""
    try:
        with _connected(clamd) as daemon:
            daemon.sendall(b"zINSTREAM\0")
            while chunk := file.read(_CHUNK):
                daemon.sendall(len(chunk).to_bytes(4, "big") + chunk)
            daemon.sendall(bytes(4))
            with daemon.makefile("rb") as answer:
                return answer.read(_CHUNK).removesuffix(b"\0")
    except OSError as error:
        return str(error).encode()


def _connected(clamd: str) -> socket.socket:
    if not clamd.startswith("/"):
        host, _, port = clamd.rpartition(":")
        return socket.create_connection((host, int(port)), PATIENCE)
    daemon = socket.socket(socket.AF_UNIX)
    try:
        daemon.settimeout(PATIENCE)
        daemon.connect(clamd)
    except OSError:
        daemon.close()
        raise
    return daemon
