"""What happens to the tasks of someone who leaves or loses a role."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.acting import Check, Target, act_of, act_on
from engine.errors import NotCandidate, TaskNotOpen
from engine.errors.office import AccountHoldsTasks, AccountHoldsTooMuch, NoHandOver
from engine.model.actor import Actor, Grant, may_work
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.store import tasks, users
from engine.store.accounts import Account
from engine.store.tasks import HeldTask

MOST_HELD = 200
"""How many tasks are handed on in one go."""


@dataclass(frozen=True)
class HandOver:
    """What whoever decides has seen, and wants: so many tasks go to someone, or to their units."""

    seen: int = 0
    to: int | None = None


def tasks_left(tx: Connection, account: Account, grants: tuple[Grant, ...]) -> list[HeldTask]:
    """The open tasks that someone holds but could not work on with these grants alone."""
    then = Actor(account.id, account.username, account.full_name, grants)
    held = tasks.held_by(tx, account.id, MOST_HELD + 1)
    if len(held) > MOST_HELD:
        raise AccountHoldsTooMuch(full_name=account.full_name, most=MOST_HELD)
    return [task for task in held if not may_work(then, task)]


def hand_over_tasks(
    tx: Connection,
    account: Account,
    left: list[HeldTask],
    wanted: HandOver,
    actor: Actor,
    now: datetime,
) -> None:
    """Let tasks leave their holder; raises unless they are those that were seen."""
    if len(left) != wanted.seen:
        raise AccountHoldsTasks(full_name=account.full_name, held=len(left))
    if wanted.to == account.id:
        raise NoHandOver(full_name=account.full_name)
    successor = users.actor_by_id(tx, wanted.to) if left and wanted.to else None
    for task in sorted(left, key=lambda task: (task.dossier, task.place)):
        if successor and not may_work(successor, task):
            raise NotCandidate(name=task.name, who=successor.full_name)
        data = {"place": task.place, "assignee": successor.id if successor else None}
        act = act_of(actor, EventType.TASK_VACATED, now, data)
        act_on(tx, Target(task.dossier), act, _held_by(account, task.place))


def _held_by(account: Account, place: int) -> Check:
    def check(dossier: Dossier) -> None:
        task = dossier.tasks.get(place)
        if task is None or task.assignee != account.id:
            raise TaskNotOpen(code=dossier.code, place=place)

    return check
