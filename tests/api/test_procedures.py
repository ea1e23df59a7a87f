"""Procedures are shown and deployed; a broken one is refused with each element to mend."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpmn.procedure import PROCESSES, read_folder
from engine.store.database import Database
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, contents
from tests.diagrams import CODE, simple, task

BIRTH = "1.001193"


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """The files of the birth registration."""
    return read_folder(PROCESSES / "1_001193")


def _deploy(call: Caller, code: str, sources: dict[str, Any]) -> Any:
    return call("administrator", "PUT", f"/procedures/{code}", {"sources": sources})


def test_a_procedure_is_shown(call: Caller, office: object, files: dict[str, str]) -> None:
    shown = json_of(call.get("portal", f"/procedures/{BIRTH}"))
    assert shown["time_limit_in_words"] == "trong ngày"
    assert "child_name" in shown["application_form"]["properties"]
    steps = {step["id"]: step for step in shown["steps"]}
    assert steps["sign"]["role"] == "leader"
    assert steps["sign"]["form"]["type"] == "object"
    diagram = call.get("portal", f"/procedures/{BIRTH}/diagram")
    assert diagram.content_type == "application/xml; charset=utf-8"
    assert diagram.text == files["procedure.bpmn"]


def test_a_new_version_comes_into_force(
    call: Caller, office: object, files: dict[str, str]
) -> None:
    before = json_of(call.get("portal", f"/procedures/{BIRTH}"))["version"]
    assert not json_of(_deploy(call, BIRTH, files))["changed"]
    facts = files["facts.toml"].replace("Thủ tục đăng ký khai sinh", "Đăng ký khai sinh")
    deployed = json_of(_deploy(call, BIRTH, {**files, "facts.toml": facts}))
    assert deployed["changed"]
    now = json_of(call.get("portal", f"/procedures/{BIRTH}"))
    assert (now["version"], now["name"]) == (deployed["version"], "Đăng ký khai sinh")
    old = json_of(call.get("portal", f"/procedures/{BIRTH}?version={before}"))
    assert old["name"] == "Thủ tục đăng ký khai sinh"
    problem_of(call.get("portal", f"/procedures/{CODE}?version={before}"), 404)
    problem_of(call.get("portal", f"/procedures/{BIRTH}?version={'0' * 64}"), 404)


def test_broken_procedures_are_refused(
    call: Caller, lives: Lives, database: Database, files: dict[str, str]
) -> None:
    before = contents(database)
    sources = simple()
    unknown = sources["procedure.bpmn"].replace("appraise.decision", "appraise.verdict")
    answer = _deploy(call, CODE, {**sources, "procedure.bpmn": unknown})
    linted = problem_of(answer, 422, "procedure_refused")["findings"][0]
    assert {"file", "element", "message", "severity", "line"} == set(linted)
    script = files["procedure.bpmn"].replace("bpmn:userTask", "bpmn:scriptTask")
    refused = problem_of(_deploy(call, BIRTH, {**files, "procedure.bpmn": script}), 422)
    assert any(finding["element"] == "appraise" for finding in refused["findings"])
    other = problem_of(_deploy(call, "1.999999", files), 422, "procedure_refused")
    assert other["findings"][0]["element"] == "code"
    problem_of(_deploy(call, BIRTH, {}), 422, "procedure_refused")
    problem_of(_deploy(call, BIRTH, {"../x": ""}), 422, "request_invalid")
    assert contents(database) == before


@pytest.mark.parametrize(
    ("old", "new", "elements"),
    [
        # The whole way takes longer than the law allows (in the day: 8 working hours).
        ('name="limit" value="1 hours"', 'name="limit" value="7 hours"', {"p_1_001193"}),
        ('name="limit" value="1 hours"', 'name="limit" value="9 hours"',
         {"p_1_001193", "enter_register"}),
    ],
)  # fmt: skip
def test_steps_that_take_longer_than_the_law_allows_are_refused(
    call: Caller,
    lives: Lives,
    database: Database,
    files: dict[str, str],
    old: str,
    new: str,
    elements: set[str],
) -> None:
    before = contents(database)
    changed = files["procedure.bpmn"].replace(old, new, 1)
    answer = _deploy(call, BIRTH, {**files, "procedure.bpmn": changed})
    findings = problem_of(answer, 422, "procedure_refused")["findings"]
    assert {finding["element"] for finding in findings} == elements
    assert contents(database) == before


def test_a_step_on_a_side_way_may_not_alone_take_longer_than_the_law_allows(
    call: Caller, lives: Lives, database: Database
) -> None:
    before = contents(database)
    sources = simple()
    withdrawing = sources["procedure.bpmn"].replace(
        task("return_papers"), task("return_papers", limit="25 hours")
    )
    answer = _deploy(call, CODE, {**sources, "procedure.bpmn": withdrawing})
    (finding,) = problem_of(answer, 422, "procedure_refused")["findings"]
    assert (finding["element"], finding["severity"]) == ("return_papers", "error")
    assert contents(database) == before


def test_a_step_under_an_hour_is_deployed_with_a_warning(
    call: Caller, office: object, files: dict[str, str]
) -> None:
    short = files["procedure.bpmn"].replace('value="1 hours"', 'value="0.5 hours"', 1)
    deployed = json_of(_deploy(call, BIRTH, {**files, "procedure.bpmn": short}))
    assert deployed["changed"]
    (warning,) = deployed["warnings"]
    assert (warning["element"], warning["severity"]) == ("enter_register", "warning")
    assert "dưới một giờ" in warning["message"]


@pytest.mark.parametrize(
    "terms", ['near_due = ["5 days"]', "near_due = 5", "[pauses.nghi_le]\nlimit = '5 days'"]
)
def test_facts_with_wrong_terms_are_refused(
    call: Caller, lives: Lives, database: Database, terms: str
) -> None:
    before, sources = contents(database), simple()
    facts = sources["facts.toml"].replace("[[components]]", f"{terms}\n[[components]]")
    answer = _deploy(call, CODE, {**sources, "facts.toml": facts})
    (finding,) = problem_of(answer, 422, "procedure_refused")["findings"]
    assert finding["file"] == "facts.toml"
    assert contents(database) == before


CUTS = st.tuples(st.integers(0, 10**6), st.integers(0, 60), st.text('<>/="[]{}\\ab1\n', max_size=5))


@settings(
    max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.sampled_from(["procedure.bpmn", "facts.toml", "fee.dmn", "forms/application.json",
                             "shared/receipt.bpmn"]), cut=CUTS)  # fmt: skip
def test_damaged_files_are_no_fault_of_the_server(
    call: Caller, office: object, files: dict[str, str], name: str, cut: tuple[int, int, str]
) -> None:
    at, length, instead = cut
    text = files[name]
    at %= len(text)
    damaged = {**files, name: text[:at] + instead + text[at + length :]}
    answer = _deploy(call, BIRTH, damaged)
    if answer.status_code != 200:
        problem_of(answer, 422)
