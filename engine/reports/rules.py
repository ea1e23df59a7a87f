"""The rulebooks under which the agencies of a report work: what their codes are called."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from engine.life.rulebook import Rulebook
from engine.reports.extent import Extent
from engine.store import editions
from engine.store.tables import agency


def rulebooks(tx: Connection, extent: Extent) -> Iterator[Rulebook]:
    """Those in force now, each once."""
    query = select(agency.c.rulebook).where(agency.c.code.in_(extent.agencies)).distinct()
    digests = sorted(filter(None, tx.execute(query).scalars()))
    return (editions.rulebook(tx, digest) for digest in digests)
