"""Proof of a dossier: its chain is whole, and doing it again gives what is stored.

First every hash is computed anew over the one before; then the acts are re-executed, and their
consequences, the state, the open tasks, the timers and the dates must be those in the database.
What differs first is named.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from engine.life.timers import timers
from engine.model import snapshot
from engine.model.dossier import Dossier
from engine.model.event import Event
from engine.replay import Mismatch, stored, turns
from engine.store.chain import GENESIS, event_hash, payload_digest
from engine.store.database import Database
from engine.store.definitions import setting_of
from engine.store.events import Logged, log_of
from engine.store.tables import dossier as table
from engine.store.tables import task, timer
from engine.store.tasks import projections

BATCH = 200


@dataclass(frozen=True)
class Broken:
    """Where a dossier's record does not hold: the first event concerned, and why."""

    dossier: str
    seq: int
    reason: str


def verify_dossier(tx: Connection, code: str) -> Broken | None:
    """Check one dossier; None when everything holds. Raises `DossierUnknown`."""
    row = stored(tx, code)
    log = log_of(tx, row.id)
    try:
        _check_chain(row, log)
        dossier = _re_executed(tx, row, [logged.event for logged in log])
        _checkstored(tx, row, dossier)
    except Mismatch as mismatch:
        return Broken(code, mismatch.seq, mismatch.reason)
    return None


def verify_all(
    database: Database, codes: Iterable[str], done: Callable[[Broken | None], None]
) -> None:
    """Check many dossiers, telling `done` of each in turn; holds no transaction for long."""
    for code in codes:
        with database.reading() as tx:
            done(verify_dossier(tx, code))


def all_codes(database: Database) -> Iterator[str]:
    """Codes of all dossiers, oldest first, read in batches."""
    last = 0
    while True:
        query = select(table.c.id, table.c.code).where(table.c.id > last)
        with database.reading() as tx:
            rows = tx.execute(query.order_by(table.c.id).limit(BATCH)).all()
        if not rows:
            return
        yield from (row.code for row in rows)
        last = rows[-1].id


def count_dossiers(database: Database) -> int:
    """How many dossiers `all_codes` will give."""
    with database.reading() as tx:
        return int(tx.execute(select(func.count()).select_from(table)).scalar_one())


def _check_chain(row: Any, log: list[Logged]) -> None:
    head = GENESIS
    for expected, logged in enumerate(log, start=1):
        if logged.event.seq != expected:
            raise Mismatch(expected, f"Thiếu sự kiện số {expected}.")
        _check_payload(logged)
        head = event_hash(head, row.code, logged.event, logged.payload_digest)
        if head != logged.hash:
            raise Mismatch(expected, f"Sự kiện số {expected} đã bị sửa hoặc đổi chỗ.")
    if len(log) != row.seq or head != row.head:
        raise Mismatch(len(log) + 1, f"Thiếu các sự kiện sau số {len(log)}.")


def _check_payload(logged: Logged) -> None:
    seq, payload = logged.event.seq, logged.event.payload
    if logged.payload_digest is None:
        if logged.salt is not None:
            raise Mismatch(seq, f"Nội dung của sự kiện số {seq} được thêm vào sau.")
    elif logged.salt is None:
        raise Mismatch(seq, f"Nội dung của sự kiện số {seq} đã bị xóa.")
    elif payload_digest(logged.salt, payload) != logged.payload_digest:
        raise Mismatch(seq, f"Nội dung của sự kiện số {seq} đã bị sửa.")


def _re_executed(tx: Connection, row: Any, events: list[Event]) -> Dossier:
    dossier = None
    for turn, dossier in turns(events, setting_of(tx, row.version)):
        for event, again in zip(turn, dossier.news, strict=False):
            if event != again:
                raise Mismatch(event.seq, f"Chạy lại cho kết quả khác ở sự kiện {event.seq}.")
        if len(turn) != len(dossier.news):
            raise Mismatch(turn[-1].seq, "Chạy lại cho số sự kiện khác với sổ ghi.")
    if dossier is None:
        raise Mismatch(1, "Hồ sơ không có sự kiện nào.")
    return dossier


def _checkstored(tx: Connection, row: Any, dossier: Dossier) -> None:
    kept = snapshot.from_json(row.life)
    for name in (field.name for field in fields(Dossier) if field.compare):
        if getattr(kept, name) != getattr(dossier, name):
            raise Mismatch(dossier.seq, f"Trạng thái lưu khác kết quả chạy lại ở «{name}».")
    for name, value in (
        ("status", dossier.status.value),
        ("outcome", dossier.outcome.value if dossier.outcome else None),
        ("due_at", dossier.due_at),
        ("received_at", dossier.received_at),
        ("finished_at", dossier.finished_at),
        ("overdue", dossier.overdue),
    ):
        if getattr(row, name) != value:
            raise Mismatch(dossier.seq, f"Hồ sơ lưu khác kết quả chạy lại ở «{name}».")
    if _open_rows(tx, row.id) != _open_expected(dossier):
        raise Mismatch(dossier.seq, "Danh sách việc đang mở khác kết quả chạy lại.")
    if _timer_rows(tx, row.id) != timers(dossier):
        raise Mismatch(dossier.seq, "Các hẹn giờ đang chờ khác kết quả chạy lại.")


def _open_rows(tx: Connection, dossier_id: int) -> dict[int, tuple[Any, ...]]:
    query = select(
        task.c.place, task.c.step, task.c.role, task.c.agency, task.c.unit,
        task.c.assignee, task.c.due_at, task.c.overdue,
    ).where(task.c.dossier_id == dossier_id, task.c.state == "open")  # fmt: skip
    return {r.place: tuple(r)[1:] for r in tx.execute(query)}


def _open_expected(dossier: Dossier) -> dict[int, tuple[Any, ...]]:
    rows = projections(dossier)
    return {
        t.place: (
            t.step, t.role.value, t.agency, t.unit,
            rows[t.place].assignee, rows[t.place].due_at, rows[t.place].overdue,
        )
        for t in dossier.tasks.values()
    }  # fmt: skip


def _timer_rows(tx: Connection, dossier_id: int) -> dict[Any, datetime]:
    query = select(timer.c.kind, timer.c.place, timer.c.due_at).where(
        timer.c.dossier_id == dossier_id
    )
    return {(r.kind, r.place): r.due_at for r in tx.execute(query)}
