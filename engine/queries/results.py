"""Results of dossiers that someone submitted: what a portal shows its citizens."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select, tuple_

from engine.deadlines.calendar import local
from engine.model.actor import Actor
from engine.model.document import DocumentKind, FileFacts
from engine.model.vault import VALIDITY_NAMES, Validity, validity
from engine.queries.paging import Page, Slice, page
from engine.store.tables import dossier
from engine.store.vault_tables import vault_item as table


@dataclass(frozen=True)
class ResultItem:
    """A result that was given out; its file is that of the dossier's document."""

    dossier: str
    document: int
    type: str
    name: str
    number: str | None
    issued_on: date
    valid_until: date | None
    validity: Validity
    validity_name: str
    file: FileFacts


def results_of(tx: Connection, wanted: Slice, actor: Actor, now: datetime) -> Page[ResultItem]:
    """Results of the actor's own submissions, those of the latest dossier first."""
    key = (dossier.c.id, table.c.document)
    query = (
        select(table, dossier.c.code)
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .where(dossier.c.submitted_by == actor.id, table.c.kind == DocumentKind.RESULT)
        .order_by(*(column.desc() for column in key))
        .limit(wanted.limit + 1)
    )
    query = query.where(tuple_(*key) < wanted.after) if wanted.after else query
    today = local(now).date()
    return page(
        tx.execute(query).all(),
        wanted,
        lambda row: _item(row, today),
        lambda row: (row.dossier_id, row.document),
    )


def _item(row: Any, today: date) -> ResultItem:
    good = validity(row.valid_until, row.withdrawn_at, row.superseded_by, today)
    same = ("document", "type", "name", "number", "issued_on", "valid_until")
    return ResultItem(
        **{name: getattr(row, name) for name in same},
        dossier=row.code,
        validity=good,
        validity_name=VALIDITY_NAMES[good],
        file=FileFacts(row.file, row.size, row.pages, row.media_type),
    )
