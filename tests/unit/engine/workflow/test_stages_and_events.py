"""Called stages, subprocesses, timers on edges, and events that exclude each other."""

import pytest

from bpmn.parse import Diagram
from tests.diagrams import (
    START,
    boundary_timer,
    call,
    end,
    flow,
    gateway,
    message_wait,
    start,
    task,
    timer_wait,
    way,
)
from tests.unit.engine.game import Game, drawn
from tests.unit.engine.workflow.diagrams import ENDED, NESTED


def test_stages_call_stages() -> None:
    diagram = drawn(START, call("c", "outer"), ENDED, way("start", "c", "ended"), **NESTED)
    game = Game(diagram)
    for step, then in (("before", ["one"]), ("one", ["two"]), ("two", ["behind"]), ("behind", [])):
        assert game.done(step) == then
    assert game.ended == ["e2", "e1", "ended"]


def test_one_stage_may_be_called_twice_at_once() -> None:
    diagram = drawn(
        *(START, gateway("split", "parallel"), gateway("join", "parallel"), ENDED),
        *(call("left", "inner"), call("right", "inner"), way("split", "right", "join")),
        way("start", "split", "left", "join", "ended"),
        inner=NESTED["inner"],
    )
    game = Game(diagram)
    assert game.steps == ["one", "one"]
    numbers = [place.number for place in game.places]
    assert game.done("one") == ["one", "two"]
    assert game.done("two") == ["one"]
    assert {place.number for place in game.places} < set(numbers)
    assert game.done("one") == ["two"]
    assert game.done("two") == []
    assert game.ended == ["e2", "e2", "ended"]


def test_a_subprocess_is_played_like_a_stage() -> None:
    inside = start("s") + task("inner") + end("e", None) + way("s", "inner", "e")
    sub = f'<bpmn:subProcess id="sub" name="Con">{inside}</bpmn:subProcess>'
    game = Game(
        drawn(START, sub, task("b"), ENDED, way("start", "sub", "b", "ended"), steps="sub b")
    )
    assert game.steps == ["inner"]
    assert game.done("inner") == ["b"]


class TestTimersOnTheEdge:
    """A time limit on the edge of a task or of a called stage."""

    @pytest.fixture
    def on_task(self) -> Diagram:
        return drawn(
            *(START, task("work"), boundary_timer("late", "work", "3 days"), task("excuse")),
            *(ENDED, end("other"), way("start", "work", "ended"), way("late", "excuse", "other")),
            steps="work excuse",
        )

    def test_in_time(self, on_task: Diagram) -> None:
        game = Game(on_task)
        assert game.steps == ["late", "work"]
        assert game.done("work") == []
        assert game.ended == ["ended"]

    def test_too_late(self, on_task: Diagram) -> None:
        game = Game(on_task)
        assert game.happened("late") == ["excuse"]
        game.done("excuse")
        assert game.ended == ["other"]

    @pytest.mark.parametrize(
        "before", [[], ["before"], ["before", "one"], ["before", "one", "two"]]
    )
    def test_too_late_somewhere_in_a_called_stage(self, before: list[str]) -> None:
        diagram = drawn(
            *(START, call("c", "outer"), boundary_timer("late", "c", "3 days"), task("excuse")),
            *(ENDED, end("other"), way("start", "c", "ended"), way("late", "excuse", "other")),
            steps="excuse",
            **NESTED,
        )
        game = Game(diagram)
        for step in before:
            assert "late" in game.done(step)
        assert game.happened("late") == ["excuse"]
        assert game.done("excuse") == []
        assert game.ended[-1] == "other"

    def test_a_reminder_leaves_the_task_open(self) -> None:
        reminder = boundary_timer("remind", "work", "3 days").replace(
            "attachedToRef", 'cancelActivity="false" attachedToRef'
        )
        diagram = drawn(
            *(START, task("work"), reminder, task("call_up"), ENDED, end("other")),
            *(way("start", "work", "ended"), way("remind", "call_up", "other")),
            steps="work call_up",
        )
        for order in (("work", "call_up"), ("call_up", "work")):
            game = Game(diagram)
            assert game.happened("remind") == ["call_up", "work"]
            assert game.done(order[0]) == [order[1]]
            assert game.done(order[1]) == []

    def test_in_a_loop_the_timer_is_new_each_time(self) -> None:
        diagram = drawn(
            *(START, gateway("in"), task("work"), boundary_timer("late", "work", "3 days"), ENDED),
            *(gateway("again", default="ended"), way("start", "in", "work", "again", "ended")),
            *(flow("again", "in", "work.again"), flow("late", "in")),
            steps="work",
        )
        game, seen = Game(diagram), set()
        for n in range(10):
            timer = next(place for place in game.places if place.step == "late")
            assert timer.number not in seen
            seen.add(timer.number)
            assert (game.happened("late") if n % 2 else game.done("work", again=True)) == [
                "late",
                "work",
            ]
        game.done("work", again=False)
        assert game.ended == ["ended"]


@pytest.mark.parametrize(("first", "then"), [("news", "thanks"), ("late", "excuse")])
def test_of_the_events_after_a_gateway_the_first_calls_off_the_rest(first: str, then: str) -> None:
    diagram = drawn(
        *(START, gateway("in"), '<bpmn:eventBasedGateway id="which" name="Việc gì trước?" />'),
        *(message_wait("news", "supplement_received"), timer_wait("late", "3 days"), ENDED),
        *(task("thanks"), task("excuse"), gateway("again", default="ended")),
        *(
            way("start", "in", "which", "news", "thanks", "again", "ended"),
            flow("again", "in", "thanks.again"),
        ),
        way("which", "late", "excuse", "again"),
        steps="thanks excuse",
    )
    game = Game(diagram)
    for n in range(3):
        assert game.steps == ["late", "news"]
        assert game.happened(first) == [then]
        game.facts["thanks"] = {"again": n < 2}
        game.done(then, again=n < 2)
    assert game.ended == ["ended"]
