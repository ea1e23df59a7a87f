"""What happened to a dossier, as far as it concerns the citizen: milestones and moved due dates.

Read off the event log; who did what inside the office, and what they noted, stays there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bpmn.steps import Outcome
from engine.life.setting import Setting
from engine.model.event import EventType
from engine.queries.progress_words import ENDINGS, pause_in_words
from engine.store.tables import event, event_payload

_E = EventType
MILESTONES = {
    _E.DOSSIER_SUBMITTED: "Đã nộp hồ sơ",
    _E.DOSSIER_RECEIVED: "Hồ sơ được tiếp nhận",
    _E.DUE_DATE_EXTENDED: "Cơ quan xin lỗi và hẹn lại ngày trả kết quả",
    _E.SUPPLEMENT_RECEIVED: "Đã nhận giấy tờ bổ sung",
    _E.OBLIGATION_FULFILLED: "Đã xác nhận hoàn thành nghĩa vụ tài chính",
    _E.WITHDRAWAL_REQUESTED: "Đã nhận đề nghị rút hồ sơ",
    _E.DISCONTINUATION_DECIDED: "Cơ quan quyết định dừng giải quyết",
    _E.DOSSIER_PAUSED: "Tạm dừng giải quyết",
    _E.DOSSIER_RESUMED: "Hồ sơ được giải quyết tiếp",
    _E.RESULT_ISSUED: "Đã có kết quả",
}
_TYPES = (*MILESTONES, _E.DOSSIER_FINISHED, _E.DUE_DATE_SET)
MOVES = {"extension": "Cơ quan xin lỗi và hẹn lại", "calendar": "Lịch làm việc thay đổi"}


@dataclass(frozen=True)
class Milestone:
    """Something that happened, in words; `detail` is why, of a pause."""

    at: datetime
    name: str
    detail: str | None


@dataclass(frozen=True)
class Move:
    """A due date that was put off, or came nearer; `reason` is what an apology said."""

    at: datetime
    before: datetime
    after: datetime
    why: str
    reason: str | None


@dataclass(frozen=True)
class Past:
    """Both, in the order of time."""

    milestones: list[Milestone]
    moves: list[Move]


def past(tx: Connection, dossier_id: int, setting: Setting) -> Past:
    """The public part of a dossier's log."""
    same = (event_payload.c.dossier_id == event.c.dossier_id) & (event_payload.c.seq == event.c.seq)
    query = (
        select(event.c.seq, event.c.type, event.c.at, event.c.caused_by, event.c.data)
        .add_columns(event_payload.c.body["reason"].as_string().label("reason"))
        .outerjoin(event_payload, same)
        .where(event.c.dossier_id == dossier_id, event.c.type.in_(_TYPES))
        .order_by(event.c.seq)
    )
    rows = tx.execute(query).all()
    return Past(_milestones(rows, setting), _moves(rows, setting))


def _milestones(rows: Sequence[Any], setting: Setting) -> list[Milestone]:
    """Going on is told only where nothing else tells it: not beside the papers that came."""
    told = {_act(row) for row in rows if row.type not in (_E.DOSSIER_RESUMED, _E.DUE_DATE_SET)}
    return [
        Milestone(row.at, _name(row), _detail(row, setting))
        for row in rows
        if row.type != _E.DUE_DATE_SET
        and not (row.type == _E.DOSSIER_RESUMED and _act(row) in told)
    ]


def _act(row: Any) -> int:
    """The `seq` of the act that an event is, or belongs to."""
    return int(row.caused_by or row.seq)


def _name(row: Any) -> str:
    if row.type == _E.DOSSIER_FINISHED:
        return ENDINGS[Outcome(row.data["outcome"])]
    return MILESTONES[EventType(row.type)]


def _detail(row: Any, setting: Setting) -> str | None:
    if row.type != _E.DOSSIER_PAUSED:
        return None
    code = row.data["reason"]
    return pause_in_words(code, setting.pause_reason(code).name)


def _moves(rows: Iterable[Any], setting: Setting) -> list[Move]:
    reasons = {row.seq: row.reason for row in rows if row.type == _E.DUE_DATE_EXTENDED}
    read: Callable[[str], datetime] = datetime.fromisoformat
    return [
        Move(
            row.at,
            read(row.data["before"]),
            read(row.data["after"]),
            _why(row.data["why"], setting),
            reasons.get(row.caused_by),
        )
        for row in rows
        if row.type == _E.DUE_DATE_SET
    ]


def _why(code: str, setting: Setting) -> str:
    return MOVES.get(code) or pause_in_words(code, setting.pause_reason(code).name)
