"""What is decided of procedures, and where it was posted."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from engine.store.posting_tables import posting
from engine.store.procedure_tables import standing


def latest(tx: Connection, agency: str, day: date) -> Sequence[Any]:
    """The last decision of the catalogue on each procedure that holds on a day, by code, with when
    an agency posted it (`posted_at`, None where it has not)."""
    number = func.row_number().over(
        partition_by=standing.c.procedure,
        order_by=(standing.c.effective_from.desc(), standing.c.id.desc()),
    )
    names = ("id", "procedure", "standing", "effective_from", "decision", "name", "field", "levels",
             "recorded_at")  # fmt: skip
    held = (
        select(*(standing.c[name] for name in names), number.label("number"))
        .where(standing.c.agency.is_(None), standing.c.effective_from <= day)
        .subquery()
    )
    here = (posting.c.standing == held.c.id) & (posting.c.agency == agency)
    query = (
        select(*(held.c[name] for name in names), posting.c.posted_at)
        .outerjoin_from(held, posting, here)
        .where(held.c.number == 1)
        .order_by(held.c.procedure)
    )
    return tx.execute(query).all()


def add(tx: Connection, agency: str, decisions: Iterable[int], by: int, now: datetime) -> None:
    """Note that an agency has posted some decisions, by their ids."""
    same = {"agency": agency, "posted_at": now, "posted_by": by}
    rows = [{"standing": id_, **same} for id_ in decisions]
    if rows:
        tx.execute(insert(posting), rows)
