"""What an auditor is shown of each moment is what the dossier was then."""

from collections.abc import Mapping

from sqlalchemy import Connection

from engine.model.actor import Actor
from engine.model.dossier import Dossier
from engine.queries.clock_then import ClockState
from engine.queries.life import life_of
from engine.queries.moments import MomentView


def check_life(tx: Connection, code: str, seen: Mapping[int, Dossier], auditor: Actor) -> None:
    """Compare every moment with the state that the dossier had when it was `seen`."""
    life = life_of(tx, code, auditor, lambda acts: range(1, len(acts) + 1))
    assert life.stop is None
    assert [line.number for line in life.acts] == [moment.number for moment in life.moments]
    compared = 0
    for moment in life.moments:
        last = (moment.consequences or [moment.act])[-1].seq
        if last in seen:
            compared += 1
            _check_moment(moment, seen[last])
    assert compared == len(seen)
    assert all(line.gap.total_seconds() >= 0 for line in life.acts)


def _check_moment(moment: MomentView, then: Dossier) -> None:
    assert (moment.status, bool(moment.pauses)) == (then.status, bool(then.pauses))
    assert {(t.place, t.step, t.assignee) for t in moment.tasks} == {
        (t.place, t.step, t.assignee) for t in then.tasks.values()
    }
    assert {wait.place for wait in moment.waits} == set(then.waits)
    assert all(task.elements[-1] == task.step for task in moment.tasks)
    assert all(wait.elements[-1] == wait.step for wait in moment.waits)
    assert [(pause.reason, pause.until) for pause in moment.pauses] == [
        (pause.reason, pause.until) for pause in then.pauses
    ]
    _check_clock(moment, then)
    _check_forms(moment, then)


def _check_clock(moment: MomentView, then: Dossier) -> None:
    if moment.clock is None or then.clock is None:
        assert (moment.clock, then.clock) == (None, None)
        return
    assert (moment.clock.due_at, moment.clock.paused_at) == (then.due_at, then.clock.paused_at)
    assert (moment.clock.state is ClockState.RUNNING) == then.clock.is_running
    assert bool(moment.clock.why) == then.clock.is_halted
    total = moment.clock.used + moment.clock.remaining
    assert abs(total - moment.clock.budget) < 0.02


def _check_forms(moment: MomentView, then: Dossier) -> None:
    assert moment.forms is not None
    shown = {form.step: {a.field: a.value for a in form.answers} for form in moment.forms}
    kept = {step: facts for step, facts in then.facts.items() if step != "dossier"}
    assert shown.keys() == kept.keys()
    for step, facts in kept.items():
        flat = {key: value for key, value in facts.items() if not isinstance(value, dict | list)}
        assert flat.items() <= shown[step].items()
