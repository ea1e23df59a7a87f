"""The log of petitions: one chain for the whole house, only ever appended to.

Its head lies in a row of its own, which whoever appends locks first. What people said lies in a
payload beside the event, of which the chain covers a salted digest: it can be erased by law. One
chain, and not one each: so no petition can vanish with all its events.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from engine.life.moments import text
from engine.model.petition import PetitionEvent, PetitionEventType
from engine.store.chain import link, new_salt, payload_digest
from engine.store.petition_tables import petition_event as table
from engine.store.petition_tables import petition_log, petition_payload

_HEAD = select(petition_log.c.seq, petition_log.c.head, petition_log.c.petitions)


@dataclass(frozen=True)
class Head:
    """Number and hash of the last event (0 and zeros before the first), and how many petitions."""

    seq: int
    hash: str
    petitions: int


@dataclass(frozen=True)
class Logged:
    """An event as it lies in the log; `salt` is None where there is no payload, or no more."""

    seq: int
    petition: str
    event: PetitionEvent
    payload_digest: str | None
    hash: str
    salt: bytes | None

    @property
    def erased(self) -> bool:
        """Whether the payload was lawfully erased."""
        return self.payload_digest is not None and self.salt is None


def head(tx: Connection) -> Head:
    """Where the log ends."""
    return Head(*tx.execute(_HEAD).one())


def one_at_a_time(tx: Connection) -> Head:
    """Keep everybody else from appending until the transaction ends."""
    return Head(*tx.execute(_HEAD.with_for_update()).one())


def next_code(tx: Connection, day: date) -> str:
    """The code of one more petition, e.g. `PA-26-00042`."""
    number = one_at_a_time(tx).petitions + 1
    tx.execute(update(petition_log).values(petitions=number))
    return f"PA-{day:%y}-{number:05}"


def append(tx: Connection, petition: str, event: PetitionEvent) -> int:
    """Write one event of a petition; returns its number."""
    last = one_at_a_time(tx)
    seq, salt = last.seq + 1, new_salt() if event.payload else None
    digest = payload_digest(salt, event.payload) if salt else None
    hash_ = hash_of(last.hash, seq, petition, event, digest)
    said = {name: value for name, value in vars(event).items() if name != "payload"}
    row = {"seq": seq, "petition": petition, **said, "payload_digest": digest, "hash": hash_}
    tx.execute(insert(table).values(row))
    if salt:
        tx.execute(insert(petition_payload).values(seq=seq, salt=salt, body=event.payload))
    tx.execute(update(petition_log).values(seq=seq, head=hash_))
    return seq


def hash_of(
    previous: str, seq: int, petition: str, event: PetitionEvent, digest: str | None
) -> str:
    """The hash that an event should have after the one before it."""
    body: Mapping[str, Any] = {
        "seq": seq,
        "petition": petition,
        "type": event.type.value,
        "at": text(event.at),
        "actor": event.actor,
        "data": event.data,
        "payload": digest,
    }
    return link(previous, body)


def of(tx: Connection, petition: str) -> list[Logged]:
    """The events of a petition, in order."""
    return _logged(tx, _events().where(table.c.petition == petition))


def after(tx: Connection, seq: int, limit: int) -> list[Logged]:
    """Events of all petitions in order, from the one after `seq`."""
    return _logged(tx, _events().where(table.c.seq > seq).limit(limit))


def _events() -> Select[Any]:
    payload = petition_payload.c.seq == table.c.seq
    columns = (table, petition_payload.c.salt, petition_payload.c.body)
    return select(*columns).outerjoin(petition_payload, payload).order_by(table.c.seq)


def _logged(tx: Connection, query: Select[Any]) -> list[Logged]:
    return [
        Logged(row.seq, row.petition, _event(row), row.payload_digest, row.hash, row.salt)
        for row in tx.execute(query)
    ]


def _event(row: Any) -> PetitionEvent:
    type_ = PetitionEventType(row.type)
    return PetitionEvent(type_, row.at, row.actor, row.data, row.body or {})


def plain_events(log: Iterable[Logged]) -> list[PetitionEvent]:
    """What happened, without how it is kept."""
    return [logged.event for logged in log]
