"""What someone may do to a dossier now: permissions and the dossier's state taken together.

It is advice for whoever draws buttons; the commands check again.
"""

from collections.abc import Iterator
from enum import StrEnum

from bpmn.procedure import Procedure
from bpmn.steps import Message, Stage
from engine.life.rulebook import PauseReason
from engine.life.setting import Setting
from engine.model.actor import Actor, Permission, desks, holds, may, may_work
from engine.model.dossier import Dossier, Task
from engine.model.status import Status


class DossierAct(StrEnum):
    """What may be done to a dossier as a whole."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    PAUSE = "pause"
    ASK_FOR_PAUSE = "ask_for_pause"
    GRANT_PAUSE = "grant_pause"
    DECLINE_PAUSE = "decline_pause"
    RESUME = "resume"
    EXTEND = "extend"
    RECORD_CAUSE = "record_cause"
    SUPPLEMENT = "supplement"
    OBLIGATION = "obligation"
    PRIORITISE = "prioritise"
    WITHDRAW_PRIORITY = "withdraw_priority"
    WITHDRAW = "withdraw"
    DISCONTINUE = "discontinue"


class TaskAct(StrEnum):
    """What may be done with an open task."""

    CLAIM = "claim"
    RELEASE = "release"
    COMPLETE = "complete"
    RETURN = "return"
    DELEGATE = "delegate"
    ASSIGN = "assign"
    PRESS = "press"


_NEWS = {
    DossierAct.SUPPLEMENT: (Permission.SUPPLEMENT_RECEIVE, Message.SUPPLEMENT_RECEIVED),
    DossierAct.OBLIGATION: (Permission.OBLIGATION_CONFIRM, Message.OBLIGATION_FULFILLED),
}
_WAYS_OUT = {
    DossierAct.WITHDRAW: (Permission.DOSSIER_WITHDRAW, Message.WITHDRAWAL_REQUESTED),
    DossierAct.DISCONTINUE: (Permission.DOSSIER_DISCONTINUE, Message.DISCONTINUATION_DECIDED),
}


def dossier_acts(dossier: Dossier, setting: Setting, actor: Actor) -> list[DossierAct]:
    """What the actor may do to the dossier now."""
    acts = list(_time_acts(dossier, setting, actor))
    if dossier.outcome is None:
        acts += _dossier_acts(dossier, setting.procedure, actor)
        acts += _priority_acts(dossier, setting, actor)
    return acts


def _priority_acts(dossier: Dossier, setting: Setting, actor: Actor) -> Iterator[DossierAct]:
    if not may(actor, Permission.DOSSIER_PRIORITISE, dossier):
        return
    if setting.rulebook.priorities:
        yield DossierAct.PRIORITISE
    if dossier.priority:
        yield DossierAct.WITHDRAW_PRIORITY


def _time_acts(dossier: Dossier, setting: Setting, actor: Actor) -> Iterator[DossierAct]:
    if dossier.overdue and may(actor, Permission.OVERDUE_CAUSE_RECORD, dossier):
        yield DossierAct.RECORD_CAUSE
    if dossier.received_at is None or dossier.processed_at is not None:
        return
    left = setting.rulebook.extension.times - dossier.extensions
    running = dossier.clock is not None and dossier.clock.is_running and not dossier.suspended
    if left > 0 and running and may(actor, Permission.DUE_DATE_EXTEND, dossier):
        yield DossierAct.EXTEND
    if may(actor, Permission.DOSSIER_PAUSE, dossier):
        yield from _pause_acts(dossier, setting, actor)


def _pause_acts(dossier: Dossier, setting: Setting, actor: Actor) -> Iterator[DossierAct]:
    if dossier.suspended:
        yield DossierAct.RESUME
        return
    yield DossierAct.PAUSE
    if dossier.pause_request is None:
        if any(_is_for_others(each, dossier, actor) for each in setting.rulebook.pauses.values()):
            yield DossierAct.ASK_FOR_PAUSE
        return
    approvers = setting.pause_reason(dossier.pause_request.reason).approvers
    if not approvers or holds(actor, approvers, dossier):
        yield from (DossierAct.GRANT_PAUSE, DossierAct.DECLINE_PAUSE)


def _is_for_others(reason: PauseReason, dossier: Dossier, actor: Actor) -> bool:
    """Whether others decide about pauses for this reason."""
    return bool(reason.approvers) and not holds(actor, reason.approvers, dossier)


def _dossier_acts(dossier: Dossier, procedure: Procedure, actor: Actor) -> Iterator[DossierAct]:
    free = dossier.suspended is None
    if free and may(actor, Permission.DOSSIER_RECEIVE, dossier) and _intake_free(dossier, actor):
        yield from (DossierAct.ACCEPT, DossierAct.REFUSE)
    awaited = {procedure.places.waits[wait.step].message for wait in dossier.waits.values()}
    for act, (permission, message) in _NEWS.items():
        if free and message in awaited and may(actor, permission, dossier):
            yield act
    if dossier.interruption is not None or dossier.status is Status.PROCESSED:
        return
    for act, (permission, message) in _WAYS_OUT.items():
        if message in procedure.places.interruptions and may(actor, permission, dossier):
            yield act


def _intake_free(dossier: Dossier, actor: Actor) -> bool:
    return any(
        task.stage is Stage.RECEIPT and _in_reach(task, actor) for task in dossier.tasks.values()
    )


def task_acts(dossier: Dossier, task: Task, procedure: Procedure, actor: Actor) -> list[TaskAct]:
    """What the actor may do with an open task now."""
    return list(_task_acts(dossier, task, procedure, actor))


def _task_acts(
    dossier: Dossier, task: Task, procedure: Procedure, actor: Actor
) -> Iterator[TaskAct]:
    if dossier.suspended is None:
        if may_work(actor, task):
            yield from _work(dossier, task, procedure, actor)
        if task.assignee is not None and task.assignee in desks(actor, task):
            yield from (TaskAct.RELEASE, TaskAct.DELEGATE)
        if may(actor, Permission.TASK_ASSIGN, dossier):
            yield TaskAct.ASSIGN
    if may(actor, Permission.TASK_PRESS, dossier):
        yield TaskAct.PRESS


def _work(dossier: Dossier, task: Task, procedure: Procedure, actor: Actor) -> Iterator[TaskAct]:
    step = procedure.places.steps[task.step]
    apart = any(dossier.done_by.get(other) == actor.key for other in step.four_eyes)
    if _in_reach(task, actor) and not apart:
        if task.assignee != actor.id:
            yield TaskAct.CLAIM
        yield TaskAct.COMPLETE
        if step.returns_to is not None:
            yield TaskAct.RETURN


def _in_reach(task: Task, actor: Actor) -> bool:
    """Whether nobody else holds the task than the actor, or someone they stand in for."""
    return task.assignee is None or task.assignee in desks(actor, task)
