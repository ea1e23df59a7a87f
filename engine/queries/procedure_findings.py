"""What lint says, with the names of the elements that it speaks of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bpmn.comparing.diagrams import elements
from bpmn.findings import Finding, ProcedureError, Severity


@dataclass(frozen=True)
class NamedFinding:
    """A finding, and what people call its element; empty where that is no more than its id."""

    finding: Finding
    name: str

    @property
    def is_error(self) -> bool:
        """Whether it keeps the version from coming into force."""
        return self.finding.severity is Severity.ERROR


def named(findings: Iterable[Finding], files: Mapping[str, str]) -> list[NamedFinding]:
    """Findings about files, each with the name of its element as the diagram has it."""
    known: dict[str, Mapping[str, str]] = {}
    told = []
    for finding in findings:
        names = known.setdefault(finding.file, _names(finding.file, files.get(finding.file, "")))
        told.append(NamedFinding(finding, names.get(finding.element, "")))
    return told


def _names(file: str, text: str) -> Mapping[str, str]:
    if not file.endswith(".bpmn"):
        return {}
    try:
        return {id_: item.label for id_, item in elements(file, text).items() if item.label != id_}
    except ProcedureError:
        return {}
