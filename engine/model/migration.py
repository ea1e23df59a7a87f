"""A migration: many running dossiers are to go on under another version of their procedure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Limits(StrEnum):
    """What the limits of open steps become: as they were when opened, or those of the new version,
    counted from the opening."""

    KEPT = "kept"
    NEW = "new"


class State(StrEnum):
    """How far a migration has come.

    TRYING: each dossier is tried, without changing it. TRIED: all have a verdict, a person is to
    decide. RUNNING: those that can are taken over, one after the other, until it is STOPPED by a
    person or ENDED because none is left.
    """

    TRYING = "trying"
    TRIED = "tried"
    RUNNING = "running"
    STOPPED = "stopped"
    ENDED = "ended"


STATE_NAMES = {
    State.TRYING: "Đang chạy thử",
    State.TRIED: "Đã chạy thử, chờ quyết định",
    State.RUNNING: "Đang chuyển",
    State.STOPPED: "Đã dừng",
    State.ENDED: "Đã xong",
}


class Verdict(StrEnum):
    """What is known of one dossier: nothing yet, that it can or cannot go over, that it did, or
    that it could not when its turn came."""

    UNKNOWN = "unknown"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    DONE = "done"
    REFUSED = "refused"


VERDICT_NAMES = {
    Verdict.UNKNOWN: "Chưa chạy thử",
    Verdict.POSSIBLE: "Chuyển được",
    Verdict.IMPOSSIBLE: "Không chuyển được",
    Verdict.DONE: "Đã chuyển",
    Verdict.REFUSED: "Không chuyển được khi tới lượt",
}


@dataclass(frozen=True)
class Choice:
    """Which open dossiers: those of one version, with this step open, received in these days."""

    version: str | None = None
    step: str | None = None
    received_from: datetime | None = None
    received_before: datetime | None = None


@dataclass(frozen=True)
class Migration:
    """What is to be done, and who decided it on which ground.

    `steps` names the new step for an old one (`engine.life.rerouting`).
    """

    id: int
    procedure: str
    version: str
    agency: str
    steps: Mapping[str, str]
    limits: Limits
    ground: str
    state: State
    planned_at: datetime
    planned_by: int
    changed_at: datetime
    changed_by: int
