"""One line of the report."""

from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Result:
    """A cost in milliseconds, beside what it is compared with."""

    name: str
    value_ms: float
    against: str
    against_ms: float

    @property
    def ratio(self) -> float:
        """How many times the one that it is compared with."""
        return self.value_ms / self.against_ms

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {**asdict(self), "ratio": round(self.ratio, 2)}


def result(name: str, ours: list[float], against: str, theirs: list[float]) -> Result:
    """Medians of times in seconds."""
    return Result(name, median(ours) * 1_000, against, median(theirs) * 1_000)
