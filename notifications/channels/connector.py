"""Connectors: requests to other software, signed, one HTTP request each.

One that does not answer keeps none of the others waiting for long: its requests are put off, and
the channel stays open.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import requests

from engine.model import webhook
from engine.model.channel import Channel
from engine.model.connector import KeptConnector
from engine.store import connectors
from engine.store.database import Database
from engine.store.requests import Asked, of_message
from engine.store.sending import Claimed
from notifications.channels.carrier import Postponed, Refused, fault
from notifications.exchange import SECONDS, retry_after

_LATER = frozenset({408, 421, 425, 429})
_ALREADY = 409
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
        with requests.Session() as http:
            yield ConnectorSession(self, http)


class ConnectorSession:
    """Sends requests, over connections that are kept meanwhile."""

    def __init__(self, carrier: ConnectorCarrier, http: requests.Session) -> None:
        self._carrier = carrier
        self._http = http

    def send(self, message: Claimed, now: datetime) -> str | None:
        """Send one; raises `Refused` or `Postponed`."""
        asked, connector = self._addressee(message)
        body = message.letter.body.encode()
        secrets = connector.secrets(self._carrier.secret_key, now)
        headers = webhook.signed(secrets, asked.id, now, body)
        _require_taken(self._post(connector, body, headers), now)
        return None

    def _addressee(self, message: Claimed) -> tuple[Asked, KeptConnector]:
        """What is asked of whom, as the office has it now; raises `Refused`."""
        with self._carrier.database.reading() as tx:
            asked = of_message(tx, message.key)
            found = connectors.serving(tx, asked.connector, asked.agency) if asked else None
        if asked is None or found is None:
            raise Refused(_UNCONNECTED)
        return asked, found

    def _post(
        self, connector: KeptConnector, body: bytes, headers: dict[str, str]
    ) -> requests.Response:
        kind = {"Content-Type": "application/json"}
        try:
            return self._http.post(
                f"{connector.base_url}/requests",
                body,
                headers=headers | kind,
                timeout=SECONDS,
                allow_redirects=False,
                stream=True,
            )
        except requests.RequestException as error:
            raise Postponed(fault(error)) from error


def _require_taken(answered: requests.Response, now: datetime) -> None:
    """Nothing of what the other side says is kept but its status: it may say anything."""
    answered.close()
    status = answered.status_code
    said = f"HTTP {status}"
    if 200 <= status < 300 or status == _ALREADY:
        return
    if status in _LATER or status >= 500:
        raise Postponed(said, retry_after(answered.headers.get("Retry-After"), now))
    raise Refused(said)
