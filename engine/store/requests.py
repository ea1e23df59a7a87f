"""The projection of what dossiers asked and told other software, and how far the exchange is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, update

from engine.model.dossier import Dossier
from engine.model.request import Request, RequestState, request_id
from engine.store.connector_tables import request as table
from engine.store.database import execute_each
from engine.store.outbox_tables import message
from engine.store.sending import back_off, withdraw
from engine.store.tables import dossier as dossiers

Rows = dict[int, dict[str, Any]]
"""Projected columns by number."""

_KEY = "request:"
_OPEN = (RequestState.WAITING, RequestState.TOLD)
PROJECTED = (
    *("agency", "connector", "operation", "step", "state", "outcome", "made_at", "answer_by"),
    *("ended_at", "late", "contradicted"),
)
_INSERT = insert(table)
_UPDATE = (
    update(table)
    .where(
        table.c.dossier_id == bindparam("its_dossier"), table.c.number == bindparam("its_number")
    )
    .values({name: bindparam(name) for name in PROJECTED})
)


def rows_of(dossier: Dossier) -> Rows:
    """The rows that a dossier's requests should have, without the dossier's id."""
    return {number: _row(dossier, each) for number, each in dossier.requests.items()}


def _row(dossier: Dossier, request: Request) -> dict[str, Any]:
    timer = dossier.waits.get(request.timer or 0) if request.waiting else None
    return {
        "agency": dossier.competent_agency,
        "connector": request.connector,
        "operation": request.operation,
        "step": request.step,
        "state": request.state,
        "outcome": request.outcome,
        "made_at": request.made_at,
        "answer_by": timer.clock.due_at if timer and timer.clock else None,
        "ended_at": request.ended_at,
        "late": request.answered_late,
        "contradicted": request.contradicted,
    }


def save(tx: Connection, dossier_id: int, before: Rows, dossier: Dossier) -> Rows:
    """Write the difference between the rows as they were and the dossier; returns what is now."""
    after = rows_of(dossier)
    new = [number for number in after if number not in before]
    changed = [n for n, row in before.items() if after[n] != row]
    its = {"its_dossier": dossier_id}
    execute_each(tx, _INSERT, ({"dossier_id": dossier_id, "number": n, **after[n]} for n in new))
    execute_each(tx, _UPDATE, ({**its, "its_number": n, **after[n]} for n in changed))
    return after


def over(before: Rows, after: Rows) -> list[int]:
    """The requests that were to be carried out before and are not any more."""
    ended = [n for n, row in after.items() if row["state"] not in _OPEN]
    return [n for n in ended if n in before and before[n]["state"] in _OPEN]


def message_key(code: str, number: int) -> str:
    """The key of the message that carries a request."""
    return _KEY + request_id(code, number)


def poll_at(tx: Connection, dossier_id: int, number: int, moment: datetime | None) -> None:
    """When to look for the answer next; None: never."""
    this = (table.c.dossier_id == dossier_id) & (table.c.number == number)
    tx.execute(update(table).where(this).values(next_poll_at=moment))


def stop(tx: Connection, dossier_id: int, code: str, number: int, now: datetime) -> None:
    """Neither send a request any more, nor look for its answer."""
    query = select(message.c.id).where(message.c.key == message_key(code, number))
    withdraw(tx, tx.execute(query).scalars().all(), now)
    poll_at(tx, dossier_id, number, None)


def send_again(tx: Connection, key: str, now: datetime) -> bool:
    """Let the message that carries a request leave once more; False where there is none."""
    this = update(message).where(message.c.key == key, message.c.withdrawn_at.is_(None))
    again = {"sent_at": None, "next_attempt_at": now, "attempts": 0, "last_error": None}
    return tx.execute(this.values(**again)).rowcount == 1


@dataclass(frozen=True)
class Asked:
    """A request as those need it who carry it, and who look for its answer."""

    dossier_id: int
    code: str
    number: int
    connector: str
    agency: str
    state: RequestState

    @property
    def id(self) -> str:
        """How it is called outside."""
        return request_id(self.code, self.number)

    @property
    def waiting(self) -> bool:
        """Whether an answer would let the dossier go on."""
        return self.state is RequestState.WAITING


def by_id(tx: Connection, id_: str) -> Asked | None:
    """The request that is called so outside; None where there is none."""
    code, _, number = id_.rpartition(".")
    if not (number.isascii() and number.isdecimal() and len(number) < 6):
        return None
    query = _WITH_CODE.where(dossiers.c.code == code, table.c.number == int(number))
    row = tx.execute(query).one_or_none()
    return None if row is None else _asked(row)


def of_message(tx: Connection, key: str) -> Asked | None:
    """The request that a message of the outbox carries."""
    return by_id(tx, key.removeprefix(_KEY))


def claim_polls(tx: Connection, now: datetime, batch: int) -> list[Asked]:
    """Take some whose answer is to be looked for; each is due again later, whatever becomes of
    it, and ever later."""
    query = (
        _WITH_CODE.where(table.c.next_poll_at <= now)
        .order_by(table.c.next_poll_at)
        .limit(batch)
        .with_for_update(of=table, skip_locked=True)
    )
    found = tx.execute(query).all()
    for row in found:
        again = now + back_off(message_key(row.code, row.number), row.polls + 1)
        this = (table.c.dossier_id == row.dossier_id) & (table.c.number == row.number)
        tx.execute(update(table).where(this).values(next_poll_at=again, polls=row.polls + 1))
    return [_asked(row) for row in found]


def note_sent(tx: Connection, asked: Asked, now: datetime) -> None:
    """Keep when the other side took a request: its message is deleted some day."""
    tx.execute(update(table).where(_this(asked)).values(sent_at=now))


def note_error(tx: Connection, asked: Asked, error: str | None) -> None:
    """Keep what was wrong with an answer; None where all was well."""
    tx.execute(update(table).where(_this(asked)).values(last_error=error))


def _this(asked: Asked) -> ColumnElement[bool]:
    return (table.c.dossier_id == asked.dossier_id) & (table.c.number == asked.number)


_WITH_CODE = select(table, dossiers.c.code).join(dossiers, dossiers.c.id == table.c.dossier_id)


def _asked(row: Any) -> Asked:
    state = RequestState(row.state)
    return Asked(row.dossier_id, row.code, row.number, row.connector, row.agency, state)
