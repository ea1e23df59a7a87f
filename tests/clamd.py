"""The real clamd, with a database of one line: the signature of EICAR."""

import hashlib
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What every antivirus program takes for a virus, by agreement of their makers."""

LONGEST = 2_000_000
PATIENCE = 30


@dataclass(frozen=True)
class Clamd:
    """Where it listens: a socket, and a port of this machine."""

    path: str
    port: str


@contextmanager
def running_clamd(folder: Path, *known: bytes) -> Iterator[Clamd]:
    """A daemon that knows EICAR and the files that are told it; it ends with the block."""
    for number, virus in enumerate((EICAR, *known)):
        digest = hashlib.md5(virus, usedforsecurity=False).hexdigest()
        with (folder / "test.hdb").open("a") as database:
            database.write(f"{digest}:{len(virus)}:Eicar-{number}\n")
    port = _free_port()
    there = Clamd(str(folder / "clamd.ctl"), f"127.0.0.1:{port}")
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {folder}\nLocalSocket {there.path}\nTCPSocket {port}\n"
        f"TCPAddr 127.0.0.1\nForeground yes\nStreamMaxLength {LONGEST}\n"
        f"TemporaryDirectory {folder}\nOfficialDatabaseOnly no\nMaxThreads 2\n"
    )
    command = ["/usr/sbin/clamd", "--config-file", str(folder / "clamd.conf")]
    with (folder / "clamd.log").open("w") as log:
        daemon = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait_for(port, daemon, folder / "clamd.log")
        yield there
    finally:
        daemon.terminate()
        daemon.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int, daemon: subprocess.Popen[bytes], log: Path) -> None:
    end = monotonic() + PATIENCE
    while monotonic() < end and daemon.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            sleep(0.1)
        else:
            return
    raise RuntimeError(f"clamd does not start: {log.read_text()}")
