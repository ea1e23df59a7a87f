"""Lint: nothing to remark on what we ship; each broken variant is refused, the element named."""

import json
import re
from pathlib import Path

import pytest

from bpmn.findings import Severity
from bpmn.lint import lint
from bpmn.procedure import PROCESSES, procedure_folders, procedure_from_sources, read_folder
from tests.diagrams import (
    START,
    boundary_timer,
    call,
    end,
    event_subprocess,
    flow,
    gateway,
    message_wait,
    simple,
    start,
    task,
    way,
)
from tests.unit.bpmn.asking import (
    BIRTH,
    DIAGRAM,
    Sources,
    changed,
    remarks,
    small,
    stage,
)

SIMPLE = simple()
LAND = read_folder(PROCESSES / "1_013978")
ENDED = end("ended")
INTERRUPTED = (
    event_subprocess("withdrawal", "withdrawal_requested", "return_papers", "withdrawn"),
    event_subprocess("discontinuation", "discontinuation_decided", "notify", "discontinued"),
)


def named(sources: Sources) -> set[tuple[str, str]]:
    """Files and elements of the errors."""
    found = [finding for finding in remarks(sources) if finding.severity is Severity.ERROR]
    return {(finding.file, finding.element) for finding in found}


def flowing(*elements: str, steps: str = "", **shared: str) -> Sources:
    """A small procedure with nothing to remark but what the elements give cause for."""
    specialists = f"withdrawal discontinuation {steps}"
    return small(START, ENDED, *INTERRUPTED, *elements, steps=specialists, **shared)


@pytest.mark.parametrize("folder", procedure_folders(), ids=lambda folder: folder.name)
def test_there_is_nothing_to_remark_on_a_shipped_procedure(folder: Path) -> None:
    assert lint(procedure_from_sources(read_folder(folder))) == []


def test_there_is_nothing_to_remark_on_the_small_procedures_of_the_tests() -> None:
    assert remarks(SIMPLE) == []
    assert remarks(flowing(task("work"), way("start", "work", "ended"), steps="work")) == []


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        ('targetRef="enter_register"', 'targetRef="fee_due"', "enter_register"),
        (' targetRef="end_delivered"', ' targetRef="appraise"', "end_delivered"),
        ('name="Kết quả thẩm định?"', "", "appraisal_result"),
        ('name="Số hóa hồ sơ"', "", "call_digitisation"),
        ('bpmnElement="appraise"', 'bpmnElement="apprise"', "appraise"),
        ("appraise.decision ==", "apprase.decision ==", "flow_appraisal_result_enter_register"),
        ("appraise.decision ==", "appraise.decison ==", "flow_appraisal_result_enter_register"),
        ("appraise.decision ==", "appraise.decision =", "flow_appraisal_result_enter_register"),
        ("appraise.decision ==", "open('x') ==", "flow_appraisal_result_enter_register"),
        ("fee.amount", "fee.price", "flow_fee_due_call_payment"),
        ("fee.amount", "dossier.amount", "flow_fee_due_call_payment"),
        ("fee.amount", "application.colour", "flow_fee_due_call_payment"),
        ('name="limit" value="2 hours"', 'name="limit" value="5 hours"', "p_1_001193"),
        ('name="outcome" value="delivered"', 'name="outcome" value=""', "end_delivered"),
        ('name="outcome" value="withdrawn"', 'name="outcome" value=""', "withdrawal_end"),
    ],
)
def test_a_broken_birth_registration_is_refused(old: str, new: str, element: str) -> None:
    assert (DIAGRAM, element) in named(changed(BIRTH, old, new))


@pytest.mark.parametrize(
    ("stage_", "old", "new", "element"),
    [
        ("signing", 'value="appraise"', 'value="aprase"', "sign"),
        ("signing", 'name="returns_to" value="appraise"', 'name="returns_to" value="x"', "sign"),
        ("signing", 'name="returns_to" value="appraise"', 'name="returns_to" value=""', "sign"),
        (
            "signing",
            'name="returns_to" value="appraise"',
            'name="returns_to" value="deliver"',
            "sign",
        ),
        ("signing", "sign.decision", "sgin.decision", "flow_signature_given_seal"),
        ("signing", 'bpmnElement="seal"', 'bpmnElement="seal_shape"', "seal"),
        ("receipt", ' name="Hồ sơ đủ điều kiện tiếp nhận?"', "", "papers_accepted"),
        (
            "digitisation",
            'targetRef="digitisation_end"',
            'targetRef="digitise"',
            "digitisation_end",
        ),
        ("digitisation", 'targetRef="digitisation_end"', 'targetRef="digitise"', "digitise"),
    ],
)
def test_a_broken_shared_stage_is_refused_with_its_file(
    stage_: str, old: str, new: str, element: str
) -> None:
    file = f"shared/{stage_}.bpmn"
    broken = changed(BIRTH, old, new, file)
    assert (file, element) in named(broken)


