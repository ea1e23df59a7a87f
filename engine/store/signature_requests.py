"""Signatures begun here, kept until their value comes from elsewhere or their time is over."""

from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from engine.errors.signatures import SignatureRequestUnknown
from engine.model.document import Capacity
from engine.store.signature_tables import signature_request as table


@dataclass(frozen=True)
class SignatureRequest:
    """A signature that lacks only its value; `id` is a secret of whoever asked for it."""

    id: str
    user_id: int
    dossier: str
    document: int
    capacity: Capacity
    place: int | None
    certificate_id: int
    before: str
    appended: bytes = field(repr=False)
    digest: bytes
    attributes: bytes = field(repr=False)
    start: int
    end: int
    expires_at: datetime


def add(tx: Connection, request: SignatureRequest, now: datetime) -> None:
    """Keep a request, and forget those whose time is over."""
    tx.execute(delete(table).where(table.c.expires_at <= now))
    tx.execute(insert(table).values(asdict(request)))


def get(tx: Connection, id_: str, user_id: int, now: datetime) -> SignatureRequest:
    """A request of this person whose time is not over; raises `SignatureRequestUnknown`."""
    mine = (table.c.id == id_, table.c.user_id == user_id, table.c.expires_at > now)
    row = tx.execute(select(table).where(*mine)).one_or_none()
    if row is None:
        raise SignatureRequestUnknown()
    return SignatureRequest(**{**row._mapping, "capacity": Capacity(row.capacity)})


def remove(tx: Connection, id_: str) -> None:
    """Forget a request that was completed."""
    tx.execute(delete(table).where(table.c.id == id_))
