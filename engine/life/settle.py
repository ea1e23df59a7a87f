"""After the token game: what opened, what closed, what that means for clocks and status."""

from bpmn.roles import COUNTER_ROLES, Role
from bpmn.steps import Outcome, Step, Wait
from bpmn.time_limit import StartRule, TimeLimit, TimeLimitError
from engine.deadlines.clock import Clock
from engine.errors import DiagramFault
from engine.life.dues import arise, is_needless, lapse
from engine.life.holding import end_holding
from engine.life.moments import text
from engine.life.pausing import clocked, pause_at, resume_from, stand_still
from engine.life.requesting import end_request, make_requests
from engine.life.standing import update_status
from engine.life.turn import Turn
from engine.model.dossier import Task, Waiting
from engine.model.event import EventType
from engine.workflow.run import Run

TIME_LIMIT = "time_limit"
"""Id of the decision table that may set a dossier's time limit, by its output `limit`."""


def settle(turn: Turn, run: Run) -> None:
    """Bring tasks, waits, pauses, clock and status in line with where the tokens now rest."""
    dossier = turn.dossier
    _pass_paid(turn, run)
    dossier.state = run.dump()
    places = {place.number: place.step for place in run.places}
    _close(turn, places)
    new = [place for place in places if place not in dossier.tasks and place not in dossier.waits]
    for place in new:
        _open(turn, place, places[place])
    make_requests(turn, run, new)
    if not places:
        _finish(turn, run)
    update_status(turn)


def carry_on(turn: Turn) -> None:
    """Let tokens go on that wait for money which is there now, whatever act brought that about."""
    if any(is_needless(turn, place.step) for place in clocked(turn.dossier)):
        dossier = turn.dossier
        settle(turn, Run.restore(turn.procedure.diagram, dossier.state, dossier.facts))


def receive(turn: Turn) -> None:
    """Start the dossier's clock: it was accepted, and the citizen is promised a date.

    The limit is what the decision table `time_limit` said, else that of the procedure.
    """
    dossier, facts = turn.dossier, turn.procedure.facts
    limit = _decided_limit(turn) or facts.time_limit
    dossier.received_at = turn.at
    dossier.clock = Clock.start(turn.calendar, turn.at, limit, facts.start_rule)
    turn.note(EventType.DOSSIER_RECEIVED, limit=str(limit), due_at=text(dossier.clock.due_at))


def _decided_limit(turn: Turn) -> TimeLimit | None:
    decided = turn.dossier.facts.get(TIME_LIMIT, {}).get("limit")
    if decided is None:
        return None
    try:
        return TimeLimit.parse(str(decided))
    except TimeLimitError as error:
        raise DiagramFault(step=TIME_LIMIT, reason=str(error)) from error


def _pass_paid(turn: Turn, run: Run) -> None:
    """Let fee tables set what is due, and no token rest where the money that it waits for is."""
    arise(turn, run.decisions)
    while found := next((p for p in run.places if is_needless(turn, p.step)), None):
        if found.step in turn.procedure.places.waits:
            turn.note(EventType.OBLIGATION_FULFILLED, place=found.number, step=found.step)
            run.happen(found.number)
        else:
            _complete_by_itself(turn, found.number)
            run.complete(found.number)
        arise(turn, run.decisions)


def _complete_by_itself(turn: Turn, place: int) -> None:
    task = turn.dossier.tasks.pop(place, None)
    if task:
        end_holding(turn, task)
        turn.note(EventType.TASK_COMPLETED, place=place, decision=None)


def _close(turn: Turn, places: dict[int, str]) -> None:
    dossier = turn.dossier
    for place in [place for place in dossier.tasks if place not in places]:
        task = dossier.tasks.pop(place)
        end_holding(turn, task)
        dossier.lateness.pop(place, None)
        turn.note(EventType.TASK_CANCELLED, place=place, step=task.step)
    for place in [place for place in dossier.waits if place not in places]:
        wait = dossier.waits.pop(place)
        turn.note(EventType.WAIT_ENDED, place=place, step=wait.step)
        end_request(turn, place)
    for pause in [p for p in dossier.pauses if p.place is not None and p.place not in places]:
        resume_from(turn, pause)


def _open(turn: Turn, place: int, step_id: str) -> None:
    known = turn.procedure.places
    if step_id in known.steps:
        step = known.steps[step_id]
        _open_task(turn, place, step)
        reason = step.pauses
    else:
        wait = known.waits[step_id]
        _open_wait(turn, place, wait)
        reason = wait.pauses
    if reason:
        pause_at(turn, place, reason)


def _open_task(turn: Turn, place: int, step: Step) -> None:
    task = as_drawn(turn, place, step)
    turn.dossier.tasks[place] = task
    stand_still(turn, task)
    due_at = text(task.clock.due_at)
    turn.note(EventType.TASK_OPENED, place=place, step=step.id, due_at=due_at)


def as_drawn(turn: Turn, place: int, step: Step) -> Task:
    """A step at a place, opened now, for whom the diagram says."""
    dossier = turn.dossier
    counter = step.role in COUNTER_ROLES
    by_default = turn.procedure.facts.unit if step.role is Role.SPECIALIST else None
    return Task(
        place=place,
        step=step.id,
        name=step.name,
        stage=step.stage,
        role=step.role,
        agency=dossier.receiving_agency if counter else dossier.competent_agency,
        unit=step.unit or by_default,
        opened_at=turn.at,
        clock=Clock.start(turn.calendar, turn.at, step.limit, StartRule.INSTANT),
        held_since=turn.at,
        used_at_open=dossier.clock.consumed(turn.calendar, turn.at) if dossier.clock else None,
    )


def _open_wait(turn: Turn, place: int, wait: Wait) -> None:
    clock = Clock.start(turn.calendar, turn.at, wait.timer) if wait.timer else None
    turn.dossier.waits[place] = Waiting(place, wait.id, clock)
    stand_still(turn, turn.dossier.waits[place])
    due_at = text(clock.due_at) if clock else None
    turn.note(EventType.WAIT_STARTED, place=place, step=wait.id, due_at=due_at)


def _finish(turn: Turn, run: Run) -> None:
    dossier, known = turn.dossier, turn.procedure.places.outcomes
    outcomes = [known[end] for end in run.ended if end in known]
    if not outcomes:
        raise DiagramFault(step=", ".join(run.ended), reason="quy trình kết thúc không có kết quả")
    if pause := dossier.suspended:
        resume_from(turn, pause)
    dossier.outcome = outcomes[-1]
    dossier.finished_at = turn.at
    turn.note(EventType.DOSSIER_FINISHED, outcome=dossier.outcome.value)
    if dossier.outcome is not Outcome.DELIVERED:
        lapse(turn)
