"""How many dossiers are in each group: the figures that supervisors begin with."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, union_all

from bpmn.steps import STAGE_NAMES
from engine.model.actor import Actor
from engine.model.standing import Standing
from engine.queries.people import names_of
from engine.queries.supervised import heaps, narrowed, supervised_agencies
from engine.queries.supervision import FINISHED, OPEN, SupervisionFilter, conditions
from engine.store import editions
from engine.store.tables import agency, procedure, unit
from engine.store.tables import dossier as table

RECENT = timedelta(days=92)
"""Finished dossiers are counted over a period, by default the last quarter: so that counting
never costs more for what was finished in the years before."""


class By(StrEnum):
    """What the figures may be broken down by."""

    PAUSE_REASON = "pause_reason"
    UNIT = "unit"
    HOLDER = "holder"
    PROCEDURE = "procedure"
    STAGE = "stage"
    AGENCY = "agency"
    OVERDUE_CAUSE = "overdue_cause"


@dataclass(frozen=True)
class Group:
    """The dossiers that have something in common; `key` is None for those that have nothing."""

    key: str | None
    name: str
    total: int
    counts: Mapping[Standing, int]


@dataclass(frozen=True)
class Counts:
    """Dossiers by group, and in each breakdown; finished ones only of the period."""

    processed_from: datetime
    processed_before: datetime
    total: int
    counts: Mapping[Standing, int]
    groups: list[Group]


def count_supervised(
    tx: Connection, chosen: SupervisionFilter, by: By | None, actor: Actor, now: datetime
) -> Counts:
    """Count what the actor supervises; every group is named, empty ones too.

    Raises `NotPermitted`.
    """
    agencies = narrowed(supervised_agencies(actor), chosen.agency)
    until = chosen.processed_before or now + timedelta(seconds=1)
    since = chosen.processed_from or until - RECENT
    chosen = replace(chosen, processed_from=None, processed_before=None)
    keys = [] if by is None else [table.c[_COLUMN.get(by, by.value)]]
    found: dict[Any, dict[Standing, int]] = {}
    for *key, standing, dossiers in tally(tx, keys, chosen, agencies, (since, until)):
        counts = found.setdefault(key[0] if key else None, dict.fromkeys(Standing, 0))
        counts[Standing(standing)] += dossiers
    totals = {s: sum(counts[s] for counts in found.values()) for s in Standing}
    groups = _groups(found, names_for(tx, by, found, agencies)) if by else []
    return Counts(since, until, sum(totals.values()), totals, groups)


def tally(
    tx: Connection,
    keys: Sequence[ColumnElement[Any]],
    chosen: SupervisionFilter,
    agencies: frozenset[str],
    period: tuple[datetime, datetime],
) -> Sequence[Any]:
    """How many dossiers of each group share these keys: rows of keys, group and number, some of
    them several times; finished ones of the period only."""
    done = table.c.processed_at
    still_open = (done.is_(None), table.c.standing.in_(OPEN))
    finished = (
        done.is_not(None), done >= period[0], done < period[1], table.c.standing.in_(FINISHED),
    )  # fmt: skip
    where = list(conditions(chosen, agencies))
    query = union_all(
        *(
            select(*keys, table.c.standing, func.count().label("dossiers"))
            .where(heap, *group, *where)
            .group_by(*keys, table.c.standing)
            for heap in heaps(agencies)
            for group in (still_open, finished)
        )
    )
    return tx.execute(query).all()


_COLUMN = {By.AGENCY: "competent_agency"}


def names_for(
    tx: Connection, by: By, keys: Collection[Any], agencies: frozenset[str]
) -> Mapping[Any, str]:
    """What the keys of a breakdown are called, as far as they are known."""
    return _NAMES[by](tx, keys, agencies)


def _groups(found: dict[Any, dict[Standing, int]], names: Mapping[Any, str]) -> list[Group]:
    """The largest first; what has no key at the end."""
    groups = [
        Group(None if key is None else str(key), _name(key, names), sum(counts.values()), counts)
        for key, counts in found.items()
    ]
    return sorted(groups, key=lambda group: (group.key is None, -group.total, group.name))


def _name(key: Any, names: Mapping[Any, str]) -> str:
    return "Chưa có" if key is None else names.get(key, str(key))


Keys = Collection[Any]


def _unit_names(tx: Connection, keys: Keys, agencies: frozenset[str]) -> dict[Any, str]:
    known = unit.c.agency.in_(sorted(agencies)) & unit.c.code.in_(_known(keys))
    query = select(unit.c.code, func.min(unit.c.name)).where(known).group_by(unit.c.code)
    return _pairs(tx, query)


def _agency_names(tx: Connection, keys: Keys, agencies: frozenset[str]) -> dict[Any, str]:
    query = select(agency.c.code, agency.c.name).where(agency.c.code.in_(_known(keys)))
    return _pairs(tx, query)


def _procedure_names(tx: Connection, keys: Keys, agencies: frozenset[str]) -> dict[Any, str]:
    query = select(procedure.c.code, procedure.c.name).where(procedure.c.code.in_(_known(keys)))
    return _pairs(tx, query)


def _reason_names(tx: Connection, keys: Keys, agencies: frozenset[str]) -> dict[Any, str]:
    rulebooks = _rulebooks(tx, agencies)
    return {code: reason.name for rules in rulebooks for code, reason in rules.pauses.items()}


def _cause_names(tx: Connection, keys: Keys, agencies: frozenset[str]) -> dict[Any, str]:
    rulebooks = _rulebooks(tx, agencies)
    return {code: cause.name for rules in rulebooks for code, cause in rules.causes.items()}


def _rulebooks(tx: Connection, agencies: frozenset[str]) -> Iterator[Any]:
    query = select(agency.c.rulebook).where(agency.c.code.in_(sorted(agencies))).distinct()
    digests = sorted(filter(None, tx.execute(query).scalars()))
    return (editions.rulebook(tx, digest) for digest in digests)


def _pairs(tx: Connection, query: Select[Any]) -> dict[Any, str]:
    return dict(map(tuple, tx.execute(query).all()))


def _known(keys: Keys) -> list[Any]:
    return [key for key in keys if key is not None]


_NAMES: dict[By, Callable[[Connection, Keys, frozenset[str]], Mapping[Any, str]]] = {
    By.PAUSE_REASON: _reason_names,
    By.UNIT: _unit_names,
    By.HOLDER: lambda tx, keys, agencies: names_of(tx, keys),
    By.PROCEDURE: _procedure_names,
    By.STAGE: lambda tx, keys, agencies: dict(STAGE_NAMES),
    By.AGENCY: _agency_names,
    By.OVERDUE_CAUSE: _cause_names,
}
