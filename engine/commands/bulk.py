"""The same thing done to many tasks: each in a transaction of its own, which the edge opens."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from engine.commands.acting import Target, act_on
from engine.commands.foreseeing import rehearse_signed
from engine.commands.tasks import (
    CompleteTask,
    Deed,
    HandTask,
    OnTask,
    assigning,
    claiming,
    completing,
)
from engine.errors import NotBatchable
from engine.errors.time import OverdueCauseNeeded
from engine.model.actor import Actor
from engine.model.dossier import Dossier
from engine.store import definitions

MOST = 200
"""Tasks in one request."""


class BulkAct(StrEnum):
    """What can be done to many tasks at once."""

    CLAIM = "claim"
    ASSIGN = "assign"
    DECIDE = "decide"


@dataclass(frozen=True)
class Bulk:
    """What is to be done: to whom tasks are given, or what is decided.

    `cause` is why a task or dossier is late, for those of which it is demanded.
    """

    act: BulkAct
    assignee: int | None = None
    note: str | None = None
    decision: str | None = None
    cause: str | None = None


@dataclass(frozen=True)
class BulkTask:
    """One of the tasks, of a dossier as it was seen; no revision: however it is now."""

    dossier: str
    place: int
    revision: int | None


def do_one(tx: Connection, bulk: Bulk, task: BulkTask, actor: Actor, now: datetime) -> Dossier:
    """Do it to one task; raises whatever the single act would, or `NotBatchable`."""
    return one(act_on, tx, bulk, task, actor, now)


def rehearse_one(
    tx: Connection, bulk: Bulk, task: BulkTask, actor: Actor, now: datetime
) -> Dossier:
    """What `do_one` would make of the dossier once papers are signed that it wants signed, or why
    it would not; nothing is kept."""
    return one(rehearse_signed, tx, bulk, task, actor, now)


def one(
    do: Callable[..., Dossier],
    tx: Connection,
    bulk: Bulk,
    task: BulkTask,
    actor: Actor,
    now: datetime,
) -> Dossier:
    """Let `do` do it: what `act_on` or `rehearse` take. The cause is only given for what turns out
    to be late."""
    try:
        return do(tx, *_deed(tx, replace(bulk, cause=None), task, actor, now))
    except OverdueCauseNeeded:
        if bulk.cause is None:
            raise
        return do(tx, *_deed(tx, bulk, task, actor, now))


def _deed(tx: Connection, bulk: Bulk, task: BulkTask, actor: Actor, now: datetime) -> Deed:
    target = Target(task.dossier, task.revision)
    if bulk.act is BulkAct.CLAIM:
        return claiming(OnTask(target, task.place), actor, now)
    if bulk.act is BulkAct.ASSIGN:
        command = HandTask(target, task.place, bulk.assignee or 0, bulk.note)
        return assigning(tx, command, actor, now)
    late = {"cause": bulk.cause} if bulk.cause else None
    form = {"decision": bulk.decision} if bulk.decision else {}
    target, act, allowed = completing(tx, CompleteTask(target, task.place, form, late), actor, now)

    def check(dossier: Dossier) -> None:
        allowed(dossier)
        _require_batchable(tx, dossier, task.place, form)

    return target, act, check


def _require_batchable(tx: Connection, dossier: Dossier, place: int, form: dict[str, Any]) -> None:
    """A task that is not open passes: the rule that looks for it says so better."""
    if task := dossier.tasks.get(place):
        procedure = definitions.version(tx, dossier.version)
        step = procedure.places.steps[task.step]
        if not step.batchable or procedure.form_of(step).errors(form):
            raise NotBatchable(name=task.name, code=dossier.code)
