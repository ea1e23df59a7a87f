"""Connectors in the database: who registered which, and which one serves an agency."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bpmn.connectors import CATALOGUE, Connector
from engine.errors.connectors import ConnectorUnknown
from engine.model.connector import KeptConnector, Replies
from engine.store import agencies
from engine.store.connector_tables import connector as table


def add(tx: Connection, now: datetime, **row: Any) -> int:
    """Register a connector, its columns by name; returns its number."""
    begun = {"active": True, "generation": 1, "renewed_at": now, "revision": 1}
    query = insert(table).values(**begun, **row).returning(table.c.id)
    return int(tx.execute(query).scalar_one())


def get(tx: Connection, number: int) -> KeptConnector:
    """The connector with this number; raises `ConnectorUnknown`."""
    row = tx.execute(select(table).where(table.c.id == number)).one_or_none()
    if row is None:
        raise ConnectorUnknown(connector=number)
    return _read(row)


def lock(tx: Connection, number: int) -> KeptConnector:
    """The same, kept from others' hands until the transaction ends."""
    tx.execute(select(table.c.id).where(table.c.id == number).with_for_update())
    return get(tx, number)


def change(tx: Connection, number: int, **values: Any) -> None:
    """Change columns of a connector."""
    this = update(table).where(table.c.id == number)
    tx.execute(this.values(revision=table.c.revision + 1, **values))


def taken(tx: Connection, agency: str, name: str) -> bool:
    """Whether an agency has a connector of this name."""
    query = select(table.c.id).where(table.c.agency == agency, table.c.name == name)
    return tx.execute(query).first() is not None


def of_agencies(tx: Connection, codes: Collection[str]) -> list[KeptConnector]:
    """Those that agencies registered, by title."""
    query = select(table).where(table.c.agency.in_(codes)).order_by(table.c.title, table.c.id)
    return [_read(row) for row in tx.execute(query)]


def serving(tx: Connection, name: str, agency: str) -> KeptConnector | None:
    """The connector that an agency uses; None where there is none, or where it is turned off."""
    found = nearest(tx, name, agency)
    return found if found and found.active else None


def nearest(tx: Connection, name: str, agency: str) -> KeptConnector | None:
    """The connector that an agency registered, else the nearest above; on or off."""
    line: Sequence[str] = [each.code for each in agencies.line(tx, agency)]
    query = select(table).where(table.c.name == name, table.c.agency.in_(line))
    found = min(tx.execute(query), key=lambda row: line.index(row.agency), default=None)
    return None if found is None else _read(found)


def known(tx: Connection) -> Mapping[str, Connector]:
    """All that procedures may name: those known everywhere, with what offices registered."""
    found = dict(CATALOGUE)
    for row in tx.execute(select(table).order_by(table.c.id)):
        before = found.get(row.name, Connector(row.name, row.title, {}))
        operations = {**row.operations, **before.operations}
        found[row.name] = Connector(row.name, before.title, operations)
    return found


def _read(row: Any) -> KeptConnector:
    return KeptConnector(**{**row._mapping, "replies": Replies(row.replies)})
