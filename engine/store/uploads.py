"""Files on their way in, as their rows say."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from engine.errors.uploads import UploadUnknown
from engine.model.document import FileFacts
from engine.store.upload_tables import upload as table
from engine.store.upload_tables import upload_piece as pieces_table


@dataclass(frozen=True)
class Upload:
    """A file that someone (`user_id`) sends: so many bytes of `size` are here.

    `dossier` is the code of that which it is meant for, where it is known; `facts` what the file
    was found to be, once it is whole; `taken` that a document has it.
    """

    id: str
    user_id: int
    dossier: str | None
    name: str
    size: int
    received: int
    expires_at: datetime
    facts: FileFacts | None
    taken: bool


def add(tx: Connection, upload: Upload) -> None:
    """A new one, of which nothing is here yet."""
    row = {name: value for name, value in vars(upload).items() if name != "facts"}
    tx.execute(insert(table).values(**row))


def get(tx: Connection, id_: str, user_id: int, now: datetime, lock: bool = False) -> Upload:
    """Somebody's, unless it ran out; raises `UploadUnknown`. `lock`: nobody else changes it."""
    query = select(table).where(table.c.id == id_, table.c.user_id == user_id)
    query = query.where(table.c.expires_at > now)
    row = tx.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise UploadUnknown()
    return _of(row)


def waiting(tx: Connection, user_id: int, now: datetime) -> Sequence[Upload]:
    """Those of someone that no document has taken, the newest last."""
    rows = tx.execute(select(table).where(_waits(user_id, now)).order_by(table.c.expires_at))
    return [_of(row) for row in rows]


def burden(tx: Connection, user_id: int, now: datetime) -> tuple[int, int]:
    """How many of someone's wait, and how many bytes they have together."""
    counted = select(func.count(), func.coalesce(func.sum(table.c.size), 0))
    number, size = tx.execute(counted.where(_waits(user_id, now))).one()
    return int(number), int(size)


def _waits(user_id: int, now: datetime) -> ColumnElement[bool]:
    return (table.c.user_id == user_id) & ~table.c.taken & (table.c.expires_at > now)


def change(tx: Connection, id_: str, **values: Any) -> None:
    """Write down what became of one."""
    tx.execute(update(table).where(table.c.id == id_).values(**values))


def add_piece(tx: Connection, id_: str, start: int, digest: str) -> None:
    """Another piece is here."""
    tx.execute(insert(pieces_table).values(upload_id=id_, start=start, digest=digest))


def pieces(tx: Connection, id_: str) -> Sequence[tuple[int, str]]:
    """Where the pieces that are here begin, and their digests, in order."""
    query = select(pieces_table.c.start, pieces_table.c.digest)
    rows = tx.execute(query.where(pieces_table.c.upload_id == id_).order_by(pieces_table.c.start))
    return [(row.start, row.digest) for row in rows]


def drop(tx: Connection, ids: Sequence[str]) -> None:
    """Forget some."""
    tx.execute(delete(pieces_table).where(pieces_table.c.upload_id.in_(ids)))
    tx.execute(delete(table).where(table.c.id.in_(ids)))


def keep(tx: Connection, ids: Collection[str], until: datetime) -> None:
    """Let some wait on, at least until then."""
    short = (table.c.id.in_(ids), table.c.expires_at < until)
    tx.execute(update(table).where(*short).values(expires_at=until))


def run_out(tx: Connection, now: datetime, most: int) -> Sequence[tuple[str, str | None]]:
    """Those whose time ran out, with the digests of their files where they were whole."""
    query = select(table.c.id, table.c.file).where(table.c.expires_at <= now)
    return [(row.id, row.file) for row in tx.execute(query.limit(most))]


def _of(row: Any) -> Upload:
    facts = row.file and FileFacts(row.file, row.size, row.pages, row.media_type)
    names = ("id", "user_id", "dossier", "name", "size", "received", "expires_at", "taken")
    return Upload(**{name: row._mapping[name] for name in names}, facts=facts or None)
