"""What happened to dossiers, as the standards for event logs name it: activity and transition.

Nothing that a person said or is leaves with it: people are numbers, applicants do not appear.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.mining.cases import Case, Visit, batches
from engine.model.event import SYSTEM, EventType, person_of
from engine.model.event_names import EVENT_NAMES
from engine.store.tables import event

_E = EventType
TRANSITIONS = {
    _E.TASK_OPENED: "schedule",
    _E.TASK_ASSIGNED: "assign",
    _E.TASK_CLAIMED: "start",
    _E.TASK_DELEGATED: "reassign",
    _E.TASK_RELEASED: "reassign",
    _E.TASK_VACATED: "reassign",
    _E.TASK_COMPLETED: "complete",
    _E.TASK_CANCELLED: "withdraw",
}
"""Events of a task, in the lifecycle of IEEE 1849 (the activity is the step)."""

MILESTONES = frozenset({
    _E.DOSSIER_SUBMITTED, _E.DOSSIER_RECEIVED, _E.DOSSIER_RETURNED, _E.DOSSIER_PAUSED,
    _E.DOSSIER_RESUMED, _E.DUE_DATE_EXTENDED, _E.DOSSIER_MIGRATED, _E.DOSSIER_OVERDUE,
    _E.DOSSIER_FINISHED, _E.SUPPLEMENT_REQUESTED, _E.SUPPLEMENT_RECEIVED, _E.OBLIGATION_SET,
    _E.OBLIGATION_FULFILLED, _E.WITHDRAWAL_REQUESTED, _E.DISCONTINUATION_DECIDED, _E.REQUEST_MADE,
    _E.ANSWER_RECEIVED, _E.RESULT_ISSUED, _E.LETTER_ISSUED, _E.DOCUMENT_ADDED, _E.DOCUMENT_SIGNED,
    _E.DOCUMENT_NUMBERED, _E.PAYMENT_SETTLED,
})  # fmt: skip
"""Events of the dossier that are activities of their own."""

_TOLD = ("reason", "outcome", "decision", "form")
"""What of an event's data goes along, as text."""


@dataclass(frozen=True)
class Happening:
    """One event: `activity` in words, `transition` of the lifecycle, who (`user:12`, `system` or
    software by name), the visit to a step that it belongs to; `objects` are numbers of documents,
    obligations and payments it tells of, by kind."""

    seq: int
    at: datetime
    type: EventType
    activity: str
    transition: str
    resource: str
    visit: Visit | None
    told: Mapping[str, str]
    objects: Mapping[str, int]


_OBJECTS = ("document", "obligation", "payment")


def happenings(tx: Connection, cases: Iterable[Case]) -> Iterator[tuple[Case, Sequence[Happening]]]:
    """Each dossier with what happened to it, in order; read in parts."""
    for some in batches(cases):
        found = _read(tx, {case.id: case for case in some})
        yield from ((case, found[case.id]) for case in some)


def _read(tx: Connection, cases: Mapping[int, Case]) -> dict[int, list[Happening]]:
    query = (
        select(event)
        .where(event.c.dossier_id.in_(cases), event.c.type.in_({*TRANSITIONS, *MILESTONES}))
        .order_by(event.c.dossier_id, event.c.seq)
    )
    visits = {(id_, v.place): v for id_, case in cases.items() for v in case.visits}
    found: dict[int, list[Happening]] = {id_: [] for id_ in cases}
    for row in tx.execute(query):
        found[row.dossier_id].append(_happening(row, visits))
    return found


def _happening(row: Any, visits: Mapping[tuple[int, int], Visit]) -> Happening:
    type_ = EventType(row.type)
    visit = visits.get((row.dossier_id, row.data.get("place")))
    of_step = type_ in TRANSITIONS and visit is not None
    return Happening(
        seq=row.seq,
        at=row.at,
        type=type_,
        activity=visit.name if of_step and visit else EVENT_NAMES[type_],
        transition=TRANSITIONS.get(type_, "complete"),
        resource=resource(row.actor),
        visit=visit,
        told={name: str(row.data[name]) for name in _TOLD if row.data.get(name) is not None},
        objects={name: row.data[name] for name in _OBJECTS if isinstance(row.data.get(name), int)},
    )


def resource(actor: str) -> str:
    """An actor as the standards' resource: a number, never a name."""
    return f"user:{actor}" if person_of(actor) else actor or SYSTEM
