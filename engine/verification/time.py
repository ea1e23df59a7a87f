"""Whether the alerts and the ledger of responsibility are what re-execution gives."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.model.dossier import Dossier
from engine.model.event import Event, EventType
from engine.store import alerts, holdings
from engine.store.time_tables import alert, holding

_PROJECTED = ("live", "rung", "agency", "unit", "role", "holder")
_SAID = (
    "subject", "place", "level", "due_at", "raised_at", "acknowledged_at", "acknowledged_by"
)  # fmt: skip


def differing_alerts(
    tx: Connection, dossier_id: int, dossier: Dossier, events: list[Event]
) -> Iterator[str]:
    """Say where the rows of alerts differ: one for each that was raised, live as it should be."""
    rows = tx.execute(select(alert).where(alert.c.dossier_id == dossier_id)).all()
    if {row.seq: _columns(row, _SAID) for row in rows} != _told(events):
        yield "Danh sách cảnh báo khác sổ ghi."
        return
    expected = alerts.projections(dossier)
    for row in rows:
        known = expected.get(row.seq)
        if _columns(row, _PROJECTED) != tuple(vars(known).values()) if known else row.live:
            yield f"Cảnh báo số {row.seq} khác kết quả chạy lại."


def _columns(row: Any, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _told(events: list[Event]) -> dict[int, tuple[Any, ...]]:
    """What the log tells of each alert: what it was about, since when, who last took note."""
    noted = {
        event.data["alert"]: (event.at, int(event.actor))
        for event in events
        if event.type is EventType.ALERT_ACKNOWLEDGED
    }
    return {
        event.seq: (
            *(event.data[name] for name in ("subject", "place", "level")),
            datetime.fromisoformat(event.data["against"]),
            event.at,
            *noted.get(event.seq, (None, None)),
        )
        for event in events
        if event.type is EventType.ALERT_RAISED
    }


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
