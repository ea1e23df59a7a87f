"""Results signed in one act, as whoever signs looks at them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from engine.model.actor import Actor, Permission
from engine.store import signing_batches
from engine.store.signing_batches import FINISHED, Batch, Line, LineState
from engine.store.tables import dossier
from engine.store.visibility import visible_dossiers

_REMEMBERED = timedelta(days=1)


@dataclass(frozen=True)
class BatchLine:
    """One result; `owner_name` as far as the reader may still read the dossier."""

    line: Line
    owner_name: str | None

    @property
    def is_finished(self) -> bool:
        """Whether it is signed and approved."""
        return self.line.state in FINISHED


@dataclass(frozen=True)
class BatchReport:
    """An act with all its results; `running`: somebody is signing just now."""

    batch: Batch
    lines: list[BatchLine]
    running: bool

    @property
    def finished(self) -> int:
        """How many are signed and approved."""
        return sum(each.is_finished for each in self.lines)

    @property
    def told(self) -> int:
        """Of how many it is known what became of them."""
        return sum(each.line.state is not LineState.WAITING for each in self.lines)


def report(tx: Connection, number: int, actor: Actor, now: datetime) -> BatchReport:
    """One's own act; raises `BatchUnknown`."""
    batch = signing_batches.get(tx, number, actor.id)
    found = signing_batches.lines_of(tx, number)
    visible = visible_dossiers(actor, Permission.DOSSIER_READ)
    query = select(dossier.c.code, dossier.c.owner_name).where(
        visible, dossier.c.code.in_({each.dossier for each in found})
    )
    names = {row.code: row.owner_name for row in tx.execute(query)}
    lines = [BatchLine(each, names.get(each.dossier)) for each in found]
    running = batch.alive_until is not None and batch.alive_until > now
    return BatchReport(batch, lines, running)


def latest(tx: Connection, actor: Actor, now: datetime) -> BatchReport | None:
    """The act that one began last, for a day: to come back to it."""
    number = signing_batches.latest(tx, actor.id, now - _REMEMBERED)
    return report(tx, number, actor, now) if number else None
