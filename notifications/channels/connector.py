"""Connectors: requests to other software, signed, one HTTP request each.

One that does not answer keeps none of the others waiting for long: all its requests are put off,
and the channel stays open.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import requests

from engine.model import webhook
from engine.model.channel import Channel
from engine.model.connector import KeptConnector
from engine.store import connectors
from engine.store.database import Database
from engine.store.requests import Asked, of_message
from engine.store.sending import Claimed
from notifications.channels.carrier import Deferred, Postponed, Refused, Unreachable
from notifications.channels.guarded import outward
from notifications.channels.http import Answer, post

_LATER = frozenset({408, 421, 425, 429})
_ALREADY = 409
_NEXT_ROUND = timedelta(seconds=10)
_SILENT = "Phần mềm bên kia vừa không trả lời; sẽ thử lại."
_UNCONNECTED = "Cơ quan chưa nối với phần mềm này, hoặc đã tắt kết nối."


@dataclass(frozen=True)
class ConnectorCarrier:
    """Hands requests to the software that serves the agency of their dossier."""

    database: Database
    secret_key: str = field(repr=False)
    channel: Channel = Channel.CONNECTOR

    @contextmanager
    def session(self) -> Iterator["ConnectorSession"]:
        """Connections to be."""
        with outward(inside=True) as http:
            yield ConnectorSession(self, http)


class ConnectorSession:
    """Sends requests, over connections that are kept meanwhile."""

    def __init__(self, carrier: ConnectorCarrier, http: requests.Session) -> None:
        self._carrier = carrier
        self._http = http
        self._silent: set[int] = set()
        """Connectors that did not answer: so long as the session lasts they are left alone."""

    def send(self, message: Claimed, now: datetime) -> None:
        """Send one; raises `Refused`, `Postponed` or `Deferred`."""
        asked, connector = self._addressee(message)
        if connector.id in self._silent:
            raise Deferred(_SILENT, _NEXT_ROUND)
        body = message.letter.body.encode()
        secrets = connector.secrets(self._carrier.secret_key, now)
        headers = webhook.signed(secrets, asked.id, now, body)
        try:
            _require_taken(post(self._http, f"{connector.base_url}/requests", body, headers, now))
        except Unreachable as error:
            self._silent.add(connector.id)
            raise Postponed(str(error)) from error

    def _addressee(self, message: Claimed) -> tuple[Asked, KeptConnector]:
        """What is asked of whom, as the office has it now; raises `Refused`."""
        with self._carrier.database.reading() as tx:
            asked = of_message(tx, message.key)
            found = connectors.serving(tx, asked.connector, asked.agency) if asked else None
        if asked is None or found is None:
            raise Refused(_UNCONNECTED)
        return asked, found


def _require_taken(answer: Answer) -> None:
    """Nothing of what the other side says is kept but its status: it may be anybody."""
    said = f"HTTP {answer.status}"
    if 200 <= answer.status < 300 or answer.status == _ALREADY:
        return
    if answer.status in _LATER or answer.status >= 500:
        raise Postponed(said, answer.retry_after)
    raise Refused(said)
