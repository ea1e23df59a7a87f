"""A dossier at a moment of its life, as auditors look at it: everything that was so just then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from bpmn.roles import Role
from bpmn.steps import Stage
from engine.deadlines.calendar import WorkingCalendar
from engine.life.groups import standing
from engine.life.setting import Setting
from engine.model.document import Document
from engine.model.dossier import Dossier, Task, Waiting
from engine.model.event import EventType
from engine.model.standing import STANDING_NAMES, Standing
from engine.model.status import STATUS_NAMES, Status
from engine.queries.clock_then import ClockThen, clock_then
from engine.queries.drawing import Drawing, drawings
from engine.queries.forms_then import FieldChange, FormThen
from engine.queries.telling import Teller
from engine.queries.views import PauseView, pause_view
from engine.workflow.run import Run


@dataclass(frozen=True)
class EventThen:
    """An event in words.

    `for_name` is the absent person for whom it was done. `payload` is what was said with it, None
    for those who may not read that; `erased` says that it was taken away by law.
    """

    seq: int
    type: EventType
    text: str
    at: datetime
    actor: str
    actor_name: str
    for_name: str | None
    data: Mapping[str, Any]
    payload: Mapping[str, Any] | None
    erased: bool


@dataclass(frozen=True)
class TaskThen:
    """A task that was open. `elements` leads to it in the diagrams: the call activities around
    it and the step itself. `since` is when it came to who held it, or into the unit's queue."""

    place: int
    step: str
    name: str
    stage: Stage
    role: Role
    unit: str | None
    elements: tuple[str, ...]
    assignee: int | None
    assignee_name: str
    since: datetime
    clock: ClockThen


@dataclass(frozen=True)
class WaitThen:
    """What the diagram waited for; `clock` is None where it waited for news."""

    place: int
    step: str
    name: str
    elements: tuple[str, ...]
    clock: ClockThen | None


@dataclass(frozen=True)
class MomentView:
    """A dossier just after one act; `number` counts acts from 1.

    `drawings` say where it stood in which diagrams; `documents` are those that it had, with the
    signatures, numbers and files of that moment. `forms` and `changes` are None for those who
    may not read what people said.
    """

    number: int
    act: EventThen
    consequences: tuple[EventThen, ...]
    status: Status
    status_name: str
    standing: Standing
    standing_name: str
    clock: ClockThen | None
    tasks: tuple[TaskThen, ...]
    waits: tuple[WaitThen, ...]
    drawings: tuple[Drawing, ...]
    pauses: tuple[PauseView, ...]
    documents: tuple[Document, ...]
    forms: tuple[FormThen, ...] | None
    changes: tuple[FieldChange, ...] | None


@dataclass(frozen=True)
class Told:
    """What is told of a moment beside the dossier itself."""

    number: int
    events: Sequence[EventThen]
    forms: tuple[FormThen, ...] | None
    changes: tuple[FieldChange, ...] | None


def moment_view(dossier: Dossier, setting: Setting, teller: Teller, told: Told) -> MomentView:
    """The dossier as an act left it."""
    act, *consequences = told.events
    seen = _Seen(dossier, setting, teller, act.at)
    group = standing(dossier)
    return MomentView(
        number=told.number,
        act=act,
        consequences=tuple(consequences),
        status=dossier.status,
        status_name=STATUS_NAMES[dossier.status],
        standing=group,
        standing_name=STANDING_NAMES[group],
        clock=seen.clock(),
        tasks=tuple(map(seen.task, dossier.tasks.values())),
        waits=tuple(map(seen.wait, dossier.waits.values())),
        drawings=tuple(drawings(dossier, setting.procedure, setting.procedure is teller.last)),
        pauses=tuple(pause_view(pause, setting) for pause in dossier.pauses),
        documents=tuple(each for _, each in sorted(dossier.documents.items())),
        forms=told.forms,
        changes=told.changes,
    )


class _Seen:
    """Looks at the parts of a dossier at a moment."""

    def __init__(self, dossier: Dossier, setting: Setting, teller: Teller, at: datetime) -> None:
        self._dossier = dossier
        self._setting = setting
        self._teller = teller
        self._at = at
        self._calendar: WorkingCalendar = setting.calendar_of(dossier.calendar)

    def clock(self) -> ClockThen | None:
        """The dossier's own clock, which is read no further than to its result."""
        clock, read_at = self._dossier.clock, self._dossier.processed_at or self._at
        return clock_then(clock, self._calendar, read_at, self._why()) if clock else None

    def task(self, task: Task) -> TaskThen:
        """An open task."""
        suspended = self._dossier.suspended
        why = self._setting.pause_reason(suspended.reason).name if suspended else None
        return TaskThen(
            place=task.place,
            step=task.step,
            name=task.name,
            stage=task.stage,
            role=task.role,
            unit=task.unit,
            elements=self._run.path(task.place),
            assignee=task.assignee,
            assignee_name=self._teller.person(task.assignee),
            since=task.held_since,
            clock=clock_then(task.clock, self._calendar, self._at, why),
        )

    def wait(self, wait: Waiting) -> WaitThen:
        """What is waited for."""
        clock, name, elements = (
            wait.clock,
            self._teller.place(wait.place),
            self._run.path(wait.place),
        )
        then = clock_then(clock, self._calendar, self._at, self._why()) if clock else None
        return WaitThen(wait.place, wait.step, name, elements, then)

    @cached_property
    def _run(self) -> Run:
        dossier = self._dossier
        return Run.restore(self._setting.procedure.diagram, dossier.state, dossier.facts)

    def _why(self) -> str:
        reasons = [self._setting.pause_reason(pause.reason) for pause in self._dossier.pauses]
        return ", ".join(reason.name for reason in reasons if reason.policy.halts)
