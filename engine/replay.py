"""Proof by re-execution: the recorded acts on the recorded diagram must give what is stored.

First the hash chain is checked, then every act of the log is applied again to a dossier that
begins empty; its consequences, and at the end the state, the open tasks, the timers and the
due dates, must be those in the database. What differs first is named.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from engine.errors import DossierUnknown, EngineError
from engine.life.acts import apply, begin
from engine.life.setting import Setting
from engine.life.timers import timers
from engine.model import snapshot
from engine.model.dossier import Dossier
from engine.model.event import Act, Event, EventType
from engine.model.status import Status
from engine.store.chain import GENESIS, event_hash, payload_digest
from engine.store.database import Database
from engine.store.definitions import setting_of
from engine.store.events import Logged, log_of
from engine.store.tables import dossier as table
from engine.store.tables import dossier_life, task, timer
from engine.store.tasks import projections

BATCH = 200


@dataclass(frozen=True)
class Broken:
    """Where a dossier's record does not hold: the first event concerned, and why."""

    dossier: str
    seq: int
    reason: str


@dataclass(frozen=True)
class Moment:
    """A dossier just after one act, as re-execution finds it."""

    act: Event
    consequences: tuple[Event, ...]
    status: Status
    due_at: datetime | None
    tasks: tuple[tuple[int, str, int | None], ...]
    """Open tasks as (place, step, assignee)."""


class _Mismatch(Exception):
    def __init__(self, seq: int, reason: str) -> None:
        super().__init__(reason)
        self.seq = seq
        self.reason = reason


def verify_dossier(tx: Connection, code: str) -> Broken | None:
    """Check one dossier; None when everything holds. Raises `DossierUnknown`."""
    row = _stored(tx, code)
    log = log_of(tx, row.id)
    try:
        _check_chain(row, log)
        dossier = _re_executed(tx, row, [logged.event for logged in log])
        _check_stored(tx, row, dossier)
    except _Mismatch as mismatch:
        return Broken(code, mismatch.seq, mismatch.reason)
    return None


def replay(tx: Connection, code: str) -> list[Moment]:
    """The dossier's life act by act, re-executed. Raises `DossierUnknown`, or the `EngineError`
    with which re-execution stops."""
    row = _stored(tx, code)
    events = [logged.event for logged in log_of(tx, row.id)]
    setting = setting_of(tx, row.version)
    return [_moment(turn, dossier) for turn, dossier in _turns(events, setting)]


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


def _stored(tx: Connection, code: str) -> Any:
    query = (
        select(table, dossier_life.c.life)
        .join(dossier_life, dossier_life.c.dossier_id == table.c.id)
        .where(table.c.code == code)
    )
    row = tx.execute(query).one_or_none()
    if row is None:
        raise DossierUnknown(code=code)
    return row


def _check_chain(row: Any, log: list[Logged]) -> None:
    head = GENESIS
    for expected, logged in enumerate(log, start=1):
        if logged.event.seq != expected:
            raise _Mismatch(expected, f"Thiếu sự kiện số {expected}.")
        _check_payload(logged)
        head = event_hash(head, row.code, logged.event, logged.payload_digest)
        if head != logged.hash:
            raise _Mismatch(expected, f"Sự kiện số {expected} đã bị sửa hoặc đổi chỗ.")
    if len(log) != row.seq or head != row.head:
        raise _Mismatch(len(log) + 1, f"Thiếu các sự kiện sau số {len(log)}.")


def _check_payload(logged: Logged) -> None:
    seq, payload = logged.event.seq, logged.event.payload
    if logged.payload_digest is None:
        if logged.salt is not None:
            raise _Mismatch(seq, f"Nội dung của sự kiện số {seq} được thêm vào sau.")
    elif logged.salt is None:
        raise _Mismatch(seq, f"Nội dung của sự kiện số {seq} đã bị xóa.")
    elif payload_digest(logged.salt, payload) != logged.payload_digest:
        raise _Mismatch(seq, f"Nội dung của sự kiện số {seq} đã bị sửa.")


def _re_executed(tx: Connection, row: Any, events: list[Event]) -> Dossier:
    dossier = None
    for turn, dossier in _turns(events, setting_of(tx, row.version)):
        for event, again in zip(turn, dossier.news, strict=False):
            if event != again:
                raise _Mismatch(event.seq, f"Chạy lại cho kết quả khác ở sự kiện {event.seq}.")
        if len(turn) != len(dossier.news):
            raise _Mismatch(turn[-1].seq, "Chạy lại cho số sự kiện khác với sổ ghi.")
    if dossier is None:
        raise _Mismatch(1, "Hồ sơ không có sự kiện nào.")
    return dossier


def _turns(events: list[Event], setting: Setting) -> Iterator[tuple[list[Event], Dossier]]:
    """Each act with its consequences as recorded, and the dossier after doing it again.

    The dossier's `news` are what re-execution recorded for this act.
    """
    dossier: Dossier | None = None
    for turn in _grouped(events):
        act = Act.of(turn[0])
        try:
            if dossier is None:
                dossier = _begun(act, setting)
            else:
                dossier.news.clear()
                apply(dossier, act, setting)
        except (EngineError, KeyError, ValueError) as error:
            reason = f"Không chạy lại được sự kiện {turn[0].seq}: {error}"
            raise _Mismatch(turn[0].seq, reason) from error
        yield turn, dossier


def _begun(act: Act, setting: Setting) -> Dossier:
    if act.type is not EventType.DOSSIER_SUBMITTED:
        raise ValueError("sự kiện đầu không phải là nộp hồ sơ")
    return begin(act, setting)


def _grouped(events: list[Event]) -> list[list[Event]]:
    turns: list[list[Event]] = []
    for event in events:
        if event.caused_by is None:
            turns.append([event])
        elif turns:
            turns[-1].append(event)
        else:
            raise _Mismatch(event.seq, f"Sự kiện số {event.seq} không có nguyên nhân.")
    return turns


def _moment(turn: list[Event], dossier: Dossier) -> Moment:
    return Moment(
        act=turn[0],
        consequences=tuple(turn[1:]),
        status=dossier.status,
        due_at=dossier.due_at,
        tasks=tuple((t.place, t.step, t.assignee) for t in dossier.tasks.values()),
    )


def _check_stored(tx: Connection, row: Any, dossier: Dossier) -> None:
    stored = snapshot.from_json(row.life)
    for name in (field.name for field in fields(Dossier) if field.compare):
        if getattr(stored, name) != getattr(dossier, name):
            raise _Mismatch(dossier.seq, f"Trạng thái lưu khác kết quả chạy lại ở «{name}».")
    for name, value in (
        ("status", dossier.status.value),
        ("outcome", dossier.outcome.value if dossier.outcome else None),
        ("due_at", dossier.due_at),
        ("received_at", dossier.received_at),
        ("finished_at", dossier.finished_at),
        ("overdue", dossier.overdue),
    ):
        if getattr(row, name) != value:
            raise _Mismatch(dossier.seq, f"Hồ sơ lưu khác kết quả chạy lại ở «{name}».")
    if _open_rows(tx, row.id) != _open_expected(dossier):
        raise _Mismatch(dossier.seq, "Danh sách việc đang mở khác kết quả chạy lại.")
    if _timer_rows(tx, row.id) != timers(dossier):
        raise _Mismatch(dossier.seq, "Các hẹn giờ đang chờ khác kết quả chạy lại.")


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
