"""Whether the alerts and the ledger of responsibility are what re-execution gives."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from engine.model.dossier import Dossier
from engine.model.event import Event, EventType
from engine.store import alerts, holdings
from engine.store.time_tables import alert, holding

_PROJECTED = (
    alert.c.live, alert.c.rung, alert.c.agency, alert.c.unit, alert.c.role, alert.c.holder
)  # fmt: skip


def differing_alerts(
    tx: Connection, dossier_id: int, dossier: Dossier, events: list[Event]
) -> Iterator[str]:
    """Say where the rows of alerts differ: one for each that was raised, live as it should be."""
    query = select(alert.c.seq, *_PROJECTED).where(alert.c.dossier_id == dossier_id)
    rows = {row.seq: tuple(row)[1:] for row in tx.execute(query)}
    if rows.keys() != _seqs(events, EventType.ALERT_RAISED):
        yield "Danh sách cảnh báo khác sổ ghi."
        return
    expected = alerts.projections(dossier)
    for seq, row in rows.items():
        known = expected.get(seq)
        if row != tuple(vars(known).values()) if known else row[0]:
            yield f"Cảnh báo số {seq} khác kết quả chạy lại."


def differing_holdings(
    tx: Connection, dossier_id: int, dossier: Dossier, events: list[Event]
) -> Iterator[str]:
    """Say whether the ledger differs from what the log tells of who held what."""
    query = select(holding).where(holding.c.dossier_id == dossier_id).order_by(holding.c.seq)
    rows = [_without_id(row._mapping) for row in tx.execute(query)]
    held = [event for event in events if event.type is EventType.TASK_HELD]
    if rows != [holdings.row_of(dossier.procedure, event) for event in held]:
        yield "Sổ trách nhiệm giữ việc khác sổ ghi."


def _without_id(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "dossier_id"}


def _seqs(events: list[Event], type_: EventType) -> set[int]:
    return {event.seq for event in events if event.type is type_}
