"""A dossier's life done again: the recorded acts on the recorded diagram.

Every act of the log is applied to a dossier that begins empty, by the very rules that applied
it when it happened (docs/adr/0002).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.errors import DossierUnknown, EngineError
from engine.life.acts import apply, begin
from engine.life.setting import Setting
from engine.model.dossier import Dossier
from engine.model.event import Act, Event, EventType
from engine.model.status import Status
from engine.store.definitions import setting_of
from engine.store.events import log_of
from engine.store.tables import dossier as table


@dataclass(frozen=True)
class Moment:
    """A dossier just after one act, as re-execution finds it.

    `names` is what the diagrams of its version call their elements, by id.
    """

    act: Event
    consequences: tuple[Event, ...]
    status: Status
    due_at: datetime | None
    tasks: tuple[tuple[int, str, int | None], ...]
    """Open tasks as (place, step, assignee)."""
    names: Mapping[str, str]


class Mismatch(Exception):
    """Re-execution, or what is stored, differs from the record first at event `seq`."""

    def __init__(self, seq: int, reason: str) -> None:
        super().__init__(reason)
        self.seq = seq
        self.reason = reason


def replay(tx: Connection, code: str) -> list[Moment]:
    """The dossier's life act by act, re-executed; raises `DossierUnknown`, or `Mismatch` where
    an act cannot be done again."""
    row = stored(tx, code)
    events = [logged.event for logged in log_of(tx, row.id)]
    setting = setting_of(tx, row.version, row.rulebook)
    return [_moment(turn, dossier, setting) for turn, dossier in turns(events, setting)]


def stored(tx: Connection, code: str) -> Any:
    """The row of a dossier; raises `DossierUnknown`."""
    row = tx.execute(select(table).where(table.c.code == code)).one_or_none()
    if row is None:
        raise DossierUnknown(code=code)
    return row


def turns(events: list[Event], setting: Setting) -> Iterator[tuple[list[Event], Dossier]]:
    """Each act with its consequences as recorded, and the dossier after doing it again.

    The dossier's `news` are what re-execution recorded for this act. Raises `Mismatch` where an
    act cannot be done again.
    """
    dossier: Dossier | None = None
    if any(event.type is EventType.PERSONAL_DATA_MASKED for event in events):
        setting = replace(setting, masked=True)
    for turn in _grouped(events):
        act = Act.of(turn[0])
        try:
            if dossier is None:
                dossier = _begun(act, setting)
            else:
                dossier.news.clear()
                apply(dossier, act, setting)
        except (EngineError, LookupError, ValueError, TypeError, AttributeError) as error:
            reason = f"Không chạy lại được sự kiện {turn[0].seq}: {error}"
            raise Mismatch(turn[0].seq, reason) from error
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
            raise Mismatch(event.seq, f"Sự kiện số {event.seq} không có nguyên nhân.")
    return turns


def _moment(turn: list[Event], dossier: Dossier, setting: Setting) -> Moment:
    return Moment(
        act=turn[0],
        consequences=tuple(turn[1:]),
        status=dossier.status,
        due_at=dossier.due_at,
        tasks=tuple((t.place, t.step, t.assignee) for t in dossier.tasks.values()),
        names=setting.under(dossier.version).procedure.diagram.names,
    )
