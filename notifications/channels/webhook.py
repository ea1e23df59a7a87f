"""Webhooks: what happens to dossiers, told to software that subscribed, signed as Standard
Webhooks has it.

2xx: taken. 410: the subscriber wants nothing any more. Everything else is tried again, and
meanwhile the subscriber is left alone; others are not kept waiting.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

import requests

from engine.errors.webhooks import SubscriptionUnknown
from engine.model.channel import Channel
from engine.model.subscription import Subscription
from engine.model.webhook import make_secret, signed
from engine.settings import Settings
from engine.store import subscriptions
from engine.store.database import Database
from engine.store.sending import Claimed
from notifications.channels.carrier import Deferred, Postponed, Refused, Unreachable, public_id
from notifications.channels.guarded import outward
from notifications.channels.http import Answer, post

HELD = timedelta(hours=1)
"""How often it is looked whether a webhook that is paused goes on."""

_NEXT_ROUND = timedelta(seconds=10)
_GONE = 410


@dataclass(frozen=True)
class WebhookCarrier:
    """Tells whoever subscribed; `inside`: also in the office's own network."""

    database: Database
    secret_key: str = field(repr=False)
    inside: bool = False
    channel: Channel = Channel.WEBHOOK

    @classmethod
    def of(cls, settings: Settings, database: Database) -> Self:
        """As the settings say."""
        return cls(database, settings.secret_key, settings.webhooks_inside)

    @contextmanager
    def session(self) -> Iterator["WebhookSession"]:
        """Connections to be."""
        with outward(self.inside) as http:
            yield WebhookSession(self, http)


class WebhookSession:
    """Sends over connections that are kept meanwhile; nobody who failed is asked again."""

    def __init__(self, carrier: WebhookCarrier, http: requests.Session) -> None:
        self._carrier = carrier
        self._http = http
        self._failed: set[int] = set()

    def send(self, message: Claimed, now: datetime) -> str:
        """Send one; raises `Refused`, `Postponed` or `Deferred`."""
        to = self._subscriber(message, now)
        body = message.letter.body.encode()
        secrets = [make_secret(self._carrier.secret_key, each) for each in to.purposes(now)]
        headers = signed(secrets, f"msg_{public_id(message.key)}", now, body)
        try:
            answer = post(self._http, to.url, body, headers, now)
            _require_taken(answer)
        except (Postponed, Unreachable) as error:
            self._failed.add(to.id)
            raise Postponed(str(error), error.retry_after) from error
        return answer.said

    def _subscriber(self, message: Claimed, now: datetime) -> Subscription:
        """To whom, as it is now; raises `Refused` where it has ended, `Deferred` for later."""
        try:
            with self._carrier.database.reading() as tx:
                to = subscriptions.get(tx, int(message.address))
        except SubscriptionUnknown as error:
            raise Refused(error.message) from error
        if to.ended_at is not None:
            raise Refused("Webhook đã bỏ.")
        if to.paused_at is not None:
            raise Deferred("", HELD)
        if to.retry_at is not None and now < to.retry_at <= now + HELD:
            raise Deferred("", to.retry_at - now)
        if to.id in self._failed:
            raise Deferred("", _NEXT_ROUND)
        return to


def _require_taken(answer: Answer) -> None:
    if 200 <= answer.status < 300:
        return
    if answer.status == _GONE:
        raise Refused(answer.said)
    raise Postponed(answer.said, answer.retry_after)
