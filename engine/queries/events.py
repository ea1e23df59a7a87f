"""The event log of a dossier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.model.actor import Actor, Permission, may
from engine.model.event import EventType, person_of
from engine.queries.dossiers import Found
from engine.queries.paging import Page, Slice, page
from engine.queries.people import names_of
from engine.store.events import Logged, log_of


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


def list_events(tx: Connection, wanted: Slice, found: Found, actor: Actor) -> Page[EventItem]:
    """Events in order; what people said only with the permission to read it."""
    after = wanted.after[0] if wanted.after else 0
    log = log_of(tx, found.id, after, wanted.limit + 1)
    names = names_of(tx, (person_of(logged.event.actor) for logged in log))
    open_ = may(actor, Permission.EVENT_READ, found.dossier)
    return page(
        log, wanted, lambda logged: _item(logged, names, open_), lambda logged: (logged.event.seq,)
    )


def _item(logged: Logged, names: Mapping[int, str], open_: bool) -> EventItem:
    event_ = logged.event
    user = person_of(event_.actor)
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
