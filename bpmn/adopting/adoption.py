"""What comes of a diagram that another tool drew: files of ours, and what people must know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from bpmn.findings import Finding, ProcedureError, refuse
from bpmn.locating import line_of
from bpmn.source import element_id

MOST_NAME = 200
MOST_FINDINGS = 100
"""So many reasons for refusing a file are listed."""


class Kind(StrEnum):
    """What a remark tells: something is open for a person to say, was changed, or left out."""

    OPEN = "open"
    CHANGED = "changed"
    DROPPED = "dropped"


KIND_NAMES = {
    Kind.OPEN: "Cần hoàn thiện",
    Kind.CHANGED: "Đã đổi",
    Kind.DROPPED: "Đã bỏ",
}


@dataclass(frozen=True)
class Remark:
    """One remark about one element; `line` is that of the file that was read, None where it has
    none, `name` what the drawing calls the element, empty where it has no name."""

    kind: Kind
    element: str
    line: int | None
    name: str
    message: str


@dataclass(frozen=True)
class Adoption:
    """The files of a draft by name, and remarks: what is open first, in the order of the file.

    `left_out` counts remarks beyond those that are listed.
    """

    files: Mapping[str, str]
    remarks: tuple[Remark, ...]
    left_out: int = 0

    def of_kind(self, kind: Kind) -> list[Remark]:
        """The remarks of one kind."""
        return [remark for remark in self.remarks if remark.kind is kind]


def remark(kind: Kind, element: etree._Element, message: str) -> Remark:
    """A remark about an element."""
    name = " ".join((element.get("name") or "").split())[:MOST_NAME]
    return Remark(kind, element_id(element)[:MOST_NAME], line_of(element), name, message)


def finding(file: str, element: etree._Element, message: str) -> Finding:
    """Why an element of the file that was read cannot be taken."""
    return Finding(file, element_id(element)[:MOST_NAME], message, line=line_of(element))


def require(file: str, found: Iterable[Finding]) -> None:
    """Raise `ProcedureError` with the findings, if there are any, the first ones of many."""
    findings = list(found)
    if len(findings) > MOST_FINDINGS:
        rest = len(findings) - MOST_FINDINGS
        more = refuse(file, "…", f"Còn {rest} phần tử khác không dùng được.").findings
        findings = [*findings[:MOST_FINDINGS], *more]
    if findings:
        raise ProcedureError(findings)
