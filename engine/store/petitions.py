"""Petitions: what follows from their log, one row each, for lists and for what is watched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.deadlines.calendar import WorkingCalendar, local
from engine.errors.petitions import PetitionUnknown
from engine.model.petition import Petition, PetitionEvent, PetitionEventType
from engine.petitions import life
from engine.store import editions, petition_log
from engine.store.petition_tables import petition as table


@dataclass(frozen=True)
class Held:
    """A petition in one's hands: nobody else changes it until the transaction ends."""

    id: int
    revision: int
    petition: Petition
    events: list[PetitionEvent]


def open_(tx: Connection, event: PetitionEvent) -> Petition:
    """Keep a petition that came in; gives it with the code that it gets."""
    code = petition_log.next_code(tx, local(event.at).date())
    petition = life.received(code, event, calendars(tx))
    seq = petition_log.append(tx, code, event)
    row = {**projection(petition), "code": code, "opened_seq": seq, "revision": 1}
    tx.execute(insert(table).values(row))
    return petition


def lock(tx: Connection, code: str) -> Held:
    """A petition, as its events say; raises `PetitionUnknown`."""
    query = select(table.c.id, table.c.revision).where(table.c.code == code).with_for_update()
    row = tx.execute(query).one_or_none()
    if row is None:
        raise PetitionUnknown(code=code)
    events = petition_log.plain_events(petition_log.of(tx, code))
    return Held(row.id, row.revision, life.fold(code, events, calendars(tx)), events)


def add(tx: Connection, held: Held, event: PetitionEvent) -> Petition:
    """Let one more thing happen to a petition; raises `PetitionActNotOpen`."""
    petition = life.after(held.petition, event, calendars(tx))
    seq = petition_log.append(tx, petition.code, event)
    values = {**projection(petition), "revision": held.revision + 1}
    if event.type is PetitionEventType.PETITION_PUBLISHED:
        values["published_seq"] = seq
    tx.execute(update(table).where(table.c.id == held.id).values(values))
    return petition


def calendars(tx: Connection) -> life.Calendars:
    """The calendars that events name, out of the database."""

    def calendar(digest: str) -> WorkingCalendar:
        return editions.calendar(tx, digest)

    return calendar


def calendar_of(tx: Connection, agency: str) -> str:
    """The digest of the calendar in force for an agency; raises `AgencyUnknown`."""
    return editions.in_force(tx, agency).calendar


def watched(tx: Connection, now: datetime, limit: int) -> Sequence[str]:
    """The codes of petitions of which something is to be told, the longest waiting first."""
    query = (
        select(table.c.code)
        .where(table.c.watched.is_not(None), table.c.watched <= now)
        .order_by(table.c.watched)
        .limit(limit)
    )
    return tx.execute(query).scalars().all()


def projection(petition: Petition) -> Mapping[str, Any]:
    """The columns of a petition's row that follow from its events."""
    same = (
        "kind", "source", "state", "agency", "field", "dossier", "officer", "handler", "anonymous",
        "external", "received_at", "step_due_at", "answered_at", "published_at", "ended_at",
        "on_time", "stars", "watched", "level", "rung", "alerted_at",
    )  # fmt: skip
    return {name: getattr(petition, name) for name in same} | {"due_at": petition.clock.due_at}
