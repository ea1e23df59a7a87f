"""What one can do in a trial."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

MOST_MOVES = 200
"""In one trial: no dossier of a procedure has as many."""


class MoveKind(StrEnum):
    """SUBMIT begins. LATER lets time pass; PAY pays all that is due; NO_ANSWER waits no longer for
    other software."""

    SUBMIT = "submit"
    COMPLETE = "complete"
    LATER = "later"
    SUPPLEMENT = "supplement"
    PAY = "pay"
    OBLIGATION = "obligation"
    ANSWER = "answer"
    NO_ANSWER = "no_answer"
    WITHDRAW = "withdraw"
    DISCONTINUE = "discontinue"


@dataclass(frozen=True)
class Move:
    """One move: by whom (a user name of `engine.trial.people`), at which place (of a task, or the
    number of a request), with which form; `until` is to when time passes."""

    kind: MoveKind
    by: str = ""
    place: int = 0
    form: Mapping[str, Any] = field(default_factory=dict)
    until: datetime | None = None
