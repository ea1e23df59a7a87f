"""Notices that are ready leave through the outbox: each alone, or several to one person as one."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.deadlines.calendar import local
from engine.letters.letter import Letter
from engine.letters.notice_rules import rules_on
from engine.letters.notice_texts import Notice, written
from engine.letters.posting import may_leave, parcels
from engine.model.channel import Channel
from engine.store import messages, notices
from engine.store.messages import Draft
from engine.store.notice_tables import NO_CHANNEL
from engine.store.notices import About, Row

BATCH = 100


@dataclass(frozen=True)
class Posting:
    """With what the house tells people: the channels it has, and its own address for links."""

    used: frozenset[Channel]
    base_url: str = ""


@dataclass(frozen=True)
class Posted:
    """How many notices left, in how many messages; and how many no channel of the house reaches."""

    notices: int
    messages: int
    unreachable: int


def post_notices(tx: Connection, posting: Posting, now: datetime, batch: int = BATCH) -> Posted:
    """Let notices leave that are ready; those that must not at this hour wait for the morning.

    Only one process at a time may do so, or two would write to one person side by side.
    """
    rules = rules_on(local(now).date())
    rows, about = notices.waiting(tx, now, rules.window, batch)
    held = [row.id for row in rows if not may_leave(row.waiting, now, rules)]
    notices.put_off(tx, held, rules.quiet.over(now))
    by_id = {row.id: row for row in rows}
    left, sent, unreachable = 0, 0, 0
    for parcel in parcels((row.waiting for row in rows), now, rules, posting.used):
        if parcel.channel is None:
            notices.drop(tx, parcel.notices, NO_CHANNEL)
            unreachable += len(parcel.notices)
            continue
        told = [_notice(by_id[id_], about) for id_ in parcel.notices]
        for part, letter in written(parcel.channel, told, rules, posting.base_url):
            rows_told = [by_id[each.id] for each in part]
            _send(tx, parcel.channel, letter, rows_told, about, now)
            sent += 1
        left += len(told)
    return Posted(left, sent, unreachable)


def _notice(row: Row, about: dict[int, About]) -> Notice:
    its = about[row.dossier_id]
    until = row.said.get("until")
    return Notice(
        id=row.id,
        rule=row.rule,
        code=its.code,
        agency=its.agency_name,
        due=its.due_at,
        until=datetime.fromisoformat(until) if until else None,
        number=row.said.get("number"),
    )


def _send(
    tx: Connection,
    channel: Channel,
    letter: Letter,
    rows: list[Row],
    about: dict[int, About],
    now: datetime,
) -> None:
    """Write the message; its key cannot be guessed, so that no forged bounce is believed."""
    first, dossiers = rows[0], {row.dossier_id for row in rows}
    its = about[first.dossier_id]
    draft = Draft(
        key=f"notice:{first.id}:{secrets.token_hex(16)}",
        channel=channel,
        address=first.waiting.address,
        letter=letter,
        name=f"Người nộp hồ sơ {its.code}",
        dossier_id=first.dossier_id if len(dossiers) == 1 else None,
        agency=its.agency,
    )
    messages.enqueue(tx, [draft], now)
    notices.left(tx, [row.id for row in rows], draft.key, channel)
