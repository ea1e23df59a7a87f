"""Decision tables answer; a diagram that cannot go on says where, and nothing is lost."""

import pytest

from bpmn.parse import Diagram
from bpmn.procedure import procedure_from_sources
from engine.errors import DiagramFault
from engine.workflow.run import Run
from tests.diagrams import (
    START,
    decide,
    decision_table,
    end,
    flow,
    gateway,
    task,
    way,
)
from tests.unit.bpmn.asking import small
from tests.unit.engine.game import Game, drawn
from tests.unit.engine.workflow.diagrams import ENDED, SIMPLE


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
