"""Whether historic results are those that the log of administration has, also in the vault, and
their files are there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from engine.files import FileStore
from engine.model.office_event import OfficeEventType
from engine.store.database import Database
from engine.store.historic import digest_of, item_of
from engine.store.office_tables import office_event
from engine.store.vault_tables import historic_owner, historic_result, vault_item
from engine.verification.files import lost_files

_BATCH = 200


def differing_historic(tx: Connection) -> Iterator[int]:
    """The number of every entry of the log whose results were changed, lost or added to."""
    query = select(office_event).where(
        office_event.c.type == OfficeEventType.HISTORIC_RESULTS_TAKEN_IN
    )
    for event in tx.execute(query.order_by(office_event.c.seq)):
        if not _holds(tx, event):
            yield int(event.seq)


@dataclass(frozen=True)
class LostResult:
    """A historic result whose file is gone or altered."""

    number: str
    name: str
    reason: str


def lost_historic(database: Database, files: FileStore) -> Iterator[LostResult]:
    """Read the files of all historic results, which no dossier names, between transactions."""
    last, row = 0, historic_result.c
    while True:
        query = select(row.id, row.number, row.name, row.file).where(row.id > last)
        with database.reading() as tx:
            rows = tx.execute(query.order_by(row.id).limit(_BATCH)).all()
        if not rows:
            return
        for each in rows:
            for lost in lost_files(files, [(0, each.file)]):
                yield LostResult(each.number, each.name, lost.reason)
        last = rows[-1].id


def _holds(tx: Connection, event: Any) -> bool:
    query = (
        select(historic_result, historic_owner.c.body)
        .outerjoin(historic_owner, historic_owner.c.historic == historic_result.c.id)
        .where(historic_result.c.seq == event.seq)
        .order_by(historic_result.c.line)
    )
    rows, items = [], []
    for row in tx.execute(query):
        said = {k: v for k, v in row._mapping.items() if k not in ("id", "seq", "body")}
        rows.append(said)
        items.append(item_of(said, row.id, (row.body or {}).get("number"), event.at))
    after = {"results": len(rows), "digest": digest_of(rows)}
    return after == event.after and all(_lies(tx, item) for item in items)


def _lies(tx: Connection, item: dict[str, Any]) -> bool:
    query = select(vault_item).where(vault_item.c.historic == item["historic"])
    row = tx.execute(query).one_or_none()
    return row is not None and all(getattr(row, name) == value for name, value in item.items())
