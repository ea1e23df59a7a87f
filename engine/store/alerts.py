"""The alert projection: what bells and supervisors read, one row for each alert ever raised."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from bpmn.roles import Role
from engine.deadlines.calendar import local
from engine.life.groups import responsible, responsible_for
from engine.model.alert import Alert, Rung, Subject
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.model.responsible import Responsible
from engine.store import telling
from engine.store.database import execute_each
from engine.store.recipients import told
from engine.store.telling import AlertNews
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


Told = dict[int, Rung]
"""How far up the ladder somebody was found to tell, by the `seq` of the alert."""


def projections(dossier: Dossier) -> dict[int, Projection]:
    """The alerts of a dossier's open places as their rows should be, by `seq`."""
    return {alert.seq: _projection(dossier, alert) for alert in dossier.alerts}


def tell(
    tx: Connection, before: dict[int, Projection], dossier: Dossier, procedure_name: str
) -> Told:
    """Tell people of alerts that were raised or have climbed; says how far that reached."""
    reached: Told = {}
    day = local(_now(dossier)).date()
    for alert in dossier.alerts:
        known = before.get(alert.seq)
        if not alert.live or (known and known.rung == alert.rung):
            continue
        rung, people = told(tx, alert.rung, who_answers(dossier, alert), day)
        reached[alert.seq] = rung
        telling.tell(tx, people, _news(dossier, alert, rung, procedure_name), _now(dossier))
    return reached


def save(
    tx: Connection, dossier_id: int, before: dict[int, Projection], dossier: Dossier, reached: Told
) -> dict[int, Projection]:
    """Write the difference between the rows as they were and the dossier; returns the rows now."""
    after = projections(dossier)
    new = [alert for alert in dossier.alerts if alert.seq not in before]
    rows = ({**_row(dossier_id, a, after[a.seq]), "told": reached.get(a.seq, a.rung)} for a in new)
    execute_each(tx, _INSERT, rows)
    for seq, projection in after.items():
        climbed = {"told": reached[seq]} if seq in reached else {}
        if seq in before and before[seq] != projection:
            _update(tx, dossier_id, seq, {**vars(projection), **climbed})
    for seq in before.keys() - after.keys():
        if before[seq].live:
            _update(tx, dossier_id, seq, {"live": False})
    for event in dossier.news:
        if event.type is EventType.ALERT_ACKNOWLEDGED:
            noted = {"acknowledged_at": event.at, "acknowledged_by": int(event.actor)}
            _update(tx, dossier_id, event.data["alert"], noted)
    return after


def who_answers(dossier: Dossier, alert: Alert) -> Responsible:
    """Who answers for what an alert is about; for contacts those who took them down."""
    if alert.subject is Subject.CONTACT:
        return Responsible(dossier.receiving_agency, role=Role.RECEPTION_OFFICER)
    task = dossier.tasks.get(alert.place)
    return responsible_for(task) if task else responsible(dossier)


def _news(dossier: Dossier, alert: Alert, rung: Rung, procedure_name: str) -> AlertNews:
    task = dossier.tasks.get(alert.place)
    return AlertNews(
        code=dossier.code,
        procedure_name=procedure_name,
        seq=alert.seq,
        subject=alert.subject,
        level=alert.level,
        rung=rung,
        step_name=task.name if task else None,
        against=alert.against,
        note=_note(dossier) if alert.subject is Subject.PRESS else None,
    )


def _note(dossier: Dossier) -> str:
    """What was said with the act that is being saved."""
    act = next(event for event in dossier.news if event.type is EventType.TASK_PRESSED)
    return str(act.payload["note"])


def _now(dossier: Dossier) -> datetime:
    """The moment of the act that is being saved."""
    return dossier.last_at or dossier.submitted_at


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
        **vars(projection),
    }


def _update(tx: Connection, dossier_id: int, seq: int, values: dict[str, Any]) -> None:
    tx.execute(_UPDATE, {"the_dossier": dossier_id, "the_seq": seq, **values})
