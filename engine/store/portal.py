"""What the national portal is told: messages of the outbox, written in the dossier's transaction.

Nothing is written unless the portal is used (`engine.store.portal_link`). A message is built when
it is written: sent twice it says the same under the same key, and it needs nobody to look into the
dossier again (docs/adr: the portal is told what a dossier was).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785
from sqlalchemy import Connection, Row, bindparam, false, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.letters.letter import Letter
from engine.model.channel import Channel
from engine.model.event import Event, EventType
from engine.model.portal import SyncState
from engine.portal.history import FOLDED, StepDone
from engine.portal.payload import dossier_part, message
from engine.portal.told import Told
from engine.store import messages
from engine.store.messages import Draft
from engine.store.portal_tables import portal_link, portal_sync
from engine.store.portal_telling import Subject, told_of

NAME = "Cổng Dịch vụ công quốc gia"
KIND = "ho-so"

_E = EventType
_MATTERS = frozenset(
    {
        *FOLDED,
        _E.DOSSIER_SUBMITTED,
        _E.DOSSIER_RECEIVED,
        _E.DOSSIER_FINISHED,
        _E.RESULT_ISSUED,
        _E.COMPONENT_OBTAINED,
        _E.OBLIGATION_SET,
        _E.OBLIGATION_CORRECTED,
        _E.OBLIGATION_CANCELLED,
        _E.PAYMENT_SETTLED,
        _E.PAYMENT_REVERSED,
        _E.DOCUMENT_ADDED,
        _E.DOCUMENT_REPLACED,
        _E.DOCUMENT_REMOVED,
        _E.DOCUMENT_SIGNED,
        _E.DOCUMENT_WITHDRAWN,
    }
)
_KNOWN = select(portal_link.c.since, portal_sync).select_from(
    portal_link.outerjoin(portal_sync, portal_sync.c.dossier_id == bindparam("the_dossier"))
)
_INSERT: Mapping[str, Any] = {
    "sqlite": sqlite_insert(portal_sync),
    "postgresql": postgresql_insert(portal_sync),
}


def tell(tx: Connection, subject: Subject, news: Iterable[Event]) -> None:
    """Write what an act changed of what the portal shows, if anything."""
    if not any(event.type in _MATTERS for event in news):
        return
    before = _known(tx, subject)
    if before is None:
        return
    told, at = told_of(tx, subject), subject.dossier.last_at or subject.dossier.submitted_at
    new_here = before.number is None or before.written_at < before.since
    steps = told.history.steps if new_here else told.steps_after(before.revision)
    if not new_here and not steps and digest(told) == before.digest:
        return
    goes_on = before.state in (SyncState.FAILED, SyncState.DIFFERS)
    state = SyncState(before.state) if goes_on else SyncState.WAITING
    _write(tx, subject.id, _Telling(told, steps, (before.number or 0) + 1, state, at))


def tell_whole(
    tx: Connection,
    subject: Subject,
    now: datetime,
    state: SyncState = SyncState.WAITING,
    above: int = 0,
) -> int | None:
    """Write the dossier as it is with all its steps, instead of what waits; gives its number.

    `above`: a number that the portal knows already. None where the portal is not used.
    """
    before = _known(tx, subject)
    if before is None:
        return None
    messages.withdraw_lane(tx, Channel.PORTAL, subject.dossier.code, now)
    told, number = told_of(tx, subject), max(before.number or 0, above) + 1
    _write(tx, subject.id, _Telling(told, told.history.steps, number, state, now))
    return number


def _known(tx: Connection, subject: Subject) -> Row[Any] | None:
    """The row of a dossier, empty where it has none; None where the portal is not used."""
    return tx.execute(_KNOWN, {"the_dossier": subject.id}).one_or_none()


@dataclass(frozen=True)
class _Telling:
    """A message about to be written, and how the dossier stands with the portal then."""

    told: Told
    steps: list[StepDone]
    number: int
    state: SyncState
    at: datetime

    @property
    def whole(self) -> bool:
        return len(self.steps) == len(self.told.history.steps)

    def draft(self, dossier_id: int) -> Draft:
        code = self.told.dossier.code
        body = rfc8785.dumps(message(self.told, self.number, self.steps, self.whole)).decode()
        return Draft(
            key=f"portal:{code}:{self.number}",
            channel=Channel.PORTAL,
            address="",
            name=NAME,
            letter=Letter(KIND, body, f"/dossiers/{code}"),
            dossier_id=dossier_id,
            lane=code,
        )

    def row(self) -> dict[str, Any]:
        dossier = self.told.dossier
        return {
            "state": self.state,
            "number": self.number,
            "revision": dossier.seq,
            "code": self.told.code,
            "steps": len(self.told.history.steps),
            "digest": digest(self.told),
            "written_at": self.at,
            "finished_at": dossier.finished_at,
        }


def _write(tx: Connection, dossier_id: int, telling: _Telling) -> None:
    messages.enqueue(tx, [telling.draft(dossier_id)], telling.at)
    values = {"dossier_id": dossier_id, "waiting_since": telling.at, **telling.row()}
    changes: dict[str, Any] = {
        "waiting_since": func.coalesce(portal_sync.c.waiting_since, telling.at)
    }
    if telling.whole:
        changes["asked"] = false()
    known = {"index_elements": ["dossier_id"], "set_": telling.row() | changes}
    tx.execute(_INSERT[tx.dialect.name].on_conflict_do_update(**known), values)


def digest(told: Told) -> str:
    """By which it is told whether the dossier's part of a message is another."""
    return sha256(rfc8785.dumps(dossier_part(told))).hexdigest()
