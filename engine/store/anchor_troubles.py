"""What stands in the way of anchors, since when; one row for each thing, gone when it works."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select, update

from engine.store.anchor_tables import anchor_trouble as table


class Hindered(StrEnum):
    """What does not work: SEAL, the agency's seal. STAMP: the time-stamp authority. OUTSIDE: the
    place outside of the database. TAKING: taking an anchor at all."""

    TAKING = "taking"
    SEAL = "seal"
    STAMP = "stamp"
    OUTSIDE = "outside"


HINDERED_NAMES = {
    Hindered.TAKING: "Lấy mốc neo",
    Hindered.SEAL: "Đóng dấu của cơ quan",
    Hindered.STAMP: "Dấu thời gian",
    Hindered.OUTSIDE: "Ghi ra nơi giữ ngoài cơ sở dữ liệu",
}


@dataclass(frozen=True)
class Trouble:
    """Something that does not work."""

    what: Hindered
    since: datetime
    reason: str

    @property
    def name(self) -> str:
        """What does not work, in words."""
        return HINDERED_NAMES[self.what]


def note(tx: Connection, what: Hindered, reason: str | None, now: datetime) -> None:
    """Note why something does not work, or (None) that it does."""
    here = table.c.what == what
    if reason is None:
        tx.execute(delete(table).where(here))
    elif not tx.execute(update(table).where(here).values(reason=reason)).rowcount:
        tx.execute(insert(table).values(what=what, since=now, reason=reason))


def troubles(tx: Connection) -> list[Trouble]:
    """All that does not work, what has been so for longest first."""
    rows = tx.execute(select(table).order_by(table.c.since, table.c.what))
    return [Trouble(Hindered(row.what), row.since, row.reason) for row in rows]
