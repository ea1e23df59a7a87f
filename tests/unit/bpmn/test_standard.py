"""The standard one-stop process: every procedure that is understood can be deployed with it."""

from decimal import Decimal

import pytest

from bpmn.catalogue.entry import Row
from bpmn.catalogue.files import read_catalogue
from bpmn.catalogue.rows import read_row
from bpmn.graph import graphs
from bpmn.lint import lint
from bpmn.procedure import Procedure, procedure_from_sources
from bpmn.standard.process import standard_sources
from bpmn.steps import Outcome
from bpmn.time_limit import TimeLimit
from bpmn.ways import Ways
from tests.catalogue import SAMPLE, row, timed

LIMITS = (
    "1 Giờ", "0.5 Giờ", "2 Giờ", "3 Giờ", "4 Giờ", "Trong ngày", "1 Ngày", "1.5 Ngày làm việc",
    "3 Ngày làm việc", "20 Ngày làm việc", "275 Ngày", "120 Tháng",
)  # fmt: skip
FEES = ("Miễn phí", "50,000 VNĐ", "2.000 đồng/trang")


def standard(time: str = "5 Ngày làm việc", fee: str = "Miễn phí", **changes: str) -> Procedure:
    """The standard process of a row."""
    values = row(channels=timed(time, fee=fee), **changes)
    entry = read_row(Row(1, values)).entry
    assert entry is not None
    return procedure_from_sources(standard_sources(entry))


def test_every_procedure_of_the_sample_can_be_deployed() -> None:
    for reading in read_catalogue([SAMPLE]):
        if reading.entry is not None:
            procedure = procedure_from_sources(standard_sources(reading.entry))
            assert lint(procedure) == [], reading.code
            assert procedure.facts.levels == tuple(reading.entry.levels)


@pytest.mark.parametrize("time", LIMITS)
@pytest.mark.parametrize("fee", FEES)
@pytest.mark.parametrize("coordinating", ["", "Bộ Công an"])
def test_steps_stay_within_any_limit(time: str, fee: str, coordinating: str) -> None:
    procedure = standard(time, fee, coordinating=coordinating)
    assert lint(procedure) == []
    steps = procedure.places.steps
    drawn = Ways(graphs(procedure), procedure).longest()
    asking = steps["consult"].limit.working_hours() if coordinating else Decimal(0)
    assert 0 <= drawn + asking <= procedure.facts.time_limit.working_hours()


def test_handing_on_has_an_hour_and_some_time_is_kept_back() -> None:
    steps = standard("20 Ngày làm việc", "50,000 VNĐ").places.steps
    for step in ("digitise", "collect_fee", "sign", "seal"):
        assert steps[step].limit == TimeLimit.parse("1 hours")
    assert steps["appraise"].limit == TimeLimit.parse("13 working_days")
    assert steps["draft_result"].limit == TimeLimit.parse("4 working_days")


def test_where_the_law_leaves_no_time_handing_on_is_done_at_once() -> None:
    steps = standard("1 Giờ").places.steps
    assert steps["appraise"].limit == TimeLimit.parse("1 hours")
    assert {str(steps[s].limit) for s in ("digitise", "sign", "seal")} == {"0 hours"}


def test_all_ends_are_drawn() -> None:
    assert set(standard().places.outcomes.values()) == set(Outcome)


def test_a_fee_is_asked_for_as_far_as_it_is_known() -> None:
    free, known, unknown = (standard(fee=fee) for fee in FEES)
    assert (set(free.diagram.decisions), "collect_fee" in free.places.steps) == (set(), False)
    assert set(known.diagram.decisions) == {"fee"}
    assert "50000" in known.sources["fee.dmn"]
    form = unknown.form_of(unknown.places.steps["draft_result"])
    assert {"fee_amount", "charge_amount", "fee_ground"} <= form.fields
    assert set(unknown.diagram.decisions) == {"fee"}
    assert FEES[2] in str(form.schema["properties"]["fee_amount"]["description"])


def test_agencies_that_work_together_are_asked() -> None:
    alone, together = standard(), standard(coordinating="Bộ Công an")
    assert "consult" not in alone.places.steps
    assert "consult" in together.form_of(together.places.steps["appraise"]).decisions
    assert "Bộ Công an" in together.sources["forms/consult.json"]


def test_names_are_text_in_the_drawing() -> None:
    name = 'Cấp <giấy> & "phép" {{ 7 * 7 }} \' \\u0041 \\'
    procedure = standard(name=name, decision="12/QĐ-BTP", coordinating="<b>&amp;</b>")
    assert procedure.facts.name == name
    assert procedure.drawings[0].name == name
    assert lint(procedure) == []


def test_procedures_share_all_files_but_their_own() -> None:
    first, second = standard(), standard(name="Tên khác")
    different = {name for name in first.sources if first.sources[name] != second.sources[name]}
    assert different == {"facts.toml", "procedure.bpmn"}
