"""Whether the rows of a dossier's documents, files and letters are what re-execution gives."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

from engine.model.dossier import Dossier
from engine.model.event import Event
from engine.store import documents, obtained
from engine.store.digitising_tables import obtained_component
from engine.store.letter_tables import letter
from engine.store.letters import rows_of
from engine.store.paper_tables import document, dossier_file


def differing_documents(
    tx: Connection, dossier_id: int, dossier: Dossier, events: Iterable[Event]
) -> Iterator[str]:
    """Say every difference between these rows and the re-executed dossier with its log."""
    expected = [documents.row_of(dossier, each) for _, each in sorted(dossier.documents.items())]
    if _rows(tx, document, document.c.number, dossier_id) != expected:
        yield "Danh sách tài liệu khác kết quả chạy lại."
    if _rows(tx, dossier_file, dossier_file.c.seq, dossier_id) != [*documents.files_named(events)]:
        yield "Danh sách tệp khác sổ ghi."
    looked_up = [obtained.row_of(dossier, each) for _, each in sorted(dossier.obtained.items())]
    if _rows(tx, obtained_component, obtained_component.c.component, dossier_id) != looked_up:
        yield "Danh sách giấy tờ khai thác từ cơ sở dữ liệu khác kết quả chạy lại."
    issued = _rows(tx, letter, letter.c.seq, dossier_id)
    if [{k: v for k, v in row.items() if k != "file"} for row in issued] != [*rows_of(events)]:
        yield "Danh sách giấy tờ đã ban hành khác sổ ghi."


def _rows(tx: Connection, table: Table, order: Any, dossier_id: int) -> list[dict[str, Any]]:
    query = select(table).where(table.c.dossier_id == dossier_id).order_by(order)
    found = (dict(row._mapping) for row in tx.execute(query))
    return [{name: row[name] for name in row if name != "dossier_id"} for row in found]