def test_what_is_not_reached_and_what_does_not_end() -> None:
    sources = flowing(
        *(task("work"), task("lost"), task("turn"), gateway("which", default="turn")),
        *(way("start", "work", "which", "turn", "turn"), flow("which", "ended", "work.fast")),
        way("lost", "ended"),
        steps="work lost turn",
    )
    assert named(sources) == {(DIAGRAM, "lost"), (DIAGRAM, "turn")}


def test_a_subprocess_that_nothing_leads_to_is_not_reached() -> None:
    inside = start("a") + end("b", None) + way("a", "b")
    lost = f'<bpmn:subProcess id="lost" name="Con">{inside}</bpmn:subProcess>'
    sources = flowing(lost, way("start", "ended"))
    assert named(sources) == {(DIAGRAM, "lost")}


def test_a_process_has_one_start() -> None:
    sources = flowing(
        start("again"),
        task("work"),
        way("start", "work", "ended"),
        way("again", "work"),
        steps="work",
    )
    assert (DIAGRAM, "p_9_000001") in named(sources)


def test_where_ways_part_one_is_the_default() -> None:
    sources = flowing(
        *(task("work"), gateway("which"), end("other"), way("start", "work", "which")),
        *(flow("which", "ended", "work.fast"), flow("which", "other", "not work.fast")),
        steps="work",
    )
    assert named(sources) == {(DIAGRAM, "which")}


@pytest.mark.parametrize("source", ["work", "both", "one"])
def test_a_condition_that_nobody_would_ask_is_refused(source: str) -> None:
    after = {"work": "both", "both": "one", "one": "join"}[source]
    sources = flowing(
        *(task("work"), task("other"), gateway("both", "parallel"), gateway("join", "parallel")),
        *(
            gateway("one"),
            way("start", "work", "both", "one", "join", "ended"),
            way("both", "other", "join"),
        ),
        steps="work other",
    )
    plain = flow(source, after)
    asked = changed(sources, plain, flow(source, after, "work.fast"))
    assert named(sources) == set()
    assert named(asked) == {(DIAGRAM, f"{source}_{after}")}


def test_a_loop_without_rest_is_refused() -> None:
    sources = flowing(
        *(task("work"), gateway("in"), gateway("out", default="ended")),
        *(way("start", "work", "in", "out", "ended"), flow("out", "in", "work.fast")),
        steps="work",
    )
    assert named(sources) == {(DIAGRAM, "in"), (DIAGRAM, "out")}


def test_a_loop_in_which_somebody_works_is_allowed() -> None:
    once = stage(
        "again", start("s"), task("inner"), end("e", None), way("s", "inner", "e"), steps="inner"
    )
    sources = flowing(
        *(call("in", "again"), gateway("out", default="ended")),
        *(way("start", "in", "out", "ended"), flow("out", "in", "inner.fast")),
        again=once,
    )
    assert named(sources) == set()


def test_a_loop_through_a_stage_in_which_nobody_need_work_is_refused() -> None:
    maybe = stage(
        "again",
        *(start("s"), gateway("g", default="e"), task("inner"), end("e", None)),
        *(way("s", "g", "e"), flow("g", "inner", "application.fast"), way("inner", "e")),
        steps="inner",
    )
    sources = flowing(
        *(call("in", "again"), gateway("out", default="ended")),
        *(way("start", "in", "out", "ended"), flow("out", "in", "application.fast")),
        again=maybe,
    )
    assert (DIAGRAM, "out") in named(sources)


