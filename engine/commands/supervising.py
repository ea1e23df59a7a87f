"""What supervisors do to the work of others: press whoever has it, give it to someone else."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.acting import Target, act_of, act_on, require, require_readable
from engine.commands.tasks import HandTask, OnTask, assign_task
from engine.errors import NothingOpen
from engine.life.groups import foremost
from engine.model.actor import Actor, Permission
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.store import dossiers


@dataclass(frozen=True)
class PressTask(OnTask):
    """Press whoever has a task, or might take it, in words."""

    note: str


@dataclass(frozen=True)
class PressDossier:
    """Press whoever has the most urgent task of a dossier."""

    target: Target
    note: str


@dataclass(frozen=True)
class ReassignDossier:
    """Give the most urgent task of a dossier to someone, with a note for them."""

    target: Target
    assignee: int
    note: str | None = None


def press_task(tx: Connection, command: PressTask, actor: Actor, now: datetime) -> Dossier:
    """As a supervisor, let those be told who answer for an open task: get on with it.

    Raises `PressedLately` within an hour of the last time.
    """
    data, payload = {"place": command.place}, {"note": command.note}
    act = act_of(actor, EventType.TASK_PRESSED, now, data, payload)
    check = require(actor, Permission.TASK_PRESS, "đôn đốc hồ sơ này")
    return act_on(tx, command.target, act, check)


def press_dossier(tx: Connection, command: PressDossier, actor: Actor, now: datetime) -> Dossier:
    """As `press_task`, for the most urgent task; raises `NothingOpen` where there is none."""
    place = _foremost(tx, command.target, actor)
    return press_task(tx, PressTask(command.target, place, command.note), actor, now)


def reassign_dossier(
    tx: Connection, command: ReassignDossier, actor: Actor, now: datetime
) -> Dossier:
    """As `assign_task`, for the most urgent task; raises `NothingOpen` where there is none."""
    place = _foremost(tx, command.target, actor)
    handing = HandTask(command.target, place, command.assignee, command.note)
    return assign_task(tx, handing, actor, now)


def _foremost(tx: Connection, target: Target, actor: Actor) -> int:
    dossier = dossiers.lock(tx, target.code).dossier
    require_readable(actor, dossier)
    task = foremost(dossier)
    if task is None:
        raise NothingOpen(code=dossier.code)
    return task.place
