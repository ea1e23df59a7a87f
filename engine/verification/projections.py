"""Whether what is stored of a dossier is what re-execution gives."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bpmn.facts import Facts
from engine.life.timers import timers
from engine.model import snapshot
from engine.model.dossier import Dossier
from engine.model.event import Event, EventType
from engine.store import definitions
from engine.store.dossiers import changing
from engine.store.inbox_tables import search_term
from engine.store.search_terms import rows_of
from engine.store.tables import dossier_life, task, timer
from engine.store.tasks import row_of
from engine.verification.documents import differing_documents
from engine.verification.money import differing_money
from engine.verification.requests import differing_requests
from engine.verification.time import differing_alerts, differing_holdings
from engine.verification.vault import differing_papers

_NAMING = (EventType.TASK_OPENED, EventType.PLACE_MOVED)
_CLOSING = {EventType.TASK_COMPLETED: "completed", EventType.TASK_CANCELLED: "cancelled"}

Rows = dict[int, tuple[Any, ...]]
"""Columns of task rows, by place."""


def differences(tx: Connection, row: Any, dossier: Dossier, events: list[Event]) -> Iterator[str]:
    """Say every difference between the tables and the re-executed dossier."""
    for name in _differing_state(tx, row.id, dossier):
        yield f"Trạng thái lưu khác kết quả chạy lại ở «{name}»."
    facts = definitions.version(tx, dossier.version).facts
    for name, value in _dossier_row(dossier, facts, events).items():
        if getattr(row, name) != value:
            yield f"Hồ sơ lưu khác kết quả chạy lại ở «{name}»."
    if _open_rows(tx, row.id) != _open_expected(row.id, dossier):
        yield "Danh sách việc đang mở khác kết quả chạy lại."
    if _closed_rows(tx, row.id) != _closed_expected(dossier.procedure, events):
        yield "Danh sách việc đã xong khác sổ ghi."
    if _timer_rows(tx, row.id) != timers(dossier):
        yield "Các hẹn giờ đang chờ khác kết quả chạy lại."
    if _search_rows(tx, row.id) != rows_of(row.id, dossier, events[0].payload):
        yield "Từ khóa tìm kiếm khác thông tin đã nộp."
    yield from differing_documents(tx, row.id, dossier, events)
    yield from differing_papers(tx, row.id, dossier, events[0])
    yield from differing_alerts(tx, row.id, dossier, events)
    yield from differing_holdings(tx, row.id, dossier, events)
    yield from differing_money(tx, row.id, dossier)
    yield from differing_requests(tx, row.id, dossier)


def _differing_state(tx: Connection, dossier_id: int, dossier: Dossier) -> Iterator[str]:
    query = select(dossier_life.c.life).where(dossier_life.c.dossier_id == dossier_id)
    life = tx.execute(query).scalar_one_or_none()
    if life is None:
        yield "dossier_life"
        return
    kept = snapshot.from_json(life)
    for name in (field.name for field in fields(Dossier) if field.compare):
        if getattr(kept, name) != getattr(dossier, name):
            yield name


def _dossier_row(dossier: Dossier, facts: Facts, events: list[Event]) -> dict[str, Any]:
    return {
        "procedure": dossier.procedure,
        "version": dossier.version,
        "rulebook": dossier.rulebook,
        "channel": dossier.channel,
        "receiving_agency": dossier.receiving_agency,
        "competent_agency": dossier.competent_agency,
        "submitted_by": dossier.submitted_by,
        "ticket": dossier.ticket,
        "assisted": dossier.assisted,
        "submitted_at": dossier.submitted_at,
        "owner_name": events[0].payload["owner"]["name"],
        **changing(dossier, facts),
    }


def _open_rows(tx: Connection, dossier_id: int) -> dict[int, dict[str, Any]]:
    query = select(task).where(task.c.dossier_id == dossier_id, task.c.state == "open")
    return {row.place: dict(row._mapping) for row in tx.execute(query)}


def _open_expected(dossier_id: int, dossier: Dossier) -> dict[int, dict[str, Any]]:
    still_open = {"dossier_id": dossier_id, "closed_at": None, "closed_by": None}
    return {t.place: still_open | row_of(dossier, t) for t in dossier.tasks.values()}


def _closed_rows(tx: Connection, dossier_id: int) -> Rows:
    query = select(
        task.c.place, task.c.step, task.c.opened_at, task.c.state, task.c.closed_at,
        task.c.closed_by, task.c.procedure,
    ).where(task.c.dossier_id == dossier_id, task.c.state != "open")  # fmt: skip
    return _by_place(tx.execute(query))


def _closed_expected(procedure: str, events: list[Event]) -> Rows:
    opened = {e.data["place"]: e for e in events if e.type is EventType.TASK_OPENED}
    steps = {e.data["place"]: e.data["step"] for e in events if e.type in _NAMING}
    closed = {e.data["place"]: e for e in events if e.type in _CLOSING}
    return {
        place: (
            steps[place], opened[place].at,
            _CLOSING[event.type], event.at, event.actor, procedure,
        )
        for place, event in closed.items()
    }  # fmt: skip


def _by_place(rows: Iterable[Any]) -> Rows:
    return {row.place: tuple(row)[1:] for row in rows}


def _timer_rows(tx: Connection, dossier_id: int) -> dict[Any, datetime]:
    query = select(timer.c.kind, timer.c.place, timer.c.due_at).where(
        timer.c.dossier_id == dossier_id
    )
    return {(r.kind, r.place): r.due_at for r in tx.execute(query)}


def _search_rows(tx: Connection, dossier_id: int) -> set[tuple[Any, ...]]:
    query = select(search_term).where(search_term.c.dossier_id == dossier_id)
    return {tuple(found) for found in tx.execute(query)}
