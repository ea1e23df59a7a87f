"""What a dossier asked of other software, or told it, and what came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bpmn.steps import Mode

BY_CONNECTOR = "connector:"
"""Begins the actor of what other software did: `connector:civil_status`."""


class RequestState(StrEnum):
    """How far a request has come.

    TOLD awaits nothing. WAITING holds a place of the diagram until it is ANSWERED; UNANSWERED:
    the dossier went on without; DROPPED: by hand, because somebody said so or none is connected.
    """

    TOLD = "told"
    WAITING = "waiting"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    DROPPED = "dropped"


REQUEST_STATE_NAMES = {
    RequestState.TOLD: "Gửi để biết",
    RequestState.WAITING: "Đang chờ trả lời",
    RequestState.ANSWERED: "Đã trả lời",
    RequestState.UNANSWERED: "Không có trả lời",
    RequestState.DROPPED: "Làm thủ công",
}


class AnswerOutcome(StrEnum):
    """Whether the other side did what was asked."""

    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class Request:
    """One request; `number` counts those of its dossier from 1.

    `place` is where the diagram waits for the answer and `timer` the place of the timer beside
    it, None where nothing is awaited. `ended_at` is when the wait was over, `outcome` what the
    answer said that counted; `answers` are the digests of all that came, also too late.
    """

    number: int
    step: str
    connector: str
    operation: str
    mode: Mode
    state: RequestState
    made_at: datetime
    place: int | None = None
    timer: int | None = None
    ended_at: datetime | None = None
    outcome: AnswerOutcome | None = None
    answers: tuple[str, ...] = ()

    @property
    def waiting(self) -> bool:
        """Whether an answer would let the dossier go on."""
        return self.state is RequestState.WAITING

    @property
    def answered_late(self) -> bool:
        """Whether something came when the dossier had gone on without it."""
        return bool(self.answers) and self.state is not RequestState.ANSWERED

    @property
    def contradicted(self) -> bool:
        """Whether the other side said different things."""
        return len(self.answers) > 1


def request_id(code: str, number: int) -> str:
    """How a request is called outside: the dossier's code, a point and its number."""
    return f"{code}.{number}"


def to_json(request: Request) -> dict[str, Any]:
    """The request as the dossier's snapshot keeps it; the inverse of `from_json`."""
    ended = request.ended_at
    return {
        **vars(request),
        "made_at": request.made_at.isoformat(),
        "ended_at": ended.isoformat() if ended else None,
        "answers": list(request.answers),
    }


def from_json(raw: Mapping[str, Any]) -> Request:
    """The request that `to_json` described."""
    ended, outcome = raw["ended_at"], raw["outcome"]
    typed = {
        "mode": Mode(raw["mode"]),
        "state": RequestState(raw["state"]),
        "made_at": datetime.fromisoformat(raw["made_at"]),
        "ended_at": datetime.fromisoformat(ended) if ended else None,
        "outcome": AnswerOutcome(outcome) if outcome else None,
        "answers": tuple(raw["answers"]),
    }
    return Request(**{**raw, **typed})
