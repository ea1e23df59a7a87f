"""The one timer table: every moment that some dossier waits for, and who is firing it now.

A row is claimed with a lease and a fence. It is deleted in the transaction of the act that it
causes, and only if the fence is still the claimer's: no timer fires twice, and one whose
claimer was killed is claimed again when the lease has run out. Leases and back-offs only save
work; that a timer fires once does not hang on any clock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Update,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    text,
    tuple_,
    update,
)

from engine.life.timers import TimerKey, TimerKind, timers
from engine.model.dossier import Dossier
from engine.store.database import execute_each
from engine.store.tables import dossier
from engine.store.tables import timer as table

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 8
FIRST_BACK_OFF = timedelta(seconds=30)
SKEW = timedelta(seconds=5)
"""How far apart the clocks of two machines may be before one counts as having been wrong."""

PATIENCE_MS = 3_000
"""How long a timer waits for whoever holds its dossier, before others get their turn."""

MOST_ERROR = 2_000
"""Characters kept of what went wrong."""


_INSERT = insert(table)
_DELETE = delete(table).where(
    table.c.dossier_id == bindparam("the_dossier"),
    table.c.kind == bindparam("the_kind"),
    table.c.place == bindparam("the_place"),
)
_FREE = or_(
    table.c.lease_until.is_(None),
    table.c.lease_until <= bindparam("the_now"),
    table.c.lease_until > bindparam("the_longest_lease"),
)
HAS_FAILED: ColumnElement[bool] = table.c.attempts > text("0")
"""Written as in the partial index, which a statement with a parameter there could not use."""

_PUT_OFF_TOO_FAR = and_(
    HAS_FAILED,
    table.c.failed_at > bindparam("the_skewed"),
    table.c.next_attempt_at.is_not(None),
)


@cache
def _claimable(which: ColumnElement[bool], batch: int) -> Any:
    """The batch stands in the statement as a number: where it is a parameter, PostgreSQL reckons
    with a tenth of the table, and plans anew each time once the table is large."""
    return (
        select(table.c.dossier_id, table.c.kind, table.c.place)
        .where(which, _FREE)
        .order_by(table.c.next_attempt_at)
        .limit(literal_column(str(batch), Integer))
        .with_for_update(skip_locked=True)
    )


_DUE = table.c.next_attempt_at <= bindparam("the_now")


@dataclass(frozen=True)
class DueTimer:
    """A timer that this process may fire, as long as its lease lasts."""

    dossier_id: int
    code: str
    kind: TimerKind
    place: int
    due_at: datetime
    fence: int
    attempts: int


def save(
    tx: Connection, dossier_id: int, before: dict[TimerKey, object], after_: Dossier
) -> dict[TimerKey, object]:
    """Write the difference between the timers as they were and those the dossier now has."""
    after: dict[TimerKey, object] = dict(timers(after_))
    stale = [
        {"the_dossier": dossier_id, "the_kind": kind, "the_place": place}
        for (kind, place), due_at in before.items()
        if after.get((kind, place)) != due_at
    ]
    execute_each(tx, _DELETE, stale)
    new = [
        _row(dossier_id, after_, key, due_at)
        for key, due_at in after.items()
        if before.get(key) != due_at
    ]
    execute_each(tx, _INSERT, new)
    return after


def _row(dossier_id: int, owner: Dossier, key: TimerKey, due_at: object) -> dict[str, Any]:
    kind, place = key
    return {
        "dossier_id": dossier_id,
        "kind": kind,
        "place": place,
        "agency": owner.competent_agency,
        "due_at": due_at,
        "next_attempt_at": due_at,
    }


def claim(tx: Connection, now: datetime, batch: int) -> list[DueTimer]:
    """Take up to `batch` timers that are due and that nobody is firing, the oldest first; what
    lapses at a moment does so before the step that it ends is called late.

    A lease that ends later than one taken now, and a failure that lies ahead, were written by a
    clock that was ahead and has been put back since: they keep no timer waiting.
    """
    moments = {"the_now": now, "the_longest_lease": now + LEASE + SKEW, "the_skewed": now + SKEW}
    taken = _rows(tx, _DUE, moments, batch) or _rows(tx, _PUT_OFF_TOO_FAR, moments, batch)
    if not taken:
        return []
    key = tuple_(table.c.dossier_id, table.c.kind, table.c.place)
    tx.execute(
        update(table).where(key.in_(taken)).values(lease_until=now + LEASE, fence=table.c.fence + 1)
    )
    return _due(tx, taken)


def _rows(
    tx: Connection, which: ColumnElement[bool], moments: dict[str, datetime], batch: int
) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in tx.execute(_claimable(which, batch), moments)]


def _due(tx: Connection, taken: list[tuple[Any, ...]]) -> list[DueTimer]:
    key = tuple_(table.c.dossier_id, table.c.kind, table.c.place)
    query = (
        select(
            table.c.dossier_id,
            dossier.c.code,
            table.c.kind,
            table.c.place,
            table.c.due_at,
            table.c.fence,
            table.c.attempts,
        )
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .where(key.in_(taken))
        .order_by(table.c.due_at, table.c.kind)
    )
    return [
        DueTimer(r.dossier_id, r.code, TimerKind(r.kind), r.place, r.due_at, r.fence, r.attempts)
        for r in tx.execute(query)
    ]


def still_mine(tx: Connection, due: DueTimer) -> bool:
    """Whether the claim still holds: the row is the same and nobody claimed it since."""
    query = select(table.c.fence).where(_is(due))
    return tx.execute(query).scalar_one_or_none() == due.fence


def wait_briefly(tx: Connection) -> None:
    """Let the statements of this transaction give up on locks that others hold for long.

    On SQLite every transaction does, and at its beginning.
    """
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE_MS}")


def fail(tx: Connection, due: DueTimer, error: str, now: datetime) -> None:
    """Put a timer back for another attempt later; after the last one it waits for a person.

    A row without `next_attempt_at` is a dead letter.
    """
    attempts = due.attempts + 1
    again = now + FIRST_BACK_OFF * 2**due.attempts if attempts < MAX_ATTEMPTS else None
    tx.execute(
        _mine(due).values(
            attempts=attempts,
            next_attempt_at=again,
            lease_until=None,
            last_error=_keepable(error),
            failed_at=now,
        )
    )


def _keepable(said: str) -> str:
    """What both databases take: an error must not fail to be written down."""
    return said.encode("utf-8", "replace").decode().replace("\0", "")[:MOST_ERROR]


def rerun(tx: Connection, which: ColumnElement[bool], now: datetime) -> int:
    """Give those of the failed timers all their attempts again, the first at once; how many."""
    again = update(table).where(HAS_FAILED, which)
    return tx.execute(again.values(attempts=0, next_attempt_at=now)).rowcount


def _is(due: DueTimer) -> Any:
    return and_(
        table.c.dossier_id == due.dossier_id,
        table.c.kind == due.kind,
        table.c.place == due.place,
        table.c.due_at == due.due_at,
    )


def _mine(due: DueTimer) -> Update:
    return update(table).where(_is(due), table.c.fence == due.fence)


def dead_letters(tx: Connection) -> int:
    """How many timers have given up and wait for a person."""
    query = select(func.count()).select_from(table).where(table.c.next_attempt_at.is_(None))
    return tx.execute(query).scalar_one()
