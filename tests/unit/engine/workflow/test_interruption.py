"""Withdrawal and discontinuation take every token away, wherever it is."""

import pytest

from bpmn.steps import Message
from tests.diagrams import (
    START,
    boundary_timer,
    call,
    event_subprocess,
    flow,
    task,
    timer_wait,
    way,
)
from tests.unit.engine.game import Game, drawn
from tests.unit.engine.workflow.diagrams import BLOCK, ENDED, NESTED, SIMPLE


class TestInterruption:
    """Withdrawal takes every token away, wherever it is."""

    withdrawal = event_subprocess("withdrawal", "withdrawal_requested", "hand_back", "withdrawn")

    def withdrawn(self, game: Game) -> None:
        assert game.interrupted(Message.WITHDRAWAL_REQUESTED, "withdrawal") == ["hand_back"]
        assert game.done("hand_back") == []
        assert game.ended[-1] == "withdrawal_end"

    @pytest.mark.parametrize(
        "before", [[], ["before"], ["before", "one"], ["before", "one", "two"]]
    )
    def test_from_inside_called_stages(self, before: list[str]) -> None:
        elements = (START, call("c", "outer"), ENDED, way("start", "c", "ended"), self.withdrawal)
        game = Game(drawn(*elements, steps="withdrawal", **NESTED))
        for step in before:
            game.done(step)
        self.withdrawn(game)

    @pytest.mark.parametrize("done", ["", "a", "ab"])
    def test_from_parallel_branches(self, done: str) -> None:
        elements = (
            *(START, *BLOCK, ENDED, way("start", "in"), way("join", "ended"), self.withdrawal),
            *(timer_wait("t", "3 days"), way("split", "t", "join"), call("c", "outer")),
            way("split", "c", "join"),
        )
        game = Game(drawn(*elements, steps="a b withdrawal", **NESTED))
        assert game.steps == ["a", "b", "before", "t"]
        for step in done:
            game.done(step)
        self.withdrawn(game)

    def test_from_a_task_with_a_timer(self) -> None:
        elements = (
            *(START, task("work"), boundary_timer("late", "work", "3 days"), ENDED),
            *(way("start", "work", "ended"), flow("late", "ended"), self.withdrawal),
        )
        self.withdrawn(Game(drawn(*elements, steps="work withdrawal")))

    def test_at_once(self) -> None:
        game = Game(SIMPLE)
        assert game.interrupted(Message.WITHDRAWAL_REQUESTED, "withdrawal") == ["return_papers"]
        assert game.done("return_papers") == []

    def test_after_long_loops(self) -> None:
        game = Game(SIMPLE)
        game.done("check_papers", decision="accept")
        for _ in range(20):
            game.done("appraise", decision="approve")
            game.done("sign", decision="return")
        assert game.interrupted(Message.DISCONTINUATION_DECIDED, "discontinuation") == [
            "issue_discontinuation"
        ]
        assert len(game.state) < 400
