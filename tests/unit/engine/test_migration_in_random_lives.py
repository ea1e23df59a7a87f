"""Taken again and again to a version that only names its steps otherwise, a dossier lives on as if
nothing had happened."""

from collections.abc import Callable
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

from bpmn.procedure import Procedure
from engine.errors import EngineError
from engine.life.timers import TimerKind, timers
from engine.model.dossier import Dossier
from engine.model.event import EventType
from tests.diagrams import (
    boundary_timer,
    event_subprocess,
    flow,
    gateway,
    message_wait,
    task,
    timer_wait,
    way,
)
from tests.unit.engine.living import OWN_DELAY, Life, drawn_from_check

MARK = "_x"


_AWAITED = ("tax", "posting", "urge", "news", "lapse")


def _procedure(mark: str) -> Procedure:
    """Branches within branches, a loop, events beside a step and instead of one, a way out."""
    n = {name: name + mark for name in (
        "send", "tax", "draft", "posting", "sign", "handing", "urge", "news", "lapse", "seal",
        "notify", "other",
    )}  # fmt: skip
    return drawn_from_check(
        *(gateway("split", "parallel"), gateway("join", "parallel"), gateway("again")),
        *(gateway("fork", "parallel"), gateway("meet", "parallel"), gateway("first", "eventBased")),
        *(task(n["send"]), message_wait(n["tax"], "obligation_fulfilled")),
        *(task(n["draft"], limit="6 hours"), boundary_timer(n["urge"], n["draft"], "1 days")),
        *(timer_wait(n["posting"], "4 days", pauses="niem_yet_cong_khai"), task(n["other"])),
        *(message_wait(n["news"], "supplement_received"), timer_wait(n["lapse"], "3 days")),
        *(task(n["sign"], stage="signing"), gateway("signed", default=n["handing"])),
        *(task(n["seal"], stage="signing"),),
        task(n["handing"], stage="delivery", limit="0 hours"),
        way("start", "check", "again", "split", n["send"], n["tax"], "join", "fork"),
        way("split", n["draft"], n["posting"], "join"),
        way(n["urge"], n["other"], n["posting"]),
        way("fork", n["sign"], "meet", "first", n["news"], "signed"),
        way("fork", n["seal"], "meet"),
        way("first", n["lapse"], "signed"),
        flow("signed", "again", f'{n["sign"]}.decision == "refuse"'),
        way("signed", n["handing"], "e"),
        event_subprocess("stop", "discontinuation_decided", n["notify"], "discontinued"),
        steps=" ".join(["stop", *(n[s] for s in n if s not in _AWAITED)]),
    )


NAMED, RENAMED = _procedure(""), _procedure(MARK)
STEPS = [*NAMED.places.steps, *NAMED.places.waits]
THERE = {step: step + MARK for step in STEPS if step != "check"}
BACK = {new: old for old, new in THERE.items()}


def _plain(step: str) -> str:
    return step.removesuffix(MARK)


class Twins:
    """The same happens to two dossiers; only one of them is taken from version to version."""

    def __init__(self) -> None:
        self.moved, self.stayed = Life(NAMED), Life(NAMED)
        self.moved.versions[RENAMED.digest] = RENAMED
        self.both(lambda life: life.complete("check", 2, decision="accept"))

    def both(self, act: Callable[[Life], object]) -> None:
        """Let something happen to both, or to neither."""
        results = []
        for life in (self.moved, self.stayed):
            try:
                act(life)
                results.append("done")
            except EngineError as error:
                results.append(type(error).__name__)
        assert len(set(results)) == 1, results

    def move(self, limits: str) -> None:
        """Take the one to the other version."""
        here = self.moved.dossier.version == NAMED.digest
        to, steps = (RENAMED, THERE) if here else (NAMED, BACK)
        data = {"to": to.digest, "steps": steps}
        self.moved.act(EventType.DOSSIER_MIGRATED, 9, None, **data, limits=limits)

    def alike(self) -> None:
        """Both stand where the other does."""
        assert _seen(self.moved.dossier) == _seen(self.stayed.dossier)


def _seen(dossier: Dossier) -> object:
    tasks = [(_plain(t.step), t.assignee, t.clock, t.overdue) for t in dossier.tasks.values()]
    waits = [(_plain(w.step), w.clock) for w in dossier.waits.values()]
    watched = sorted((kind, at) for (kind, _), at in timers(dossier).items())
    return (
        sorted(tasks, key=lambda each: each[0]), sorted(waits, key=lambda each: each[0]), watched,
        dossier.status, dossier.outcome, dossier.clock, dossier.overdue, len(dossier.pauses),
        {_plain(step): by for step, by in dossier.done_by.items()},
    )  # fmt: skip


def _open(life: Life) -> list[str]:
    return sorted(task.step for task in life.dossier.tasks.values())


def _complete(which: int, decision: str) -> Callable[[Life], object]:
    def act(life: Life) -> object:
        steps = _open(life)
        if not steps:
            return None
        step = steps[which % len(steps)]
        return life.complete(step, 3, because=OWN_DELAY, decision=decision)

    return act


def _lapse(life: Life) -> object:
    running = (w for w in life.dossier.waits.values() if w.clock and w.clock.is_running)
    waits = sorted((_plain(wait.step), wait.step) for wait in running)
    return waits and life.fire(TimerKind.LAPSE, waits[0][1])


def _news(type_: EventType) -> Callable[[Life], object]:
    return lambda life: life.act(type_, 2, {})


def _claim(which: int) -> Callable[[Life], object]:
    def act(life: Life) -> object:
        steps = _open(life)
        return steps and life.on_task(EventType.TASK_CLAIMED, 3, steps[which % len(steps)])

    return act


acts = st.one_of(
    st.builds(_complete, st.integers(0, 3), st.just("approve")),
    st.builds(_complete, st.integers(0, 3), st.sampled_from(["accept", "approve", "refuse"])),
    st.builds(_complete, st.integers(0, 3), st.just("approve")),
    st.builds(_claim, st.integers(0, 3)),
    st.sampled_from([
        _lapse,
        _news(EventType.OBLIGATION_FULFILLED),
        _news(EventType.SUPPLEMENT_RECEIVED),
        lambda life: life.passes(hours=5),
        lambda life: life.pause(),
        lambda life: life.resume(),
        lambda life: life.resume(),
    ]),
)  # fmt: skip
moves = st.sampled_from(["kept", "new"])
endings = st.booleans()


@given(st.lists(acts | moves, min_size=8, max_size=20), endings)
def test_names_alone_change_nothing(course: list[Any], stop: bool) -> None:
    twins = Twins()
    for each in course:
        if isinstance(each, str):
            if twins.moved.dossier.outcome is None:
                twins.move(each)
        else:
            twins.both(each)
        twins.alike()
    if stop:
        twins.both(_news(EventType.DISCONTINUATION_DECIDED))
        twins.alike()
    event(f"{twins.moved.status()}")
    twins.moved.done_again()
