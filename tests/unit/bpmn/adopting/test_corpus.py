"""Files in the manner of other tools become drafts; what they leave open is all that is open."""

from pathlib import Path

import pytest

from bpmn.adopting import Adoption, Kind, adopt
from bpmn.findings import ProcedureError
from bpmn.parse import parse
from bpmn.procedure import process_id
from tests.diagrams import CODE
from tests.unit.bpmn.adopting.completing import completed

FOREIGN = Path(__file__).parents[3] / "foreign"
FILES = sorted(path.name for path in FOREIGN.glob("*.bpmn"))


def taken(name: str) -> Adoption:
    return adopt(name, (FOREIGN / name).read_bytes(), CODE)


@pytest.mark.parametrize("name", FILES)
def test_what_is_open_is_all_that_keeps_it_from_running(name: str) -> None:
    adoption = taken(name)
    with pytest.raises(ProcedureError) as refused:
        parse(dict(adoption.files), process_id(CODE))
    open_ = {remark.element for remark in adoption.of_kind(Kind.OPEN)}
    assert {finding.element for finding in refused.value.findings} <= open_
    assert all(remark.line for remark in adoption.of_kind(Kind.OPEN))
    assert completed(adoption).places.steps


@pytest.mark.parametrize("name", FILES)
def test_nothing_of_the_other_tool_is_left(name: str) -> None:
    adoption = taken(name)
    for text in adoption.files.values():
        known = ("omg.org/spec", "spiffworkflow.org", "w3.org/2001", "urn:motcua")
        spaces = [part.split('"')[0] for part in text.split("xmlns:")[1:]]
        assert len(spaces) <= len(known) + 2
        assert "camunda" not in text
        assert "signavio" not in text
        assert "bizagi" not in text.casefold()
    again = adopt("again", adoption.files["procedure.bpmn"].encode(), CODE)
    assert again.files["procedure.bpmn"] == adoption.files["procedure.bpmn"]


def said(name: str, kind: Kind) -> str:
    return "\n".join(f"{each.element}: {each.message}" for each in taken(name).of_kind(kind))


def test_lanes_are_called_as_the_roles_that_they_mean() -> None:
    text = taken("camunda_7.bpmn").files["procedure.bpmn"]
    assert 'id="Lane_counter" name="Bộ phận Một cửa"' in text
    assert 'id="Lane_leader" name="Lãnh đạo"' in text
    nested = taken("adonis.bpmn").files["procedure.bpmn"]
    assert "childLaneSet" not in nested
    assert 'name="Chuyên viên"' in nested
    assert 'name="Lãnh đạo phòng"' in nested, "a head of a unit is not the agency's leader"


def test_the_pool_of_citizens_is_not_the_offices_process() -> None:
    assert "Id_t1" in taken("bizagi.bpmn").files["procedure.bpmn"]
    assert "Người nộp hồ sơ" in str(taken("bizagi.bpmn").of_kind(Kind.DROPPED))


def test_conditions_are_translated_where_each_sign_means_the_same() -> None:
    text = taken("camunda_7.bpmn").files["procedure.bpmn"]
    assert "sign.decision == 'approve' and check.complete<" in text
    assert "FEEL" in said("camunda_8.bpmn", Kind.OPEN)
    assert "appraise.area &gt;= 100" in taken("camunda_8.bpmn").files["procedure.bpmn"]


def test_events_that_only_mark_or_send_are_taken_out_of_the_way() -> None:
    text = taken("visual_paradigm.bpmn").files["procedure.bpmn"]
    assert "linkEventDefinition" not in text
    assert 'sourceRef="class_2" targetRef="G_1"' in text
    assert "intermediateThrowEvent" not in taken("bizagi.bpmn").files["procedure.bpmn"]


def test_a_called_process_of_the_file_becomes_a_file_of_its_own() -> None:
    assert sorted(taken("trisotech.bpmn").files) == ["procedure.bpmn", "stage_WFP_6_2.bpmn"]


def test_data_is_kept_as_drawing() -> None:
    text = taken("signavio.bpmn").files["procedure.bpmn"]
    assert text.count("<bpmn:association ") == 2
    assert "dataInputAssociation" not in text
    assert "dataStoreReference" in text
    assert "máy đọc, ghi dữ liệu" in said("signavio.bpmn", Kind.DROPPED)
