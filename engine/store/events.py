"""The event log: rows are only ever appended (a trigger refuses anything else)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from engine.model.dossier import Dossier
from engine.model.event import Event, EventType
from engine.store.chain import event_hash, new_salt, payload_digest
from engine.store.database import execute_each
from engine.store.tables import event as table
from engine.store.tables import event_payload

_INSERT = insert(table)
_INSERT_PAYLOAD = insert(event_payload)


@dataclass(frozen=True)
class Logged:
    """An event as it lies in the log; `salt` is None where there is no payload, or no more."""

    event: Event
    payload_digest: str | None
    hash: str
    salt: bytes | None

    @property
    def erased(self) -> bool:
        """Whether the payload was lawfully erased."""
        return self.payload_digest is not None and self.salt is None


def append(tx: Connection, dossier_id: int, dossier: Dossier, head: str) -> str:
    """Write a dossier's news after `head`; returns the new head of the chain."""
    rows, payloads = [], []
    for event in dossier.news:
        digest = None
        if event.payload:
            salt = new_salt()
            digest = payload_digest(salt, event.payload)
            key = {"dossier_id": dossier_id, "seq": event.seq}
            payloads.append({**key, "salt": salt, "body": event.payload})
        head = event_hash(head, dossier.code, event, digest)
        rows.append(_row(dossier_id, dossier, event, digest, head))
    execute_each(tx, _INSERT, rows)
    execute_each(tx, _INSERT_PAYLOAD, payloads)
    return head


def _row(
    dossier_id: int, dossier: Dossier, event: Event, digest: str | None, hash_: str
) -> dict[str, Any]:
    return {
        "dossier_id": dossier_id,
        "seq": event.seq,
        "agency": dossier.competent_agency,
        "type": event.type,
        "at": event.at,
        "actor": event.actor,
        "caused_by": event.caused_by,
        "data": event.data,
        "payload_digest": digest,
        "hash": hash_,
    }


def log_of(
    tx: Connection, dossier_id: int, after: int = 0, limit: int | None = None
) -> list[Logged]:
    """Events of a dossier in order, from the one after `after`."""
    query = (
        select(table, event_payload.c.salt, event_payload.c.body)
        .outerjoin(
            event_payload,
            (event_payload.c.dossier_id == table.c.dossier_id)
            & (event_payload.c.seq == table.c.seq),
        )
        .where(table.c.dossier_id == dossier_id, table.c.seq > after)
        .order_by(table.c.seq)
        .limit(limit)
    )
    return list(map(_logged, tx.execute(query)))


def _logged(row: Any) -> Logged:
    event = Event(
        seq=row.seq,
        type=EventType(row.type),
        at=row.at,
        actor=row.actor,
        data=row.data,
        payload=row.body or {},
        caused_by=row.caused_by,
    )
    return Logged(event, row.payload_digest, row.hash, row.salt)


def acts(log: list[Logged]) -> Iterator[Event]:
    """Of a log, what was done; consequences left out."""
    return (logged.event for logged in log if logged.event.caused_by is None)
