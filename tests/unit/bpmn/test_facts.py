"""Facts of a procedure: what the file must say, and how a wrong one is refused."""

from decimal import Decimal

import pytest

from bpmn.facts import Facts, PauseTerms, parse_facts
from bpmn.findings import ProcedureError
from bpmn.threshold import Threshold
from bpmn.time_limit import StartRule, TimeLimit, Unit
from tests.diagrams import FACTS

TEXT = FACTS.rpartition("[[components]]")[0]
"""Facts with one component."""


def facts(old: str = "", new: str = "") -> Facts:
    assert old in TEXT
    return parse_facts(TEXT.replace(old, new) if old else TEXT)


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
@pytest.mark.parametrize("value", ['""', '"  "', "5", '["a"]'])
def test_what_is_no_text_is_named(name: str, value: str) -> None:
    with pytest.raises(ProcedureError) as refused:
        parse_facts(f"{name} = {value}\n{_without(name)}")
    (finding,) = refused.value.findings
    assert (finding.file, finding.element) == ("facts.toml", name)


def _without(name: str) -> str:
    head = FACTS.split("[[components]]")[0]
    return "\n".join(
        line for line in head.splitlines() if not name or not line.startswith(f"{name} = ")
    )


@pytest.mark.parametrize("name", ["field_code", "unit", "result_code"])
def test_what_the_catalogue_may_not_say_can_be_left_out(name: str) -> None:
    assert getattr(parse_facts(_without(name)), name) is None


def test_a_procedure_may_be_decided_at_several_levels() -> None:
    facts = parse_facts('also_at = ["province", "ministry"]\n' + _without(""))
    assert facts.levels == (facts.level, "province", "ministry")


@pytest.mark.parametrize("value", ['"province"', "[5]", "5"])
def test_further_levels_are_a_list_of_texts(value: str) -> None:
    with pytest.raises(ProcedureError):
        parse_facts(f"also_at = {value}\n{_without('')}")


@pytest.mark.parametrize("name", ["code", "name", "field", "level", "time_limit", "result_name"])
def test_what_is_missing_is_named(name: str) -> None:
    with pytest.raises(ProcedureError) as refused:
        parse_facts(_without(name))
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
        ("[[components]]", f"x = {'9' * 20_000}", "toml"),
    ],
)
def test_what_cannot_be_meant_is_refused(old: str, new: str, element: str) -> None:
    with pytest.raises(ProcedureError) as refused:
        facts(old, new)
    (finding,) = refused.value.findings
    assert (finding.file, finding.element) == ("facts.toml", element)


def test_a_procedure_may_set_its_own_warnings_and_pauses() -> None:
    plain = facts()
    assert (plain.near_due, plain.pauses) == (None, {})
    own = """near_due = ["50%", "4 hours"]
    [pauses.bo_sung_ho_so]
    limit = "20 days"
    [pauses.nghia_vu_tai_chinh]
    limit = "3 months"
    times = 2
    [[components]]"""
    found = facts("[[components]]", own)
    hours = TimeLimit(Decimal(4), Unit.HOURS)
    assert found.near_due == (Threshold(share=Decimal("0.5")), Threshold(left=hours))
    assert found.pauses == {
        "bo_sung_ho_so": PauseTerms(limit=TimeLimit(Decimal(20), Unit.DAYS)),
        "nghia_vu_tai_chinh": PauseTerms(TimeLimit(Decimal(3), Unit.MONTHS), 2),
    }
    assert facts("[[components]]", "near_due = []\n[[components]]").near_due == ()


@pytest.mark.parametrize(
    "value",
    [
        *('"50%"', "[50]", "[[]]", "true", "{}", '["0%"]', '["100%"]', '["5 days"]', '["soon"]'),
        *('["80%", "50%"]', '["50%", "50%"]', '["4 hours", "1 working_days"]', '["0 hours"]'),
        *('["10%", "20%", "30%", "40%"]', f'["{" " * 100}50%"]', '["1 working_days", "8 hours"]'),
    ],
)
def test_warnings_that_cannot_be_meant_are_refused(value: str) -> None:
    with pytest.raises(ProcedureError) as refused:
        facts("[[components]]", f"near_due = {value}\n[[components]]")
    (finding,) = refused.value.findings
    assert (finding.file, finding.element) == ("facts.toml", "near_due")


@pytest.mark.parametrize(
    ("terms", "element"),
    [
        ("[pauses.nghi_le]\nlimit = '5 days'", "pauses.nghi_le"),
        ("[pauses.khac]", "pauses.khac"),
        ("[pauses]\nkhac = 5", "pauses.khac"),
        ("[pauses.khac]\npolicy = 'RESET'", "pauses.khac"),
        ("[pauses.khac]\nlimit = 5", "pauses.khac.limit"),
        ("[pauses.khac]\nlimit = 'soon'", "pauses.khac.limit"),
        ("[pauses.khac]\nlimit = '0 hours'", "pauses.khac.limit"),
        ("[pauses.khac]\ntimes = 0", "pauses.khac.times"),
        ("[pauses.khac]\ntimes = true", "pauses.khac.times"),
        ("[pauses.khac]\ntimes = 1.0", "pauses.khac.times"),
        ("[pauses.khac]\ntimes = nan", "pauses.khac.times"),
        ("[pauses.khac]\ntimes = 101", "pauses.khac.times"),
        ("pauses = 5", "pauses"),
        ("[[pauses]]\nlimit = '5 days'", "pauses"),
    ],
)
def test_terms_of_pauses_that_cannot_be_meant_are_refused(terms: str, element: str) -> None:
    with pytest.raises(ProcedureError) as refused:
        facts("[[components]]", f"{terms}\n[[components]]")
    (finding,) = refused.value.findings
    assert (finding.file, finding.element) == ("facts.toml", element)
