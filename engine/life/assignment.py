"""Who holds a task."""

from bpmn.procedure import Procedure
from engine.errors import FourEyesForbids, TaskTaken, TaskUnclaimed
from engine.life.guards import open_task, require_work_allowed
from engine.life.setting import Setting
from engine.model.dossier import Dossier, Task
from engine.model.event import Act


def claim(dossier: Dossier, act: Act, setting: Setting) -> None:
    """The actor takes a free task; claiming what one holds already changes nothing else."""
    task = _workable(dossier, act)
    require_holder(dossier, task, act.actor)
    require_four_eyes(dossier, task, act.actor, setting.procedure)
    dossier.record(act)
    task.assignee = int(act.actor)


def release(dossier: Dossier, act: Act, setting: Setting) -> None:
    """The holder puts a task back for the others."""
    task = _workable(dossier, act)
    require_holder(dossier, task, act.actor)
    if task.assignee is None:
        raise TaskUnclaimed(name=task.name, code=dossier.code)
    dossier.record(act)
    task.assignee = None


def assign(dossier: Dossier, act: Act, setting: Setting) -> None:
    """A supervisor gives a task to someone, whoever holds it."""
    task = _workable(dossier, act)
    require_four_eyes(dossier, task, str(act.data["assignee"]), setting.procedure)
    dossier.record(act)
    task.assignee = act.data["assignee"]


def delegate(dossier: Dossier, act: Act, setting: Setting) -> None:
    """The holder hands a task to a colleague."""
    task = _workable(dossier, act)
    require_holder(dossier, task, act.actor)
    if task.assignee is None:
        raise TaskUnclaimed(name=task.name, code=dossier.code)
    require_four_eyes(dossier, task, str(act.data["assignee"]), setting.procedure)
    dossier.record(act)
    task.assignee = act.data["assignee"]


def require_holder(dossier: Dossier, task: Task, actor: str) -> None:
    """Raise `TaskTaken` when someone else holds the task."""
    if task.assignee is not None and str(task.assignee) != actor:
        raise TaskTaken(name=task.name, code=dossier.code)


def require_four_eyes(dossier: Dossier, task: Task, actor: str, procedure: Procedure) -> None:
    """Raise `FourEyesForbids` when the actor did a step that this one must be apart from."""
    for other in procedure.places.steps[task.step].four_eyes:
        if dossier.done_by.get(other) == actor:
            step = procedure.places.steps[other].name
            raise FourEyesForbids(step=step, code=dossier.code, name=task.name)


def _workable(dossier: Dossier, act: Act) -> Task:
    require_work_allowed(dossier)
    return open_task(dossier, act.data["place"])
