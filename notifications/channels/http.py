"""One HTTP request at a time to another program, and what its answer means for a message.

No redirects are followed, certificates are checked, and neither a slow nor a long answer holds a
channel for more than half a minute.
"""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Any

import orjson
import requests

from notifications.channels.carrier import Postponed, Refused, Unreachable, fault, in_short

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
WHOLE_SECONDS = 20.0
"""For the whole answer, however steadily it trickles in."""

MOST_BYTES = 64 * 1024
_PIECE = 4096
_NOBODY = frozenset({401, 403, 404, 407, 429, 502, 503, 504})
"""Nothing is wrong with this message: we are not let in, are to wait, or nobody is there."""

_LATER = frozenset({408, 409, 421, 425})


@dataclass(frozen=True)
class Answer:
    """What the other side said, as far as it is read."""

    status: int
    body: bytes
    retry_after: timedelta

    @property
    def said(self) -> str:
        """In short."""
        return in_short(f"HTTP {self.status} {self.body.decode(errors='replace')}")

    def json(self) -> Any:
        """As JSON; None where it is none."""
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return None


def post(
    http: requests.Session, url: str, body: bytes, headers: Mapping[str, str], now: datetime
) -> Answer:
    """Send one request with JSON; raises `Unreachable` where no answer comes."""
    kind = {"Content-Type": "application/json"}
    return _ask(http, requests.Request("POST", url, {**kind, **headers}, data=body), now)


def get(http: requests.Session, url: str, headers: Mapping[str, str], now: datetime) -> Answer:
    """Ask for something; raises `Unreachable` where no answer comes."""
    return _ask(http, requests.Request("GET", url, dict(headers)), now)


def _ask(http: requests.Session, asked: requests.Request, now: datetime) -> Answer:
    try:
        answer = http.request(
            asked.method or "",
            asked.url or "",
            data=asked.data,
            headers={"User-Agent": "motcua", **asked.headers},
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            allow_redirects=False,
            stream=True,
            auth=_as_it_is,
        )
        with closing(answer):
            said, rest = _read(answer), answer.headers.get("Retry-After")
    except requests.RequestException as error:
        raise Unreachable(fault(error)) from error
    return Answer(answer.status_code, said, wanted_rest(rest, now))


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Without this the library would take another log-in from a file of the machine."""
    return request


def _read(answer: requests.Response) -> bytes:
    end, said = monotonic() + WHOLE_SECONDS, b""
    for piece in answer.iter_content(_PIECE):
        said += piece
        if len(said) >= MOST_BYTES or monotonic() > end:
            break
    return said[:MOST_BYTES]


def require_taken(answer: Answer) -> None:
    """Raise what a status means: nothing for 2xx, else `Refused`, `Postponed`, `Unreachable`."""
    status = answer.status
    if 200 <= status < 300:
        return
    if status in _NOBODY or 300 <= status < 400:
        raise Unreachable(answer.said, answer.retry_after)
    if status in _LATER or status >= 500:
        raise Postponed(answer.said, answer.retry_after)
    raise Refused(answer.said)


def wanted_rest(said: str | None, now: datetime) -> timedelta:
    """What `Retry-After` asks for, as seconds or as a date; nothing where it makes no sense."""
    text = (said or "").strip()
    if text.isascii() and text.isdecimal() and len(text) < 7:
        return timedelta(seconds=int(text))
    try:
        return max(parsedate_to_datetime(text) - now, timedelta(0))
    except (ValueError, TypeError):
        return timedelta(0)
