"""Papers are drawn up, signed, sealed and digitised by those who may, in an order that works."""

import pytest

from bpmn.findings import ProcedureError, Severity
from bpmn.procedure import procedure_from_sources
from bpmn.steps import Paper
from tests.unit.bpmn.asking import BIRTH, DIAGRAM, changed, refused, remarks
from tests.unit.bpmn.lint.linting import named

SIGNING, DIGITISATION = "shared/signing.bpmn", "shared/digitisation.bpmn"


@pytest.mark.parametrize(
    ("file", "old", "new", "element"),
    [
        (DIAGRAM, 'name="drafts" value="result"', 'name="drafts" value=""', "sign"),
        (SIGNING, 'name="signs" value="result"', 'name="signs" value=""', "seal"),
        (SIGNING, 'name="Lãnh đạo"', 'name="Chuyên viên"', "sign"),
        (SIGNING, 'name="Văn thư"', 'name="Lãnh đạo"', "seal"),
        (DIGITISATION, 'name="Bộ phận Một cửa"', 'name="Thu ngân"', "digitise"),
    ],
)
def test_what_cannot_work_is_refused(file: str, old: str, new: str, element: str) -> None:
    assert element in {each for _, each in named(changed(BIRTH, old, new, file))}


def test_who_signs_must_be_able_to_approve() -> None:
    form = "shared/forms/sign.json"
    broken = changed(BIRTH, '"const": "approve"', '"const": "accept"', form)
    assert (SIGNING, "sign") in named(broken)


def test_a_signed_paper_that_nobody_seals_is_remarked_on() -> None:
    (found,) = remarks(
        changed(BIRTH, 'name="seals" value="result"', 'name="seals" value=""', SIGNING)
    )
    assert (found.severity, found.element) == (Severity.WARNING, "sign")


def test_a_template_is_read_before_it_is_used() -> None:
    broken = changed(BIRTH, "{% endblock %}", "{% endblok %}", "papers/result.html")
    assert ("papers/result.html", "result") in named(broken)


def test_a_template_that_nobody_draws_up_is_remarked_on() -> None:
    idle = {k: v for k, v in BIRTH.items() if k != "papers/result.html"}
    undrawn = {**idle, "papers/refusal.html": "x", "shared/papers/result.html": "x"}
    assert remarks(undrawn) == []
    mute = changed(undrawn, 'name="drafts" value="refusal"', 'name="drafts" value=""')
    mute = changed(mute, 'name="drafts" value="refusal"', 'name="drafts" value=""', SIGNING)
    assert "refusal" in {found.element for found in remarks(mute)}


def test_own_templates_come_before_shared_ones() -> None:
    own = {**BIRTH, "papers/refusal.html": "của thủ tục"}
    assert procedure_from_sources(own).templates[Paper.REFUSAL] == "của thủ tục"


@pytest.mark.parametrize("symbol", ['"gks"', '"GKS/1"', '""', "7", f'"{"G" * 30}"'])
def test_a_symbol_is_one(symbol: str) -> None:
    (finding,) = refused(changed(BIRTH, 'result = "GKS"', f"result = {symbol}", "facts.toml"))
    assert finding.element == "symbols.result"


def test_only_papers_have_symbols() -> None:
    with pytest.raises(ProcedureError):
        procedure_from_sources(changed(BIRTH, 'result = "GKS"', 'letter = "GKS"', "facts.toml"))
