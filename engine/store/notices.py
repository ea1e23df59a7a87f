"""Notices to citizens wait here until they leave through the outbox, alone or several as one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    delete,
    func,
    insert,
    select,
    update,
)

from engine.deadlines.calendar import local
from engine.letters.notice_rules import NoticeRule, is_held, rules_on
from engine.letters.posting import Waiting
from engine.model.channel import Channel
from engine.model.contact import Means, Party
from engine.store.notice_tables import NO_ADDRESS, STALE, UNNOTED, unsettled
from engine.store.notice_tables import notice as table
from engine.store.tables import agency, dossier

STALE_AFTER = timedelta(days=3)
"""Nobody is told what should have been told so long ago: the process that sends was not there."""

_INSERT = insert(table)


@dataclass(frozen=True)
class Row:
    """A notice that waits, with what it takes to write it."""

    id: int
    dossier_id: int
    rule: NoticeRule
    said: Mapping[str, Any]
    waiting: Waiting


@dataclass(frozen=True)
class About:
    """What notices say of a dossier as it is when they leave; `agency` is where one goes."""

    code: str
    agency: str
    agency_name: str
    due_at: datetime | None


def waiting(
    tx: Connection, now: datetime, early: timedelta, batch: int
) -> tuple[list[Row], dict[int, About]]:
    """Notices to addresses to which some are due, the oldest first, and their dossiers: to each
    address all that are ready or will be so soon.

    Acts lock a dossier and then its notices; so does this. Dossiers that an act holds are left
    for the next time.
    """
    due = (
        select(table.c.address)
        .where(table.c.ready_at <= now)
        .order_by(table.c.ready_at, table.c.id)
        .limit(batch)
    )
    these = table.c.address.in_(due) & (table.c.ready_at <= now + early)
    ids = tx.execute(select(table.c.dossier_id).where(these)).scalars().all()
    about = _about(tx, set(ids))
    query = select(table).where(these, table.c.dossier_id.in_(about)).order_by(table.c.id)
    return [_row(row) for row in tx.execute(query.with_for_update())], about


def _about(tx: Connection, ids: set[int]) -> dict[int, About]:
    query = (
        select(dossier.c.id, dossier.c.code, agency.c.code, agency.c.name, dossier.c.due_at)
        .join(agency, agency.c.code == dossier.c.receiving_agency)
        .where(dossier.c.id.in_(sorted(ids)))
        .with_for_update(read=True, key_share=True, of=dossier, skip_locked=True)
    )
    return {id_: About(*rest) for id_, *rest in tx.execute(query)}


def _row(row: Any) -> Row:
    rule, means = _rule(row), Means(row.means)
    held = is_held(rule, means)
    channel = Channel(row.channel) if row.channel else None
    waiting = Waiting(row.id, means, row.address, row.ready_at, held, channel)
    return Row(row.id, row.dossier_id, rule, row.said, waiting)


def drop_stale(tx: Connection, now: datetime) -> int:
    """Drop what should have left long ago; returns how many."""
    values = {"ready_at": None, "dropped": STALE}
    stale = table.c.ready_at <= now - STALE_AFTER
    return tx.execute(update(table).where(stale).values(**values)).rowcount


def left(tx: Connection, ids: Iterable[int], message: str, channel: Channel) -> None:
    """Remember by which message notices left."""
    _change(tx, table.c.id.in_(list(ids)), ready_at=None, message=message, channel=channel)


def put_off(tx: Connection, ids: Iterable[int], until: datetime) -> None:
    """Let notices wait longer."""
    _change(tx, table.c.id.in_(list(ids)), ready_at=until)


def drop(tx: Connection, ids: Iterable[int], why: str) -> None:
    """Drop notices that cannot leave."""
    _change(tx, table.c.id.in_(list(ids)), ready_at=None, dropped=why)


@dataclass(frozen=True)
class Missed:
    """A notice that did not arrive; `verified`: that is a reason to look for the person."""

    id: int
    code: str
    party: Party
    means: Means
    channel: Channel
    address: str
    why: str
    answer: str
    verified: bool


def next_missed(tx: Connection) -> Missed | None:
    """The oldest notice that did not arrive and of which its dossier does not know yet."""
    query = (
        select(table, dossier.c.code.label("dossier"))
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .where(UNNOTED)
        .order_by(table.c.id)
        .limit(1)
    )
    row = tx.execute(query).one_or_none()
    return _missed(row) if row else None


def _missed(row: Any) -> Missed:
    party, means, channel = Party(row.party), Means(row.means), Channel(row.channel)
    verified = _rule(row).verified
    return Missed(
        row.id, row.dossier, party, means, channel, row.address, row.failed, row.answer, verified
    )


def noted(tx: Connection, notice: int) -> None:
    """Remember that a dossier knows of a notice that did not arrive."""
    _change(tx, table.c.id == notice, answer=None)


def _rule(row: Any) -> NoticeRule:
    """What was laid down when it was written."""
    return rules_on(local(row.written_at).date()).notices[row.code]


def messages_to(tx: Connection, address: str) -> list[str]:
    """The messages by which notices went to an address."""
    query = select(table.c.message).where(table.c.address == address).distinct()
    return list(tx.execute(query.where(table.c.message.is_not(None))).scalars())


def try_by(tx: Connection, message: str, channel: Channel, now: datetime) -> None:
    """Let the notices of a message that did not arrive leave by another channel."""
    values = {"ready_at": now, "channel": channel, "message": None}
    _change(tx, table.c.message == message, **values)


def fail(tx: Connection, message: str, why: str, answer: str) -> None:
    """Remember that the notices of a message did not arrive, and what was answered."""
    still = (table.c.message == message) & table.c.dropped.is_(None) & table.c.failed.is_(None)
    _change(tx, still, failed=why, answer=answer)


def redirect(
    tx: Connection, dossier_id: int, party: Party, means: Means, address: str | None, now: datetime
) -> None:
    """Let what has not arrived yet go to another address; None: there is none any more."""
    here = (table.c.dossier_id == dossier_id) & (table.c.party == party) & (table.c.means == means)
    if address is None:
        _change(tx, here & unsettled(), ready_at=None, failed=None, answer=None, dropped=NO_ADDRESS)
        return
    _change(tx, here & table.c.ready_at.is_not(None), address=address)
    again = dict.fromkeys(("failed", "answer", "message", "channel")) | {"ready_at": now}
    _change(tx, here & table.c.failed.is_not(None), address=address, **again)


def send_again(tx: Connection, row: Any, address: str, now: datetime) -> None:
    """Let a notice leave once more, as a row of its own."""
    same = {name: getattr(row, name) for name in _SAME}
    here = [table.c[name] == value for name, value in same.items()]
    times = tx.execute(select(func.max(table.c.again)).where(*here)).scalar_one()
    more = {"said": row.said, "written_at": row.written_at, "address": address}
    tx.execute(_INSERT, [{**same, **more, "again": times + 1, "ready_at": now}])


_SAME = ("dossier_id", "seq", "code", "days", "party", "means")


def get(tx: Connection, dossier_id: int, notice: int) -> Any | None:
    """The row of a notice of a dossier, None where there is none."""
    here = (table.c.dossier_id == dossier_id) & (table.c.id == notice)
    return tx.execute(select(table).where(here)).one_or_none()


def of_dossier(tx: Connection, dossier_id: int) -> list[Any]:
    """All rows of a dossier, the oldest first."""
    query = select(table).where(table.c.dossier_id == dossier_id).order_by(table.c.id)
    return list(tx.execute(query))


def forget(tx: Connection, before: datetime) -> int:
    """Delete what waits for nothing and was written before a moment; returns how many."""
    settled = table.c.ready_at.is_(None) & (table.c.written_at < before)
    return tx.execute(delete(table).where(settled)).rowcount


def _change(tx: Connection, which: ColumnElement[bool], **values: Any) -> None:
    tx.execute(update(table).where(which).values(**values))
