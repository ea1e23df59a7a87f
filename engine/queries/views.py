"""A dossier as people look at it: with names for codes, and what the one who looks may do.

Made from the aggregate alone, so that a command can answer without asking the database again.
"""

from dataclasses import dataclass
from datetime import datetime

from bpmn.procedure import Procedure
from bpmn.roles import Role
from bpmn.steps import Message, Outcome, Stage
from engine.deadlines.clock import ClockPolicy
from engine.life.pause_reasons import pause_reason
from engine.model.actor import Actor
from engine.model.dossier import Dossier, Pause, Task, Waiting
from engine.model.status import STATUS_NAMES, Channel, Status
from engine.queries.possible import DossierAct, TaskAct, dossier_acts, task_acts


@dataclass(frozen=True)
class TaskView:
    """An open task; `assignee` is the id of who holds it."""

    place: int
    step: str
    name: str
    stage: Stage
    role: Role
    agency: str
    unit: str | None
    assignee: int | None
    opened_at: datetime
    due_at: datetime
    overdue: bool
    batchable: bool
    may: list[TaskAct]


@dataclass(frozen=True)
class WaitView:
    """What the diagram waits for: a message, or a moment (`until`)."""

    place: int
    step: str
    name: str
    message: Message | None
    until: datetime | None


@dataclass(frozen=True)
class PauseView:
    """Why the dossier rests; `place` is None where a person ordered it."""

    reason: str
    name: str
    policy: ClockPolicy
    since: datetime
    until: datetime | None
    place: int | None


@dataclass(frozen=True)
class DossierView:
    """Where a dossier stands; `revision` counts its events."""

    code: str
    procedure: str
    procedure_name: str
    version: str
    channel: Channel
    receiving_agency: str
    competent_agency: str
    status: Status
    status_name: str
    outcome: Outcome | None
    overdue: bool
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    first_due_at: datetime | None
    finished_at: datetime | None
    tasks: list[TaskView]
    waits: list[WaitView]
    pauses: list[PauseView]
    may: list[DossierAct]
    revision: int


def view_of(dossier: Dossier, procedure: Procedure, actor: Actor) -> DossierView:
    """The dossier as the actor looks at it."""
    clock = dossier.clock
    return DossierView(
        code=dossier.code,
        procedure=dossier.procedure,
        procedure_name=procedure.facts.name,
        version=dossier.version,
        channel=dossier.channel,
        receiving_agency=dossier.receiving_agency,
        competent_agency=dossier.competent_agency,
        status=dossier.status,
        status_name=STATUS_NAMES[dossier.status],
        outcome=dossier.outcome,
        overdue=dossier.overdue,
        submitted_at=dossier.submitted_at,
        received_at=dossier.received_at,
        due_at=clock.due_at if clock else None,
        first_due_at=clock.first_due_at if clock else None,
        finished_at=dossier.finished_at,
        tasks=[task_view(dossier, task, procedure, actor) for task in dossier.tasks.values()],
        waits=[_wait_view(wait, procedure) for wait in dossier.waits.values()],
        pauses=[_pause_view(pause) for pause in dossier.pauses],
        may=dossier_acts(dossier, procedure, actor),
        revision=dossier.seq,
    )


def task_view(dossier: Dossier, task: Task, procedure: Procedure, actor: Actor) -> TaskView:
    """An open task as the actor looks at it."""
    return TaskView(
        place=task.place,
        step=task.step,
        name=task.name,
        stage=task.stage,
        role=task.role,
        agency=task.agency,
        unit=task.unit,
        assignee=task.assignee,
        opened_at=task.opened_at,
        due_at=task.clock.due_at,
        overdue=task.overdue,
        batchable=procedure.places.steps[task.step].batchable,
        may=task_acts(dossier, task, procedure, actor),
    )


def _wait_view(wait: Waiting, procedure: Procedure) -> WaitView:
    known = procedure.places.waits[wait.step]
    until = wait.clock.due_at if wait.clock and not wait.clock.is_halted else None
    return WaitView(wait.place, wait.step, known.name, known.message, until)


def _pause_view(pause: Pause) -> PauseView:
    reason = pause_reason(pause.reason)
    return PauseView(reason.code, reason.name, reason.policy, pause.since, pause.until, pause.place)
