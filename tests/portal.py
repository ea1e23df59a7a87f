"""A simulated portal in a process of its own, as tests tell it to behave."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from notifications.channels.portal import Account

CLIENT = ("xa-mai-lam", "khóa của xã")


class SimulatedPortal:
    """The process, which can be ended and begun again at the same address."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    @property
    def account(self) -> Account:
        """As whom the office is known there."""
        return Account(self.url, *CLIENT)

    def start(self) -> None:
        """Answer, with what was known before; at the same port as before."""
        port = self.url.rpartition(":")[2] or "0"
        command = [sys.executable, "-m", "cli", "simulate", "portal", "--port", port]
        command += ["--file", str(self._file), "--client-id", CLIENT[0]]
        self._process = subprocess.Popen(
            [*command, "--client-secret", CLIENT[1]], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout
        self.url = self._process.stdout.readline().strip()
        assert self.url

    def stop(self) -> None:
        """Answer no more: whoever connects is refused."""
        if self._process:
            self._process.terminate()
            self._process.wait()
            assert self._process.stdout
            self._process.stdout.close()
            self._process = None

    def behave(self, **mood: Any) -> None:
        """Behave like this, and otherwise well."""
        self._control("PUT", "", mood)

    def begin_anew(self) -> None:
        """Know nothing."""
        self._control("DELETE", "")

    def forget(self, *codes: str) -> None:
        """Lose dossiers."""
        self._control("POST", "/quen", {"MaHoSo": codes})

    def advance(self, code: str, number: int) -> None:
        """Know of a later message than there ever was."""
        self._control("POST", "/vuot-len", {"MaHoSo": code, "SoThuTu": number})

    def shows(self, code: str) -> dict[str, Any] | None:
        """All that it shows of a dossier."""
        found: dict[str, Any] | None = self._control("GET", f"/ho-so/{code}")
        return found

    def journal(self) -> list[dict[str, Any]]:
        """Everything that came, in order."""
        found: list[dict[str, Any]] = []
        while page := self._control("GET", f"/nhat-ky?sau={found[-1]['id'] if found else 0}"):
            found += page
        return found

    def _control(self, method: str, path: str, body: Any = None) -> Any:
        answer = requests.request(method, f"{self.url}/dieu-khien{path}", json=body, timeout=10)
        answer.raise_for_status()
        return answer.json()


@contextmanager
def running_portal(file: Path) -> Iterator[SimulatedPortal]:
    """One that answers until the end of the block."""
    portal = SimulatedPortal(file)
    portal.start()
    try:
        yield portal
    finally:
        portal.stop()
