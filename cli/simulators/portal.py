"""A national portal that can be slow, fail, forget and answer twice: its own process, real HTTP.

It speaks what `notifications.channels.portal` speaks, and is told over HTTP how to behave:
`PUT /dieu-khien` with some of `MOODS`. Shares are between 0 and 1.
"""

import secrets
import socket
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson

from cli.simulators.portal_memory import Memory, Verdict
from engine.portal.schema import faults

MOODS = {
    "down": False,
    "slow_seconds": 0.0,
    "fail": 0.0,
    "cut_before": 0.0,
    "cut_after": 0.0,
    "twice": 0.0,
    "forget": 0.0,
    "stale": 0.0,
    "refuse": [],
    "token_seconds": 3_600.0,
}
"""How it behaves when told nothing. `down`: no answer to anything. `fail`: 500 instead of doing it.
`cut_before`, `cut_after`: the connection breaks, nothing or everything done. `twice`: the request
arrives a second time. `forget`: acknowledged, then lost. `stale`: lists show what was one message
earlier. `refuse`: codes of dossiers that are refused for good."""

CONTROL = "/dieu-khien"
MOST_LINES, MOST_ENTRIES, MOST_BYTES = 500, 10_000, 5_000_000
NOT_THERE: tuple[int, Any] = (404, {"KetQua": "KHONG_CO"})
_chance = secrets.SystemRandom()


class Portal(ThreadingHTTPServer):
    """The portal on a port of this machine."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], file: Path, client: tuple[str, str]) -> None:
        super().__init__(address, _Handler)
        self.memory = Memory(file)
        self._client = client
        self._tokens: dict[str, float] = {}
        self._lock = Lock()
        self._mood: dict[str, Any] = MOODS | self.memory.mood()

    def mood(self, name: str) -> Any:
        """How it is to behave in one respect."""
        return self._mood[name]

    def falls(self, name: str) -> bool:
        """Whether chance has it that this happens now."""
        return _chance.random() < float(self._mood[name])

    def behave(self, mood: dict[str, Any]) -> None:
        """Behave like this and otherwise as a good portal does."""
        self._mood = MOODS | mood
        self.memory.set_mood(mood)

    def begin_anew(self) -> None:
        """Know nothing, and behave well."""
        self.memory.begin_anew()
        self._mood = MOODS

    def grant(self, client: tuple[str, str]) -> str | None:
        """A token for whoever knows the secret."""
        if client != self._client:
            return None
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._tokens[token] = monotonic() + float(self.mood("token_seconds"))
        return token

    def admits(self, header: str) -> bool:
        """Whether a request bears a token that has not expired."""
        with self._lock:
            return self._tokens.get(header.removeprefix("Bearer "), 0.0) > monotonic()


Reply = tuple[int, Any] | None
"""Status and body; None is a connection that breaks."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Portal

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def _answer(self) -> None:
        reply = self._reply(urlsplit(self.path).path)
        if reply is None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        body = orjson.dumps(reply[1])
        self.send_response(reply[0])
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _reply(self, path: str) -> Reply:
        length = int(self.headers.get("Content-Length", 0))
        if length > MOST_BYTES:
            self.close_connection = True
            return 413, {"KetQua": "QUA_LON"}
        body = self.rfile.read(length)
        if path.startswith(CONTROL):
            return self._controlled(path.removeprefix(CONTROL), body)
        if self.server.mood("down") or self.server.falls("cut_before"):
            return None
        sleep(float(self.server.mood("slow_seconds")))
        if self.server.falls("fail"):
            return 500, {"KetQua": "LOI"}
        return self._served(path, body)

    def _served(self, path: str, body: bytes) -> Reply:
        if (self.command, path) == ("POST", "/token"):
            return self._token(body)
        if not self.server.admits(self.headers.get("Authorization", "")):
            return 401, {"KetQua": "CHUA_DANG_NHAP"}
        serve = {
            ("POST", "/ho-so"): self._take,
            ("GET", "/ho-so"): self._list,
            ("POST", "/ho-so/tra-cuu"): self._look_up,
        }.get((self.command, path))
        return serve(body) if serve else NOT_THERE

    def _token(self, body: bytes) -> Reply:
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        token = self.server.grant((form.get("client_id", ""), form.get("client_secret", "")))
        if token is None or form.get("grant_type") != "client_credentials":
            return 401, {"error": "invalid_client"}
        seconds = int(float(self.server.mood("token_seconds")))
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": seconds}

    def _take(self, body: bytes) -> Reply:
        message = orjson.loads(body)
        if wrong := list(faults(message)):
            return 422, {"KetQua": "SAI_DU_LIEU", "Loi": wrong[:10]}
        if message["MaHoSo"] in self.server.mood("refuse"):
            return 422, {"KetQua": "SAI_DU_LIEU", "Loi": ["MaTTHC chưa được công bố"]}
        key = self.headers.get("Idempotency-Key", "")
        verdict = self.server.memory.take(key, message, self.server.falls("forget"))
        if self.server.falls("twice"):
            verdict = self.server.memory.take(key, message, False)
        if self.server.falls("cut_after"):
            return None
        status = {Verdict.STALE: 409, Verdict.OTHER: 409, Verdict.KNOWN: 200}.get(verdict, 201)
        return status, {"KetQua": Verdict.TAKEN if verdict is Verdict.FORGOTTEN else verdict}

    def _list(self, body: bytes) -> Reply:
        limit = min(int(self._asked("so_luong", "200")), MOST_LINES)
        stale = self.server.falls("stale")
        found = self.server.memory.listing(self._asked("sau", ""), limit + 1, stale)
        page = found[:limit]
        return 200, {"HoSo": page, "Tiep": page[-1]["MaHoSo"] if len(found) > limit else None}

    def _look_up(self, body: bytes) -> Reply:
        codes = orjson.loads(body)["MaHoSo"][:MOST_LINES]
        return 200, {"HoSo": self.server.memory.look_up(codes, self.server.falls("stale"))}

    def _controlled(self, path: str, body: bytes) -> Reply:
        memory, sent = self.server.memory, orjson.loads(body) if body else {}
        if (self.command, path) == ("PUT", "") and (unknown := sent.keys() - MOODS):
            return 422, {"KetQua": "KHONG_BIET", "Loi": sorted(unknown)}
        code = path.removeprefix("/ho-so/")
        act: Callable[[], Any] | None = {
            ("PUT", ""): lambda: self.server.behave(sent),
            ("GET", ""): lambda: MOODS | memory.mood(),
            ("DELETE", ""): self.server.begin_anew,
            ("POST", "/quen"): lambda: memory.forget(sent["MaHoSo"]),
            ("POST", "/vuot-len"): lambda: memory.advance(sent["MaHoSo"], sent["SoThuTu"]),
            ("GET", "/nhat-ky"): lambda: memory.journal(int(self._asked("sau", "0")), MOST_ENTRIES),
            ("GET", f"/ho-so/{code}"): lambda: memory.whole(code),
        }.get((self.command, path))
        return (200, act()) if act else NOT_THERE

    def _asked(self, name: str, default: str) -> str:
        return parse_qs(urlsplit(self.path).query).get(name, [default])[0]

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing of every request."""
