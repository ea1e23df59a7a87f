"""How reports see a dossier: by whole days in Vietnam, as the forms compare them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bpmn.steps import Outcome
from engine.deadlines.calendar import local
from engine.model.dossier import Dossier


class Ending(StrEnum):
    """How a received dossier ended: its result was ready (RESOLVED), or it went another way."""

    RESOLVED = "resolved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DISCONTINUED = "discontinued"


@dataclass(frozen=True)
class Reported:
    """What of a received dossier decides where it is counted.

    `due_on` is the date in force, `first_due_on` the one first promised. `ended_on` is when its
    result was ready or its life ended. While its clock stands still, `halted_on` says since when:
    days after that are not the office's. `pause` is the reason for which it rests, whatever that
    does to the clock, and `pause_until_on` the last day that the reason allows.
    """

    due_on: date
    first_due_on: date
    ended_on: date | None = None
    ending: Ending | None = None
    halted_on: date | None = None
    pause: str | None = None
    pause_until_on: date | None = None


def reported(dossier: Dossier) -> Reported | None:
    """How reports see the dossier now; None before it is received, when they do not."""
    clock = dossier.clock
    if clock is None:
        return None
    dates = local(clock.due_at).date(), local(clock.first_due_at).date()
    if dossier.processed_at is not None:
        return Reported(*dates, local(dossier.processed_at).date(), _ending(dossier.outcome))
    pause = dossier.suspended or next(iter(dossier.pauses), None)
    return Reported(
        *dates,
        halted_on=_day(clock.paused_at),
        pause=pause.reason if pause else None,
        pause_until_on=_day(pause.until) if pause else None,
    )


def _ending(outcome: Outcome | None) -> Ending:
    """A dossier whose result waits to be fetched is resolved."""
    return Ending(outcome.value) if outcome in _OTHER_WAYS else Ending.RESOLVED


_OTHER_WAYS = (Outcome.REFUSED, Outcome.WITHDRAWN, Outcome.DISCONTINUED)


def _day(moment: datetime | None) -> date | None:
    return local(moment).date() if moment else None
