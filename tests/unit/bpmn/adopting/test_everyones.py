"""Diagrams of other people, from a folder of theirs: `MOTCUA_FOREIGN_BPMN=<folder> pytest -m soak`.

Prints how many were taken, why the others were refused, and what took longest.
"""

import os
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from bpmn.adopting import Adoption, Kind, adopt
from bpmn.findings import Finding, ProcedureError
from bpmn.parse import parse
from bpmn.procedure import process_id
from tests.diagrams import CODE
from tests.unit.bpmn.asking import is_vietnamese

FOLDER = os.environ.get("MOTCUA_FOREIGN_BPMN")
PATIENCE = 2.0
"""Seconds, as the office was promised."""


@pytest.mark.soak
@pytest.mark.skipif(not FOLDER, reason="needs MOTCUA_FOREIGN_BPMN, a folder of diagrams")
def test_every_file_is_taken_or_refused_with_a_sentence() -> None:
    outcomes: Counter[str] = Counter()
    slowest = (0.0, "")
    for path in sorted(each for each in Path(FOLDER or "").rglob("*.bpmn") if each.is_file()):
        content, begun = path.read_bytes(), time.perf_counter()
        outcomes[_outcome(path.name, content)] += 1
        slowest = max(slowest, (time.perf_counter() - begun, str(path)))
    for outcome, number in outcomes.most_common():
        print(f"{number:6} {outcome}")
    print(f"slowest: {slowest[0]:.3f} s {slowest[1]}")
    assert outcomes
    assert slowest[0] < PATIENCE


def _outcome(name: str, content: bytes) -> str:
    adoption, refused = _adopted(name, content)
    assert all(is_vietnamese(finding.message) for finding in refused), name
    if adoption is None:
        return "refused: " + re.sub("«.*?»|[0-9]+|: .*", "…", refused[0].message)[:90]
    open_ = {remark.element for remark in adoption.of_kind(Kind.OPEN)}
    assert {finding.element for finding in _lacking(adoption)} <= open_, name
    return "taken"


def _adopted(name: str, content: bytes) -> tuple[Adoption | None, tuple[Finding, ...]]:
    try:
        return adopt(name, content, CODE), ()
    except ProcedureError as refused:
        return None, refused.findings


def _lacking(adoption: Adoption) -> tuple[Finding, ...]:
    try:
        parse(dict(adoption.files), process_id(CODE))
    except ProcedureError as refused:
        return refused.findings
    return ()
