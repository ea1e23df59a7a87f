"""The state: the same acts give the same one, it stays small, and runs keep apart."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from bpmn.parse import Diagram
from tests.diagrams import (
    START,
    call,
    flow,
    gateway,
    task,
    way,
)
from tests.unit.engine.game import Game, drawn
from tests.unit.engine.workflow.diagrams import ENDED, NESTED, SIMPLE, THREE


class TestSize:
    """However long a dossier lives, its state stays as small as what is open."""

    def loop(self, game: Game, turn: Callable[[Game], object], rounds: int = 100) -> list[int]:
        sizes = []
        for _ in range(rounds):
            turn(game)
            sizes.append(len(game.state))
        return sizes

    def test_with_returns(self) -> None:
        game = Game(SIMPLE)
        game.done("check_papers", decision="accept")

        def turn(game: Game) -> None:
            game.done("appraise", decision="approve")
            game.done("sign", decision="return")

        sizes = self.loop(game, turn)
        assert max(sizes) <= sizes[0] + 100
        assert max(sizes) < 500

    def test_with_supplements(self) -> None:
        game = Game(SIMPLE)
        game.done("check_papers", decision="accept")

        def turn(game: Game) -> None:
            game.done("appraise", decision="supplement")
            game.happened("await_supplement")

        sizes = self.loop(game, turn)
        assert max(sizes) < 500

    def test_with_a_loop_in_a_parallel_branch(self) -> None:
        diagram = drawn(
            *(START, gateway("split", "parallel"), gateway("join", "parallel"), task("slow")),
            *(task("work"), gateway("again", default="join"), ENDED, way("split", "slow", "join")),
            *(
                way("start", "split", "work", "again", "join", "ended"),
                flow("again", "work", "work.again"),
            ),
            steps="slow work",
        )
        game = Game(diagram)
        sizes = self.loop(game, lambda game: game.done("work", again=True))
        assert max(sizes) <= sizes[0] + 100

    def test_with_a_loop_through_a_called_stage(self) -> None:
        diagram = drawn(
            *(START, gateway("in"), call("c", "outer"), gateway("again", default="ended"), ENDED),
            *(way("start", "in", "c", "again", "ended"), flow("again", "in", "behind.again")),
            **NESTED,
        )

        def turn(game: Game) -> None:
            for step in ("before", "one", "two", "behind"):
                game.done(step, again=True)

        sizes = self.loop(Game(diagram), turn, rounds=30)
        assert max(sizes) <= sizes[0] + 100


def random_life(diagram: Diagram, choices: list[int]) -> list[bytes]:
    """A life in which each choice picks an open place and a decision."""
    game, states = Game(diagram), []
    decisions = ["accept", "approve", "supplement", "return", "refuse"]
    for choice in choices:
        if not game.steps:
            break
        step = game.steps[choice % len(game.steps)]
        if step.startswith("await"):
            game.happened(step)
        else:
            game.done(step, decision=decisions[choice % 5])
        states.append(game.state)
    return states


@given(st.lists(st.integers(0, 59), max_size=30))
def test_the_same_acts_give_the_same_bytes(choices: list[int]) -> None:
    for diagram in (SIMPLE, THREE):
        assert random_life(diagram, choices) == random_life(diagram, choices)


def test_places_keep_their_numbers_and_numbers_are_not_used_again() -> None:
    game = Game(THREE)
    seen: set[int] = set()
    before = set(game.places)
    for step in ("first", "b", "a", "c", "after"):
        game.done(step)
        after = set(game.places)
        assert not {place.number for place in after - before} & seen
        seen |= {place.number for place in before}
        before = after


def test_runs_on_one_diagram_do_not_disturb_each_other() -> None:
    lives = [[n * 7 % 60, n, n * 3 % 60, 1, 2, 0, n % 5] * 4 for n in range(40)]
    alone = [random_life(SIMPLE, life) for life in lives]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda life: random_life(SIMPLE, life), lives))
    assert together == alone


def test_two_runs_of_one_diagram_may_alternate() -> None:
    one, other = Game(THREE), Game(THREE)
    one.done("first")
    assert other.steps == ["first"]
    other.done("first")
    one.done("a")
    assert other.done("b") == ["a", "c"]
    assert one.steps == ["b", "c"]
