"""In which group a dossier stands, and who answers for it: what supervisors look for."""

from engine.model.alert import Subject
from engine.model.dossier import Dossier, Pause, Task
from engine.model.responsible import Responsible
from engine.model.standing import Standing


def standing(dossier: Dossier) -> Standing:
    """The one group that a dossier is in.

    A pause that lets the clock run does not keep a dossier from being overdue.
    """
    if dossier.processed_at is not None:
        return Standing.DONE_LATE if dossier.overdue else Standing.DONE
    running = dossier.clock is not None and dossier.clock.is_running
    if running and dossier.overdue:
        return Standing.OVERDUE
    if dossier.pauses:
        late = any(pause.overdue for pause in dossier.pauses)
        return Standing.PAUSED_OVERDUE if late else Standing.PAUSED
    if dossier.received_at is None:
        return Standing.INTAKE
    warned = any(alert.live and alert.subject is Subject.DOSSIER for alert in dossier.alerts)
    return Standing.NEAR_DUE if warned else Standing.ON_TRACK


def rest(dossier: Dossier) -> Pause | None:
    """For what a dossier rests: by a person's order, else by the first of its diagram's pauses."""
    return dossier.suspended or next(iter(dossier.pauses), None)


def foremost(dossier: Dossier) -> Task | None:
    """The most urgent of its open tasks."""
    tasks = dossier.tasks.values()
    return min(tasks, key=lambda task: (task.clock.due_at, task.place), default=None)


def responsible(dossier: Dossier) -> Responsible:
    """Who answers for the dossier: for its most urgent task, or whoever did the last one."""
    if task := foremost(dossier):
        return responsible_for(task)
    return dossier.last_responsible or Responsible(dossier.competent_agency)


def responsible_for(task: Task) -> Responsible:
    """Who answers for an open task."""
    return Responsible(task.agency, task.unit, task.role, task.assignee, task.stage)
