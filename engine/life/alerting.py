"""Raising an alert, climbing the ladder with it, taking it back."""

from dataclasses import replace
from datetime import datetime, timedelta

from bpmn.time_limit import StartRule
from engine.deadlines.due import due
from engine.life.moments import text
from engine.life.turn import Turn
from engine.model.alert import SEVERITY, Alert, AlertKey, Level, Rung
from engine.model.dossier import Dossier
from engine.model.event import EventType

SOON = timedelta(seconds=1)
"""Rungs that were missed together are told one after the other, each by a timer of its own."""


def latest_alert(dossier: Dossier, key: AlertKey, against: datetime) -> Alert | None:
    """The worst alert that was raised for a subject and its due moment, live or not."""
    raised = [a for a in dossier.alerts if a.key == key and a.against == against]
    return max(raised, key=lambda alert: SEVERITY[alert.level], default=None)


def live_alert(dossier: Dossier, key: AlertKey) -> Alert | None:
    """The alert that holds for a subject now."""
    return next((alert for alert in dossier.alerts if alert.live and alert.key == key), None)


def raise_alert(turn: Turn, key: AlertKey, level: Level, against: datetime) -> None:
    """Raise an alert in the place of the milder one that held until now."""
    if milder := live_alert(turn.dossier, key):
        withdraw(turn, milder, "superseded")
    (subject, place), rung = key, Rung.HOLDER
    escalates_at = _next_rung(turn, level, rung, turn.at)
    event = turn.note(
        EventType.ALERT_RAISED,
        subject=subject.value,
        place=place,
        level=level.value,
        against=text(against),
    )
    alert = Alert(event.seq, subject, place, level, against, turn.at, turn.at, rung, escalates_at)
    turn.dossier.alerts.append(alert)


def escalate(turn: Turn, alert: Alert) -> None:
    """Tell the next rung of the ladder."""
    ladder = turn.rulebook.ladders[alert.level].rungs
    rung = min(rung for rung in ladder if rung > alert.rung)
    turn.note(EventType.ALERT_ESCALATED, alert=alert.seq, rung=rung.name.lower())
    escalates_at = _next_rung(turn, alert.level, rung, alert.held_since)
    change(turn.dossier, alert, replace(alert, rung=rung, escalates_at=escalates_at))


def withdraw(turn: Turn, alert: Alert, why: str) -> None:
    """Take back an alert that no longer holds: superseded, moved or settled."""
    turn.note(EventType.ALERT_WITHDRAWN, alert=alert.seq, why=why)
    change(turn.dossier, alert, replace(alert, live=False, escalates_at=None))


def restore(turn: Turn, alert: Alert) -> None:
    """Let an alert hold again whose due moment came back; nobody is told twice."""
    turn.note(EventType.ALERT_RESTORED, alert=alert.seq)
    stopped = alert.acknowledged and _until_acknowledged(turn, alert)
    escalates_at = None if stopped else _next_rung(turn, alert.level, alert.rung, turn.at)
    held = replace(alert, live=True, held_since=turn.at, escalates_at=escalates_at)
    change(turn.dossier, alert, held)


def acknowledged(turn: Turn, alert: Alert) -> Alert:
    """The alert after somebody took note of it."""
    escalates_at = None if _until_acknowledged(turn, alert) else alert.escalates_at
    return replace(alert, acknowledged=True, escalates_at=escalates_at)


def change(dossier: Dossier, alert: Alert, into: Alert) -> None:
    """Put an alert's new state in the place of its old one."""
    dossier.alerts[dossier.alerts.index(alert)] = into


def _next_rung(turn: Turn, level: Level, rung: Rung, since: datetime) -> datetime | None:
    ladder = turn.rulebook.ladders.get(level)
    if ladder is None:
        return None
    limits = [limit for next_, limit in sorted(ladder.rungs.items()) if next_ > rung]
    if not limits:
        return None
    told_at = due(turn.calendar, since, limits[0], StartRule.INSTANT).due_at
    return max(told_at, turn.at + SOON)


def _until_acknowledged(turn: Turn, alert: Alert) -> bool:
    ladder = turn.rulebook.ladders.get(alert.level)
    return ladder is not None and ladder.until_acknowledged
