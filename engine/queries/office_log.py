"""The log of administration as administrators and auditors read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, granted, may_at
from engine.model.office_event import OfficeEventType
from engine.queries.paging import Page, Slice, page
from engine.queries.people import names_of
from engine.store import office_log
from engine.store.office_log import Kept
from engine.store.office_tables import office_event as table


@dataclass(frozen=True)
class OfficeEventFilter:
    """Which changes are wanted: of an agency, of a type, of one subject, by one actor's key."""

    agency: str | None = None
    type: OfficeEventType | None = None
    subject: str | None = None
    actor: str | None = None


@dataclass(frozen=True)
class OfficeEventItem:
    """A change; `actor_name` None where no account of ours made it."""

    seq: int
    at: datetime
    type: OfficeEventType
    agency: str | None
    subject: str
    actor: str
    actor_name: str | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def list_office_events(
    tx: Connection, wanted: Slice, chosen: OfficeEventFilter, actor: Actor
) -> Page[OfficeEventItem]:
    """Changes in the actor's reach, and those that concern everybody; the last one first.

    Raises `NotPermitted`.
    """
    conditions = [_visible(actor), *_conditions(chosen, actor)]
    query = select(table).where(*conditions).order_by(table.c.seq.desc())
    if wanted.after:
        query = query.where(table.c.seq < wanted.after[0])
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    names = names_of(tx, (_number(row.actor) for row in rows))
    return page(rows, wanted, lambda row: _item(office_log.read(row), names), lambda r: (r.seq,))


def _visible(actor: Actor) -> ColumnElement[bool]:
    agencies = {
        agency
        for grant, reach in granted(actor, Permission.OFFICE_LOG_READ)
        for agency in grant.reached(reach)
    }
    if not agencies:
        raise NotPermitted(what="xem sổ thay đổi quản trị")
    return or_(table.c.agency.is_(None), table.c.agency.in_(sorted(agencies)))


def _conditions(chosen: OfficeEventFilter, actor: Actor) -> Iterator[ColumnElement[bool]]:
    if chosen.agency is not None:
        if not may_at(actor, Permission.OFFICE_LOG_READ, chosen.agency):
            raise NotPermitted(what=f"xem sổ thay đổi quản trị của cơ quan {chosen.agency}")
        yield table.c.agency == chosen.agency
    for name in ("type", "subject", "actor"):
        if (value := getattr(chosen, name)) is not None:
            yield table.c[name] == value


def _item(kept: Kept, names: Mapping[int, str]) -> OfficeEventItem:
    number = _number(kept.actor)
    name = names.get(number) if number is not None else None
    return OfficeEventItem(
        seq=kept.seq, at=kept.at, actor=kept.actor, actor_name=name, **vars(kept.event)
    )


def _number(actor: str) -> int | None:
    return int(actor) if actor.isdecimal() else None
