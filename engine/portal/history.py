"""What happened to a dossier, as far as the portal is told: steps done and papers asked for.

A pure fold over the event log, so that it comes out the same whenever it is asked for.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bpmn.steps import PauseCode
from engine.model.event import Event, EventType
from engine.model.status import Status

_E = EventType
FOLDED = (
    _E.TASK_COMPLETED,
    _E.DOSSIER_STATUS_CHANGED,
    _E.DOSSIER_PAUSED,
    _E.DOSSIER_RESUMED,
    _E.SUPPLEMENT_RECEIVED,
    _E.DUE_DATE_SET,
)
"""The events that are read; of payloads only the `asked` text of a completed task."""

CodeOf = Callable[[Status, str | None, datetime], int]
"""The portal's code of a status, with the reason of the pause and the moment."""


@dataclass(frozen=True)
class StepDone:
    """A completed task: the `seq` of its event, its place, who did it, and the code after it."""

    seq: int
    place: int
    by: str
    at: datetime
    code: int


@dataclass(frozen=True)
class Supplement:
    """Papers that were asked for, by whom, and what came of the due date once they were there."""

    by: str
    text: str | None
    asked_at: datetime
    received_at: datetime | None = None
    due_before: datetime | None = None
    due_after: datetime | None = None


@dataclass
class History:
    """Both, in the order of time."""

    steps: list[StepDone] = field(default_factory=list)
    supplements: list[Supplement] = field(default_factory=list)


def fold(events: Iterable[Event], code_of: CodeOf) -> History:
    """Read the events of a dossier, of the types `FOLDED`, in order."""
    folding = _Folding(code_of)
    for event in events:
        folding.take(event)
    return folding.history


class _Folding:
    def __init__(self, code_of: CodeOf) -> None:
        self.history = History()
        self._code_of = code_of
        self._status = Status.SUBMITTED
        self._resting: list[tuple[int | None, str]] = []
        self._asked: str | None = None

    def take(self, event: Event) -> None:
        match event.type:
            case _E.TASK_COMPLETED:
                self._asked = event.payload.get("asked")
                self._add_step(event)
            case _E.DOSSIER_STATUS_CHANGED:
                self._status = Status(event.data["after"])
            case _E.DOSSIER_PAUSED:
                self._rest(event)
            case _E.DOSSIER_RESUMED:
                place = event.data.get("place")
                self._resting = [each for each in self._resting if each[0] != place]
            case _E.SUPPLEMENT_RECEIVED:
                self._change(received_at=event.at)
            case _E.DUE_DATE_SET:
                self._move(event)
        self._settle_step(event)

    def _add_step(self, event: Event) -> None:
        place = event.data["place"]
        self.history.steps.append(StepDone(event.seq, place, event.actor, event.at, 0))

    def _settle_step(self, event: Event) -> None:
        """Whatever an act brings about counts for the step that it was."""
        steps = self.history.steps
        if steps and steps[-1].seq in (event.seq, event.caused_by):
            reason = dict(self._resting).get(None) or next((r for _, r in self._resting), None)
            steps[-1] = replace(steps[-1], code=self._code_of(self._status, reason, event.at))

    def _rest(self, event: Event) -> None:
        reason = event.data["reason"]
        self._resting.append((event.data.get("place"), reason))
        if reason == PauseCode.SUPPLEMENT:
            self.history.supplements.append(Supplement(event.actor, self._asked, event.at))

    def _move(self, event: Event) -> None:
        if event.data["why"] == PauseCode.SUPPLEMENT:
            before, after = (datetime.fromisoformat(event.data[n]) for n in ("before", "after"))
            self._change(due_before=before, due_after=after)

    def _change(self, **values: Any) -> None:
        if supplements := self.history.supplements:
            supplements[-1] = replace(supplements[-1], **values)
