"""A dossier's life done again: a line for each act, and everything at the moments asked for.

What is told of a moment comes from re-execution, not from what is stored. Where re-execution
stops, the acts after it are still told, as the log has them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from sqlalchemy import Connection

from bpmn.findings import ProcedureError
from engine.deadlines.calendar import NO_TIME, WorkingCalendar
from engine.errors import EngineError
from engine.errors.accesses import RecordUnreadable
from engine.life.setting import Setting
from engine.model.actor import Actor, Permission, may
from engine.model.dossier import Dossier
from engine.model.event import Event, EventType
from engine.queries.dossiers import locate, require
from engine.queries.forms_then import Facts, changes, forms_then
from engine.queries.moments import EventThen, MomentView, Told, moment_view
from engine.queries.people import names_of
from engine.queries.telling import Teller, people_in
from engine.replay import Mismatch, turns
from engine.store.definitions import setting_of
from engine.store.events import Logged, acts, log_of


@dataclass(frozen=True)
class ActLine:
    """An act as a time line shows it.

    `gap` is the working time since the act before. `paused` and `overdue` tell how the act left
    the dossier; both are None where the act could not be done again.
    """

    number: int
    seq: int
    type: EventType
    text: str
    at: datetime
    actor_name: str
    for_name: str | None
    gap: timedelta
    paused: bool | None = None
    overdue: bool | None = None


@dataclass(frozen=True)
class Stop:
    """Where re-execution stopped, and why."""

    seq: int
    reason: str


@dataclass(frozen=True)
class Life:
    """All acts in order; the moments that were asked for; where re-execution stopped, if so.

    `names` is what the diagrams call their elements, by id.
    """

    acts: list[ActLine]
    moments: list[MomentView]
    stop: Stop | None
    names: Mapping[str, str]


Wanted = Callable[[Sequence[ActLine]], range]
"""Chooses from the acts, by their numbers, those whose moments are to be told."""


def life_of(tx: Connection, code: str, actor: Actor, wanted: Wanted) -> Life:
    """The life of a dossier with the moments that are `wanted` of its acts.

    Raises `DossierUnknown`, `NotPermitted`, or `RecordUnreadable` where not even the log can be
    read.
    """
    row = locate(tx, code, actor)
    require(row, actor, Permission.DOSSIER_REPLAY, "chạy lại hồ sơ này")
    try:
        log = log_of(tx, row.id)
        setting = setting_of(tx, row.version, row.rulebook)
        calendar = setting.calendar_of(row.calendar)
    except (EngineError, ProcedureError, ValueError, LookupError, TypeError) as error:
        raise RecordUnreadable(code=code) from error
    events = [logged.event for logged in log]
    teller = Teller.of(events, setting, names_of(tx, people_in(events)))
    open_ = may(actor, Permission.EVENT_READ, row)
    return _Living(log, setting, calendar, teller, wanted, open_).life()


@dataclass
class _Living:
    """Walks through a life once."""

    log: list[Logged]
    setting: Setting
    calendar: WorkingCalendar
    teller: Teller
    wanted: Wanted
    open_: bool
    facts: Facts = field(default_factory=dict)

    @cached_property
    def by_seq(self) -> Mapping[int, Logged]:
        """The log by the number of the event."""
        return {logged.event.seq: logged for logged in self.log}

    def life(self) -> Life:
        """All of it."""
        lines, moments, stop = list(self._lines()), [], None
        wanted = self.wanted(lines)
        events = [logged.event for logged in self.log]
        try:
            for index, (turn, dossier) in enumerate(turns(events, self.setting)):
                lines[index] = replace(
                    lines[index], paused=bool(dossier.pauses), overdue=dossier.overdue
                )
                if index + 1 in wanted:
                    moments.append(self._moment(index + 1, turn, dossier))
                self.facts = dict(dossier.facts)
        except Mismatch as mismatch:
            stop = Stop(mismatch.seq, mismatch.reason)
        return Life(lines, moments, stop, self.teller.elements)

    def _lines(self) -> Iterator[ActLine]:
        before: datetime | None = None
        for number, act in enumerate(acts(self.log), start=1):
            yield ActLine(
                number=number,
                seq=act.seq,
                type=act.type,
                text=self.teller.tell(act),
                at=act.at,
                actor_name=self.teller.actor(act),
                for_name=self.teller.absent(act),
                gap=self.calendar.working_time(before, act.at) if before else NO_TIME,
            )
            before = act.at

    def _moment(self, number: int, turn: Sequence[Event], dossier: Dossier) -> MomentView:
        setting = self.setting.under(dossier.version)
        procedure, facts = setting.procedure, dossier.facts
        told = Told(
            number=number,
            events=[self._event(self.by_seq[event.seq]) for event in turn],
            forms=forms_then(facts, procedure) if self.open_ else None,
            changes=changes(self.facts, facts, procedure) if self.open_ else None,
        )
        return moment_view(dossier, setting, self.teller, told)

    def _event(self, logged: Logged) -> EventThen:
        event = logged.event
        return EventThen(
            seq=event.seq,
            type=event.type,
            text=self.teller.tell(event),
            at=event.at,
            actor=event.actor,
            actor_name=self.teller.actor(event),
            for_name=self.teller.absent(event),
            data=event.data,
            payload=event.payload if self.open_ else None,
            erased=logged.erased,
        )
