"""What people sent and no document took goes after a day, and so do pieces of files never whole."""

from datetime import timedelta

import structlog

from engine.commands.uploads import KEPT
from engine.files import FileStore
from engine.store import scans, uploads
from engine.store.database import Database
from engine.verification.files import remove_orphan
from engine.wallclock import Clock

INTERVAL_SECONDS = 600.0
BATCH = 500
MARGIN = timedelta(hours=1)
"""So much longer than a file may wait for its next piece, its pieces are kept."""

log = structlog.get_logger(__name__)


def sweep(database: Database, files: FileStore, clock: Clock) -> int:
    """Forget what has waited too long; returns how many files.

    What a document is still to be made of waits with it, however long nobody makes any. A file
    that was whole leaves the store too, unless something else names it. Whoever is killed
    in between leaves what the next sweep, or `motcua verify`, finds.
    """
    now = clock()
    with database.transaction() as tx:
        uploads.keep(tx, scans.awaited(tx), now + KEPT)
        gone = uploads.run_out(tx, now, BATCH)
        uploads.drop(tx, [id_ for id_, _ in gone])
    files.staging.forget(now - KEPT - MARGIN)
    for digest in {digest for _, digest in gone if digest}:
        if held := files.find(digest):
            remove_orphan(database, files, held, now)
    if gone:
        log.info("uploads_swept", count=len(gone))
    return len(gone)
