"""A dossier as it stands between two acts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bpmn.roles import Role
from bpmn.steps import Message, Outcome, Stage
from engine.deadlines.clock import Clock
from engine.model.event import Act, Event, EventType
from engine.model.status import Channel, Status


@dataclass
class Task:
    """A step that waits for someone, at one place of the diagram."""

    place: int
    step: str
    name: str
    stage: Stage
    role: Role
    agency: str
    unit: str | None
    opened_at: datetime
    clock: Clock
    assignee: int | None = None
    overdue: bool = False


@dataclass
class Waiting:
    """An event that the diagram waits for at one place; `clock` runs where time decides."""

    place: int
    step: str
    clock: Clock | None = None


@dataclass(frozen=True)
class Pause:
    """Why a dossier rests: a reason of the catalogue, since when, and until when it may.

    `place` is the place of the diagram that pauses it, None when a person did.
    """

    reason: str
    since: datetime
    place: int | None = None
    until: datetime | None = None


@dataclass
class Dossier:
    """One application and everything that decides what may happen to it next.

    `facts` are the answers given so far by step id (what conditions read); `state` is the
    workflow's own; `tasks` and `waits` are what is open, by place; `done_by` remembers who
    last did each step (four-eyes rule); `seq` and `last_at` are those of the latest event.
    """

    code: str
    procedure: str
    version: str
    channel: Channel
    receiving_agency: str
    competent_agency: str
    submitted_by: int
    submitted_at: datetime
    status: Status = Status.SUBMITTED
    received_at: datetime | None = None
    finished_at: datetime | None = None
    outcome: Outcome | None = None
    interruption: Message | None = None
    clock: Clock | None = None
    overdue: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    state: bytes = b""
    tasks: dict[int, Task] = field(default_factory=dict)
    waits: dict[int, Waiting] = field(default_factory=dict)
    pauses: list[Pause] = field(default_factory=list)
    done_by: dict[str, str] = field(default_factory=dict)
    seq: int = 0
    last_at: datetime | None = None
    news: list[Event] = field(default_factory=list, compare=False)
    """Events recorded since the dossier was loaded, not yet in the log."""

    def record(
        self,
        act: Act,
        type: EventType | None = None,  # noqa: A002
        data: Mapping[str, Any] | None = None,
        caused_by: int | None = None,
    ) -> Event:
        """Append the act itself, or with `type` one of its consequences, to the news."""
        self.seq += 1
        self.last_at = act.at
        if type is None:
            event = Event(self.seq, act.type, act.at, act.actor, act.data, act.payload)
        else:
            event = Event(self.seq, type, act.at, act.actor, data or {}, {}, caused_by)
        self.news.append(event)
        return event

    @property
    def suspended(self) -> Pause | None:
        """The pause that a person ordered, while it lasts: it stops all work."""
        return next((pause for pause in self.pauses if pause.place is None), None)

    @property
    def due_at(self) -> datetime | None:
        """When the result is due, None before receipt."""
        return self.clock.due_at if self.clock else None
