"""A running dossier is taken to another version of its procedure.

Its clock and its due date stay: they are what the citizen was promised. An open step stays with
whoever has it, unless it is another role's by now; its clock keeps the limit under which it was
opened, or takes the new one, counted from its opening. A pause of the diagram stays where the
new step pauses for the same reason.
"""

from collections.abc import Mapping
from dataclasses import replace

from bpmn.addresses import Path
from bpmn.steps import PauseCode, Places, Step, Wait
from engine.deadlines.clock import Clock
from engine.errors.migration import MigrationNeedless, OtherProcedure
from engine.life.due_dates import set_place_clock
from engine.life.guards import require_unfinished
from engine.life.holding import hand_over
from engine.life.pausing import pause_at, resume_from, stand_still
from engine.life.requesting import end_request
from engine.life.rerouting import SEPARATOR, Rerouting, reroute
from engine.life.setting import Setting
from engine.life.settle import as_drawn, settle
from engine.life.turn import Turn
from engine.model.dossier import Dossier, Task, Waiting
from engine.model.event import Act, EventType
from engine.workflow.run import Run


def migrate(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Go on under the version `to`, each open place at the step that `steps` names for it.

    Raises `DossierFinished`, `MigrationNeedless`, `OtherProcedure` or `MigrationImpossible`.
    """
    require_unfinished(dossier)
    after = setting.under(act.data["to"])
    _require_other_version(dossier, after)
    steps = act.data["steps"]
    rerouting = reroute(dossier, setting.procedure, after.procedure, steps)
    turn = Turn.of(dossier, act, after)
    dossier.version = after.procedure.digest
    _rename(dossier, steps, setting.procedure.places)
    run = Run.placed(after.procedure.diagram, rerouting.state, dossier.facts)
    _carry_over(turn, rerouting, run)
    _carry_requests(turn, steps, run)
    settle(turn, run)
    return turn


def _require_other_version(dossier: Dossier, after: Setting) -> None:
    code = after.procedure.facts.code
    if code != dossier.procedure:
        raise OtherProcedure(code=dossier.code, procedure=dossier.procedure, other=code)
    if after.procedure.digest == dossier.version:
        raise MigrationNeedless(code=dossier.code)


def _rename(dossier: Dossier, steps: Mapping[str, str], places: Places) -> None:
    """What was answered at a step, and who did it, is now known under the step's new id.

    Two steps may change their names; where two become one, what is known of that one stays.
    """
    ids = {old.split(SEPARATOR)[-1]: new.split(SEPARATOR)[-1] for old, new in steps.items()}
    ids = {old: new for old, new in ids.items() if old in places.steps or old in places.waits}
    for known in (dossier.facts, dossier.done_by):
        moved = {ids[id_]: known.pop(id_) for id_ in [*known] if id_ in ids}
        known.update({id_: said for id_, said in moved.items() if id_ not in known})


def _carry_requests(turn: Turn, steps: Mapping[str, str], run: Run) -> None:
    """What other software was asked is asked by the step that stands for the old one; where that
    asks no more, nothing is awaited."""
    requests, known = turn.dossier.requests, turn.procedure.places.waits
    for number, request in requests.items():
        step = steps.get(request.step, request.step).split(SEPARATOR)[-1]
        requests[number] = replace(request, step=step)
    for place in run.places:
        asks = place.step in known and known[place.step].asks
        for request in [each for each in requests.values() if each.place == place.number]:
            if request.waiting and asks:
                timer = run.timer_beside(place.number)
                requests[request.number] = replace(request, timer=timer)
            elif request.waiting:
                end_request(turn, place.number)


def _carry_over(turn: Turn, rerouting: Rerouting, run: Run) -> None:
    resting = {place.number: place.step for place in run.places}
    for place, path in rerouting.moved.items():
        if resting.get(place) != path[-1]:
            continue
        task, waiting = turn.dossier.tasks.get(place), turn.dossier.waits.get(place)
        before = (task or turn.dossier.waits[place]).step
        if task:
            _carry_task(turn, task, path)
        elif waiting:
            _carry_wait(turn, waiting, path)
        if before != path[-1]:
            turn.note(EventType.PLACE_MOVED, place=place, before=before, step=path[-1])


def _carry_task(turn: Turn, task: Task, path: Path) -> None:
    step = turn.procedure.places.steps[path[-1]]
    drawn = as_drawn(turn, task.place, step)
    if (drawn.role, drawn.agency, drawn.unit) != (task.role, task.agency, task.unit):
        hand_over(turn, task, None)
    task.step, task.name, task.stage = drawn.step, drawn.name, drawn.stage
    task.role, task.agency, task.unit = drawn.role, drawn.agency, drawn.unit
    if turn.act.data["limits"] == "new" and step.limit != task.clock.limit:
        set_place_clock(task, task.clock.limited(turn.calendar, turn.at, step.limit), turn.at)
    _carry_pause(turn, task.place, step)


def _carry_wait(turn: Turn, waiting: Waiting, path: Path) -> None:
    wait = turn.procedure.places.waits[path[-1]]
    waiting.step = wait.id
    if wait.timer is None:
        waiting.clock = None
    elif waiting.clock is None:
        waiting.clock = Clock.start(turn.calendar, turn.at, wait.timer)
        stand_still(turn, waiting)
    elif turn.act.data["limits"] == "new" and wait.timer != waiting.clock.limit:
        waiting.clock = waiting.clock.limited(turn.calendar, turn.at, wait.timer)
    _carry_pause(turn, waiting.place, wait)


def _carry_pause(turn: Turn, place: int, drawn: Step | Wait) -> None:
    pause = next((each for each in turn.dossier.pauses if each.place == place), None)
    if pause is not None and pause.reason != drawn.pauses:
        resume_from(turn, pause)
        pause = None
    if pause is None and drawn.pauses is not None:
        pause_at(turn, place, PauseCode(drawn.pauses))
