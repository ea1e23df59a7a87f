"""Who holds a task."""

from bpmn.procedure import Procedure
from engine.errors import FourEyesForbids, TaskTaken, TaskUnclaimed
from engine.life.guards import open_task, require_work_allowed
from engine.life.holding import hand_over
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.dossier import Dossier, Task
from engine.model.event import Act


def claim(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """The actor takes a free task; claiming what one holds already changes nothing else."""
    task = _workable(dossier, act, setting)
    require_holder(dossier, task, act)
    require_four_eyes(dossier, task, act.actor, setting.procedure)
    return _handed(dossier, act, setting, task, int(act.actor))


def release(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """The holder puts a task back for the others."""
    task = _workable(dossier, act, setting)
    require_holder(dossier, task, act)
    if task.assignee is None:
        raise TaskUnclaimed(name=task.name, code=dossier.code)
    return _handed(dossier, act, setting, task, None)


def assign(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """A supervisor gives a task to someone, whoever holds it."""
    task = _workable(dossier, act, setting)
    require_four_eyes(dossier, task, str(act.data["assignee"]), setting.procedure)
    return _handed(dossier, act, setting, task, act.data["assignee"])


def delegate(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """The holder hands a task to a colleague."""
    task = _workable(dossier, act, setting)
    require_holder(dossier, task, act)
    if task.assignee is None:
        raise TaskUnclaimed(name=task.name, code=dossier.code)
    require_four_eyes(dossier, task, str(act.data["assignee"]), setting.procedure)
    return _handed(dossier, act, setting, task, act.data["assignee"])


def require_holder(dossier: Dossier, task: Task, act: Act) -> None:
    """Raise `TaskTaken` when someone else holds the task than who acts, or for whom they act."""
    hands = (None, int(act.actor), act.data.get("for"))
    if task.assignee not in hands:
        raise TaskTaken(name=task.name, code=dossier.code)


def require_four_eyes(dossier: Dossier, task: Task, actor: str, procedure: Procedure) -> None:
    """Raise `FourEyesForbids` when the actor did a step that this one must be apart from."""
    for other in procedure.places.steps[task.step].four_eyes:
        if dossier.done_by.get(other) == actor:
            step = procedure.places.steps[other].name
            raise FourEyesForbids(step=step, code=dossier.code, name=task.name)


def _handed(dossier: Dossier, act: Act, setting: Setting, task: Task, to: int | None) -> Turn:
    turn = Turn.of(dossier, act, setting)
    if to != task.assignee:
        hand_over(turn, task, to)
    return turn


def _workable(dossier: Dossier, act: Act, setting: Setting) -> Task:
    require_work_allowed(dossier, setting)
    return open_task(dossier, act.data["place"])
