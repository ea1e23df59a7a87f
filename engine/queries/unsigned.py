"""Outputs of the office that lack a signature they should have (R30).

A dossier that came to its end with a result or a refusal whose seal is missing gave out something
that does not count as signed; one that is still under way is only not ready yet.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, tuple_

from engine.model.actor import Actor, Permission
from engine.model.document import ISSUED, DocumentKind
from engine.queries.paging import Page, Slice, page
from engine.store.paper_tables import document
from engine.store.tables import dossier
from engine.store.visibility import visible_dossiers


@dataclass(frozen=True)
class UnsignedItem:
    """A result or a refusal without the agency's seal; `signed` says whether the leader signed."""

    dossier: str
    document: int
    kind: DocumentKind
    agency: str
    signed: bool
    finished: bool
    added_at: datetime


def list_unsigned(
    tx: Connection, wanted: Slice, finished: bool | None, actor: Actor
) -> Page[UnsignedItem]:
    """Those of dossiers that the actor may read, the latest dossier first; `finished` leaves only
    dossiers that have ended, or only those that have not."""
    where = [document.c.kind.in_(sorted(ISSUED)), ~document.c.sealed]
    if finished is not None:
        ended = dossier.c.outcome.is_not(None)
        where.append(ended if finished else ~ended)
    query = (
        select(document, dossier.c.code, dossier.c.outcome)
        .join(dossier, dossier.c.id == document.c.dossier_id)
        .where(visible_dossiers(actor, Permission.DOSSIER_READ), *where)
        .order_by(document.c.dossier_id.desc(), document.c.number.desc())
        .limit(wanted.limit + 1)
    )
    if wanted.after:
        place = tuple_(document.c.dossier_id, document.c.number)
        query = query.where(place < tuple_(*wanted.after))
    rows = tx.execute(query).all()
    return page(rows, wanted, _item, lambda row: (row.dossier_id, row.number))


def _item(row: Any) -> UnsignedItem:
    return UnsignedItem(
        dossier=row.code,
        document=row.number,
        kind=DocumentKind(row.kind),
        agency=row.agency,
        signed=row.signed_leader,
        finished=row.outcome is not None,
        added_at=row.added_at,
    )
