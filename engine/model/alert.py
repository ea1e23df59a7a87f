"""Alerts: what of a dossier turns worse as time passes, how bad it is, and who is told."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


class Subject(StrEnum):
    """What an alert is about.

    DOSSIER: the date promised to the citizen. STEP: the limit of an open task. PAUSE: how long
    a pause may last. UNASSIGNED: a task that nobody has taken. INTAKE: an application sent in
    that the counter has not answered. CALENDAR: a late announcement moved the due date. PRESS: a
    supervisor presses whoever has a task. CONTACT: a message to the citizen did not arrive.
    OBLIGATION: what the citizen has to pay until a day.
    """

    DOSSIER = "dossier"
    STEP = "step"
    PAUSE = "pause"
    UNASSIGNED = "unassigned"
    INTAKE = "intake"
    CALENDAR = "calendar"
    PRESS = "press"
    CONTACT = "contact"
    OBLIGATION = "obligation"


class Level(StrEnum):
    """How bad it is; in this order for one subject.

    DUE is the morning of the day on which a dossier is due; OVERDUE the moment after its end.
    NOTICE is for what is only to be known.
    """

    NEAR_DUE_1 = "near_due_1"
    NEAR_DUE_2 = "near_due_2"
    NEAR_DUE_3 = "near_due_3"
    DUE = "due"
    OVERDUE = "overdue"
    NOTICE = "notice"


NEAR_DUE = (Level.NEAR_DUE_1, Level.NEAR_DUE_2, Level.NEAR_DUE_3)
SEVERITY = {level: number for number, level in enumerate(Level)}


class Rung(IntEnum):
    """Who is told, in the order of the escalation ladder."""

    HOLDER = 0
    UNIT_HEAD = 1
    CONTROL_OFFICER = 2
    LEADER = 3


AlertKey = tuple[Subject, int]
"""Subject and place; place 0 is the whole dossier, `ORDERED` a pause that a person ordered."""

WHOLE = 0
ORDERED = -1


@dataclass(frozen=True)
class Reached:
    """A level and the moment at which it is reached."""

    level: Level
    at: datetime


@dataclass(frozen=True)
class Watch:
    """The levels still to come before and at one due moment (`against`), the next one first."""

    against: datetime
    levels: tuple[Reached, ...]


@dataclass(frozen=True)
class Alert:
    """An alert that was raised; `seq` is that of the event which did.

    There is one for each subject, level and due moment (`against`). One that no longer holds is
    not live; should the same due moment come back, it is live again and nobody is told twice.
    `escalates_at` is when the next rung of the ladder is told, None when nobody further is;
    the ladder counts from `held_since`, when the alert was raised or last restored.
    """

    seq: int
    subject: Subject
    place: int
    level: Level
    against: datetime
    raised_at: datetime
    held_since: datetime
    rung: Rung = Rung.HOLDER
    escalates_at: datetime | None = None
    acknowledged: bool = False
    live: bool = True

    @property
    def key(self) -> AlertKey:
        """What it is about."""
        return self.subject, self.place
