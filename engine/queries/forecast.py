"""Which open dossiers are likely to be late, judged by how long others took from the same step.

What it costs depends on the dossiers due soon and on how many procedures they are of; not on how
much was finished: of each procedure the latest dossiers are looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select, union_all

from bpmn.ways import counted_hours, hours_after
from engine.deadlines.calendar import local
from engine.model.actor import Actor
from engine.model.standing import STANDING_NAMES, Standing
from engine.queries.likelihood import (
    CONFIDENCE_NAMES,
    Confidence,
    Likelihood,
    from_experience,
    from_limits,
    longer,
)
from engine.queries.paging import Page, Slice
from engine.queries.people import names_of
from engine.queries.supervised import at_agency, heaps, narrowed, supervised_agencies
from engine.store import definitions, editions
from engine.store.tables import dossier as table
from engine.store.tables import procedure, task

LATEST_DOSSIERS = 500
MOST_SAMPLES = 200
"""Of each step the latest so many openings are samples, found in the latest dossiers."""
WITHIN = 10
_HOUR = 3600
_RUNNING = (Standing.ON_TRACK, Standing.NEAR_DUE)
Samples = Mapping[tuple[str, str], Sequence[int]]


@dataclass(frozen=True)
class ForecastItem:
    """A dossier that may be late. `remaining` are working hours of its clock; `samples` is how
    many that came as far as this the probability rests on."""

    code: str
    procedure: str
    procedure_name: str
    owner_name: str
    receiving_agency: str
    competent_agency: str
    standing: Standing
    standing_name: str
    step: str
    step_name: str
    unit: str | None
    holder: int | None
    holder_name: str | None
    due_at: datetime
    remaining: float
    probability: float
    low: float
    high: float
    samples: int
    confidence: Confidence
    confidence_name: str


class _Judged(NamedTuple):
    """In the order of the list."""

    unlikely: float
    due_at: datetime
    id: int
    place: int
    left: float
    likelihood: Likelihood

    @property
    def key(self) -> tuple[float, datetime, int]:
        return self[:3]


def forecast(
    tx: Connection, wanted: Slice, agency: str | None, within: int, actor: Actor, now: datetime
) -> Page[ForecastItem]:
    """Dossiers whose clock runs and which are due within so many working days, the likeliest to
    be late first; overdue ones are no longer forecast. Raises `NotPermitted`."""
    agencies = narrowed(supervised_agencies(actor), agency)
    rows = tx.execute(_candidates(agencies, agency, _horizon(tx, agencies, within, now))).all()
    judged = sorted(_judge(tx, rows, now), key=lambda each: each.key)
    if wanted.after:
        judged = [each for each in judged if each.key > wanted.after]
    shown = judged[: wanted.limit]
    goes_on = len(judged) > len(shown)
    return Page(_items(tx, shown), shown[-1].key if goes_on else None)


def _horizon(tx: Connection, agencies: frozenset[str], within: int, now: datetime) -> datetime:
    calendar = editions.calendar(tx, editions.in_force(tx, min(agencies)).calendar)
    return calendar.closing(calendar.plus_working_days(local(now).date(), within))


def _candidates(agencies: frozenset[str], agency: str | None, horizon: datetime) -> Any:
    """Open tasks of dossiers due soon, with what their clocks grant and had used before."""
    asked = [at_agency(agency)] if agency is not None and agencies != {agency} else []
    return union_all(
        *(
            select(
                table.c.id, table.c.procedure, table.c.version, table.c.calendar, table.c.due_at,
                table.c.budget, task.c.place, task.c.step, task.c.used_at_open,
            )
            .join(task, task.c.dossier_id == table.c.id)
            .where(
                heap,
                table.c.processed_at.is_(None),
                table.c.standing.in_(_RUNNING),
                table.c.due_at <= horizon,
                task.c.state == "open",
                task.c.used_at_open.is_not(None),
                *asked,
            )
            for heap in heaps(agencies)
        )
    )  # fmt: skip


def _judge(tx: Connection, rows: Sequence[Any], now: datetime) -> Iterable[_Judged]:
    """Each dossier once: by the one of its open tasks that bodes worst."""
    samples = _samples(tx, {row.procedure for row in rows})
    left: dict[tuple[str, datetime], float] = {}
    worst: dict[int, _Judged] = {}
    for row in rows:
        key = row.calendar, row.due_at
        if key not in left:
            calendar = editions.calendar(tx, row.calendar)
            left[key] = calendar.working_time(now, row.due_at).total_seconds()
        likelihood = _likelihood(tx, row, left[key], samples)
        unlikely = -likelihood.probability
        judged = _Judged(unlikely, row.due_at, row.id, row.place, left[key], likelihood)
        if row.id not in worst or judged.unlikely < worst[row.id].unlikely:
            worst[row.id] = judged
    return worst.values()


def _likelihood(tx: Connection, row: Any, left: float, samples: Samples) -> Likelihood:
    """Consumed and remaining time make up the budget, so the clock itself need not be read."""
    elapsed = max(0.0, row.budget - left - row.used_at_open)
    seen = samples.get((row.procedure, row.step), ())
    judged = from_experience(seen, elapsed, left)
    if judged is not None:
        return judged
    version = definitions.version(tx, row.version)
    own = float(counted_hours(row.step, version)) * _HOUR
    after = float(hours_after(version).get(row.step, 0)) * _HOUR
    return from_limits(max(own - elapsed, 0.0) + after, left, longer(seen, elapsed))


def _samples(tx: Connection, procedures: set[str]) -> Samples:
    """How long it took from each opening of a step to the result, by procedure and step."""
    found: dict[tuple[str, str], list[int]] = {}
    for code in sorted(procedures):
        for row in tx.execute(_seen(code)):
            rests = found.setdefault((code, row.step), [])
            # Where a pause let the time limit begin anew, what was used before is not known.
            if row.rest >= 0 and len(rests) < MOST_SAMPLES:
                rests.append(row.rest)
    return {key: sorted(rests) for key, rests in found.items()}


def _seen(code: str) -> Select[Any]:
    latest = (
        select(table.c.id, table.c.used, table.c.processed_at)
        .where(table.c.procedure == code, table.c.used.is_not(None))
        .order_by(table.c.processed_at.desc())
        .limit(LATEST_DOSSIERS)
        .subquery()
    )
    rest = (latest.c.used - task.c.used_at_open).label("rest")
    return (
        select(task.c.step, rest)
        .join(latest, latest.c.id == task.c.dossier_id)
        .where(task.c.used_at_open.is_not(None))
        .order_by(latest.c.processed_at.desc(), task.c.place)
    )


def _items(tx: Connection, shown: Sequence[_Judged]) -> list[ForecastItem]:
    """What is shown of dossiers, read for those on the page only."""
    query = (
        select(
            table.c.id, table.c.code, table.c.procedure, table.c.owner_name, table.c.standing,
            table.c.receiving_agency, table.c.competent_agency, table.c.due_at, task.c.place,
            procedure.c.name.label("procedure_name"), task.c.step, task.c.name.label("step_name"),
            task.c.unit, task.c.assignee,
        )
        .join(task, task.c.dossier_id == table.c.id)
        .join(procedure, procedure.c.code == table.c.procedure)
        .where(table.c.id.in_([each.id for each in shown]), task.c.state == "open")
    )  # fmt: skip
    rows = {(row.id, row.place): row for row in tx.execute(query)}
    names = names_of(tx, (row.assignee for row in rows.values()))
    return [_item(each, rows[each.id, each.place], names) for each in shown]


def _item(judged: _Judged, row: Any, names: Mapping[int, str]) -> ForecastItem:
    likelihood, standing = judged.likelihood, Standing(row.standing)
    same = ("code", "procedure", "procedure_name", "owner_name", "receiving_agency",
            "competent_agency", "step", "step_name", "unit", "due_at")  # fmt: skip
    return ForecastItem(
        **{name: getattr(row, name) for name in same},
        standing=standing,
        standing_name=STANDING_NAMES[standing],
        holder=row.assignee,
        holder_name=names.get(row.assignee),
        remaining=round(judged.left / _HOUR, 2),
        probability=round(likelihood.probability, 3),
        low=round(likelihood.low, 3),
        high=round(likelihood.high, 3),
        samples=likelihood.samples,
        confidence=likelihood.confidence,
        confidence_name=CONFIDENCE_NAMES[likelihood.confidence],
    )
