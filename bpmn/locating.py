"""On which line of its file a remark's element stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from bpmn.findings import Finding, ProcedureError
from bpmn.source import read_xml

_DRAWN = (".bpmn", ".dmn")
_Lines = Mapping[str, int]


def located(findings: Iterable[Finding], sources: Mapping[str, str]) -> Iterator[Finding]:
    """The findings with the lines of their elements, where those have an id in the file."""
    lines: dict[str, _Lines] = {}
    for finding in findings:
        file = finding.file
        if finding.line or not file.endswith(_DRAWN) or file not in sources:
            yield finding
            continue
        if file not in lines:
            lines[file] = _lines(file, sources[file])
        yield replace(finding, line=lines[file].get(finding.element))


def line_of(element: etree._Element | None) -> int | None:
    """Where an element begins in its file; None where the parser does not know."""
    line: Any = None if element is None else element.sourceline
    return int(line) if line else None


def _lines(file: str, text: str) -> _Lines:
    try:
        root = read_xml(file, text)
    except ProcedureError:
        return {}
    found: dict[str, int] = {}
    for element in root.iter("{*}*"):
        line, name = line_of(element), element.get("id")
        if line and name:
            found.setdefault(str(name), line)
    return found
