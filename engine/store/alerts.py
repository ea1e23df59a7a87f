"""The alert projection: what bells and supervisors read, one row for each alert ever raised."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from engine.life.groups import responsible, responsible_for
from engine.model.alert import Alert
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.model.responsible import Responsible
from engine.store.database import execute_each
from engine.store.time_tables import alert as table

_INSERT = insert(table)
_UPDATE = update(table).where(
    table.c.dossier_id == bindparam("the_dossier"), table.c.seq == bindparam("the_seq")
)


@dataclass(frozen=True)
class Projection:
    """What of an alert can change while its place is open; nobody answers for one that ended."""

    live: bool
    rung: int
    agency: str
    unit: str | None
    role: str | None
    holder: int | None


def projections(dossier: Dossier) -> dict[int, Projection]:
    """The alerts of a dossier's open places as their rows should be, by `seq`."""
    return {alert.seq: _projection(dossier, alert) for alert in dossier.alerts}


def save(
    tx: Connection, dossier_id: int, before: dict[int, Projection], dossier: Dossier
) -> dict[int, Projection]:
    """Write the difference between the rows as they were and the dossier; returns the rows now."""
    after = projections(dossier)
    rows = [_row(dossier_id, a, after[a.seq]) for a in dossier.alerts if a.seq not in before]
    execute_each(tx, _INSERT, rows)
    for seq, projection in after.items():
        if seq in before and before[seq] != projection:
            _update(tx, dossier_id, seq, vars(projection))
    for seq in before.keys() - after.keys():
        if before[seq].live:
            _update(tx, dossier_id, seq, {"live": False})
    for event in dossier.news:
        if event.type is EventType.ALERT_ACKNOWLEDGED:
            noted = {"acknowledged_at": event.at, "acknowledged_by": int(event.actor)}
            _update(tx, dossier_id, event.data["alert"], noted)
    return after


def who_answers(dossier: Dossier, alert: Alert) -> Responsible:
    """Who answers for what an alert is about."""
    task = dossier.tasks.get(alert.place)
    return responsible_for(task) if task else responsible(dossier)


def _projection(dossier: Dossier, alert: Alert) -> Projection:
    who = who_answers(dossier, alert)
    return Projection(alert.live, alert.rung, who.agency, who.unit, who.role, who.holder)


def _row(dossier_id: int, alert: Alert, projection: Projection) -> dict[str, Any]:
    return {
        "dossier_id": dossier_id,
        "seq": alert.seq,
        "subject": alert.subject,
        "place": alert.place,
        "level": alert.level,
        "due_at": alert.against,
        "raised_at": alert.raised_at,
        "told": alert.rung,
        **vars(projection),
    }


def _update(tx: Connection, dossier_id: int, seq: int, values: dict[str, Any]) -> None:
    tx.execute(_UPDATE, {"the_dossier": dossier_id, "the_seq": seq, **values})
