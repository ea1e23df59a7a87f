"""Somebody stands in for a colleague who is away."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class SubstitutionState(StrEnum):
    """Where it stands on a day."""

    COMING = "coming"
    LASTING = "lasting"
    OVER = "over"


@dataclass(frozen=True)
class Substitution:
    """Who stands in for whom; Vietnamese days, both included. It may end before its time."""

    id: int
    absent: int
    absent_name: str
    substitute: int
    substitute_name: str
    first_day: date
    last_day: date
    reason: str
    made_at: datetime
    made_by: int
    ended_at: datetime | None
    ended_by: int | None

    def state(self, day: date) -> SubstitutionState:
        """Where it stands on a Vietnamese day."""
        if self.ended_at is not None or day > self.last_day:
            return SubstitutionState.OVER
        return SubstitutionState.COMING if day < self.first_day else SubstitutionState.LASTING
