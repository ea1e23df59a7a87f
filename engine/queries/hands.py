"""In whose hands dossiers are: what a supervisor sees before pressing or giving work away."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, case, false, func, or_, select

from engine.model.actor import Actor
from engine.queries.people import Person, candidates_for, names_of
from engine.queries.responsibility import unit_names
from engine.queries.supervised import heaps, supervised_agencies
from engine.store.tables import dossier, task


@dataclass(frozen=True)
class InHand:
    """A dossier with its most urgent open task; `step_name` is None where nothing is open."""

    code: str
    owner_name: str
    step_name: str | None
    unit_name: str | None
    holder: int | None
    holder_name: str | None
    due_at: datetime | None
    overdue: bool


@dataclass(frozen=True)
class Taker:
    """Someone who could be given work: how many of the dossiers suit them, and what they have."""

    person: Person
    suits: int
    holds: int
    overdue: int


def in_hands(tx: Connection, codes: Sequence[str], actor: Actor) -> list[InHand]:
    """These dossiers in this order, without those that the actor does not supervise.

    Raises `NotPermitted`.
    """
    rows = _foremost(tx, codes, actor)
    names = names_of(tx, (row.assignee for row in rows.values()))
    units = unit_names(tx, {row.agency for row in rows.values() if row.agency})
    return [_in_hand(rows[code], names, units) for code in codes if code in rows]


def takers(tx: Connection, codes: Sequence[str], actor: Actor) -> list[Taker]:
    """Who could be given the most urgent tasks of these dossiers: whom most of them suit first,
    then who has least to do. Raises `NotPermitted`."""
    rows = [row for row in _foremost(tx, codes, actor).values() if row.role]
    kinds = Counter((row.role, row.agency, row.unit) for row in rows)
    suits: Counter[Person] = Counter()
    for kind, number in kinds.items():
        for person in candidates_for(tx, *kind):
            suits[person] += number
    load = _load(tx, [person.id for person in suits])
    found = [Taker(p, number, *load.get(p.id, (0, 0))) for p, number in suits.items()]
    return sorted(found, key=lambda t: (-t.suits, t.holds, t.person.full_name))


def _foremost(tx: Connection, codes: Sequence[str], actor: Actor) -> dict[str, Any]:
    """By code: the dossier with its most urgent open task, if any (see `engine.life.groups`)."""
    query = (
        select(
            dossier.c.code, dossier.c.owner_name, task.c.name, task.c.role, task.c.agency,
            task.c.unit, task.c.assignee, task.c.due_at, task.c.overdue,
        )
        .outerjoin(task, and_(task.c.dossier_id == dossier.c.id, task.c.state == "open"))
        .where(dossier.c.code.in_(codes), or_(false(), *heaps(supervised_agencies(actor))))
        .order_by(task.c.due_at.desc(), task.c.place.desc())
    )  # fmt: skip
    return {row.code: row for row in tx.execute(query)}


def _load(tx: Connection, people: Iterable[int]) -> Mapping[int, tuple[int, int]]:
    """Open tasks of people, and how many of them are overdue."""
    overdue = func.sum(case((task.c.overdue, 1), else_=0))
    query = (
        select(task.c.assignee, func.count(), overdue)
        .where(task.c.assignee.in_(list(people)), task.c.state == "open")
        .group_by(task.c.assignee)
    )
    return {id_: (number, late) for id_, number, late in tx.execute(query)}


def _in_hand(row: Any, names: Mapping[int, str], units: Mapping[Any, str]) -> InHand:
    return InHand(
        code=row.code,
        owner_name=row.owner_name,
        step_name=row.name,
        unit_name=units.get((row.agency, row.unit)),
        holder=row.assignee,
        holder_name=names.get(row.assignee),
        due_at=row.due_at,
        overdue=bool(row.overdue),
    )
