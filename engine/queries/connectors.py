"""Connectors as their administrators see them, without secrets, with how the exchange goes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from engine.errors import NotPermitted
from engine.errors.connectors import ConnectorUnknown
from engine.model.actor import Actor, Permission, granted, may_at
from engine.model.connector import REPLIES_NAMES, KeptConnector, Replies
from engine.model.request import RequestState
from engine.store import agencies, connectors
from engine.store.connector_tables import request as table


@dataclass(frozen=True)
class ConnectorItem:
    """A connector; `waiting` requests of all who use it await an answer, the oldest since
    `waiting_since`."""

    id: int
    agency: str
    agency_name: str
    name: str
    title: str
    base_url: str
    operations: dict[str, str]
    replies: Replies
    replies_name: str
    active: bool
    renewed_at: datetime
    revision: int
    waiting: int
    waiting_since: datetime | None


def list_connectors(tx: Connection, actor: Actor) -> list[ConnectorItem]:
    """Those of agencies that the actor administers, by title; raises `NotPermitted`."""
    return [_item(tx, each) for each in connectors.of_agencies(tx, _administered(actor))]


def connector(tx: Connection, number: int, actor: Actor) -> ConnectorItem:
    """One of them; raises `ConnectorUnknown`."""
    found = connectors.get(tx, number)
    if not may_at(actor, Permission.CONNECTOR_MANAGE, found.agency):
        raise ConnectorUnknown(connector=number)
    return _item(tx, found)


def _administered(actor: Actor) -> frozenset[str]:
    grants = list(granted(actor, Permission.CONNECTOR_MANAGE))
    if not grants:
        raise NotPermitted(what="quản trị bộ kết nối")
    return frozenset(agency for grant, reach in grants for agency in grant.reached(reach))


def _item(tx: Connection, kept: KeptConnector) -> ConnectorItem:
    users = agencies.with_all_below(tx, kept.agency)
    waits = select(func.count(), func.min(table.c.made_at)).where(
        table.c.state == RequestState.WAITING,
        table.c.connector == kept.name,
        table.c.agency.in_(users),
    )
    waiting, since = tx.execute(waits).one()
    return ConnectorItem(
        id=kept.id,
        agency=kept.agency,
        agency_name=agencies.name_of(tx, kept.agency),
        name=kept.name,
        title=kept.title,
        base_url=kept.base_url,
        operations=dict(kept.operations),
        replies=kept.replies,
        replies_name=REPLIES_NAMES[kept.replies],
        active=kept.active,
        renewed_at=kept.renewed_at,
        revision=kept.revision,
        waiting=waiting,
        waiting_since=since,
    )
