"""What the tests of procedures share: broken variants of diagrams, and what is said of them."""

import re
from collections.abc import Mapping

import pytest

from bpmn.findings import Finding, ProcedureError
from bpmn.lint import lint
from bpmn.procedure import PROCESSES, procedure_from_sources, read_folder
from tests import diagrams

Sources = dict[str, str]

BIRTH = read_folder(PROCESSES / "1_001193")
"""Birth registration as shipped."""
DIAGRAM = "procedure.bpmn"
_LETTERS = re.compile("[àáảãạăắằẳẵặâấầẩẫậđèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]")


def changed(sources: Mapping[str, str], old: str, new: str, file: str = DIAGRAM) -> Sources:
    """The sources with one text of one file replaced, at its first place."""
    assert old in sources[file], old
    return {**sources, file: sources[file].replace(old, new, 1)}


def with_more(sources: Mapping[str, str], *elements: str, file: str = DIAGRAM) -> Sources:
    """The sources with more elements at the end of the process."""
    return changed(sources, "</bpmn:process>", "".join(elements) + "</bpmn:process>", file)


def small(*elements: str, steps: str = "", **shared: str) -> Sources:
    """A procedure of these elements; its steps, named in one text, lie with the specialists."""
    process = diagrams.diagram("p_9_000001", {"Chuyên viên": steps.split()}, *elements)
    return diagrams.sources(process, **shared)


def stage(name: str, *elements: str, steps: str = "") -> str:
    """The diagram of a shared stage."""
    return diagrams.diagram(name, {"Chuyên viên": steps.split()}, *elements)


def refused(sources: Mapping[str, str]) -> tuple[Finding, ...]:
    """Why the procedure is refused, in Vietnamese."""
    with pytest.raises(ProcedureError) as error:
        procedure_from_sources(sources)
    for finding in error.value.findings:
        assert is_vietnamese(finding.message), finding
    return error.value.findings


def remarks(sources: Mapping[str, str]) -> list[Finding]:
    """What lint says of the procedure, in Vietnamese."""
    found = lint(procedure_from_sources(sources))
    for finding in found:
        assert is_vietnamese(finding.message), finding
    return found


def is_vietnamese(text: str) -> bool:
    """Whether a sentence has Vietnamese letters; what other programs say may follow."""
    return bool(_LETTERS.search(text))
