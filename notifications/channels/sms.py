"""SMS, through a gateway that takes JSON.

`POST MOTCUA_SMS_URL` with `{"id", "to", "from", "text"}`: `id` is the same for the same message,
`to` a number like 84912345678, `from` the brand name. The token goes as `Authorization: Bearer`.
2xx: taken; 4xx: never; 401, 403, 404, 429, 5xx: later.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

import orjson
import requests

from engine.model.channel import Channel
from engine.settings import Settings
from engine.store.sending import Claimed
from notifications.channels.carrier import public_id
from notifications.channels.http import post, require_taken
from notifications.channels.telephone import abroad


@dataclass(frozen=True)
class SmsCarrier:
    """The gateway of the settings."""

    url: str
    token: str = field(repr=False)
    brand: str
    channel: Channel = Channel.SMS

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """As the settings say, None without a gateway."""
        if not settings.sms_url:
            return None
        return cls(settings.sms_url, settings.sms_token, settings.sms_brand)

    @contextmanager
    def session(self) -> Iterator["SmsSession"]:
        """A connection to be."""
        with requests.Session() as http:
            yield SmsSession(self, http)


class SmsSession:
    """Hands texts to the gateway over one connection."""

    def __init__(self, carrier: SmsCarrier, http: requests.Session) -> None:
        self._carrier = carrier
        self._http = http

    def send(self, message: Claimed, now: datetime) -> None:
        """Send one; raises `Refused`, `Postponed` or `Unreachable`."""
        text = {
            "id": public_id(message.key),
            "to": abroad(message.address),
            "from": self._carrier.brand,
            "text": message.letter.body,
        }
        headers = {"Authorization": f"Bearer {self._carrier.token}"}
        require_taken(post(self._http, self._carrier.url, orjson.dumps(text), headers, now))
