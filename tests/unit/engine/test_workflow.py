"""Running diagrams: tokens are where they should be, saved and restored between every step."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.parse import Diagram
from bpmn.procedure import procedure_from_sources
from bpmn.steps import Message
from engine.errors import DiagramFault
from engine.workflow.run import Run
from tests.diagrams import (
    START,
    boundary_timer,
    call,
    decide,
    decision_table,
    end,
    event_subprocess,
    flow,
    gateway,
    message_wait,
    simple,
    start,
    task,
    timer_wait,
    way,
)
from tests.unit.bpmn.asking import small, stage
from tests.unit.engine.game import Game, drawn

ENDED = end("ended")
SIMPLE = procedure_from_sources(simple()).diagram
THREE = drawn(
    *(START, task("first"), gateway("split", "parallel"), gateway("join", "parallel")),
    *(task("a"), task("b"), task("c"), task("after"), ENDED),
    *(way("start", "first", "split", "a", "join", "after", "ended")),
    *(way("split", "b", "join"), way("split", "c", "join")),
    steps="first a b c after",
)


@pytest.mark.parametrize("order", list(permutations("abc")), ids="".join)
def test_parallel_branches_join_in_every_order(order: tuple[str, ...]) -> None:
    game = Game(THREE)
    assert game.done("first") == ["a", "b", "c"]
    assert game.done(order[0]) == sorted(order[1:])
    assert game.done(order[1]) == [order[2]]
    assert game.done(order[2]) == ["after"]
    assert game.done("after") == []
    assert game.ended == ["ended"]


BLOCK = (
    *(gateway("in"), gateway("split", "parallel"), gateway("join", "parallel")),
    *(task("a"), task("b"), way("in", "split", "a", "join"), way("split", "b", "join")),
)


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


NESTED = {
    "outer": stage(
        "outer",
        *(start("s1"), task("before"), call("deeper", "inner"), task("behind"), end("e1", None)),
        way("s1", "before", "deeper", "behind", "e1"),
        steps="before behind",
    ),
    "inner": stage(
        "inner",
        *(start("s2"), task("one"), task("two"), end("e2", None), way("s2", "one", "two", "e2")),
        steps="one two",
    ),
}


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


class TestDecisions:
    """Decision tables: the first row that fits speaks, and what it says is kept."""

    def decided(self, rows: list[list[str]], **application: object) -> dict[str, object]:
        table = decision_table("fee", ["application.area", "application.kind"], ["amount"], rows)
        sources = small(
            *(START, task("work"), decide("fee", "fee"), task("b"), ENDED),
            way("start", "work", "fee", "b", "ended"),
            steps="work b",
        )
        diagram = procedure_from_sources(sources | {"fee.dmn": table}).diagram
        game = Game(diagram, application)
        assert game.done("work") == ["b"]
        found: dict[str, object] = game.facts["fee"]
        return found

    @pytest.mark.parametrize(
        ("area", "amount"), [(5, 50), (10, 100), (50, 100), (99, 100), (100, 2_000), (7.5, 50)]
    )
    def test_cells_compare_with_what_the_column_asks(self, area: float, amount: int) -> None:
        rows = [
            ["< 10", "-", "50"],
            ["10 <= ? < 100", "-", "100"],
            ["-", "-", "20 * application.area"],
        ]
        assert self.decided(rows, area=area) == {"amount": amount}

    @pytest.mark.parametrize(
        ("kind", "amount"), [("a", 1), ("b", 2), ("c", 2), ("?", 4), (None, 5), ("d", 3)]
    )
    def test_cells_of_texts(self, kind: str | None, amount: int) -> None:
        rows = [
            ["-", ' "a" ', "1"],
            ["-", 'in ("b", "c")', "2"],
            ["-", '"?"', "4"],
            ["\n  -\n", "None", "5"],
            ["", 'not in ("a", "b")', "3"],
        ]
        assert self.decided(rows, area=1, kind=kind) == {"amount": amount}

    def test_no_row_for_a_case_is_a_fault_that_names_the_table(self) -> None:
        with pytest.raises(DiagramFault) as fault:
            self.decided([["< 10", "-", "1"]], area=20)
        assert fault.value.details["step"] == "fee"

    @pytest.mark.parametrize(
        "cell",
        ["[1, 2]", "(1, 2)", '{"a": 1}', "1e308 * 10", "9007199254740993", "application.area / 0"],
    )
    def test_what_cannot_be_kept_is_a_fault_that_names_the_table(self, cell: str) -> None:
        with pytest.raises(DiagramFault) as fault:
            self.decided([["-", "-", cell]], area=20)
        assert fault.value.details["step"] == "fee"

    @pytest.mark.parametrize("cell", ["> 5", "? > 5", "len(application.kind) > 1"])
    def test_a_cell_that_cannot_be_computed_is_a_fault_that_names_the_table(
        self, cell: str
    ) -> None:
        with pytest.raises(DiagramFault) as fault:
            self.decided([[cell, "-", "1"]], area=None)
        assert fault.value.details["step"] == "fee"


class TestFaults:
    """A diagram that cannot go on says where, and nothing is lost."""

    def fault(self, diagram: Diagram, **form: object) -> DiagramFault:
        game = Game(diagram)
        before = game.state
        with pytest.raises(DiagramFault) as fault:
            game.done("work", **form)
        assert game.state == before
        return fault.value

    def test_a_loop_that_never_rests(self) -> None:
        diagram = drawn(
            *(START, task("work"), gateway("in"), gateway("out", default="in"), ENDED),
            *(way("start", "work", "in", "out", "in"), flow("out", "ended", "False")),
            steps="work",
        )
        fault = self.fault(diagram)
        assert "lặp mãi" in fault.message
        assert fault.details["step"] in {"in", "out"}

    def test_a_parting_without_a_way_on(self) -> None:
        diagram = drawn(
            *(
                START,
                task("work"),
                gateway("which"),
                end("other"),
                ENDED,
                way("start", "work", "which"),
            ),
            *(flow("which", "ended", "work.a"), flow("which", "other", "work.b")),
            steps="work",
        )
        assert self.fault(diagram).details["step"] == "which"

    @pytest.mark.parametrize(
        "condition",
        ["work.a > 5", "work.a.b.c > 1", "len(work.a) > 1", "1 / work.zero", "open('x')"],
    )
    def test_a_condition_that_cannot_be_computed(self, condition: str) -> None:
        diagram = drawn(
            *(START, task("work"), gateway("which", default="ended"), end("other"), ENDED),
            *(way("start", "work", "which", "ended"), flow("which", "other", condition)),
            steps="work",
        )
        fault = self.fault(diagram, zero=0)
        assert fault.details["step"] == "which"
        assert condition.split(maxsplit=1)[0] in fault.message

    def test_a_place_that_is_not_open(self) -> None:
        run = Run.begin(SIMPLE, {"application": {}, "dossier": {}})
        for move in (run.complete, run.happen):
            with pytest.raises(DiagramFault):
                move(12_345)
