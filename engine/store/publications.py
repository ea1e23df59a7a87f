"""Which rulebook was put in force for which agency, when and by whom."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from engine.store.time_tables import publication as table


class Publication(NamedTuple):
    """Since when, and thanks to whom (None: at the machine), a rulebook holds."""

    published_at: datetime
    published_by: int | None
    reason: str | None


def add(
    tx: Connection,
    agencies: Sequence[str],
    rulebook: str,
    reason: str | None,
    by: int | None,
    now: datetime,
) -> None:
    """Note that a rulebook holds for some agencies from now on."""
    same = {"rulebook": rulebook, "reason": reason, "published_at": now, "published_by": by}
    rows = [{"agency": agency, **same} for agency in agencies]
    if rows:
        tx.execute(insert(table), rows)


def last(tx: Connection, agency: str, rulebook: str) -> Publication | None:
    """How the rulebook came to hold for an agency; None where it came with the agency."""
    query = (
        select(table.c.rulebook, table.c.published_at, table.c.published_by, table.c.reason)
        .where(table.c.agency == agency)
        .order_by(table.c.id.desc())
        .limit(1)
    )
    row = tx.execute(query).one_or_none()
    if row is None or row.rulebook != rulebook:
        return None
    return Publication(row.published_at, row.published_by, row.reason)


def of_agency(
    tx: Connection, agency: str, before: int | None, limit: int
) -> list[tuple[int, str, Publication]]:
    """Publications of an agency with number and digest, the last first, before a number."""
    query = select(table).where(table.c.agency == agency)
    if before is not None:
        query = query.where(table.c.id < before)
    rows = tx.execute(query.order_by(table.c.id.desc()).limit(limit))
    return [
        (row.id, row.rulebook, Publication(row.published_at, row.published_by, row.reason))
        for row in rows
    ]
