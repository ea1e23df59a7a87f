"""Petitions as officials see them: lists by how urgent they are, counts, and what is told them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, tuple_

from engine.model.actor import Actor, Permission, has
from engine.model.alert import Rung
from engine.model.petition import OPEN_STATES, PetitionKind, PetitionState
from engine.queries.paging import Page, Slice
from engine.queries.petition_lines import PetitionItem, items, listed, readable
from engine.store.petition_tables import petition as table
from engine.store.visibility import agencies_with

MANY = 50


class PetitionStanding(StrEnum):
    """Which petitions a list shows."""

    OPEN = "open"
    OVERDUE = "overdue"
    MINE = "mine"
    TO_PUBLISH = "to_publish"
    DONE = "done"


@dataclass(frozen=True)
class PetitionFilter:
    """Which petitions are wanted; `conduct` and the like by `kind`."""

    standing: PetitionStanding | None = None
    state: PetitionState | None = None
    kind: PetitionKind | None = None
    agency: str | None = None


def list_petitions(
    tx: Connection, wanted: Slice, chosen: PetitionFilter, actor: Actor, now: datetime
) -> Page[PetitionItem]:
    """Petitions of the agencies whose petitions one may read: those that wait for somebody by the
    time left, others the latest first. Raises `NotPermitted`."""
    where = [readable(actor), *_conditions(chosen, actor, now)]
    urgent = chosen.standing in _URGENT
    key = (_NEXT, table.c.id) if urgent else (table.c.received_at, table.c.id)
    query = listed().add_columns(key[0].label("the_key")).where(*where).limit(wanted.limit + 1)
    query = query.order_by(*(key if urgent else (column.desc() for column in key)))
    if wanted.after:
        further = tuple_(*key) > wanted.after if urgent else tuple_(*key) < wanted.after
        query = query.where(further)
    rows = tx.execute(query).all()
    shown = rows[: wanted.limit]
    end = (shown[-1].the_key, shown[-1].id) if len(rows) > len(shown) else None
    return Page(items(tx, shown, now), end)


def of_dossier(tx: Connection, code: str, actor: Actor, now: datetime) -> list[PetitionItem]:
    """The petitions about a dossier, the latest first; none where one may not read petitions."""
    if not has(actor, Permission.PETITION_READ):
        return []
    latest = listed().where(table.c.dossier == code, readable(actor)).order_by(table.c.id.desc())
    return items(tx, tx.execute(latest.limit(MANY)), now)


@dataclass(frozen=True)
class PetitionCounts:
    """How many petitions of an official's agencies wait, and how."""

    open: int
    overdue: int
    waiting_for_sender: int
    to_publish: int


def count_petitions(tx: Connection, actor: Actor, now: datetime) -> PetitionCounts | None:
    """Those that one may read; None for whom may read none. Costs those that are open."""
    if not has(actor, Permission.PETITION_READ):
        return None
    waiting = table.c.state == PetitionState.SUPPLEMENT_ASKED
    answered, late = table.c.state == PetitionState.ANSWERED, table.c.step_due_at < now
    counted = select(
        func.count().filter(~answered),
        func.count().filter(~answered, late),
        func.count().filter(waiting),
        func.count().filter(answered),
    ).where(_WAITING, readable(actor))
    return PetitionCounts(*tx.execute(counted).one())


def told_to(actor: Actor) -> ColumnElement[bool]:
    """Petitions whose time is near or over and that someone is told of: those they deal with, and
    those of agencies where they may that nobody has, or that have climbed."""
    agencies = sorted(agencies_with(actor, Permission.PETITION_HANDLE))
    theirs = table.c.agency.in_(agencies) & (
        table.c.handler.is_(None) | (table.c.rung >= int(Rung.LEADER))
    )
    others = table.c.officer.is_(None) | (table.c.officer != actor.id)
    return and_(table.c.level.is_not(None), or_(table.c.handler == actor.id, theirs), others)


def alerted_petitions(
    tx: Connection, actor: Actor, now: datetime, limit: int
) -> list[PetitionItem]:
    """Those that one is told of, the most urgent first."""
    query = listed().where(told_to(actor)).order_by(table.c.step_due_at, table.c.id)
    return items(tx, tx.execute(query.limit(limit)), now)


def mark_of_alerts(tx: Connection, actor: Actor) -> str:
    """Something that differs whenever the list of `alerted_petitions` would."""
    figures = select(func.count(), func.max(table.c.alerted_at), func.sum(table.c.revision))
    return "/".join(str(figure) for figure in tx.execute(figures.where(told_to(actor))).one())


_WAITING = table.c.state.in_([*OPEN_STATES, PetitionState.ANSWERED])
_NEXT = func.coalesce(table.c.step_due_at, table.c.due_at)
_URGENT = (
    PetitionStanding.OPEN, PetitionStanding.OVERDUE, PetitionStanding.MINE,
    PetitionStanding.TO_PUBLISH,
)  # fmt: skip


def _conditions(
    chosen: PetitionFilter, actor: Actor, now: datetime
) -> Iterator[ColumnElement[bool]]:
    if chosen.standing is not None:
        yield _standing(chosen.standing, actor, now)
    if chosen.state is not None:
        yield table.c.state == chosen.state
    if chosen.kind is not None:
        yield table.c.kind == chosen.kind
    if chosen.agency is not None:
        yield table.c.agency == chosen.agency


def _standing(standing: PetitionStanding, actor: Actor, now: datetime) -> ColumnElement[bool]:
    is_open = table.c.state.in_(OPEN_STATES)
    return {
        PetitionStanding.OPEN: is_open,
        PetitionStanding.OVERDUE: _WAITING & (table.c.step_due_at < now),
        PetitionStanding.MINE: is_open & (table.c.handler == actor.id),
        PetitionStanding.TO_PUBLISH: table.c.state == PetitionState.ANSWERED,
        PetitionStanding.DONE: table.c.ended_at.is_not(None),
    }[standing]
