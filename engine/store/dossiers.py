"""Dossiers in the database: locked and loaded for one act, saved with what the act changed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from engine.errors import DossierUnknown
from engine.life.timers import TimerKey, timers
from engine.model import snapshot
from engine.model.dossier import Dossier
from engine.store import editions, events, tasks
from engine.store import timers as timer_rows
from engine.store.chain import GENESIS
from engine.store.database import pipelined
from engine.store.tables import dossier as table
from engine.store.tables import dossier_life

# Statements of the common path are built once: building one costs more than running it.
_LOCK = (
    select(table.c.id, table.c.head, table.c.owner_name, dossier_life.c.life)
    .join(dossier_life, dossier_life.c.dossier_id == table.c.id)
    .where(table.c.code == bindparam("the_code"))
    .with_for_update()
)
# Both rows are locked: whoever waited for the lock then reads both as they are now, while a row
# that is only joined would be read as it was before the wait.
_UPDATE = update(table).where(table.c.id == bindparam("the_id"))
_UPDATE_LIFE = update(dossier_life).where(dossier_life.c.dossier_id == bindparam("the_id"))


@dataclass
class Loaded:
    """A dossier locked by this transaction, with what is needed to write only what changes."""

    id: int
    dossier: Dossier
    owner_name: str
    head: str
    armed: dict[TimerKey, object]
    placed: dict[int, tasks.Projection]


def lock(tx: Connection, code: str) -> Loaded:
    """Load a dossier and keep others from acting on it until the transaction ends.

    Raises `DossierUnknown`.
    """
    row = tx.execute(_LOCK, {"the_code": code}).one_or_none()
    if row is None:
        raise DossierUnknown(code=code)
    return _loaded(row)


def _loaded(row: Any) -> Loaded:
    dossier = snapshot.from_json(row.life)
    return Loaded(
        id=row.id,
        dossier=dossier,
        owner_name=row.owner_name,
        head=row.head,
        armed=dict(timers(dossier)),
        placed=tasks.projections(dossier),
    )


def add(tx: Connection, dossier: Dossier, owner_name: str) -> Loaded:
    """Put a new dossier into the database with its first events."""
    row = {
        "code": dossier.code,
        "procedure": dossier.procedure,
        "version": dossier.version,
        "channel": dossier.channel,
        "receiving_agency": dossier.receiving_agency,
        "competent_agency": dossier.competent_agency,
        "submitted_by": dossier.submitted_by,
        "submitted_at": dossier.submitted_at,
        "owner_name": owner_name,
        "head": GENESIS,
        "standing": "intake",
        **vars(editions.in_force(tx, dossier.competent_agency)),
        **_changing(dossier),
    }
    id_ = tx.execute(insert(table).values(row).returning(table.c.id)).scalar_one()
    tx.execute(insert(dossier_life).values(dossier_id=id_, life=snapshot.to_json(dossier)))
    loaded = Loaded(id_, dossier, owner_name, GENESIS, {}, {})
    _save_projections(tx, loaded)
    tx.execute(_UPDATE, {"the_id": id_, "head": loaded.head})
    return loaded


def save(tx: Connection, loaded: Loaded) -> None:
    """Append the news to the log and bring every projection up to date."""
    dossier = loaded.dossier
    with pipelined(tx):
        _save_projections(tx, loaded)
        tx.execute(_UPDATE, {"the_id": loaded.id, "head": loaded.head, **_changing(dossier)})
        tx.execute(_UPDATE_LIFE, {"the_id": loaded.id, "life": snapshot.to_json(dossier)})


def _save_projections(tx: Connection, loaded: Loaded) -> None:
    dossier = loaded.dossier
    loaded.head = events.append(tx, loaded.id, dossier, loaded.head)
    loaded.placed = tasks.save(tx, loaded.id, loaded.placed, dossier)
    loaded.armed = timer_rows.save(tx, loaded.id, loaded.armed, dossier)
    dossier.news.clear()


def _changing(dossier: Dossier) -> dict[str, object]:
    clock = dossier.clock
    return {
        "status": dossier.status,
        "outcome": dossier.outcome,
        "overdue": dossier.overdue,
        "received_at": dossier.received_at,
        "due_at": clock.due_at if clock else None,
        "first_due_at": clock.first_due_at if clock else None,
        "finished_at": dossier.finished_at,
        "seq": dossier.seq,
    }


def count(tx: Connection) -> int:
    """How many dossiers there are."""
    return tx.execute(select(func.count()).select_from(table)).scalar_one()
