"""Branches: parallel ones join in every order, also in loops; inclusive ones are chosen."""

from itertools import permutations

import pytest

from tests.diagrams import (
    START,
    end,
    flow,
    gateway,
    task,
    way,
)
from tests.unit.engine.game import Game, drawn
from tests.unit.engine.workflow.diagrams import BLOCK, ENDED, THREE


@pytest.mark.parametrize("order", list(permutations("abc")), ids="".join)
def test_parallel_branches_join_in_every_order(order: tuple[str, ...]) -> None:
    game = Game(THREE)
    assert game.done("first") == ["a", "b", "c"]
    assert game.done(order[0]) == sorted(order[1:])
    assert game.done(order[1]) == [order[2]]
    assert game.done(order[2]) == ["after"]
    assert game.done("after") == []
    assert game.ended == ["ended"]


@pytest.mark.parametrize("rounds", [1, 2, 7])
def test_a_parallel_block_may_be_repeated(rounds: int) -> None:
    diagram = drawn(
        *(START, *BLOCK, gateway("again", default="ended"), ENDED),
        *(way("start", "in"), way("join", "again", "ended"), flow("again", "in", "b.again")),
        steps="a b",
    )
    game = Game(diagram)
    for n in range(rounds):
        first, second = ("a", "b") if n % 2 else ("b", "a")
        game.facts["b"] = {"again": n < rounds - 1}
        assert game.steps == ["a", "b"]
        assert game.done(first, again=n < rounds - 1) == [second]
        game.done(second, again=n < rounds - 1)
    assert (game.steps, game.ended) == ([], ["ended"])


def test_a_block_with_a_branch_that_goes_straight_through_may_be_repeated() -> None:
    diagram = drawn(
        *(START, *BLOCK, flow("split", "join"), gateway("again", default="ended"), ENDED),
        *(way("start", "in"), way("join", "again", "ended"), flow("again", "in", "b.again")),
        steps="a b",
    )
    game = Game(diagram)
    for _ in range(3):
        assert game.done("a") == ["b"]
        assert game.done("b", again=True) == ["a", "b"]
        assert game.done("b", again=True) == ["a"]
        assert game.done("a") == ["a", "b"]


def test_a_parallel_block_may_be_repeated_inside_a_branch() -> None:
    diagram = drawn(
        *(START, gateway("outer", "parallel"), gateway("last", "parallel"), task("slow"), *BLOCK),
        *(gateway("again", default="last"), way("start", "outer", "in"), ENDED),
        *(way("join", "again", "last", "ended"), way("outer", "slow", "last")),
        flow("again", "in", "b.again"),
        steps="a b slow",
    )
    game = Game(diagram)
    for n in range(6):
        assert game.steps == ["a", "b", "slow"]
        assert game.done("a") == ["b", "slow"]
        game.done("b", again=n < 5)
    assert game.steps == ["slow"]
    game.done("slow")
    assert game.ended == ["ended"]


@pytest.mark.parametrize("chosen", ["", "a", "b", "ab"])
def test_an_inclusive_gateway_takes_every_way_that_holds(chosen: str) -> None:
    diagram = drawn(
        *(START, task("first"), gateway("split", "inclusive", default="c")),
        *(gateway("join", "inclusive"), task("a"), task("b"), task("c"), ENDED),
        *(way("start", "first", "split"), way("c", "join", "ended"), way("a", "join")),
        *(way("b", "join"), flow("split", "c")),
        *(flow("split", "a", "first.a"), flow("split", "b", "first.b")),
        steps="first a b c",
    )
    taken = list(chosen or "c")
    for order in permutations(taken):
        game = Game(diagram)
        assert game.done("first", a="a" in chosen, b="b" in chosen) == taken
        for n, step in enumerate(order, start=1):
            assert game.done(step) == sorted(order[n:])
        assert game.ended == ["ended"]


def test_an_end_that_ends_everything_does() -> None:
    stop = end("stop").replace("</bpmn:end", "<bpmn:terminateEventDefinition /></bpmn:end")
    diagram = drawn(
        *(START, gateway("split", "parallel"), task("a"), task("b"), stop, ENDED),
        *(way("start", "split", "a", "stop"), way("split", "b", "ended")),
        steps="a b",
    )
    game = Game(diagram)
    assert game.done("a") == []
    assert game.ended == ["stop"]
    assert Game(diagram).done("b") == ["a"]
