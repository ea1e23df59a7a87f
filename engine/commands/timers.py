"""What people do about timers that could not be fired."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, select

from engine.errors import NotPermitted
from engine.errors.time import TimerUnknown
from engine.model.actor import Actor, Permission, has
from engine.store import timers
from engine.store.tables import dossier
from engine.store.tables import timer as table
from engine.store.visibility import visible_dossiers


@dataclass(frozen=True)
class RerunTimer:
    """Try a failed timer again; place 0 is the whole dossier."""

    code: str
    kind: str
    place: int


def rerun_timer(tx: Connection, command: RerunTimer, actor: Actor, now: datetime) -> None:
    """Let the scheduler try a failed timer again at once, as if it had never failed.

    Raises `NotPermitted`, `TimerUnknown`.
    """
    this = and_(
        _permitted(actor),
        table.c.dossier_id.in_(select(dossier.c.id).where(dossier.c.code == command.code)),
        table.c.kind == command.kind,
        table.c.place == command.place,
    )
    if not timers.rerun(tx, this, now):
        raise TimerUnknown(**vars(command))


def rerun_all_timers(tx: Connection, actor: Actor, now: datetime) -> int:
    """The same for all that have failed and that the actor may re-run; returns how many.

    Raises `NotPermitted`.
    """
    return timers.rerun(tx, _permitted(actor), now)


def _permitted(actor: Actor) -> ColumnElement[bool]:
    if not has(actor, Permission.TIMER_RERUN):
        raise NotPermitted(what="chạy lại hẹn giờ hỏng")
    reached = select(dossier.c.id).where(visible_dossiers(actor, Permission.TIMER_RERUN))
    return table.c.dossier_id.in_(reached)
