"""Conformance: whether dossiers took the way that the drawings of their own version allow.

The engine lets nobody leave the drawing. This does not ask the engine: it reads in the log which
step was opened in consequence of which, and compares that with the drawing alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from bpmn.following import Following
from bpmn.procedure import Procedure
from bpmn.steps import Message
from engine.mining.cases import Case, batches
from engine.model.event import EventType, person_of
from engine.store import definitions
from engine.store.tables import event

_E = EventType
_OPENING = frozenset({_E.TASK_OPENED, _E.WAIT_STARTED})
_ENDING = frozenset({_E.TASK_COMPLETED, _E.WAIT_ENDED, _E.OBLIGATION_FULFILLED, _E.TIMER_FIRED,
                     _E.ANSWER_RECEIVED})  # fmt: skip
_INTERRUPTING = {
    _E.WITHDRAWAL_REQUESTED: Message.WITHDRAWAL_REQUESTED,
    _E.DISCONTINUATION_DECIDED: Message.DISCONTINUATION_DECIDED,
}
_READ = (*_OPENING, *_ENDING, *_INTERRUPTING, _E.DOSSIER_SUBMITTED, _E.PLACE_MOVED,
         _E.DOSSIER_MIGRATED)  # fmt: skip


class Departure(StrEnum):
    """How a dossier left what its drawing says."""

    NOT_DRAWN = "not_drawn"
    SAME_PERSON = "same_person"


@dataclass(frozen=True)
class Deviation:
    """Where it did: `step` was opened, or completed, after `after`; `seq` is the event's."""

    code: str
    seq: int
    kind: Departure
    step: str
    after: tuple[str, ...]


@dataclass(frozen=True)
class Conformance:
    """Of how many dossiers the way was compared, how many followed their drawings throughout, how
    many went over to another version or were taken out of their course on the way (as drawn), and
    where some did not follow. `unused` are steps that nobody came to, of the versions met."""

    dossiers: int
    followed: int
    migrated: int
    interrupted: int
    deviations: tuple[Deviation, ...]
    unused: tuple[str, ...]


def conformance(tx: Connection, cases: Sequence[Case]) -> Conformance:
    """Compare the ways of these dossiers with their drawings."""
    drawn = _Drawn(tx)
    ways = [
        _Way(case, drawn).along(events[case.id])
        for some in batches(cases)
        for events in (_events(tx, [case.id for case in some]),)
        for case in some
    ]
    return Conformance(
        dossiers=len(ways),
        followed=sum(not way.deviations for way in ways),
        migrated=sum(way.migrated for way in ways),
        interrupted=sum(way.interrupted for way in ways),
        deviations=tuple(each for way in ways for each in way.deviations),
        unused=drawn.unused({visit.step for case in cases for visit in case.visits}),
    )


def _events(tx: Connection, ids: Sequence[int]) -> Mapping[int, list[Any]]:
    query = (
        select(event)
        .where(event.c.dossier_id.in_(ids), event.c.type.in_(_READ))
        .order_by(event.c.dossier_id, event.c.seq)
    )
    found: dict[int, list[Any]] = {id_: [] for id_ in ids}
    for row in tx.execute(query):
        found[row.dossier_id].append(row)
    return found


class _Drawn:
    """The drawings of the versions met, each read once."""

    def __init__(self, tx: Connection) -> None:
        self._tx = tx
        self._known: dict[str, tuple[Procedure, Following]] = {}

    def of(self, version: str) -> tuple[Procedure, Following]:
        if version not in self._known:
            procedure = definitions.version(self._tx, version)
            self._known[version] = procedure, Following(procedure)
        return self._known[version]

    def unused(self, used: Collection[str]) -> tuple[str, ...]:
        """In the order of the drawings."""
        steps = [step for procedure, _ in self._known.values() for step in procedure.places.steps]
        return tuple(step for step in dict.fromkeys(steps) if step not in used)


@dataclass
class _Way:
    """One dossier's way, act by act."""

    case: Case
    drawn: _Drawn
    deviations: list[Deviation] = field(default_factory=list)
    migrated: bool = False
    interrupted: bool = False
    _steps: dict[int, str] = field(default_factory=dict)
    _done_by: dict[str, str] = field(default_factory=dict)

    def along(self, events: Iterable[Any]) -> "_Way":
        """Go the whole way; returns itself."""
        acts: dict[int, list[Any]] = {}
        for row in events:
            acts.setdefault(row.caused_by or row.seq, []).append(row)
        for act in acts.values():
            self._take(act)
        return self

    def _take(self, act: Sequence[Any]) -> None:
        first = act[0]
        if first.type == _E.DOSSIER_SUBMITTED:
            self._follow(first.data["version"])
        if first.type == _E.DOSSIER_MIGRATED:
            self.migrated = True
            self._follow(first.data["to"])
        before = tuple(dict.fromkeys(self._ended(act)))
        allowed = self._allowed(first, before)
        for row in act:
            if row.type in _OPENING or row.type == _E.PLACE_MOVED:
                self._steps[row.data["place"]] = row.data["step"]
            if row.type == _E.TASK_OPENED and first.type != _E.DOSSIER_MIGRATED:
                self._compare(row, allowed, before)

    def _follow(self, version: str) -> None:
        self._procedure, self._following = self.drawn.of(version)

    def _ended(self, act: Sequence[Any]) -> Iterable[str]:
        for row in act:
            if row.type in _ENDING:
                step = row.data.get("step") or self._steps.get(row.data.get("place"))
                if step:
                    yield step
                    if row.type == _E.TASK_COMPLETED:
                        self._complete(row, step)

    def _allowed(self, first: Any, before: Iterable[str]) -> frozenset[str]:
        if first.type == _E.DOSSIER_SUBMITTED:
            return self._following.first()
        if first.type in _INTERRUPTING:
            self.interrupted = True
            return self._following.interrupted_by(_INTERRUPTING[first.type])
        return self._following.after(before)

    def _compare(self, row: Any, allowed: frozenset[str], before: tuple[str, ...]) -> None:
        if row.data["step"] not in allowed:
            self._deviate(row, Departure.NOT_DRAWN, row.data["step"], before)

    def _complete(self, row: Any, step: str) -> None:
        drawn = self._procedure.places.steps.get(step)
        others = drawn.four_eyes if drawn else ()
        if person_of(row.actor) and (
            same := tuple(each for each in others if self._done_by.get(each) == row.actor)
        ):
            self._deviate(row, Departure.SAME_PERSON, step, same)
        self._done_by[step] = row.actor

    def _deviate(self, row: Any, kind: Departure, step: str, after: tuple[str, ...]) -> None:
        self.deviations.append(Deviation(self.case.code, row.seq, kind, step, after))
