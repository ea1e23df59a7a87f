"""What the tests of lint share: small procedures with nothing else to remark on, and remarks."""

from bpmn.findings import Severity
from tests.diagrams import (
    START,
    end,
    event_subprocess,
)
from tests.unit.bpmn.asking import (
    Sources,
    remarks,
    small,
)

ENDED = end("ended")
INTERRUPTED = (
    event_subprocess("withdrawal", "withdrawal_requested", "return_papers", "withdrawn"),
    event_subprocess("discontinuation", "discontinuation_decided", "notify", "discontinued"),
)


def named(sources: Sources) -> set[tuple[str, str]]:
    """Files and elements of the errors."""
    found = [finding for finding in remarks(sources) if finding.severity is Severity.ERROR]
    return {(finding.file, finding.element) for finding in found}


def flowing(*elements: str, steps: str = "", **shared: str) -> Sources:
    """A small procedure with nothing to remark but what the elements give cause for."""
    specialists = f"withdrawal discontinuation {steps}"
    return small(START, ENDED, *INTERRUPTED, *elements, steps=specialists, **shared)
