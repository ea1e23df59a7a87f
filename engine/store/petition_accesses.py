"""Who looked at which petition: rows are only ever appended (a trigger refuses anything else).

Someone who looks again within `MEANWHILE` is not written down again.
"""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from engine.store.accesses import MEANWHILE
from engine.store.petition_tables import petition_access as table


def is_recorded(tx: Connection, petition_id: int, user_id: int, at: datetime) -> bool:
    """Whether the same person was written down not long before."""
    same = (table.c.petition_id == petition_id) & (table.c.user_id == user_id)
    query = select(table.c.id).where(same, table.c.at > at - MEANWHILE).limit(1)
    return tx.execute(query).first() is not None


def add(tx: Connection, petition_id: int, user_id: int, at: datetime) -> None:
    """Write it down, unless that was done not long before."""
    if not is_recorded(tx, petition_id, user_id, at):
        tx.execute(insert(table).values(petition_id=petition_id, user_id=user_id, at=at))
