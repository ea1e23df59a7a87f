"""Whether the rows of a dossier's money are what re-execution gives."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

from engine.model.dossier import Dossier
from engine.store.money import rows_of
from engine.store.money_tables import obligation, payment, refund

_TABLES = {
    "Các khoản phải nộp khác kết quả chạy lại.": obligation,
    "Các khoản tiền đã nhận khác kết quả chạy lại.": payment,
    "Các khoản hoàn trả khác kết quả chạy lại.": refund,
}


def differing_money(tx: Connection, dossier_id: int, dossier: Dossier) -> Iterator[str]:
    """Say every difference between these rows and the re-executed dossier."""
    expected = rows_of(dossier)
    for sentence, table in _TABLES.items():
        rows = [row for (of, _), row in sorted(expected.items(), key=_key) if of == table.name]
        if _rows(tx, table, dossier_id) != rows:
            yield sentence


def _key(item: tuple[tuple[str, tuple[int, ...]], Any]) -> tuple[str, tuple[int, ...]]:
    return item[0]


def _rows(tx: Connection, table: Table, dossier_id: int) -> list[dict[str, Any]]:
    query = select(table).where(table.c.dossier_id == dossier_id)
    found = tx.execute(query.order_by(*table.primary_key.columns))
    return [{k: v for k, v in row._mapping.items() if k != "dossier_id"} for row in found]
