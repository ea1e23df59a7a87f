"""A dossier as it stands between two acts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bpmn.roles import Role
from bpmn.steps import Message, Outcome, Stage
from engine.deadlines.calendar import NO_TIME
from engine.deadlines.clock import Clock
from engine.model.alert import ORDERED, Alert, AlertKey, Watch
from engine.model.contact import Party, Unreached
from engine.model.document import Document
from engine.model.event import Act, Event, EventType
from engine.model.obligation import Obligation
from engine.model.obtained import Obtained
from engine.model.request import Request
from engine.model.responsible import Responsible
from engine.model.status import Channel, Status


@dataclass
class Task:
    """A step that waits for someone, at one place of the diagram.

    `held_since` is when it came to who has it now (None: to nobody yet), `held_before` what its
    clock had consumed by then, `used_at_open` what the dossier's clock had when it opened.
    """

    place: int
    step: str
    name: str
    stage: Stage
    role: Role
    agency: str
    unit: str | None
    opened_at: datetime
    clock: Clock
    held_since: datetime
    used_at_open: timedelta | None = None
    held_before: timedelta = NO_TIME
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
    """Why a dossier rests: a reason of the rulebook, since when, and until when at most.

    `place` is the place of the diagram that pauses it, None when a person did. `by` is who
    ordered it or made it happen, `asked_by` who asked for it; `evidence` what it is based on.
    """

    reason: str
    since: datetime
    place: int | None = None
    until: datetime | None = None
    by: str = ""
    asked_by: str | None = None
    evidence: Mapping[str, Any] | None = None
    overdue: bool = False

    @property
    def key(self) -> int:
        """The place under which alerts speak of it."""
        return ORDERED if self.place is None else self.place


@dataclass(frozen=True)
class PauseRequest:
    """A pause that someone asks those to order who may."""

    reason: str
    by: str
    at: datetime
    until: datetime | None = None
    evidence: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Lateness:
    """Why something ended late: a cause of the rulebook, with the outage if there was one."""

    cause: str
    outage: int | None = None


@dataclass
class Dossier:
    """One application and everything that decides what may happen to it next.

    `facts` are the answers given so far by step id (what conditions read); `state` is the
    workflow's own; `tasks` and `waits` are what is open, by place; `done_by` remembers who
    last did each step (four-eyes rule); `seq` and `last_at` are those of the latest event.

    `calendar` and `rulebook` are the editions it runs under. `processed_at` is when its result
    was ready; `overdue` says that its due date passed and was not moved since, `lateness` why,
    by place (0 for the dossier). `watches` and `alerts` are what time brings and brought.
    `times_paused` counts pauses by reason, apart before and after receipt.

    `priority` is the reason of the rulebook for which it goes before others. `ticket` is the
    number that the queue machine gave; `assisted`: an officer filled it in for the applicant.

    `components` are the codes of what was handed in; `documents` the files by their number, of
    which so many were `documents_added` in all; `obtained` what databases have, by component.
    `obligations` are what is to be paid, with what was, by their number; `requests` what other
    software was asked and told.

    `contacts` says by which event a contact was last corrected, by party; `unreached` where
    messages did not arrive since. `masked_at` is when what people said was masked by law.
    """

    code: str
    procedure: str
    version: str
    channel: Channel
    receiving_agency: str
    competent_agency: str
    submitted_by: int
    submitted_at: datetime
    calendar: str
    rulebook: str
    ticket: str | None = None
    assisted: bool = False
    priority: str | None = None
    status: Status = Status.SUBMITTED
    received_at: datetime | None = None
    processed_at: datetime | None = None
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
    pause_request: PauseRequest | None = None
    times_paused: dict[str, int] = field(default_factory=dict)
    extensions: int = 0
    lateness: dict[int, Lateness] = field(default_factory=dict)
    watches: dict[AlertKey, Watch] = field(default_factory=dict)
    alerts: list[Alert] = field(default_factory=list)
    done_by: dict[str, str] = field(default_factory=dict)
    last_responsible: Responsible | None = None
    components: list[str] = field(default_factory=list)
    documents: dict[int, Document] = field(default_factory=dict)
    documents_added: int = 0
    obtained: dict[str, Obtained] = field(default_factory=dict)
    obligations: dict[int, Obligation] = field(default_factory=dict)
    requests: dict[int, Request] = field(default_factory=dict)
    contacts: dict[Party, int] = field(default_factory=dict)
    unreached: list[Unreached] = field(default_factory=list)
    masked_at: datetime | None = None
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
        said: Mapping[str, Any] | None = None,
    ) -> Event:
        """Append the act itself, or with `type` one of its consequences, to the news."""
        self.seq += 1
        self.last_at = act.at
        if type is None:
            event = Event(self.seq, act.type, act.at, act.actor, act.data, act.payload)
        else:
            event = Event(self.seq, type, act.at, act.actor, data or {}, said or {}, caused_by)
        self.news.append(event)
        return event

    def document_of(self, kind: str) -> Document | None:
        """The document of a kind of which a dossier has one: its result, its refusal."""
        return next((each for each in self.documents.values() if each.kind == kind), None)

    @property
    def suspended(self) -> Pause | None:
        """The pause that a person ordered, while it lasts: it stops all work."""
        return next((pause for pause in self.pauses if pause.place is None), None)

    @property
    def due_at(self) -> datetime | None:
        """When the result is due, None before receipt."""
        return self.clock.due_at if self.clock else None