def test_ends_say_how_the_dossier_ends_and_stages_do_not() -> None:
    wrong = stage(
        "again", start("s"), task("inner"), end("e"), way("s", "inner", "e"), steps="inner"
    )
    silent = end("ended", None)
    sources = flowing(call("in", "again"), way("start", "in", "ended"), again=wrong)
    assert named(sources) == {("shared/again.bpmn", "e")}
    assert named(changed(sources, ENDED, silent)) == {
        ("shared/again.bpmn", "e"),
        (DIAGRAM, "ended"),
    }


def test_the_end_of_a_subprocess_does_not_end_the_dossier() -> None:
    inside = start("a") + task("work") + end("b", None) + way("a", "work", "b")
    sub = f'<bpmn:subProcess id="sub" name="Con">{inside}</bpmn:subProcess>'
    sources = flowing(sub, way("start", "sub", "ended"), steps="sub")
    assert named(sources) == set()
    assert named(changed(sources, end("b", None), end("b"))) == {(DIAGRAM, "b")}


def test_a_stage_that_calls_itself_is_refused() -> None:
    again = stage("again", start("s"), call("c", "again"), end("e", None), way("s", "c", "e"))
    sources = flowing(call("in", "again"), way("start", "in", "ended"), again=again)
    assert ("shared/again.bpmn", "c") in named(sources)


def test_two_stages_that_call_each_other_are_refused() -> None:
    one = stage("one", start("s"), call("c", "two"), end("e", None), way("s", "c", "e"))
    two = stage("two", start("s2"), call("c2", "one"), end("e2", None), way("s2", "c2", "e2"))
    sources = flowing(call("in", "one"), way("start", "in", "ended"), one=one, two=two)
    assert {("shared/one.bpmn", "c"), ("shared/two.bpmn", "c2")} <= named(sources)


def test_an_event_subprocess_belongs_into_the_procedure_itself() -> None:
    inside = event_subprocess("stop", "withdrawal_requested", "hand_back", "withdrawn")
    odd = stage(
        "again", start("s"), task("w"), end("e", None), inside, way("s", "w", "e"), steps="w stop"
    )
    sources = flowing(call("in", "again"), way("start", "in", "ended"), again=odd)
    assert ("shared/again.bpmn", "stop") in named(sources)


def test_ways_out_that_are_not_drawn_are_remarked_on() -> None:
    sources = small(START, task("work"), ENDED, way("start", "work", "ended"), steps="work")
    found = remarks(sources)
    assert {finding.severity for finding in found} == {Severity.WARNING}
    assert {f.element for f in found} == {"withdrawal_requested", "discontinuation_decided"}


def test_an_id_stands_for_one_thing_in_the_procedure_and_its_stages() -> None:
    again = stage(
        "again", start("s"), task("work"), end("e", None), way("s", "work", "e"), steps="work"
    )
    elements = (task("work"), call("in", "again"), way("start", "work", "in", "ended"))
    sources = flowing(*elements, steps="work", again=again)
    assert named(sources) == {("shared/again.bpmn", "work")}


def test_a_form_with_nothing_in_it_offers_no_field() -> None:
    sources = flowing(
        *(task("work"), gateway("which", default="ended"), end("other")),
        *(way("start", "work", "which", "ended"), flow("which", "other", "work.fast")),
        steps="work",
    )
    assert named(sources) == set()
    assert named(sources | {"forms/any.json": "{}"}) == {(DIAGRAM, "which_other")}


def test_what_a_message_brings_may_have_any_field() -> None:
    sources = flowing(
        *(
            message_wait("news", "supplement_received"),
            gateway("which", default="ended"),
            end("other"),
        ),
        *(way("start", "news", "which", "ended"), flow("which", "other", "news.anything == 1")),
    )
    assert named(sources) == set()


def test_a_way_back_must_be_drawn() -> None:
    broken = changed(
        SIMPLE, 'sourceRef="signed" targetRef="appraise"', 'sourceRef="signed" targetRef="deliver"'
    )
    assert (DIAGRAM, "sign") in named(broken)


