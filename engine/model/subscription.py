"""Other software that subscribed to what happens to dossiers, and what it may be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.model.event import EventType

PUBLISHED: Mapping[EventType, str] = {
    EventType.DOSSIER_SUBMITTED: "dossier.submitted",
    EventType.DOSSIER_RECEIVED: "dossier.received",
    EventType.DOSSIER_STATUS_CHANGED: "dossier.status_changed",
    EventType.DOSSIER_PAUSED: "dossier.paused",
    EventType.DOSSIER_RESUMED: "dossier.resumed",
    EventType.SUPPLEMENT_REQUESTED: "dossier.supplement_requested",
    EventType.SUPPLEMENT_RECEIVED: "dossier.supplement_received",
    EventType.DUE_DATE_SET: "dossier.due_date_set",
    EventType.DUE_DATE_EXTENDED: "dossier.due_date_extended",
    EventType.DOSSIER_OVERDUE: "dossier.overdue",
    EventType.RESULT_ISSUED: "dossier.result_issued",
    EventType.DOSSIER_FINISHED: "dossier.finished",
}
"""Events of the log that are told outside, by the type under which they are known there."""

TYPES = tuple(PUBLISHED.values())
TEST = "webhook.test"
"""Type of a delivery with which a subscriber is tried out."""

OLD_SECRET_HOLDS = timedelta(hours=24)
"""For so long after a change messages are signed with the old secret too."""

GONE = "HTTP 410"
"""How an answer begins with which a subscriber says that it wants nothing any more."""


@dataclass(frozen=True)
class Subscription:
    """Where an agency and those below it tell which types of events; no `events`: all types.

    `failures` in a row, and not before `retry_at`. `said` is what was answered last, `said_at`
    when; `failures` 0 means that it was taken.
    """

    id: int
    agency: str
    name: str
    url: str
    events: tuple[str, ...]
    secret_number: int
    secret_changed_at: datetime
    created_at: datetime
    created_by: int
    paused_at: datetime | None
    ended_at: datetime | None
    failures: int
    retry_at: datetime | None
    said: str | None
    said_at: datetime | None

    def wants(self, type_: str) -> bool:
        """Whether it is told of a type of event."""
        return not self.events or type_ in self.events

    def purposes(self, now: datetime) -> list[str]:
        """What its secrets are made for, the one that holds first."""
        numbers = [self.secret_number]
        if self.secret_number > 1 and now < self.secret_changed_at + OLD_SECRET_HOLDS:
            numbers.append(self.secret_number - 1)
        return [f"subscription:{self.id}:{number}" for number in numbers]


def lane(subscription: int, dossier: int) -> str:
    """In which a subscriber is told of a dossier, one event after another."""
    return f"{subscription}:{dossier}"
