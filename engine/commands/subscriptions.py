"""Webhooks registered, changed, paused and ended by who administers an agency."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from sqlalchemy import Connection

from engine.commands import subscribers
from engine.errors import NotPermitted
from engine.errors.webhooks import (
    SubscriptionEnded,
    SubscriptionUnknown,
    TooManyWebhooks,
    WebhookInvalid,
)
from engine.letters.letter import Letter
from engine.life.moments import text
from engine.model.actor import Actor, Permission, may_at
from engine.model.channel import Channel
from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.model.subscription import TEST, TYPES, Subscription
from engine.model.webhook import make_secret
from engine.model.webhook_address import check_url
from engine.store import agencies, messages, office_log, subscriptions
from engine.store.messages import Draft

MOST = 20
"""Webhooks of one agency."""


@dataclass(frozen=True)
class Register:
    """From now on tell `url` what happens to dossiers of an agency and of those below it.

    `events`: types; none are all. `inside`: whether addresses of the office's own network will do.
    """

    agency: str
    name: str
    url: str
    events: tuple[str, ...] = ()
    inside: bool = False


@dataclass(frozen=True)
class Change:
    """What a webhook is to be like; what is left None stays."""

    webhook: int
    name: str | None = None
    url: str | None = None
    events: tuple[str, ...] | None = None
    inside: bool = False


def register(tx: Connection, command: Register, actor: Actor, now: datetime) -> Subscription:
    """Register a webhook; raises `NotPermitted`, `WebhookInvalid`, `TooManyWebhooks`."""
    agencies.level_of(tx, command.agency)
    if not _may(actor, command.agency):
        raise NotPermitted(what=f"đăng ký webhook của cơ quan {command.agency}")
    office_log.one_at_a_time(tx)
    if len(list(subscriptions.of_agency(tx, command.agency))) >= MOST:
        raise TooManyWebhooks(most=MOST)
    number = subscriptions.add(
        tx,
        agency=command.agency,
        name=_name(command.name),
        url=check_url(command.url, command.inside),
        events=_events(command.events),
        created_at=now,
        created_by=actor.id,
    )
    made = subscriptions.get(tx, number)
    _record(tx, OfficeEventType.WEBHOOK_ADDED, made, {}, actor, now)
    return made


def change(tx: Connection, command: Change, actor: Actor, now: datetime) -> None:
    """Change name, address or types of a webhook; raises as `register` does."""
    before = _in_use(tx, command.webhook, actor)
    values: dict[str, Any] = {}
    if command.name is not None:
        values["name"] = _name(command.name)
    if command.url is not None:
        values |= {"url": check_url(command.url, command.inside), "failures": 0, "retry_at": None}
    if command.events is not None:
        values["events"] = _events(command.events)
    if values:
        subscriptions.change(tx, before.id, **values)
        subscriptions.hurry(tx, before.id, now)
        _changed(tx, before, actor, now)


def pause(tx: Connection, number: int, actor: Actor, now: datetime) -> None:
    """Hold what is to be told; it leaves when the webhook is resumed."""
    before = _in_use(tx, number, actor)
    if before.paused_at is None:
        subscriptions.change(tx, number, paused_at=now)
        _changed(tx, before, actor, now)


def resume(tx: Connection, number: int, actor: Actor, now: datetime) -> None:
    """Tell again, first what was held."""
    before = _in_use(tx, number, actor)
    if before.paused_at is not None:
        subscriptions.change(tx, number, paused_at=None, failures=0, retry_at=None)
        subscriptions.hurry(tx, number, now)
        _changed(tx, before, actor, now)


def change_secret(tx: Connection, number: int, actor: Actor, now: datetime) -> Subscription:
    """Sign with another secret; for a day with the old one too."""
    before = _in_use(tx, number, actor)
    following = before.secret_number + 1
    subscriptions.change(tx, number, secret_number=following, secret_changed_at=now)
    after = subscriptions.get(tx, number)
    _record(tx, OfficeEventType.WEBHOOK_SECRET_CHANGED, after, {}, actor, now)
    return after


def try_out(tx: Connection, number: int, key: str, actor: Actor, now: datetime) -> None:
    """Send a message that tells nothing; `key` tells one try from another."""
    to = _in_use(tx, number, actor)
    said: dict[str, Any] = {"type": TEST, "timestamp": text(now), "data": {"webhook": to.id}}
    letter = Letter(TEST, rfc8785.dumps(said).decode(), "")
    draft = Draft(
        f"webhook:{to.id}:test:{key}",
        Channel.WEBHOOK,
        str(to.id),
        letter,
        name=to.name,
        agency=to.agency,
    )
    messages.enqueue(tx, [draft], now)


def end(tx: Connection, number: int, actor: Actor, now: datetime) -> None:
    """Tell nothing any more; raises `SubscriptionUnknown`, `SubscriptionEnded`."""
    subscribers.end(tx, _in_use(tx, number, actor), actor.key, now)


def secret(subscription: Subscription, secret_key: str, now: datetime) -> str:
    """The secret that holds; to be shown once, to who has just made it."""
    return make_secret(secret_key, subscription.purposes(now)[0])


def _may(actor: Actor, agency: str) -> bool:
    return may_at(actor, Permission.WEBHOOK_MANAGE, agency)


def _in_use(tx: Connection, number: int, actor: Actor) -> Subscription:
    found = subscriptions.get(tx, number, lock=True)
    if not _may(actor, found.agency):
        raise SubscriptionUnknown(webhook=number)
    if found.ended_at is not None:
        raise SubscriptionEnded(webhook=number)
    return found


def _name(given: str) -> str:
    name = " ".join(given.split())
    if not 1 <= len(name) <= 200:
        raise WebhookInvalid(why="tên phải có từ 1 đến 200 ký tự")
    return name


def _events(given: tuple[str, ...]) -> list[str]:
    if unknown := sorted(set(given) - set(TYPES)):
        raise WebhookInvalid(why=f"không có loại sự kiện {', '.join(unknown)}")
    return [type_ for type_ in TYPES if type_ in given]


def _changed(tx: Connection, before: Subscription, actor: Actor, now: datetime) -> None:
    after = subscriptions.get(tx, before.id)
    _record(tx, OfficeEventType.WEBHOOK_CHANGED, after, _told(before), actor, now)


def _record(
    tx: Connection,
    type_: OfficeEventType,
    to: Subscription,
    before: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    event = OfficeEvent(type_, to.agency, f"webhook:{to.id}", before, _told(to))
    office_log.record(tx, event, actor.key, now)


def _told(to: Subscription) -> dict[str, Any]:
    paused = text(to.paused_at) if to.paused_at else None
    return {"name": to.name, "url": to.url, "events": list(to.events), "paused_at": paused}
