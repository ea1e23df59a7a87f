"""Facts of a procedure: what the file must say, and how a wrong one is refused."""

from decimal import Decimal

import pytest

from bpmn.facts import Facts, parse_facts
from bpmn.findings import ProcedureError
from bpmn.time_limit import StartRule, TimeLimit, Unit
from tests.diagrams import FACTS


def facts(old: str = "", new: str = "") -> Facts:
    assert old in FACTS
    return parse_facts(FACTS.replace(old, new) if old else FACTS)


def test_facts_are_read() -> None:
    found = facts()
    assert (found.code, found.level, found.unit) == ("9.000001", "commune", "OFFICE")
    assert found.time_limit == TimeLimit(Decimal(3), Unit.WORKING_DAYS)
    assert found.start_rule is StartRule.NEXT_DAY
    paper = found.component("A")
    assert paper is not None
    assert (paper.name, paper.originals, paper.copies, paper.required) == ("Tờ khai", 1, 0, True)
    assert found.component("B") is None


def test_start_rule_and_components_may_be_left_out() -> None:
    text = FACTS.split("[[components]]")[0].replace('start_rule = "NEXT_DAY"', "")
    found = parse_facts(text)
    assert found.start_rule is None
    assert found.components == ()


@pytest.mark.parametrize(
    "name",
    ["code", "name", "field", "level", "unit", "time_limit", "result_name", "result_code"],
)
@pytest.mark.parametrize("value", ["", '""', '"  "', "5", '["a"]'])
def test_what_is_missing_or_no_text_is_named(name: str, value: str) -> None:
    head = FACTS.split("[[components]]")[0]
    lines = [line for line in head.splitlines() if not line.startswith(f"{name} = ")]
    text = "\n".join([f"{name} = {value}" if value else "", *lines])
    with pytest.raises(ProcedureError) as refused:
        parse_facts(text)
    (finding,) = refused.value.findings
    assert (finding.file, finding.element) == ("facts.toml", name)


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        ('"3 working_days"', '"3 ngày"', "giá trị"),
        ('"NEXT_DAY"', '"TOMORROW"', "giá trị"),
        ('"NEXT_DAY"', "5", "giá trị"),
        ("originals = 1", 'originals = "một"', "A"),
        ("originals = 1", "originals = -1", "A"),
        ("originals = 1", "condition = 5", "A"),
        ("originals = 1", "colour = 1", "giá trị"),
        ('name = "Tờ khai"', "", "giá trị"),
        ('name = "Tờ khai"', "name = 5", "A"),
        ("originals = 1", '[[components]]\ncode = "A"\nname = "Lại"', "A"),
        ("[[components]]", "components = 5\n[x]", "giá trị"),
        ("[[components]]", 'components = ["x"]\n[x]', "giá trị"),
        ("[[components]]", "{", "toml"),
        ("[[components]]", f"x = {'[' * 20_000}", "toml"),
    ],
)
def test_what_cannot_be_meant_is_refused(old: str, new: str, element: str) -> None:
    with pytest.raises(ProcedureError) as refused:
        facts(old, new)
    (finding,) = refused.value.findings
    assert (finding.file, finding.element) == ("facts.toml", element)
