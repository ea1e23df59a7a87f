"""A dossier as people look at it: with names for codes, and what the one who looks may do.

Made from the aggregate alone, so that a command can answer without asking the database again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bpmn.roles import Role
from bpmn.steps import Message, Outcome, Stage
from engine.deadlines.clock_policy import ClockPolicy
from engine.life.groups import standing
from engine.life.papers import Need, needs
from engine.life.setting import Setting
from engine.model.actor import Actor
from engine.model.alert import Alert, Level, Rung, Subject
from engine.model.document import Document
from engine.model.dossier import Dossier, Lateness, Pause, PauseRequest, Task, Waiting
from engine.model.standing import STANDING_NAMES, Standing
from engine.model.status import STATUS_NAMES, Channel, Status
from engine.queries.naming import software
from engine.queries.possible import DossierAct, TaskAct, dossier_acts, task_acts


@dataclass(frozen=True)
class TaskView:
    """An open task; `assignee` is the id of who holds it, `needs` what it wants of papers."""

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
    needs: list[Need]
    may: list[TaskAct]


@dataclass(frozen=True)
class WaitView:
    """What the diagram waits for: a message, a moment (`until`), or the answer of other software
    (`asks`)."""

    place: int
    step: str
    name: str
    message: Message | None
    until: datetime | None
    asks: str | None


@dataclass(frozen=True)
class PauseView:
    """Why the dossier rests; `place` is None where a person ordered it, `overdue` says that it
    has lasted longer than it may."""

    reason: str
    name: str
    policy: ClockPolicy
    since: datetime
    until: datetime | None
    place: int | None
    by: str
    evidence: Mapping[str, Any] | None
    overdue: bool


@dataclass(frozen=True)
class PauseRequestView:
    """A pause that waits to be granted or declined."""

    reason: str
    name: str
    by: str
    at: datetime
    until: datetime | None
    evidence: Mapping[str, Any] | None


@dataclass(frozen=True)
class AlertView:
    """An alert that holds now; `against` is the due moment it is about."""

    alert: int
    subject: Subject
    place: int
    level: Level
    against: datetime
    raised_at: datetime
    rung: str
    acknowledged: bool


@dataclass(frozen=True)
class LatenessView:
    """Why the dossier (place 0) or one of its tasks is late."""

    place: int
    cause: str
    name: str
    outage: int | None


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
    ticket: str | None
    assisted: bool
    priority: str | None
    priority_name: str | None
    status: Status
    status_name: str
    outcome: Outcome | None
    overdue: bool
    standing: Standing
    standing_name: str
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    first_due_at: datetime | None
    processed_at: datetime | None
    finished_at: datetime | None
    extensions: int
    tasks: list[TaskView]
    waits: list[WaitView]
    pauses: list[PauseView]
    pause_request: PauseRequestView | None
    alerts: list[AlertView]
    lateness: list[LatenessView]
    documents: list[Document]
    may: list[DossierAct]
    revision: int


def view_of(dossier: Dossier, setting: Setting, actor: Actor) -> DossierView:
    """The dossier as the actor looks at it."""
    clock, group, procedure = dossier.clock, standing(dossier), setting.procedure
    priority = dossier.priority
    return DossierView(
        code=dossier.code,
        procedure=dossier.procedure,
        procedure_name=procedure.facts.name,
        version=dossier.version,
        channel=dossier.channel,
        receiving_agency=dossier.receiving_agency,
        competent_agency=dossier.competent_agency,
        ticket=dossier.ticket,
        assisted=dossier.assisted,
        priority=dossier.priority,
        priority_name=setting.rulebook.priority(priority).name if priority else None,
        status=dossier.status,
        status_name=STATUS_NAMES[dossier.status],
        outcome=dossier.outcome,
        overdue=dossier.overdue,
        standing=group,
        standing_name=STANDING_NAMES[group],
        submitted_at=dossier.submitted_at,
        received_at=dossier.received_at,
        due_at=clock.due_at if clock else None,
        first_due_at=clock.first_due_at if clock else None,
        processed_at=dossier.processed_at,
        finished_at=dossier.finished_at,
        extensions=dossier.extensions,
        tasks=[task_view(dossier, task, setting, actor) for task in dossier.tasks.values()],
        waits=[_wait_view(wait, setting) for wait in dossier.waits.values()],
        pauses=[pause_view(pause, setting) for pause in dossier.pauses],
        pause_request=_request_view(dossier.pause_request, setting),
        alerts=[_alert_view(alert) for alert in dossier.alerts if alert.live],
        lateness=[_late_view(*late, setting) for late in dossier.lateness.items()],
        documents=[dossier.documents[number] for number in sorted(dossier.documents)],
        may=dossier_acts(dossier, setting, actor),
        revision=dossier.seq,
    )


def task_view(dossier: Dossier, task: Task, setting: Setting, actor: Actor) -> TaskView:
    """An open task as the actor looks at it."""
    step = setting.procedure.places.steps[task.step]
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
        batchable=step.batchable,
        needs=needs(dossier, step, setting),
        may=task_acts(dossier, task, setting.procedure, actor),
    )


def _wait_view(wait: Waiting, setting: Setting) -> WaitView:
    known = setting.procedure.places.waits[wait.step]
    until = wait.clock.due_at if wait.clock and not wait.clock.is_halted else None
    asks = software(known.asks.connector) if known.asks else None
    return WaitView(wait.place, wait.step, known.name, known.message, until, asks)


def pause_view(pause: Pause, setting: Setting) -> PauseView:
    """A pause with the name of its reason and what it does to the clock."""
    reason = setting.pause_reason(pause.reason)
    return PauseView(
        reason=reason.code,
        name=reason.name,
        policy=reason.policy,
        since=pause.since,
        until=pause.until,
        place=pause.place,
        by=pause.by,
        evidence=pause.evidence,
        overdue=pause.overdue,
    )


def _request_view(request: PauseRequest | None, setting: Setting) -> PauseRequestView | None:
    if request is None:
        return None
    return PauseRequestView(name=setting.pause_reason(request.reason).name, **vars(request))


def _alert_view(alert: Alert) -> AlertView:
    return AlertView(
        alert=alert.seq,
        subject=alert.subject,
        place=alert.place,
        level=alert.level,
        against=alert.against,
        raised_at=alert.raised_at,
        rung=Rung(alert.rung).name.lower(),
        acknowledged=alert.acknowledged,
    )


def _late_view(place: int, late: Lateness, setting: Setting) -> LatenessView:
    return LatenessView(place, late.cause, setting.rulebook.cause(late.cause).name, late.outage)
