"""A clock changes, and with it perhaps a due date: the citizen's, or that of a step."""

from datetime import datetime

from engine.deadlines.clock import Clock
from engine.life.moments import text
from engine.life.turn import Turn
from engine.model.alert import WHOLE
from engine.model.dossier import Task, Waiting
from engine.model.event import EventType


def set_clock(turn: Turn, clock: Clock, why: str) -> bool:
    """Give the dossier its clock as it is now; says whether the due date moved.

    `why` is the reason of a pause, `extension` or `calendar`. A due date that lies ahead again
    takes the lateness away that the old one had brought; the log keeps both.
    """
    dossier = turn.dossier
    before = dossier.due_at
    dossier.clock = clock
    if before is None or clock.due_at == before:
        return False
    turn.note(EventType.DUE_DATE_SET, before=text(before), after=text(clock.due_at), why=why)
    dossier.overdue = clock.is_overdue(turn.at)
    if not dossier.overdue:
        dossier.lateness.pop(WHOLE, None)
    return True


def set_place_clock(place: Task | Waiting, clock: Clock, at: datetime) -> None:
    """Give an open place its clock as it is now; a step that has time again is not late."""
    place.clock = clock
    if isinstance(place, Task):
        place.overdue = place.overdue and clock.is_overdue(at)
