"""Many results that someone signs in one act, and how far that is. Secrets are never in here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from engine.errors.signing_batches import BatchUnknown
from engine.store.signature_tables import signing_batch as table
from engine.store.signature_tables import signing_line as lines


class LineState(StrEnum):
    """What became of one result. ALREADY: it had been signed before, by the same person."""

    WAITING = "waiting"
    DONE = "done"
    ALREADY = "already"
    REFUSED = "refused"


FINISHED = (LineState.DONE, LineState.ALREADY)


@dataclass(frozen=True)
class Batch:
    """An act: what is decided, with which certificate, and until when whoever signs is believed to
    be alive (None: nobody signs)."""

    id: int
    user_id: int
    decision: str
    cause: str | None
    certificate: int | None
    started_at: datetime
    alive_until: datetime | None


@dataclass(frozen=True)
class Line:
    """One task of it, by dossier and place, and why it was refused."""

    dossier: str
    place: int
    revision: int | None
    state: LineState
    detail: str | None


def add(
    tx: Connection, row: dict[str, object], tasks: Sequence[tuple[str, int, int | None]]
) -> int:
    """Begin an act, its columns by name; returns its number."""
    number = int(tx.execute(insert(table).values(row).returning(table.c.id)).scalar_one())
    tx.execute(
        insert(lines),
        [
            {"batch_id": number, "number": i, "dossier": d, "place": p, "revision": r}
            for i, (d, p, r) in enumerate(tasks, 1)
        ],
    )
    return number


def known(tx: Connection, user_id: int, key: str) -> int | None:
    """The number of the act that someone began with this key."""
    mine = (table.c.user_id == user_id, table.c.key == key)
    return tx.execute(select(table.c.id).where(*mine)).scalar()


def get(tx: Connection, number: int, user_id: int) -> Batch:
    """Someone's own act; raises `BatchUnknown`."""
    query = select(table).where(table.c.id == number, table.c.user_id == user_id)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise BatchUnknown()
    return Batch(
        row.id, row.user_id, row.decision, row.cause, row.certificate_id, row.started_at,
        row.alive_until,
    )  # fmt: skip


def latest(tx: Connection, user_id: int, since: datetime) -> int | None:
    """The number of the act that someone began last, not before `since`."""
    mine = (table.c.user_id == user_id, table.c.started_at >= since)
    return tx.execute(select(func.max(table.c.id)).where(*mine)).scalar()


def lines_of(tx: Connection, number: int) -> list[Line]:
    """All tasks of an act, in their order."""
    query = select(lines).where(lines.c.batch_id == number).order_by(lines.c.number)
    return [_line(row) for row in tx.execute(query)]


def _line(row: Row) -> Line:  # type: ignore[type-arg]
    return Line(row.dossier, row.place, row.revision, LineState(row.state), row.detail)


def claim(tx: Connection, number: int, now: datetime, until: datetime) -> bool:
    """Be the one who signs; False where somebody else still does."""
    free = or_(table.c.alive_until.is_(None), table.c.alive_until <= now)
    taken = update(table).where(table.c.id == number, free).values(alive_until=until)
    return tx.execute(taken).rowcount == 1


def alive(tx: Connection, number: int, until: datetime | None) -> None:
    """Still signing; None: not any more."""
    tx.execute(update(table).where(table.c.id == number).values(alive_until=until))


def note(tx: Connection, number: int, line: Line) -> None:
    """What became of a task."""
    which = (lines.c.batch_id == number, lines.c.dossier == line.dossier)
    known_as = update(lines).where(*which, lines.c.place == line.place)
    tx.execute(known_as.values(state=line.state, detail=line.detail))