def test_a_step_that_leads_back_lets_people_choose_so() -> None:
    form = json.loads(SIMPLE["forms/any.json"])
    broken = SIMPLE | {"forms/returning.json": json.dumps(form)}
    assert named(broken) == {(DIAGRAM, "sign")}


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
        assert self.limits(*called, steps="", again=again) == {"p_9_000001"}
        inside = start("a") + inner + end("b", None) + way("a", "inner", "b")
        sub = f'<bpmn:subProcess id="sub" name="Con">{inside}</bpmn:subProcess>'
        assert self.limits(sub, way("start", "sub", "ended"), steps="sub") == {"p_9_000001"}

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
            *(task("a", limit="9 working_days"), end("no", "refused"), task("b")),
            *(gateway("which", default="b"), way("start", "which", "b", "ended")),
            *(flow("which", "a", "application.fast"), way("a", "no")),
        )
        assert self.limits(*elements, steps="a b") == set()

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
            *(task("a"), boundary_timer("late", "a", "3 days"), task("b", limit="9 working_days")),
            *(way("start", "a", "ended"), way("late", "b", "ended")),
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


class TestTables:
    """Every case has one row, and every cell can be computed."""

    def fee(self, old: str, new: str, sources: Sources = BIRTH) -> set[tuple[str, str]]:
        return named(changed(sources, old, new, "fee.dmn"))

    def test_a_case_without_row(self) -> None:
        assert self.fee("<text>True</text>", "<text>False</text>") == {("fee.dmn", "fee")}

    def test_no_default_row(self) -> None:
        business = read_folder(PROCESSES / "1_001612")
        assert self.fee("<text>-</text>", '<text>"direct"</text>', business) == {("fee.dmn", "fee")}

    @pytest.mark.parametrize("cell", ["<text></text>", "<text> - </text>", "<text>\n-\n</text>"])
    def test_an_empty_cell_takes_anything(self, cell: str) -> None:
        business = read_folder(PROCESSES / "1_001612")
        assert self.fee("<text>-</text>", cell, business) == set()

    def test_two_rows_for_one_case(self) -> None:
        assert self.fee("<text>True</text>", "<text>-</text>") == {("fee.dmn", "fee")}

    @pytest.mark.parametrize("policy", ["COLLECT", "ANY", "RULE ORDER"])
    def test_a_policy_that_is_not_kept_to(self, policy: str) -> None:
        assert self.fee('hitPolicy="UNIQUE"', f'hitPolicy="{policy}"') == {("fee.dmn", "fee")}

    @pytest.mark.parametrize(
        ("old", "new", "element"),
        [
            ("application.late_registration", "application.too_late", "fee"),
            ("application.late_registration", "nobody.late", "fee"),
            ("application.late_registration", "", "fee"),
            ("<text>True</text>", "<text>open('x')</text>", "fee, dòng 2"),
            ("<text>True</text>", "<text>yes</text>", "fee, dòng 2"),
            ("<text>True</text>", "<text>&gt; fee.nobody</text>", "fee, dòng 2"),
            ("<text>5000</text>", "<text>5000 * application.copies</text>", "fee, dòng 2"),
            ("<text>5000</text>", "<text></text>", "fee, dòng 2"),
            ("<text>5000</text>", "<text>9**9**9</text>", "fee, dòng 2"),
        ],
    )
    def test_a_cell_that_cannot_be_computed(self, old: str, new: str, element: str) -> None:
        assert ("fee.dmn", element) in self.fee(old, new)

    @pytest.mark.parametrize(
        "cell",
        [
            "&gt; 5",
            "not in (1, 2)",
            "5 &lt; ? &lt; 100",
            "in [1]",
            "!= 3",
            "application.copies_requested",
        ],
    )
    def test_cells_as_authors_write_them(self, cell: str) -> None:
        assert ("fee.dmn", "fee, dòng 2") not in self.fee(
            "<text>True</text>", f"<text>{cell}</text>"
        )

    def test_a_table_of_many_yes_or_no_inputs_needs_a_default_row(self) -> None:
        wide = re.sub(
            r"(?s)(<input id=.*?</input>)",
            lambda found: "".join(found[1].replace("_1", f"_1_{n}") for n in range(40)),
            BIRTH["fee.dmn"],
        )
        wide = re.sub(
            r"(?s)(<inputEntry .*?</inputEntry>)",
            lambda found: "".join(found[1].replace("input_1", f"input_1_{n}") for n in range(40)),
            wide,
        )
        assert named(BIRTH | {"fee.dmn": wide}) == {("fee.dmn", "fee")}
