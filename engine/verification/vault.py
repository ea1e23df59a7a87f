"""Whether what the vault keeps of a dossier is what its log says."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from engine.model.dossier import Dossier
from engine.model.event import Event
from engine.model.vault import owner_key
from engine.store import vault
from engine.store.vault_tables import vault_item as table


def differing_papers(
    tx: Connection, dossier_id: int, dossier: Dossier, submitted: Event
) -> Iterator[str]:
    """Say whether the rows of the vault are not those of the re-executed dossier."""
    owner = owner_key(submitted.payload.get("owner"))
    papers = vault.papers(tx, dossier)
    expected = [vault.row_of(dossier_id, owner, paper) for _, paper in sorted(papers.items())]
    query = select(table).where(table.c.dossier_id == dossier_id).order_by(table.c.document)
    if [_without_id(row) for row in tx.execute(query)] != expected:
        yield "Giấy tờ trong kho khác kết quả chạy lại."


def _without_id(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name != "id"}
