"""What happens to a clock, one change after the other."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChangeKind(StrEnum):
    """What happens to a clock."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENDED = "extended"
    PROMISED = "promised"
    KEPT = "kept"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Change:
    """One change of a clock. `detail` is the policy of a pause, the time limit of an extension,
    or the moment that was promised or kept, each as text."""

    kind: ChangeKind
    at: datetime
    detail: str | None = None
