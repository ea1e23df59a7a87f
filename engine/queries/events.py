"""The event log of a dossier, and the pauses that it tells of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.deadlines.clock import ClockPolicy
from engine.life.pause_reasons import pause_reason
from engine.model.actor import Actor, Permission, may
from engine.model.event import SYSTEM, EventType
from engine.queries.dossiers import Found
from engine.queries.paging import Page, Slice, page
from engine.queries.people import names_of
from engine.store.events import Logged, log_of
from engine.store.tables import event, event_payload


@dataclass(frozen=True)
class EventItem:
    """One event; `payload` is None for those who may not read what people said."""

    seq: int
    type: EventType
    at: datetime
    actor: str
    actor_name: str | None
    caused_by: int | None
    data: Mapping[str, Any]
    payload: Mapping[str, Any] | None
    payload_digest: str | None
    erased: bool
    hash: str


@dataclass(frozen=True)
class PauseItem:
    """A pause with its end (None while it lasts); `place` is None where a person ordered it."""

    reason: str
    name: str
    policy: ClockPolicy
    place: int | None
    since: datetime
    until: str | None
    by: str
    resumed_at: datetime | None
    resumed_by: str | None
    note: str | None


def list_events(tx: Connection, wanted: Slice, found: Found, actor: Actor) -> Page[EventItem]:
    """Events in order; what people said only with the permission to read it."""
    after = wanted.after[0] if wanted.after else 0
    log = log_of(tx, found.id, after, wanted.limit + 1)
    names = names_of(tx, (_user(logged.event.actor) for logged in log))
    open_ = may(actor, Permission.EVENT_READ, found.dossier)
    return page(
        log, wanted, lambda logged: _item(logged, names, open_), lambda logged: (logged.event.seq,)
    )


def _user(actor: str) -> int | None:
    return None if actor == SYSTEM else int(actor)


def _item(logged: Logged, names: Mapping[int, str], open_: bool) -> EventItem:
    event_ = logged.event
    user = _user(event_.actor)
    return EventItem(
        seq=event_.seq,
        type=event_.type,
        at=event_.at,
        actor=event_.actor,
        actor_name=None if user is None else names.get(user),
        caused_by=event_.caused_by,
        data=event_.data,
        payload=event_.payload if open_ else None,
        payload_digest=logged.payload_digest,
        erased=logged.erased,
        hash=logged.hash,
    )


def list_pauses(tx: Connection, found: Found, actor: Actor) -> list[PauseItem]:
    """Every pause of a dossier in order, read off its events."""
    open_ = may(actor, Permission.EVENT_READ, found.dossier)
    pauses: list[PauseItem] = []
    for row in tx.execute(_pause_events(found.id)):
        place = row.data.get("place")
        if row.type == EventType.DOSSIER_PAUSED:
            pauses.append(_begun(row, place, open_))
        else:
            index = _resting_at(pauses, place)
            pauses[index] = replace(pauses[index], resumed_at=row.at, resumed_by=row.actor)
    return pauses


def _pause_events(dossier_id: int) -> Any:
    types = (EventType.DOSSIER_PAUSED, EventType.DOSSIER_RESUMED)
    same = (event_payload.c.dossier_id == event.c.dossier_id) & (event_payload.c.seq == event.c.seq)
    return (
        select(event.c.type, event.c.at, event.c.actor, event.c.data, event_payload.c.body)
        .outerjoin(event_payload, same)
        .where(event.c.dossier_id == dossier_id, event.c.type.in_(types))
        .order_by(event.c.seq)
    )


def _begun(row: Any, place: int | None, open_: bool) -> PauseItem:
    reason = pause_reason(row.data["reason"])
    return PauseItem(
        reason=reason.code,
        name=reason.name,
        policy=reason.policy,
        place=place,
        since=row.at,
        until=row.data.get("until"),
        by=row.actor,
        resumed_at=None,
        resumed_by=None,
        note=(row.body or {}).get("note") if open_ else None,
    )


def _resting_at(pauses: list[PauseItem], place: int | None) -> int:
    """Index of the pause at a place that has not ended yet."""
    return next(i for i, p in enumerate(pauses) if p.place == place and p.resumed_at is None)
