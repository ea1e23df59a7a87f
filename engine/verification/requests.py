"""Whether what is stored of a dossier's requests to other software is what re-execution gives."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from engine.model.dossier import Dossier
from engine.store.connector_tables import request as table
from engine.store.requests import PROJECTED, rows_of


def differing_requests(tx: Connection, dossier_id: int, dossier: Dossier) -> Iterator[str]:
    """Say whether the rows of requests are not those of the re-executed dossier."""
    query = select(table).where(table.c.dossier_id == dossier_id)
    rows = {r.number: {name: r._mapping[name] for name in PROJECTED} for r in tx.execute(query)}
    if rows != rows_of(dossier):
        yield "Các yêu cầu liên thông khác kết quả chạy lại."
