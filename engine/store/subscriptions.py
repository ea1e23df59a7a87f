"""Webhooks in the database: who subscribed, and what is written for them into the outbox."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import rfc8785
from sqlalchemy import Connection, Select, bindparam, insert, or_, select, update

from engine.errors.webhooks import SubscriptionUnknown
from engine.letters.letter import Letter
from engine.life.moments import text
from engine.model.channel import Channel
from engine.model.dossier import Dossier
from engine.model.event import Event
from engine.model.subscription import PUBLISHED, Subscription, lane
from engine.store import messages, sending
from engine.store.messages import Draft
from engine.store.outbox_tables import message
from engine.store.tables import agency
from engine.store.webhook_tables import subscription as table

_WAITING = select(message.c.id).where(
    message.c.channel == Channel.WEBHOOK,
    message.c.next_attempt_at.is_not(None),
    message.c.address == bindparam("its_id"),
)


def _of_those_above() -> Select[Any]:
    """Webhooks in use of two agencies and of all above them, in one statement."""
    here = or_(*(agency.c.code == bindparam(name) for name in ("receiving", "competent")))
    line = select(agency.c.code, agency.c.parent).where(here)
    found = line.cte(recursive=True)
    up = select(agency.c.code, agency.c.parent).join(found, agency.c.code == found.c.parent)
    found = found.union(up)
    ours = table.c.agency.in_(select(found.c.code))
    return select(table).where(ours, table.c.ended_at.is_(None)).order_by(table.c.id)


_TOLD = _of_those_above()


def publish(tx: Connection, id_: int, dossier: Dossier, news: Sequence[Event]) -> None:
    """Write what the news of a dossier, whose lock the caller holds, are to whoever subscribed."""
    events = [event for event in news if event.type in PUBLISHED]
    if not events:
        return
    agencies = {"receiving": dossier.receiving_agency, "competent": dossier.competent_agency}
    subscribed = [read(row) for row in tx.execute(_TOLD, agencies)]
    drafts = (
        draft
        for event in events
        for each in subscribed
        if each.wants(PUBLISHED[event.type])
        for draft in [_draft(each, id_, dossier, event)]
    )
    messages.enqueue(tx, drafts, events[-1].at)


def _draft(to: Subscription, id_: int, dossier: Dossier, event: Event) -> Draft:
    type_ = PUBLISHED[event.type]
    data: dict[str, Any] = {
        "dossier": dossier.code,
        "seq": event.seq,
        "status": dossier.status.value,
        "procedure": dossier.procedure,
        "agency": dossier.competent_agency,
    }
    said: dict[str, Any] = {"type": type_, "timestamp": text(event.at), "data": data}
    return Draft(
        f"webhook:{to.id}:{dossier.code}:{event.seq}",
        Channel.WEBHOOK,
        str(to.id),
        Letter(type_, rfc8785.dumps(said).decode(), ""),
        name=to.name,
        dossier_id=id_,
        agency=to.agency,
        lane=lane(to.id, id_),
    )


def add(tx: Connection, **row: Any) -> int:
    """Put a webhook into the database, its columns by name; returns its number."""
    row |= {"secret_number": 1, "secret_changed_at": row["created_at"], "failures": 0}
    return int(tx.execute(insert(table).values(row).returning(table.c.id)).scalar_one())


def get(tx: Connection, number: int, lock: bool = False) -> Subscription:
    """The webhook with this number; raises `SubscriptionUnknown`."""
    query = select(table).where(table.c.id == number)
    row = tx.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise SubscriptionUnknown(webhook=number)
    return read(row)


def of_agency(tx: Connection, code: str) -> Iterator[Subscription]:
    """Those of an agency that are in use."""
    query = select(table).where(table.c.agency == code, table.c.ended_at.is_(None))
    return map(read, tx.execute(query.order_by(table.c.id)))


def change(tx: Connection, number: int, **values: Any) -> None:
    """Change columns by name."""
    tx.execute(update(table).where(table.c.id == number).values(values))


def hurry(tx: Connection, number: int, now: datetime) -> None:
    """Let what waits for a webhook leave now, as far as nothing is before it in its lane."""
    ids = _WAITING.params(its_id=str(number))
    waiting = update(message).where(message.c.id.in_(ids), message.c.next_attempt_at > now)
    tx.execute(waiting.values(next_attempt_at=now))


def withdraw(tx: Connection, number: int, now: datetime) -> int:
    """Let what waits for a webhook never leave; returns how many."""
    ids = tx.execute(_WAITING, {"its_id": str(number)}).scalars().all()
    return sending.withdraw(tx, ids, now)


def read(row: Any) -> Subscription:
    """A webhook out of a row of the table."""
    return Subscription(**{**row._mapping, "events": tuple(row.events)})
