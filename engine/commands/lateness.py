"""Due dates and lateness: putting off with an apology, causes, alerts taken note of, calendars."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from engine.commands.acting import Target, act_of, act_on, require, require_outage, require_readable
from engine.model.actor import Actor, Permission
from engine.model.alert import WHOLE
from engine.model.dossier import Dossier
from engine.model.event import SYSTEM, Act, EventType


@dataclass(frozen=True)
class ExtendDueDate:
    """Put the due date off to the closing of a later working day, with a cause and in words."""

    target: Target
    until: date
    cause: str
    reason: str


@dataclass(frozen=True)
class RecordCause:
    """Why a dossier (place 0), or one of its open tasks, is late."""

    target: Target
    cause: str
    note: str | None = None
    outage: int | None = None
    place: int | None = None


@dataclass(frozen=True)
class AcknowledgeAlert:
    """Take note of an alert, by the `seq` under which it was raised."""

    target: Target
    alert: int
    note: str


def extend_due_date(tx: Connection, command: ExtendDueDate, actor: Actor, now: datetime) -> Dossier:
    """Apologise and promise a later day (Decree 61/2018, art. 19(9))."""
    data = {"until": command.until.isoformat(), "cause": command.cause}
    act = act_of(actor, EventType.DUE_DATE_EXTENDED, now, data, {"reason": command.reason})
    check = require(actor, Permission.DUE_DATE_EXTEND, "xin lỗi và hẹn lại ngày trả của hồ sơ này")
    return act_on(tx, command.target, act, check)


def record_cause(tx: Connection, command: RecordCause, actor: Actor, now: datetime) -> Dossier:
    """Say why something is late; it may be said again, the log keeps both."""
    data: dict[str, Any] = {"place": command.place or WHOLE, "cause": command.cause}
    data["outage"] = command.outage
    require_outage(tx, data)
    act = act_of(actor, EventType.OVERDUE_CAUSE_RECORDED, now, data, {"note": command.note})
    check = require(actor, Permission.OVERDUE_CAUSE_RECORD, "ghi nguyên nhân quá hạn của hồ sơ này")
    return act_on(tx, command.target, act, check)


def acknowledge_alert(
    tx: Connection, command: AcknowledgeAlert, actor: Actor, now: datetime
) -> Dossier:
    """Take note of an alert: whoever may read the dossier may say that they did."""

    def check(dossier: Dossier) -> None:
        require_readable(actor, dossier)

    data = {"alert": command.alert}
    act = act_of(actor, EventType.ALERT_ACKNOWLEDGED, now, data, {"note": command.note})
    return act_on(tx, command.target, act, check)


def change_calendar(
    tx: Connection, code: str, calendar: str, announcement: int | None, now: datetime
) -> Dossier:
    """Move a dossier to a newer edition of its agency's calendar."""
    data = {"calendar": calendar, "announcement": announcement}
    return act_on(
        tx, Target(code), Act(EventType.CALENDAR_CHANGED, SYSTEM, now, data), lambda _: None
    )
