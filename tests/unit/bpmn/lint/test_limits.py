"""The steps fit into the time that the law allows."""

import pytest

from bpmn.findings import Severity
from bpmn.procedure import PROCESSES, read_folder
from tests.diagrams import (
    boundary_timer,
    call,
    end,
    flow,
    gateway,
    start,
    task,
    way,
)
from tests.unit.bpmn.asking import (
    BIRTH,
    DIAGRAM,
    changed,
    remarks,
    stage,
)
from tests.unit.bpmn.lint.linting import flowing, named

LAND = read_folder(PROCESSES / "1_013978")


class TestLimits:
    """The steps fit into what the law allows."""

    def limits(self, *elements: str, steps: str, **shared: str) -> set[str]:
        return {element for _, element in named(flowing(*elements, steps=steps, **shared))}

    def test_on_the_longest_way(self) -> None:
        elements = (
            *(task("a", limit="2 working_days"), task("b", limit="1 working_days"), task("c")),
            *(gateway("which", default="b"), way("start", "a", "which", "b", "ended")),
            *(flow("which", "c", "a.fast"), way("c", "b")),
        )
        assert self.limits(*elements, steps="a b c") == {"p_9_000001"}
        shorter = [element.replace("2 working_days", "7 hours") for element in elements]
        assert self.limits(*shorter, steps="a b c") == set()

    def test_also_inside_called_stages_and_subprocesses(self) -> None:
        inner = task("inner", limit="25 hours")
        again = stage(
            "again", start("s"), inner, end("e", None), way("s", "inner", "e"), steps="inner"
        )
        called = (call("in", "again"), way("start", "in", "ended"))
        assert self.limits(*called, steps="", again=again) == {"p_9_000001", "inner"}
        inside = start("a") + inner + end("b", None) + way("a", "inner", "b")
        sub = f'<bpmn:subProcess id="sub" name="Con">{inside}</bpmn:subProcess>'
        sub_way = way("start", "sub", "ended")
        assert self.limits(sub, sub_way, steps="sub") == {"p_9_000001", "inner"}

    def test_of_parallel_branches_the_longer_counts(self) -> None:
        elements = (
            *(
                gateway("s", "parallel"),
                gateway("j", "parallel"),
                way("start", "s", "a", "j", "ended"),
            ),
            *(task("a", limit="24 hours"), task("b", limit="23 hours"), way("s", "b", "j")),
        )
        assert self.limits(*elements, steps="a b") == set()

    @pytest.mark.parametrize("more", [{"stage": "receipt"}, {"pauses": "kiem_tra_thuc_te_do_dac"}])
    def test_leaving_aside_receipt_and_what_pauses(self, more: dict[str, str]) -> None:
        elements = (task("a", limit="9 working_days", **more), way("start", "a", "ended"))
        assert self.limits(*elements, steps="a") == set()

    def test_and_ways_that_end_otherwise(self) -> None:
        elements = (
            *(task("a", limit="23 hours"), end("no", "refused"), task("b", limit="20 hours")),
            *(task("c", limit="4 hours"), way("start", "c", "which", "b", "ended")),
            gateway("which", default="b"),
            *(flow("which", "a", "application.fast"), way("a", "no")),
        )
        assert self.limits(*elements, steps="a b c") == set()

    def test_but_no_step_alone_may_take_longer_than_the_law_allows(self) -> None:
        refusing = (
            *(task("a", limit="25 hours"), end("no", "refused"), task("b")),
            *(gateway("which", default="b"), way("start", "which", "b", "ended")),
            *(flow("which", "a", "application.fast"), way("a", "no")),
        )
        assert self.limits(*refusing, steps="a b") == {"a"}
        withdrawing = changed(flowing(way("start", "ended")), 'value="1 hours"', 'value="25 hours"')
        assert named(withdrawing) == {(DIAGRAM, "return_papers")}

    def test_and_turning_back(self) -> None:
        elements = (
            *(
                task("a", limit="12 hours"),
                task("b", limit="12 hours"),
                gateway("g", default="ended"),
            ),
            *(way("start", "a", "b", "g", "ended"), flow("g", "a", "b.fast")),
        )
        assert self.limits(*elements, steps="a b") == set()

    def test_and_what_happens_when_time_runs_out(self) -> None:
        elements = (
            *(task("a", limit="20 hours"), boundary_timer("late", "a", "3 days")),
            *(task("b", limit="20 hours"), way("start", "a", "ended"), way("late", "b", "ended")),
        )
        assert self.limits(*elements, steps="a b") == set()

    def test_many_partings_do_not_take_for_ever(self) -> None:
        count = 60
        diamonds = "".join(
            gateway(f"g{n}", default=f"a{n}") + gateway(f"a{n}") + gateway(f"b{n}")
            + way(f"g{n}", f"a{n}", f"g{n + 1}", ) + way(f"b{n}", f"g{n + 1}")
            + flow(f"g{n}", f"b{n}", "application.fast")
            for n in range(count)
        )  # fmt: skip
        last = gateway(f"g{count}") + way(f"g{count}", "ended")
        assert self.limits(diamonds, last, way("start", "g0"), steps="") == set()

    def test_a_table_of_time_limits_counts_with_its_shortest(self) -> None:
        tight = changed(LAND, '"17 working_days"', '"7 working_days"', "time_limit.dmn")
        assert named(tight) == {(DIAGRAM, "p_1_013978")}
        odd = changed(LAND, '"17 working_days"', '"17 ngày"', "time_limit.dmn")
        assert named(odd) == {("time_limit.dmn", "time_limit")}

    def test_a_step_under_an_hour_is_only_remarked_on(self) -> None:
        short = changed(BIRTH, 'name="limit" value="1 hours"', 'name="limit" value="0.5 hours"')
        (finding,) = remarks(short)
        assert (finding.element, finding.severity) == ("enter_register", Severity.WARNING)

    @pytest.mark.parametrize("level", ["3 working_days", "24 hours", "4 working_days"])
    def test_a_warning_that_comes_with_the_dossier_is_remarked_on(self, level: str) -> None:
        def warned(levels: str) -> list[tuple[str, str, Severity]]:
            sources = flowing(way("start", "ended"))
            found = remarks(
                changed(sources, "[[comp", f"near_due = {levels}\n[[comp", "facts.toml")
            )
            return [(each.file, each.element, each.severity) for each in found]

        assert warned(f'["{level}"]') == [("facts.toml", "near_due", Severity.WARNING)]
        assert warned('["2 working_days", "99%"]') == []
