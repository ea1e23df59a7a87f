"""Entries of the register of outages, which explain why dossiers were late through no fault of
the office (domain: R14)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from engine.deadlines.calendar import local
from engine.errors import NotPermitted
from engine.errors.outages import OutageEnded, OutageIncomplete, OutageTimeInvalid
from engine.life.moments import text
from engine.model.actor import Actor, Permission, may_at
from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.store import agencies, office_log, outages
from engine.store.outages import Outage

CLOCKS_DIFFER = timedelta(minutes=1)
"""How far another machine's clock may be ahead of ours before its present is our future."""
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No system of ours is older."""
MOST_NAME, MOST_TEXT = 200, 2_000


@dataclass(frozen=True)
class RecordOutage:
    """Which system failed, what happened, on what evidence (number or address of the notice)."""

    agency: str
    system: str
    description: str
    evidence: str
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True)
class EndOutage:
    """The system works again since `ended_at`, now when it is left out."""

    outage: int
    ended_at: datetime | None = None


def record_outage(tx: Connection, command: RecordOutage, actor: Actor, now: datetime) -> Outage:
    """Enter an outage; raises `OutageIncomplete` or `OutageTimeInvalid`."""
    agencies.level_of(tx, command.agency)
    _require_permission(actor, command.agency)
    texts = {
        "system": _text("tên hệ thống", command.system, MOST_NAME),
        "description": _text("diễn biến", command.description, MOST_TEXT),
        "evidence": _text(
            "căn cứ (số văn bản hoặc địa chỉ thông báo)", command.evidence, MOST_TEXT
        ),
    }
    _require_past("lúc bắt đầu", command.started_at, now)
    if command.ended_at is not None:
        _require_end(command.started_at, command.ended_at, now)
    number = outages.add(
        tx,
        agency=command.agency,
        **texts,
        started_at=command.started_at,
        ended_at=command.ended_at,
        recorded_at=now,
        recorded_by=actor.id,
    )
    found = outages.get(tx, number)
    _record(tx, OfficeEventType.OUTAGE_RECORDED, found, actor, now)
    return found


def end_outage(tx: Connection, command: EndOutage, actor: Actor, now: datetime) -> Outage:
    """Fill in the end of an outage, once; raises `OutageUnknown` or `OutageEnded`."""
    found = outages.get(tx, command.outage)
    _require_permission(actor, found.agency)
    ended_at = command.ended_at or now
    if found.running:
        _require_end(found.started_at, ended_at, now)
    if not outages.end(tx, found.id, ended_at):
        raise OutageEnded(outage=found.id)
    ended = outages.get(tx, found.id)
    _record(tx, OfficeEventType.OUTAGE_ENDED, ended, actor, now)
    return ended


def _record(
    tx: Connection, type_: OfficeEventType, outage: Outage, actor: Actor, now: datetime
) -> None:
    after = {
        "system": outage.system,
        "started_at": text(outage.started_at),
        "ended_at": text(outage.ended_at) if outage.ended_at else None,
    }
    event = OfficeEvent(type_, outage.agency, f"outage:{outage.id}", after=after)
    office_log.record(tx, event, actor.key, now)


def _require_permission(actor: Actor, agency: str) -> None:
    if not may_at(actor, Permission.OUTAGE_RECORD, agency):
        raise NotPermitted(what=f"ghi sổ gián đoạn hệ thống của cơ quan {agency}")


def _text(what: str, value: str, most: int) -> str:
    value = value.strip()
    if not value or "\0" in value or len(value) > most:
        raise OutageIncomplete(what=what, most=most)
    return value


def _require_end(started_at: datetime, ended_at: datetime, now: datetime) -> None:
    _require_past("lúc kết thúc", ended_at, now)
    if ended_at <= started_at:
        raise OutageTimeInvalid(
            why=f"lúc kết thúc ({_said(ended_at)}) không sau lúc bắt đầu ({_said(started_at)})"
        )


def _require_past(what: str, moment: datetime, now: datetime) -> None:
    if moment > now + CLOCKS_DIFFER:
        raise OutageTimeInvalid(why=f"{what} ({_said(moment)}) ở tương lai")
    if moment < EARLIEST:
        raise OutageTimeInvalid(why=f"{what} trước năm {EARLIEST.year}")


def _said(moment: datetime) -> str:
    return f"{local(moment):%H:%M %d/%m/%Y}"
