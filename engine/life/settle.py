"""After the token game: what opened, what closed, what that means for clocks and status."""

from collections.abc import Mapping

from bpmn.roles import COUNTER_ROLES, Role
from bpmn.steps import Step, Wait
from bpmn.time_limit import StartRule, TimeLimit
from engine.deadlines.clock import Clock
from engine.errors import DiagramFault
from engine.life.moments import text
from engine.life.pausing import pause_at, resume_from
from engine.life.setting import Setting
from engine.life.standing import update_status
from engine.model.dossier import Dossier, Task, Waiting
from engine.model.event import Act, EventType
from engine.workflow import Run


def settle(dossier: Dossier, run: Run, act: Act, setting: Setting, cause: int) -> None:
    """Bring tasks, waits, pauses, clock and status in line with where the tokens now rest."""
    dossier.state = run.dump()
    places = {place.number: place.step for place in run.places}
    _close_tasks(dossier, places, act, cause)
    _close_waits(dossier, places, act, setting, cause)
    for place, step in places.items():
        if place not in dossier.tasks and place not in dossier.waits:
            _open(dossier, place, step, act, setting, cause)
    if not places:
        _finish(dossier, run, act, setting, cause)
    update_status(dossier, act, setting.procedure, cause)


def receive(dossier: Dossier, act: Act, setting: Setting, cause: int) -> None:
    """Start the dossier's clock: it was accepted, and the citizen is promised a date.

    The limit is what the decision table `time_limit` said, else that of the procedure.
    """
    facts = setting.procedure.facts
    decided = dossier.facts.get("time_limit", {}).get("limit")
    limit = TimeLimit.parse(decided) if decided else facts.time_limit
    dossier.received_at = act.at
    dossier.clock = Clock.start(setting.calendar, act.at, limit, facts.start_rule)
    data = {"limit": str(limit), "due_at": text(dossier.clock.due_at)}
    dossier.record(act, EventType.DOSSIER_RECEIVED, data, cause)


def _close_tasks(dossier: Dossier, places: Mapping[int, str], act: Act, cause: int) -> None:
    for place in [place for place in dossier.tasks if place not in places]:
        task = dossier.tasks.pop(place)
        data = {"place": place, "step": task.step}
        dossier.record(act, EventType.TASK_CANCELLED, data, cause)


def _close_waits(
    dossier: Dossier, places: Mapping[int, str], act: Act, setting: Setting, cause: int
) -> None:
    for place in [place for place in dossier.waits if place not in places]:
        wait = dossier.waits.pop(place)
        data = {"place": place, "step": wait.step}
        dossier.record(act, EventType.WAIT_ENDED, data, cause)
    for pause in [p for p in dossier.pauses if p.place is not None and p.place not in places]:
        resume_from(dossier, pause, act, cause, setting.calendar)


def _open(
    dossier: Dossier, place: int, step_id: str, act: Act, setting: Setting, cause: int
) -> None:
    known = setting.procedure.places
    if step_id in known.steps:
        step: Step | Wait = known.steps[step_id]
        _open_task(dossier, place, known.steps[step_id], act, setting, cause)
    else:
        step = known.waits[step_id]
        _open_wait(dossier, place, known.waits[step_id], act, setting, cause)
    if step.pauses:
        pause_at(dossier, place, step.pauses, act, cause, setting.calendar)


def _open_task(
    dossier: Dossier, place: int, step: Step, act: Act, setting: Setting, cause: int
) -> None:
    clock = Clock.start(setting.calendar, act.at, step.limit, StartRule.INSTANT)
    counter = step.role in COUNTER_ROLES
    task = Task(
        place=place,
        step=step.id,
        name=step.name,
        stage=step.stage,
        role=step.role,
        agency=dossier.receiving_agency if counter else dossier.competent_agency,
        unit=step.unit or (setting.procedure.facts.unit if _by_unit(step) else None),
        opened_at=act.at,
        clock=clock,
    )
    dossier.tasks[place] = task
    data = {"place": place, "step": step.id, "due_at": text(clock.due_at)}
    dossier.record(act, EventType.TASK_OPENED, data, cause)


def _by_unit(step: Step) -> bool:
    return step.role is Role.SPECIALIST


def _open_wait(
    dossier: Dossier, place: int, wait: Wait, act: Act, setting: Setting, cause: int
) -> None:
    clock = Clock.start(setting.calendar, act.at, wait.timer) if wait.timer else None
    dossier.waits[place] = Waiting(place, wait.id, clock)
    data = {"place": place, "step": wait.id}
    if clock:
        data["due_at"] = text(clock.due_at)
    dossier.record(act, EventType.WAIT_STARTED, data, cause)


def _finish(dossier: Dossier, run: Run, act: Act, setting: Setting, cause: int) -> None:
    known = setting.procedure.places.outcomes
    outcomes = [known[end] for end in run.ended if end in known]
    if not outcomes:
        raise DiagramFault(step=", ".join(run.ended), reason="quy trình kết thúc không có kết quả")
    dossier.outcome = outcomes[-1]
    dossier.finished_at = act.at
    if dossier.clock:
        dossier.clock = dossier.clock.stop(act.at)
    data = {"outcome": dossier.outcome.value}
    dossier.record(act, EventType.DOSSIER_FINISHED, data, cause)
