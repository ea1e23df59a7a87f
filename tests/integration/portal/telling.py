"""What the portal should show by now, asked of the dossiers themselves, and how to get there."""

from typing import Any

from sqlalchemy import func, select

from engine.model.channel import Channel
from engine.model.portal import SyncState
from engine.portal.payload import message
from engine.store import dossiers, portal_link
from engine.store.database import Database
from engine.store.outbox_tables import message as outbox
from engine.store.portal_tables import portal_sync
from engine.store.portal_telling import told_of
from engine.store.tables import dossier
from notifications.channels.portal import PortalCarrier
from notifications.dispatcher import dispatch
from tests.clock import START, FakeClock
from tests.portal import SimulatedPortal

PENDING = outbox.c.next_attempt_at.is_not(None) & (outbox.c.channel == Channel.PORTAL)


def use_portal(database: Database) -> None:
    """Tell the portal from now on."""
    with database.transaction() as tx:
        portal_link.use(tx, START)


def codes(database: Database) -> list[str]:
    """All dossiers."""
    with database.reading() as tx:
        return list(tx.execute(select(dossier.c.code).order_by(dossier.c.id)).scalars())


def should_show(database: Database, code: str) -> dict[str, Any]:
    """What the portal is to show of a dossier: a whole message made anew."""
    with database.reading() as tx:
        loaded = dossiers.read(tx, code)
        told = told_of(tx, loaded)
        query = select(portal_sync.c.number).where(portal_sync.c.dossier_id == loaded.id)
        number = tx.execute(query).scalar_one()
    return message(told, number, told.history.steps, whole=True)


def differing(database: Database, portal: SimulatedPortal) -> list[str]:
    """The dossiers of which the portal shows anything else than it should."""
    return [code for code in codes(database) if not _is_shown(database, portal, code)]


def _is_shown(database: Database, portal: SimulatedPortal, code: str) -> bool:
    shown, expected = portal.shows(code), should_show(database, code)
    parts = ("SoThuTu", "HoSo", "TienTrinh")
    return shown is not None and all(shown[part] == expected[part] for part in parts)


def waiting(database: Database) -> int:
    """How many messages wait for the portal."""
    with database.reading() as tx:
        query = select(func.count()).select_from(outbox).where(PENDING)
        return tx.execute(query).scalar_one()


def states(database: Database) -> dict[str, SyncState]:
    """How far the portal was told of each dossier, as the tables say."""
    query = select(dossier.c.code, portal_sync.c.state).join(portal_sync).order_by(dossier.c.id)
    with database.reading() as tx:
        return {row.code: SyncState(row.state) for row in tx.execute(query)}


def send_all(database: Database, clock: FakeClock, portal: SimulatedPortal) -> None:
    """Send until nothing waits; whatever was put off is waited for."""
    for _ in range(200):
        dispatch(database, clock, PortalCarrier(portal.account))
        if not waiting(database):
            return
        clock.advance(minutes=30)
    raise AssertionError("messages without end")
