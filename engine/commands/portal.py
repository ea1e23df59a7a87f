"""Telling the national portal again: one dossier, many, or all from before."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.acting import require_readable
from engine.errors import NotPermitted
from engine.errors.portal import PortalNotUsed
from engine.model.actor import Actor, Permission, has, may
from engine.model.portal import SyncState
from engine.store import dossiers, portal, portal_link, portal_syncs
from engine.store.portal_tables import portal_sync
from engine.store.visibility import visible_dossiers

MOST_AT_ONCE = 10_000
"""So many dossiers one request has told again at most; whoever has more asks again."""


def resend_dossier(tx: Connection, code: str, actor: Actor, now: datetime) -> int:
    """Tell the portal how a dossier stands, instead of whatever still waits or was refused.

    Returns the message's number. Raises `NotPermitted`, `DossierUnknown`, `PortalNotUsed`.
    """
    loaded = dossiers.lock(tx, code)
    if not may(actor, Permission.PORTAL_MANAGE, loaded.dossier):
        require_readable(actor, loaded.dossier)
        raise NotPermitted(what="gửi lại hồ sơ này lên Cổng")
    number = portal.tell_whole(tx, loaded, now)
    if number is None:
        raise PortalNotUsed
    return number


@dataclass(frozen=True)
class ResendMany:
    """Which dossiers are to be told again; those in any state but synchronised by default."""

    state: SyncState | None = None


def resend_many(tx: Connection, command: ResendMany, actor: Actor) -> int:
    """Have all dossiers in a state told again soon, one after another; returns how many.

    Raises `NotPermitted`, `PortalNotUsed`.
    """
    if not has(actor, Permission.PORTAL_MANAGE):
        raise NotPermitted(what="gửi lại hồ sơ lên Cổng")
    if portal_link.since(tx) is None:
        raise PortalNotUsed
    state = portal_sync.c.state
    chosen = state == command.state if command.state else state != SyncState.SYNCHRONISED
    mine = visible_dossiers(actor, Permission.PORTAL_MANAGE)
    return portal_syncs.ask(tx, chosen & mine, MOST_AT_ONCE)


def resend_next(tx: Connection, code: str, now: datetime) -> None:
    """Tell the portal of one dossier that was asked for."""
    portal.tell_whole(tx, dossiers.lock(tx, code), now)


def bring_next(tx: Connection, now: datetime) -> str | None:
    """Tell the portal of the next dossier from before it was used; None when there is none."""
    code = portal_link.next_to_bring(tx, now)
    if code is not None:
        portal.tell_whole(tx, dossiers.lock(tx, code), now)
    return code
