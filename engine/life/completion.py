"""A task is done, and the dossier moves on."""

from dataclasses import replace

from bpmn.steps import PauseCode, Stage, Step
from engine.errors import FormInvalid, ReturnNotOffered
from engine.life.assignment import require_four_eyes, require_holder
from engine.life.decisions import ACCEPT, RETURN, SUPPLEMENT
from engine.life.dues import OWN, require_paid
from engine.life.groups import responsible_for
from engine.life.guards import open_task, require_work_allowed
from engine.life.holding import end_holding
from engine.life.lateness import (
    require_cause_of_dossier,
    require_cause_of_task,
    require_known_cause,
)
from engine.life.obtaining import require_demandable
from engine.life.papers import require_papers
from engine.life.pause_terms import require_times_left
from engine.life.setting import Setting
from engine.life.settle import receive, settle
from engine.life.turn import Turn
from engine.model.dossier import Dossier, Task
from engine.model.event import Act, EventType
from engine.workflow.run import Run


def complete(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Someone hands in a task's form; a `decision` in it chooses the way on."""
    require_work_allowed(dossier, setting)
    task = open_task(dossier, act.data["place"])
    step = setting.procedure.places.steps[task.step]
    _require_valid(dossier, task, step, act, setting)
    require_papers(dossier, task, step, act, setting)
    if step.stage is Stage.PAYMENT:
        require_paid(dossier, OWN)
    require_known_cause(act, setting)
    run = Run.restore(setting.procedure.diagram, dossier.state, dossier.facts)
    turn = Turn.of(dossier, act, setting)
    require_cause_of_task(turn, task)
    end_holding(turn, task)
    _note_decision(turn, task, step)
    dossier.facts[step.id] = dict(act.payload["form"])
    dossier.done_by[step.id] = act.actor
    dossier.last_responsible = replace(responsible_for(task), holder=int(act.actor))
    del dossier.tasks[task.place]
    run.complete(task.place)
    accepted = step.stage is Stage.RECEIPT and act.data.get("decision") == ACCEPT
    if accepted and dossier.received_at is None:
        receive(turn)
    settle(turn, run)
    require_cause_of_dossier(turn)
    return turn


def _require_valid(dossier: Dossier, task: Task, step: Step, act: Act, setting: Setting) -> None:
    require_holder(dossier, task, act)
    require_four_eyes(dossier, task, act.actor, setting.procedure)
    if act.data.get("decision") == RETURN and step.returns_to is None:
        raise ReturnNotOffered(name=step.name)
    if act.data.get("decision") == SUPPLEMENT:
        require_times_left(dossier, setting.pause_reason(PauseCode.SUPPLEMENT))
    errors = setting.procedure.form_of(step).errors(act.payload["form"])
    if errors and not setting.masked:
        raise FormInvalid(errors)
    require_demandable(act.payload["form"], setting)


def _note_decision(turn: Turn, task: Task, step: Step) -> None:
    decision = turn.act.data.get("decision")
    if decision == SUPPLEMENT:
        turn.note(EventType.SUPPLEMENT_REQUESTED, place=task.place, step=step.id)
    elif decision == RETURN:
        turn.note(EventType.DOSSIER_RETURNED, place=task.place, step=step.id, to=step.returns_to)
