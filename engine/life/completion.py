"""A task is done, and the dossier moves on."""

from bpmn.steps import Stage, Step
from engine.errors import FormInvalid, ReturnNotOffered
from engine.life.assignment import require_four_eyes, require_holder
from engine.life.guards import open_task, require_work_allowed
from engine.life.setting import Setting
from engine.life.settle import receive, settle
from engine.model.dossier import Dossier, Task
from engine.model.event import Act, EventType
from engine.workflow import Run

ACCEPT, REFUSE, SUPPLEMENT, RETURN = "accept", "refuse", "supplement", "return"


def complete(dossier: Dossier, act: Act, setting: Setting) -> None:
    """Someone hands in a task's form; a `decision` in it chooses the way on."""
    require_work_allowed(dossier)
    task = open_task(dossier, act.data["place"])
    step = setting.procedure.places.steps[task.step]
    _require_valid(dossier, task, step, act, setting)
    run = Run.restore(setting.procedure.diagram, dossier.state, dossier.facts)
    cause = dossier.record(act).seq
    _note_decision(dossier, task, step, act, cause)
    dossier.facts[step.id] = dict(act.payload["form"])
    dossier.done_by[step.id] = act.actor
    del dossier.tasks[task.place]
    run.complete(task.place)
    if step.stage is Stage.RECEIPT and act.data.get("decision") == ACCEPT:
        receive(dossier, act, setting, cause)
    settle(dossier, run, act, setting, cause)


def _require_valid(dossier: Dossier, task: Task, step: Step, act: Act, setting: Setting) -> None:
    require_holder(dossier, task, act.actor)
    require_four_eyes(dossier, task, act.actor, setting.procedure)
    errors = setting.procedure.form_of(step).errors(act.payload["form"])
    if errors:
        raise FormInvalid(errors)
    if act.data.get("decision") == RETURN and step.returns_to is None:
        raise ReturnNotOffered(name=step.name)


def _note_decision(dossier: Dossier, task: Task, step: Step, act: Act, cause: int) -> None:
    data = {"place": task.place, "step": step.id}
    if act.data.get("decision") == SUPPLEMENT:
        dossier.record(act, EventType.SUPPLEMENT_REQUESTED, data, cause)
    elif act.data.get("decision") == RETURN:
        data["to"] = str(step.returns_to)
        dossier.record(act, EventType.DOSSIER_RETURNED, data, cause)
