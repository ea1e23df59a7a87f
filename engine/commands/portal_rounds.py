"""What is done about a difference between the portal and us: it is told again, in order."""

from datetime import datetime

from sqlalchemy import Connection

from engine.model.portal import SyncState
from engine.store import dossiers, portal, portal_rounds
from engine.store.portal_rounds import Found, Synced


def heal(tx: Connection, round_id: int, seen: Synced, found: Found, now: datetime) -> bool:
    """Tell the portal how a dossier stands; False where something was written since it was seen,
    so that there may be no difference any more."""
    loaded = dossiers.lock(tx, seen.dossier)
    if not portal_rounds.is_still(tx, seen):
        return False
    above = found.their_number or 0
    portal.tell_whole(tx, loaded, now, SyncState.DIFFERS, above)
    portal_rounds.note(tx, round_id, found, healed=True)
    return True
