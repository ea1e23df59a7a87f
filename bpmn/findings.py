"""What is wrong with a procedure, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """An error stops deployment; a warning is shown and left to the author."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Finding:
    """One remark about one element of one file.

    `element` is the id of the BPMN element, DMN decision, form or fact concerned, `line` where it
    begins in the file, None where that is not known; `message` is a Vietnamese sentence that says
    what to do.
    """

    file: str
    element: str
    message: str
    severity: Severity = Severity.ERROR
    line: int | None = field(default=None, compare=False)

    def plain(self) -> dict[str, str]:
        """As it is kept and sent."""
        return {**vars(self), "severity": self.severity.value}

    def __str__(self) -> str:
        where = f", dòng {self.line}" if self.line else ""
        return f"{self.file}: {self.element}{where}: {self.message}"


class ProcedureError(Exception):
    """Quy trình không dùng được; xem từng lỗi và sửa trong bản vẽ."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(map(str, self.findings)))


def refuse(file: str, element: str, message: str) -> ProcedureError:
    """A `ProcedureError` with a single finding."""
    return ProcedureError([Finding(file, element, message)])
