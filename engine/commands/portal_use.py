"""The portal is used no more."""

from datetime import datetime

from sqlalchemy import Connection

from engine.errors.portal import PortalNotUsed
from engine.store import portal_link


def stop_using(tx: Connection, now: datetime) -> None:
    """Tell the portal nothing more, not even what waits; raises `PortalNotUsed`."""
    if not portal_link.stop(tx, now):
        raise PortalNotUsed
