"""What the citizen of a dossier was told, when, by which channel, and whether it arrived."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from engine.deadlines.calendar import local
from engine.letters.notice_rules import rules_on
from engine.model.channel import Channel
from engine.model.contact import Contact, Means, Party, Unreached
from engine.queries.dossiers import Found
from engine.store import notices
from engine.store.contacts import contacts
from engine.store.messages import State, state_of
from engine.store.outbox_tables import message


class Fate(StrEnum):
    """What became of a notice. LEAVING: it is on its way out; FAILED: it did not arrive."""

    WAITING = "waiting"
    LEAVING = "leaving"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class NoticeItem:
    """A notice: to whom, since when it waits, by which channel it left, and what became of it.

    `at` is when it left or will at the earliest; `why` is why it was dropped or did not arrive.
    """

    id: int
    name: str
    party: Party
    means: Means
    channel: Channel | None
    address: str
    written_at: datetime
    at: datetime | None
    fate: Fate
    why: str | None


@dataclass(frozen=True)
class ContactItem:
    """How somebody is reached, and by what they turned out not to be."""

    party: Party
    name: str
    contact: Contact
    agreed: frozenset[Means]
    unreached: list[Unreached]


def notices_of(tx: Connection, found: Found) -> list[NoticeItem]:
    """What the citizen was told or will be, the latest first."""
    rows = notices.of_dossier(tx, found.id)
    left = _messages(tx, {row.message for row in rows if row.message})
    return [_item(row, left.get(row.message)) for row in reversed(rows)]


def _messages(tx: Connection, keys: Iterable[str]) -> dict[str, Any]:
    query = select(message).where(message.c.key.in_(sorted(keys)))
    return {row.key: row for row in tx.execute(query)}


def _item(row: Any, left: Any | None) -> NoticeItem:
    fate = _fate(row, left)
    return NoticeItem(
        id=row.id,
        name=rules_on(local(row.written_at).date()).notices[row.code].name,
        party=Party(row.party),
        means=Means(row.means),
        channel=Channel(row.channel) if row.channel else None,
        address=row.address,
        written_at=row.written_at,
        at=row.ready_at or (left and left.sent_at),
        fate=fate,
        why=row.dropped or row.failed,
    )


def _fate(row: Any, left: Any | None) -> Fate:
    if row.dropped:
        return Fate.DROPPED
    if row.failed:
        return Fate.FAILED
    if row.ready_at:
        return Fate.WAITING
    if left is None:
        return Fate.SENT
    return _FATES[state_of(left)]


_FATES = {
    State.WAITING: Fate.LEAVING,
    State.SENT: Fate.SENT,
    State.FAILED: Fate.FAILED,
    State.WITHDRAWN: Fate.DROPPED,
}


def contacts_of(tx: Connection, found: Found) -> list[ContactItem]:
    """How the people of a dossier are reached; nobody where that was erased by law."""
    known = contacts(tx, found.id, found.dossier)
    missed = found.dossier.unreached
    return [
        ContactItem(
            party, known.names[party], contact, known.means,
            [each for each in missed if each.party is party],
        )
        for party, contact in known.people.items()
    ]  # fmt: skip
