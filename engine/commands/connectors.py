"""Connectors are registered, changed and turned off by who administers there; nobody sees a
secret but whoever has it made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection

from bpmn.connectors import CATALOGUE
from engine.errors import NotPermitted
from engine.errors.connectors import (
    ConnectorChanged,
    ConnectorInvalid,
    ConnectorTaken,
    ConnectorUnknown,
)
from engine.model.actor import Actor, Permission, may_at
from engine.model.connector import NAME, KeptConnector, Replies
from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.store import agencies, connectors, office_log

MOST_TITLE, MOST_URL, MOST_OPERATIONS = 200, 500, 50
_URL = re.compile(r"https?://[!-~]+")
_OPERATION = re.compile("[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True)
class Terms:
    """What may be said of a connector: how it is called, where it is reached, what it can do."""

    title: str
    base_url: str
    operations: Mapping[str, str]
    replies: Replies


@dataclass(frozen=True)
class RegisterConnector:
    """From now on an agency, and all below it that have none of this name, use this one."""

    agency: str
    name: str
    terms: Terms


@dataclass(frozen=True)
class ChangeConnector:
    """Say something else of a connector, turn it on or off; with `revision`, as it was seen."""

    connector: int
    terms: Terms
    active: bool
    revision: int | None = None


def register_connector(
    tx: Connection, command: RegisterConnector, actor: Actor, now: datetime
) -> KeptConnector:
    """Register a connector, turned on. Raises `ConnectorInvalid` or `ConnectorTaken`."""
    agencies.level_of(tx, command.agency)
    _require_permission(actor, command.agency)
    if not NAME.fullmatch(command.name):
        raise ConnectorInvalid(why="tên gồm chữ thường không dấu, số, gạch dưới; tối đa 22 ký tự")
    terms = _checked(command.name, command.terms)
    office_log.one_at_a_time(tx)
    if connectors.taken(tx, command.agency, command.name):
        raise ConnectorTaken(agency=command.agency, name=command.name)
    number = connectors.add(tx, now, agency=command.agency, name=command.name, **vars(terms))
    made = connectors.get(tx, number)
    _record(tx, OfficeEventType.CONNECTOR_REGISTERED, made, ({}, _said(made)), actor, now)
    return made


def change_connector(
    tx: Connection, command: ChangeConnector, actor: Actor, now: datetime
) -> KeptConnector:
    """Change a connector. Raises `ConnectorUnknown`, `ConnectorChanged`, `ConnectorInvalid`."""
    before = in_sight(tx, command.connector, actor)
    if command.revision is not None and command.revision != before.revision:
        raise ConnectorChanged(name=before.name)
    terms = _checked(before.name, command.terms)
    connectors.change(tx, before.id, active=command.active, **vars(terms))
    after = connectors.get(tx, before.id)
    change = (_said(before), _said(after))
    if change[0] != change[1]:
        _record(tx, OfficeEventType.CONNECTOR_CHANGED, after, change, actor, now)
    return after


def renew_secret(tx: Connection, connector: int, actor: Actor, now: datetime) -> KeptConnector:
    """Give a connector a new secret; the one before counts for another day."""
    before = in_sight(tx, connector, actor)
    connectors.change(tx, before.id, generation=before.generation + 1, renewed_at=now)
    after = connectors.get(tx, before.id)
    change = ({"generation": before.generation}, {"generation": after.generation})
    _record(tx, OfficeEventType.CONNECTOR_SECRET_RENEWED, after, change, actor, now)
    return after


def in_sight(tx: Connection, number: int, actor: Actor) -> KeptConnector:
    """A connector where the actor administers, which nobody else changes now; raises
    `ConnectorUnknown`."""
    found = connectors.lock(tx, number)
    if not may_at(actor, Permission.CONNECTOR_MANAGE, found.agency):
        raise ConnectorUnknown(connector=number)
    return found


def _checked(name: str, terms: Terms) -> Terms:
    """The terms as they are kept; raises `ConnectorInvalid`."""
    title, url = terms.title.strip(), terms.base_url.strip().rstrip("/")
    if not title or len(title) > MOST_TITLE or "\0" in title:
        raise ConnectorInvalid(why=f"tên gọi phải có từ 1 đến {MOST_TITLE} ký tự")
    if not _is_address(url):
        raise ConnectorInvalid(why="địa chỉ phải có dạng https://may-chu/duong-dan")
    if not 1 <= len(terms.operations) <= MOST_OPERATIONS:
        raise ConnectorInvalid(why=f"phải có từ 1 đến {MOST_OPERATIONS} thao tác")
    for operation, words in terms.operations.items():
        _require_operation(name, operation, words)
    return Terms(title, url, dict(terms.operations), terms.replies)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    bare = not (parts.query or parts.fragment or parts.username or parts.password)
    return bool(_URL.fullmatch(url)) and len(url) <= MOST_URL and named and bare


def _require_operation(name: str, operation: str, words: str) -> None:
    if not _OPERATION.fullmatch(operation) or not words.strip() or len(words) > MOST_TITLE:
        raise ConnectorInvalid(why=f"thao tác «{operation}» phải có mã không dấu và tên gọi")
    known = CATALOGUE.get(name)
    if known and operation not in known.operations:
        listed = ", ".join(known.operations)
        raise ConnectorInvalid(why=f"«{name}» không có thao tác «{operation}», chỉ có: {listed}")


def _require_permission(actor: Actor, agency: str) -> None:
    if not may_at(actor, Permission.CONNECTOR_MANAGE, agency):
        raise NotPermitted(what=f"quản trị bộ kết nối của cơ quan {agency}")


def _said(connector: KeptConnector) -> dict[str, Any]:
    """A connector as the log tells of it."""
    return {
        "name": connector.name,
        "title": connector.title,
        "base_url": connector.base_url,
        "operations": dict(connector.operations),
        "replies": connector.replies.value,
        "active": connector.active,
    }


def _record(
    tx: Connection,
    type_: OfficeEventType,
    connector: KeptConnector,
    change: tuple[Mapping[str, Any], Mapping[str, Any]],
    actor: Actor,
    now: datetime,
) -> None:
    event = OfficeEvent(type_, connector.agency, f"connector:{connector.id}", *change)
    office_log.record(tx, event, actor.key, now)
