"""Dossiers whose citizen was not reached: the counter is to find out how they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, tuple_

from engine.model import snapshot
from engine.model.actor import Actor, Permission, granted
from engine.model.alert import Subject
from engine.model.contact import Unreached
from engine.queries.paging import Page, Slice, page
from engine.store.tables import dossier, dossier_life, procedure
from engine.store.time_tables import alert

MOST_COUNTED = 100


@dataclass(frozen=True)
class UnreachedItem:
    """A dossier with contacts that failed."""

    dossier: str
    owner_name: str
    procedure_name: str
    since: datetime
    unreached: list[Unreached]


def list_unreached(tx: Connection, wanted: Slice, actor: Actor) -> Page[UnreachedItem]:
    """Dossiers of the counters where the actor may put contacts right, the oldest first."""
    order = (alert.c.raised_at, alert.c.dossier_id, alert.c.seq)
    query = (
        select(
            *order, dossier.c.code, dossier.c.owner_name, dossier_life.c.life,
            procedure.c.name.label("procedure_name"),
        )
        .join(dossier, dossier.c.id == alert.c.dossier_id)
        .join(dossier_life, dossier_life.c.dossier_id == alert.c.dossier_id)
        .join(procedure, procedure.c.code == dossier.c.procedure)
        .where(*_ours(actor))
        .order_by(*order)
        .limit(wanted.limit + 1)
    )  # fmt: skip
    if wanted.after:
        query = query.where(tuple_(*order) > wanted.after)
    return page(
        tx.execute(query).all(), wanted, _item, lambda r: (r.raised_at, r.dossier_id, r.seq)
    )


def count_unreached(tx: Connection, actor: Actor) -> int:
    """How many there are, counted to one more than `MOST_COUNTED`."""
    some = select(alert.c.seq).where(*_ours(actor)).limit(MOST_COUNTED + 1).subquery()
    return int(tx.execute(select(func.count()).select_from(some)).scalar_one())


def _ours(actor: Actor) -> list[Any]:
    agencies = {grant.agency for grant, _ in granted(actor, Permission.CITIZEN_TELL)}
    return [
        alert.c.live,
        alert.c.subject == Subject.CONTACT,
        alert.c.agency.in_(sorted(agencies)),
    ]


def _item(row: Any) -> UnreachedItem:
    missed = snapshot.from_json(row.life).unreached
    return UnreachedItem(row.code, row.owner_name, row.procedure_name, row.raised_at, missed)
