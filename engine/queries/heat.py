"""The heat of a procedure: where in its drawings dossiers wait, how long, and where time is lost.

What it costs depends on the work of the procedure in the period, walked by indexes of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select, tuple_

from bpmn.procedure import Procedure
from bpmn.steps import Step
from engine.errors import NotPermitted
from engine.model.actor import Actor
from engine.queries import procedures
from engine.queries.paging import Page, Slice, page
from engine.queries.people import names_of
from engine.queries.responsibility import hours
from engine.queries.supervised import supervised_agencies
from engine.store.tables import dossier, task
from engine.store.time_tables import holding

WEEKS = 8
MOST_WEEKS = 52


@dataclass(frozen=True)
class HeatFilter:
    """A procedure in a version (the one in force), everywhere or in one agency, and for how many
    weeks back; what waits is counted whatever version its dossier runs on."""

    procedure: str
    version: str | None = None
    agency: str | None = None
    weeks: int = WEEKS


@dataclass(frozen=True)
class StepHeat:
    """One step: what waits there now, and what passed through in the period.

    `drawing` is the file it is drawn in, None like `step` for a step of an earlier version. Hours
    are working hours that a task spent at the step, pauses taken out: half of those that `passed`
    took no longer than `typical`, nine of ten no longer than `long`, None where none passed;
    `lost` are all those beyond the limit of the step, by `late` tasks.
    """

    id: str
    name: str
    drawing: str | None
    step: Step | None
    waiting: int
    unassigned: int
    overdue: int
    passed: int
    typical: float | None
    long: float | None
    late: int
    lost: float


@dataclass(frozen=True)
class Heat:
    """One version of a procedure, and its steps in the order of its drawings."""

    procedure: Procedure
    since: datetime
    steps: list[StepHeat]


@dataclass(frozen=True)
class Waiting:
    """A task that waits at a step."""

    code: str
    place: int
    owner_name: str
    agency: str
    unit: str | None
    holder: int | None
    holder_name: str | None
    opened_at: datetime
    due_at: datetime
    overdue: bool


def heat(tx: Connection, chosen: HeatFilter, actor: Actor, now: datetime) -> Heat:
    """Over the last weeks, in the agencies that the actor supervises or in one of them.

    A step that the version no longer has is told of at the end, while anything waits there.
    Raises `NotPermitted` or `ProcedureUnknown`.
    """
    codes = _agencies(actor, chosen.agency)
    shown = procedures.procedure(tx, chosen.procedure, chosen.version)
    since = now - timedelta(weeks=chosen.weeks)
    waiting = _by_step(tx, _waiting_now(chosen.procedure, codes))
    passed = _by_step(tx, _passed_since(chosen.procedure, codes, since))
    drawn = {step: drawing.file for drawing in shown.drawings for step in drawing.steps}
    gone = sorted(waiting.keys() - drawn.keys())
    steps = [
        _heat(id_, shown, drawn.get(id_), waiting.get(id_), passed.get(id_))
        for id_ in (*drawn, *gone)
    ]
    return Heat(shown, since, steps)


def list_waiting(
    tx: Connection, wanted: Slice, chosen: HeatFilter, step: str, actor: Actor
) -> Page[Waiting]:
    """The tasks that wait at a step, by due moment. Raises `NotPermitted`."""
    codes = _agencies(actor, chosen.agency)
    keys = (task.c.due_at, task.c.dossier_id, task.c.place)
    query = (
        select(task, dossier.c.code, dossier.c.owner_name)
        .join(dossier, dossier.c.id == task.c.dossier_id)
        .where(_open_at(chosen.procedure, codes), task.c.step == step)
        .order_by(*keys)
        .limit(wanted.limit + 1)
    )
    rows = tx.execute(query.where(tuple_(*keys) > wanted.after) if wanted.after else query).all()
    names = names_of(tx, (row.assignee for row in rows))
    return page(
        rows,
        wanted,
        lambda row: _waiting(row, names),
        lambda row: (row.due_at, row.dossier_id, row.place),
    )


def _agencies(actor: Actor, agency: str | None) -> list[str]:
    agencies = supervised_agencies(actor)
    if agency is not None and agency not in agencies:
        raise NotPermitted(what=f"giám sát cơ quan {agency}")
    return [agency] if agency else sorted(agencies)


def _open_at(code: str, codes: list[str]) -> ColumnElement[bool]:
    return and_(task.c.procedure == code, task.c.agency.in_(codes), task.c.state == "open")


def _waiting_now(code: str, codes: list[str]) -> Any:
    return (
        select(
            task.c.step,
            func.min(task.c.name).label("name"),
            func.count().label("waiting"),
            _number(task.c.assignee.is_(None)).label("unassigned"),
            _number(task.c.overdue).label("overdue"),
        )
        .where(_open_at(code, codes))
        .group_by(task.c.step)
    )


def _passed_since(code: str, codes: list[str], since: datetime) -> Any:
    """Of each step the tasks that are done, by rank of the time they spent there."""
    held = (
        select(
            *(holding.c[name] for name in _VISIT),
            func.sum(holding.c.worked).label("worked"),
            func.sum(holding.c.late).label("late"),
        )
        .where(holding.c.procedure == code, holding.c.agency.in_(codes), holding.c.until >= since)
        .group_by(*(holding.c[name] for name in _VISIT))
        .subquery()
    )
    waiting = select(task.c.dossier_id, task.c.place).where(_open_at(code, codes)).subquery()
    same = (waiting.c.dossier_id == held.c.dossier_id) & (waiting.c.place == held.c.place)
    visits = (
        select(held.c.step, held.c.worked, held.c.late)
        .outerjoin_from(held, waiting, same)
        .where(waiting.c.place.is_(None))
        .subquery()
    )
    step, worked = visits.c.step, visits.c.worked
    ranked = select(
        *visits.c,
        func.row_number().over(partition_by=step, order_by=worked).label("rank"),
        func.count().over(partition_by=step).label("number"),
    ).subquery()
    return select(
        ranked.c.step,
        func.max(ranked.c.number).label("passed"),
        _at_rank(ranked, (ranked.c.number + 1) // 2).label("typical"),
        _at_rank(ranked, (ranked.c.number * 9 + 9) // 10).label("long"),
        _number(ranked.c.late > 0).label("late"),
        func.sum(ranked.c.late).label("lost"),
    ).group_by(ranked.c.step)


_VISIT = ("dossier_id", "place", "step")


def _at_rank(ranked: Any, rank: Any) -> Any:
    return func.max(case((ranked.c.rank == rank, ranked.c.worked)))


def _number(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def _by_step(tx: Connection, query: Any) -> dict[str, Any]:
    return {row.step: row for row in tx.execute(query)}


def _heat(id_: str, shown: Procedure, drawing: str | None, waiting: Any, passed: Any) -> StepHeat:
    step = shown.places.steps.get(id_)
    return StepHeat(
        id=id_,
        name=step.name if step else waiting.name,
        drawing=drawing,
        step=step,
        waiting=waiting.waiting if waiting else 0,
        unassigned=waiting.unassigned if waiting else 0,
        overdue=waiting.overdue if waiting else 0,
        passed=passed.passed if passed else 0,
        typical=_hours(passed.typical) if passed else None,
        long=_hours(passed.long) if passed else None,
        late=passed.late if passed else 0,
        lost=_hours(passed.lost) if passed else 0.0,
    )


def _hours(seconds: Any) -> float:
    return hours(timedelta(seconds=int(seconds)))


def _waiting(row: Any, names: Mapping[int, str]) -> Waiting:
    same = ("code", "place", "owner_name", "agency", "unit", "opened_at", "due_at", "overdue")
    return Waiting(
        **{name: getattr(row, name) for name in same},
        holder=row.assignee,
        holder_name=names.get(row.assignee),
    )
