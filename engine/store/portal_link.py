"""Whether the national portal is used, and which dossiers from before it is still to be told of."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from engine.model.channel import Channel
from engine.model.portal import SyncState
from engine.store import messages
from engine.store.portal_tables import portal_link as table
from engine.store.portal_tables import portal_sync
from engine.store.tables import dossier

WALKS = 2
BETWEEN = timedelta(minutes=15)
"""The second walk finds what was being submitted, by acts that had not heard of the portal, while
the first one passed; no transaction lasts so long."""


def since(tx: Connection) -> datetime | None:
    """Since when the portal is told; None where it is not used."""
    return tx.execute(select(table.c.since)).scalar_one_or_none()


def use(tx: Connection, now: datetime) -> bool:
    """Tell the portal from now on; False where that is so already."""
    if since(tx) is not None:
        return False
    tx.execute(insert(table).values(id=1, since=now))
    return True


def stop(tx: Connection, now: datetime) -> bool:
    """Tell it no more, not even what waits; False where that is so already.

    What it was told is remembered: numbers go on from there should it be used again.
    """
    if not tx.execute(delete(table)).rowcount:
        return False
    messages.withdraw_channel(tx, Channel.PORTAL, now)
    pending = portal_sync.c.state != SyncState.SYNCHRONISED
    tx.execute(update(portal_sync).where(pending).values(waiting_since=None))
    return True


def next_to_bring(tx: Connection, now: datetime) -> str | None:
    """Code of the next dossier to be brought over: one that goes on, or that the portal was not
    told the end of, and that it was not told of since. None once there are none, or none yet.

    It is as good as brought when the transaction ends. One at a time: whoever held several
    dossiers at once could block those who send.
    """
    link = tx.execute(select(table).with_for_update()).one_or_none()
    if link is None or link.walks >= WALKS or (link.walks and now < link.walked_at + BETWEEN):
        return None
    row = tx.execute(_untold(link)).one_or_none()
    if row is None:
        tx.execute(update(table).values(walks=link.walks + 1, walked_to=0, walked_at=now))
        return None
    tx.execute(update(table).values(walked_to=row.id))
    return str(row.code)


def _untold(link: Row[Any]) -> Select[Any]:
    """The first dossier after those that this walk has passed."""
    unfinished = portal_sync.c.finished_at.is_(None)
    behind = unfinished | (portal_sync.c.state != SyncState.SYNCHRONISED)
    never = portal_sync.c.dossier_id.is_(None)
    return (
        select(dossier.c.id, dossier.c.code)
        .outerjoin(portal_sync, portal_sync.c.dossier_id == dossier.c.id)
        .where(
            dossier.c.id > link.walked_to,
            (never & dossier.c.outcome.is_(None))
            | (~never & behind & (portal_sync.c.written_at < link.since)),
        )
        .order_by(dossier.c.id)
        .limit(1)
    )


def is_walking(tx: Connection) -> bool:
    """Whether dossiers from before are still being brought over."""
    walks = tx.execute(select(table.c.walks)).scalar_one_or_none()
    return walks is not None and walks < WALKS
