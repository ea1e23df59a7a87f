"""Whether the log of petitions is whole, and what lies beside it follows from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.errors import EngineError
from engine.model.petition import PetitionEventType
from engine.petitions import life
from engine.store import petition_log, petitions
from engine.store.chain import GENESIS, payload_digest
from engine.store.petition_log import Logged
from engine.store.petition_tables import petition as table

BATCH = 500


@dataclass(frozen=True)
class PetitionFault:
    """What does not hold: the number of the first event concerned, of which petition, and why."""

    seq: int
    petition: str | None
    reason: str


@dataclass(frozen=True)
class PetitionLogState:
    """How many events and petitions the log has, and all that is wrong with it."""

    entries: int
    petitions: int
    faults: tuple[PetitionFault, ...] = ()


def verify_petitions(tx: Connection) -> PetitionLogState:
    """Check the chain with what was said beside it, and the rows of all petitions."""
    head = petition_log.head(tx)
    faults = tuple(chain(_chain_faults(tx), _row_faults(tx)))
    return PetitionLogState(head.seq, head.petitions, faults)


def _chain_faults(tx: Connection) -> Iterator[PetitionFault]:
    """After an event that was changed the chain is followed from the hash it bears, so that each
    change is found where it was made."""
    seq, hash_ = 0, GENESIS
    while batch := petition_log.after(tx, seq, BATCH):
        for one in batch:
            if one.seq != seq + 1:
                yield PetitionFault(seq + 1, None, f"Thiếu mục số {seq + 1}.")
            elif _hash(hash_, one) != one.hash:
                reason = f"Mục số {one.seq} đã bị sửa hoặc đổi chỗ."
                yield PetitionFault(one.seq, one.petition, reason)
            if wrong := _wrong_payload(one):
                yield PetitionFault(one.seq, one.petition, wrong)
            seq, hash_ = one.seq, one.hash
    head = petition_log.head(tx)
    if (seq, hash_) != (head.seq, head.hash):
        yield PetitionFault(seq + 1, None, f"Thiếu các mục sau số {seq}.")


def _hash(previous: str, one: Logged) -> str:
    return petition_log.hash_of(previous, one.seq, one.petition, one.event, one.payload_digest)


def _wrong_payload(one: Logged) -> str | None:
    if one.salt is None:
        return None
    if one.payload_digest is None:
        return f"Nội dung của mục số {one.seq} được thêm vào sau."
    if payload_digest(one.salt, one.event.payload) != one.payload_digest:
        return f"Nội dung của mục số {one.seq} đã bị sửa."
    return None


def _row_faults(tx: Connection) -> Iterator[PetitionFault]:
    """What the lists show is what the events give, and no petition is missing from them."""
    last, rows_seen = 0, 0
    while rows := tx.execute(_ROWS, {"after": last}).all():
        for row in rows:
            if not _follows(tx, row._asdict()):
                reason = f"Phản ánh {row.code} ở danh sách khác sổ sự kiện."
                yield PetitionFault(row.opened_seq, row.code, reason)
        last, rows_seen = rows[-1].id, rows_seen + len(rows)
    head = petition_log.head(tx)
    if rows_seen != head.petitions:
        reason = f"Danh sách có {rows_seen} phản ánh, sổ có {head.petitions}."
        yield PetitionFault(head.seq, None, reason)


_ROWS = select(table).where(table.c.id > bindparam("after")).order_by(table.c.id).limit(BATCH)


def _follows(tx: Connection, row: Mapping[str, Any]) -> bool:
    """Whether a row says what its events give; events that cannot be folded give nothing."""
    log = petition_log.of(tx, row["code"])
    try:
        found = life.fold(row["code"], petition_log.plain_events(log), petitions.calendars(tx))
    except (ValueError, KeyError, EngineError):
        return False
    published = (one.seq for one in log if one.event.type is _PUBLISHED)
    seqs = {"opened_seq": log[0].seq, "published_seq": next(published, None)}
    expected = {**petitions.projection(found), **seqs, "revision": len(log)}
    return all(row[name] == value for name, value in expected.items())


_PUBLISHED = PetitionEventType.PETITION_PUBLISHED
