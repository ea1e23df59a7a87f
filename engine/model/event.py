"""Facts of a dossier's life, as the event log keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

SYSTEM = "system"
"""Actor of what no person did: a timer that fired."""


def person_of(actor: str) -> int | None:
    """The id of the person who acted; None where it was the system, or other software."""
    return int(actor) if actor.isdecimal() else None


class EventType(StrEnum):
    """Names of events: subject, past participle."""

    DOSSIER_SUBMITTED = "DOSSIER_SUBMITTED"
    DOSSIER_RECEIVED = "DOSSIER_RECEIVED"
    DOSSIER_STATUS_CHANGED = "DOSSIER_STATUS_CHANGED"
    DOSSIER_RETURNED = "DOSSIER_RETURNED"
    DOSSIER_PRIORITISED = "DOSSIER_PRIORITISED"
    PRIORITY_WITHDRAWN = "PRIORITY_WITHDRAWN"
    DOSSIER_PAUSED = "DOSSIER_PAUSED"
    DOSSIER_RESUMED = "DOSSIER_RESUMED"
    PAUSE_REQUESTED = "PAUSE_REQUESTED"
    PAUSE_DECLINED = "PAUSE_DECLINED"
    PAUSE_LIMIT_SET = "PAUSE_LIMIT_SET"
    PAUSE_OVERDUE = "PAUSE_OVERDUE"
    DUE_DATE_SET = "DUE_DATE_SET"
    DUE_DATE_EXTENDED = "DUE_DATE_EXTENDED"
    CALENDAR_CHANGED = "CALENDAR_CHANGED"
    DOSSIER_MIGRATED = "DOSSIER_MIGRATED"
    DOSSIER_OVERDUE = "DOSSIER_OVERDUE"
    DOSSIER_FINISHED = "DOSSIER_FINISHED"
    TASK_OPENED = "TASK_OPENED"
    TASK_CLAIMED = "TASK_CLAIMED"
    TASK_RELEASED = "TASK_RELEASED"
    TASK_ASSIGNED = "TASK_ASSIGNED"
    TASK_DELEGATED = "TASK_DELEGATED"
    TASK_PRESSED = "TASK_PRESSED"
    TASK_VACATED = "TASK_VACATED"
    TASK_COMPLETED = "TASK_COMPLETED"
    TASK_CANCELLED = "TASK_CANCELLED"
    TASK_HELD = "TASK_HELD"
    PLACE_MOVED = "PLACE_MOVED"
    TASK_OVERDUE = "TASK_OVERDUE"
    OVERDUE_CAUSE_RECORDED = "OVERDUE_CAUSE_RECORDED"
    ALERT_RAISED = "ALERT_RAISED"
    ALERT_ESCALATED = "ALERT_ESCALATED"
    ALERT_RESTORED = "ALERT_RESTORED"
    ALERT_WITHDRAWN = "ALERT_WITHDRAWN"
    ALERT_ACKNOWLEDGED = "ALERT_ACKNOWLEDGED"
    WAIT_STARTED = "WAIT_STARTED"
    WAIT_ENDED = "WAIT_ENDED"
    TIMER_FIRED = "TIMER_FIRED"
    SUPPLEMENT_REQUESTED = "SUPPLEMENT_REQUESTED"
    SUPPLEMENT_RECEIVED = "SUPPLEMENT_RECEIVED"
    OBLIGATION_FULFILLED = "OBLIGATION_FULFILLED"
    WITHDRAWAL_REQUESTED = "WITHDRAWAL_REQUESTED"
    DISCONTINUATION_DECIDED = "DISCONTINUATION_DECIDED"
    REQUEST_MADE = "REQUEST_MADE"
    REQUEST_RESENT = "REQUEST_RESENT"
    REQUEST_DROPPED = "REQUEST_DROPPED"
    ANSWER_RECEIVED = "ANSWER_RECEIVED"
    RESULT_ISSUED = "RESULT_ISSUED"
    COMPONENT_OBTAINED = "COMPONENT_OBTAINED"
    LETTER_ISSUED = "LETTER_ISSUED"
    DOCUMENT_ADDED = "DOCUMENT_ADDED"
    DOCUMENT_REPLACED = "DOCUMENT_REPLACED"
    DOCUMENT_REMOVED = "DOCUMENT_REMOVED"
    DOCUMENT_SIGNED = "DOCUMENT_SIGNED"
    DOCUMENT_NUMBERED = "DOCUMENT_NUMBERED"
    DOCUMENT_WITHDRAWN = "DOCUMENT_WITHDRAWN"
    CATEGORY_RECORDED = "CATEGORY_RECORDED"
    OBLIGATION_SET = "OBLIGATION_SET"
    OBLIGATION_CORRECTED = "OBLIGATION_CORRECTED"
    OBLIGATION_CANCELLED = "OBLIGATION_CANCELLED"
    OBLIGATION_DEFERRED = "OBLIGATION_DEFERRED"
    OBLIGATION_STATUS_CHANGED = "OBLIGATION_STATUS_CHANGED"
    PAYMENT_SETTLED = "PAYMENT_SETTLED"
    PAYMENT_REVERSED = "PAYMENT_REVERSED"
    REFUND_DUE = "REFUND_DUE"
    REFUND_DECIDED = "REFUND_DECIDED"
    REFUND_MADE = "REFUND_MADE"
    CONTACT_FAILED = "CONTACT_FAILED"
    CONTACT_CORRECTED = "CONTACT_CORRECTED"
    PERSONAL_DATA_MASKED = "PERSONAL_DATA_MASKED"


@dataclass(frozen=True)
class Event:
    """One fact.

    `data` holds what the law lets us keep for ever; `payload` what a person said or is, which
    may lawfully be erased. `caused_by` is the `seq` of the act that this is a consequence of,
    and None for an act itself. `at` is aware; `actor` is a user's id as text, `SYSTEM`, or other
    software (`connector:civil_status`).
    """

    seq: int
    type: EventType
    at: datetime
    actor: str
    data: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(default_factory=dict)
    caused_by: int | None = None


@dataclass(frozen=True)
class Act:
    """Something done to a dossier: what a command asks for, and what replay takes from the log."""

    type: EventType
    actor: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, event: Event) -> "Act":
        """The act that a recorded event tells of."""
        return cls(event.type, event.actor, event.at, event.data, event.payload)
