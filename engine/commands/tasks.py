"""Work on tasks: take, give back, hand over, complete, return to an earlier step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.commands.acting import (
    Check,
    Target,
    act_of,
    act_on,
    require,
    require_candidate,
    require_outage,
    require_readable,
)
from engine.errors import NotCandidate
from engine.life.decisions import RETURN
from engine.life.guards import open_task
from engine.model.actor import Actor, Permission, may_work
from engine.model.dossier import Dossier
from engine.model.event import Act, EventType
from engine.store import users


@dataclass(frozen=True)
class OnTask:
    """The open task at one place of a dossier."""

    target: Target
    place: int


@dataclass(frozen=True)
class HandTask(OnTask):
    """Give a task to someone, with a note for them."""

    assignee: int
    note: str | None = None


@dataclass(frozen=True)
class CompleteTask(OnTask):
    """Hand in a task's form; `overdue` says why the task or the dossier is late, if it is."""

    form: Mapping[str, Any]
    overdue: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class ReturnTask(OnTask):
    """Send a dossier back to the earlier step that the diagram offers."""

    reason: str
    overdue: Mapping[str, Any] | None = None


Deed = tuple[Target, Act, Check]
"""What `act_on` and `rehearse` take: the dossier, the act, and whether it is allowed."""


def claim_task(tx: Connection, command: OnTask, actor: Actor, now: datetime) -> Dossier:
    """Take a free task for oneself, or one that someone absent holds for whom one stands in."""
    return act_on(tx, *claiming(command, actor, now))


def claiming(command: OnTask, actor: Actor, now: datetime) -> Deed:
    """The deed of `claim_task`."""
    act = act_of(actor, EventType.TASK_CLAIMED, now, {"place": command.place})
    return command.target, act, require_candidate(actor, command.place)


def release_task(tx: Connection, command: OnTask, actor: Actor, now: datetime) -> Dossier:
    """Put back a task that one holds."""
    act = act_of(actor, EventType.TASK_RELEASED, now, {"place": command.place})
    return act_on(tx, command.target, act, _require_in_hand(actor, command.place))


def complete_task(tx: Connection, command: CompleteTask, actor: Actor, now: datetime) -> Dossier:
    """Hand in the form of a task that is free or one's own; the dossier moves on."""
    return act_on(tx, *completing(tx, command, actor, now))


def completing(tx: Connection, command: CompleteTask, actor: Actor, now: datetime) -> Deed:
    """The deed of `complete_task`."""
    require_outage(tx, command.overdue)
    said = {"form": dict(command.form)}
    act = act_of(actor, EventType.TASK_COMPLETED, now, _completion(command), said)
    return command.target, act, require_candidate(actor, command.place)


def _completion(command: CompleteTask) -> dict[str, Any]:
    decision = command.form.get("decision")
    data = {"place": command.place, "decision": decision if isinstance(decision, str) else None}
    return {**data, "overdue": dict(command.overdue)} if command.overdue else data


def return_task(tx: Connection, command: ReturnTask, actor: Actor, now: datetime) -> Dossier:
    """Send the dossier back to the earlier step that the diagram offers, with the reason."""
    form = {"decision": RETURN, "reason": command.reason}
    completion = CompleteTask(command.target, command.place, form, command.overdue)
    return complete_task(tx, completion, actor, now)


def delegate_task(tx: Connection, command: HandTask, actor: Actor, now: datetime) -> Dossier:
    """Hand a task that one holds to a colleague whom it is meant for as well."""
    assignee = users.actor_by_id(tx, command.assignee)

    def check(dossier: Dossier) -> int | None:
        absent = _require_in_hand(actor, command.place)(dossier)
        _require_meant_for(assignee, dossier, command.place)
        return absent

    act = _handing(command, EventType.TASK_DELEGATED, actor, now)
    return act_on(tx, command.target, act, check)


def assign_task(tx: Connection, command: HandTask, actor: Actor, now: datetime) -> Dossier:
    """As a supervisor, give a task to someone whom it is meant for, whoever holds it."""
    return act_on(tx, *assigning(tx, command, actor, now))


def assigning(tx: Connection, command: HandTask, actor: Actor, now: datetime) -> Deed:
    """The deed of `assign_task`."""
    assignee = users.actor_by_id(tx, command.assignee)

    def check(dossier: Dossier) -> int | None:
        absent = require(actor, Permission.TASK_ASSIGN, "giao việc của hồ sơ này")(dossier)
        _require_meant_for(assignee, dossier, command.place)
        return absent

    return command.target, _handing(command, EventType.TASK_ASSIGNED, actor, now), check


def _require_meant_for(assignee: Actor, dossier: Dossier, place: int) -> None:
    task = open_task(dossier, place)
    if not may_work(assignee, task):
        raise NotCandidate(name=task.name, who=assignee.full_name)


def _handing(command: HandTask, type_: EventType, actor: Actor, now: datetime) -> Act:
    data = {"place": command.place, "assignee": command.assignee}
    return act_of(actor, type_, now, data, {"note": command.note})


def _require_in_hand(actor: Actor, place: int) -> Check:
    """The check of `require_candidate`; but whoever holds a task may always part with it, though
    the time is over for which they stood in for someone, or they lost a role."""

    def check(dossier: Dossier) -> int | None:
        task = dossier.tasks.get(place)
        if task is not None and task.assignee == actor.id and not may_work(actor, task):
            require_readable(actor, dossier)
            return None
        return require_candidate(actor, place)(dossier)

    return check
