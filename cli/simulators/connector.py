"""Specialised software behind a connector: slow, failing, answering twice or late, as it is told.

Its own process, real HTTP. It speaks what `docs/integrators.md` says of connectors, and is told
over HTTP how to behave: `PUT /dieu-khien` with some of `MOODS`; `GET /dieu-khien` says what it
got, and what was said to its answers; `POST /dieu-khien/tra-loi` with `id` and `answer` has it
answer at once.
"""

import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Timer
from time import sleep
from typing import Any

import orjson
import requests

from engine.model import webhook
from engine.wallclock import wall_clock

MOODS: dict[str, Any] = {"fail": [], "slow_seconds": 0.0, "answers": [], "after_seconds": 0.0}
"""How it behaves when told nothing. `fail`: the statuses of the next answers to requests.
`answers`: what it says to each new request, one after the other, so long after it came; whoever
looks there is told the first."""

CONTROL, ANSWER = "/dieu-khien", "/dieu-khien/tra-loi"
PATH = "/requests"
_SECONDS = 10


@dataclass
class Books:
    """What it was sent, by id, with how often, and what was said to its answers."""

    got: dict[str, dict[str, Any]] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    said: list[dict[str, Any]] = field(default_factory=list)


class Software(ThreadingHTTPServer):
    """The software on a port of this machine."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], secret: str, answers_to: str) -> None:
        super().__init__(address, _Handler)
        self.secret = secret
        self.books = Books()
        self.mood = dict(MOODS)
        self.lock = Lock()
        self._answers_to = answers_to

    def take(self, asked: dict[str, Any]) -> None:
        """Note a request, and answer a new one as the mood is."""
        id_ = asked["id"]
        with self.lock:
            is_new = id_ not in self.books.got
            self.books.got[id_] = asked
            self.books.times[id_] = self.books.times.get(id_, 0) + 1
        if is_new and self._answers_to and asked["mode"] == "ask":
            for answer in self.mood["answers"]:
                later = Timer(self.mood["after_seconds"], self.answer, (id_, answer))
                later.daemon = True
                later.start()

    def answer(self, id_: str, answer: Any) -> dict[str, Any]:
        """Call back; what was said to that."""
        body = orjson.dumps(answer)
        headers = webhook.signed([self.secret], f"answer-{id_}", wall_clock(), body)
        told = requests.post(
            f"{self._answers_to}/{id_}",
            body,
            headers=headers | {"Content-Type": "application/json"},
            timeout=_SECONDS,
        )
        said = {"id": id_, "status": told.status_code, "body": told.json()}
        with self.lock:
            self.books.said.append(said)
        return said


class _Handler(BaseHTTPRequestHandler):
    server: Software
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """A request comes, or an answer is asked for."""
        body = self._body()
        if self.path == ANSWER:
            asked = orjson.loads(body)
            self._say(200, self.server.answer(asked["id"], asked["answer"]))
        elif self.path != PATH or not self._is_signed(body):
            self._say(401, {})
        elif self.server.mood["fail"]:
            self._say(self.server.mood["fail"].pop(0), {})
        else:
            self.server.take(orjson.loads(body))
            sleep(self.server.mood["slow_seconds"])
            self._say(202, {})

    def do_PUT(self) -> None:
        """How to behave from now on."""
        self.server.mood = MOODS | orjson.loads(self._body())
        self._say(200, self.server.mood)

    def do_GET(self) -> None:
        """What it got; or someone looks whether there is an answer."""
        if self.path == CONTROL:
            self._say(200, vars(self.server.books))
        elif not self._is_signed(b""):
            self._say(401, {})
        elif self.path.removeprefix(f"{PATH}/") not in self.server.books.got:
            self._say(404, {})
        else:
            answers = self.server.mood["answers"]
            self._say(200, answers[0]) if answers else self._say(204, None)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Requests are not told."""

    def _is_signed(self, body: bytes) -> bool:
        """Whatever time the other side thinks it is: those who try may put their clocks ahead."""
        headers = {name: self.headers.get(name, "") for name in webhook.HEADERS}
        then = datetime.fromtimestamp(int(headers[webhook.TIMESTAMP] or 0), UTC)
        return webhook.is_signed([self.server.secret], headers, then, body)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _say(self, status: int, document: Any) -> None:
        body = b"" if document is None else orjson.dumps(document)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    port, secret, answers_to = sys.argv[1:]
    with Software(("127.0.0.1", int(port)), secret, answers_to) as software:
        print(f"http://127.0.0.1:{software.server_port}", flush=True)
        software.serve_forever()
