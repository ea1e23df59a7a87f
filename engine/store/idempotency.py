"""Answers already given, by the key that the client chose: a repeat gets the same answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.errors import KeyReused
from engine.store.tables import idempotency_key as table


@dataclass(frozen=True)
class Answer:
    """What was answered: an HTTP status, the body as sent, and the headers that belong to it."""

    status: int
    body: str
    headers: Mapping[str, str]


def claim(tx: Connection, user_id: int, key: str, request: str, now: datetime) -> Answer | None:
    """Take a key for this transaction, or give the answer that was given under it.

    `request` is the digest of the whole request; raises `KeyReused` when the key stands for
    another one. Waits for a transaction that holds the key, on both databases.
    """
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    row = {"user_id": user_id, "key": key, "request": request, "created_at": now}
    taking = insert(table).values(row).on_conflict_do_nothing().returning(table.c.key)
    if tx.execute(taking).first() is not None:
        return None
    query = select(table.c.request, table.c.status, table.c.body, table.c.headers)
    found = tx.execute(query.where(_is(user_id, key))).one()
    if found.request != request:
        raise KeyReused()
    return Answer(found.status, found.body, found.headers)


def keep(tx: Connection, user_id: int, key: str, answer: Answer) -> None:
    """Remember the answer under the key that this transaction took."""
    values = {"status": answer.status, "body": answer.body, "headers": dict(answer.headers)}
    tx.execute(update(table).where(_is(user_id, key)).values(values))


def forget(tx: Connection, before: datetime) -> int:
    """Delete answers older than a moment; returns how many. To be called now and then."""
    return tx.execute(delete(table).where(table.c.created_at < before)).rowcount


def _is(user_id: int, key: str) -> ColumnElement[bool]:
    return (table.c.user_id == user_id) & (table.c.key == key)
