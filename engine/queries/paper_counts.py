"""How much of an agency's papers is data: digitised, used again, signed; and which dossiers.

Papers are counted for whoever receives them, results for whoever decides. What it costs depends
on what came in or was finished in the period, not on what lies in the database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select, union_all

from bpmn.steps import Outcome
from engine.model.actor import Actor
from engine.queries.paging import Page, Slice, page
from engine.queries.supervised import heaps, supervised_agencies
from engine.queries.supervision import FINISHED, SupervisedDossier, lines, shown
from engine.queries.supervision_counts import By, names_for
from engine.store import agencies, definitions
from engine.store.digitising_tables import obtained_component
from engine.store.tables import definition
from engine.store.tables import dossier as table

PERIOD = timedelta(days=92)
"""What is counted when no period is asked for: the last quarter."""
_ANY_UNIT = "Chưa giao đơn vị"


class PaperFigure(StrEnum):
    """What is counted of dossiers.

    RECEIVED in the period; of them REUSING papers of the vault, WITH_PAPERS that have to be data,
    and DIGITISED where all of them are, or NOT_DIGITISED. RESULTS given out in the period; of them
    SIGNED by leader and agency as data, or UNSIGNED.
    """

    RECEIVED = "received"
    REUSING = "reusing"
    WITH_PAPERS = "with_papers"
    DIGITISED = "digitised"
    NOT_DIGITISED = "not_digitised"
    RESULTS = "results"
    SIGNED = "signed"
    UNSIGNED = "unsigned"


PAPER_FIGURE_NAMES = {
    PaperFigure.RECEIVED: "Hồ sơ tiếp nhận",
    PaperFigure.REUSING: "Hồ sơ có tái sử dụng giấy tờ trong kho",
    PaperFigure.WITH_PAPERS: "Hồ sơ có thành phần phải số hóa",
    PaperFigure.DIGITISED: "Hồ sơ đã số hóa đủ thành phần",
    PaperFigure.NOT_DIGITISED: "Hồ sơ chưa số hóa đủ thành phần",
    PaperFigure.RESULTS: "Kết quả đã có trong kỳ",
    PaperFigure.SIGNED: "Kết quả điện tử đủ hai chữ ký số",
    PaperFigure.UNSIGNED: "Kết quả chưa đủ chữ ký số",
}

OF_RESULTS = frozenset({PaperFigure.RESULTS, PaperFigure.SIGNED, PaperFigure.UNSIGNED})


class PapersBy(StrEnum):
    """What the figures may be broken down by; agencies hold those of all below them."""

    AGENCY = "agency"
    UNIT = "unit"
    PROCEDURE = "procedure"


@dataclass(frozen=True)
class PaperFilter:
    """Which dossiers: of an agency and all below it, of a procedure, of those that a unit is
    competent for; in a half open period."""

    agency: str | None = None
    procedure: str | None = None
    unit: str | None = None
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True)
class PaperGroup:
    """Figures of what has something in common; `reused` are papers of the vault, `obtained` those
    that were looked up in a database instead of being asked for, all else are dossiers."""

    key: str
    name: str
    figures: Mapping[PaperFigure, int]
    reused: int
    obtained: int


@dataclass(frozen=True)
class PaperCounts:
    """Figures of a period, and of each part of it."""

    since: datetime
    before: datetime
    total: PaperGroup
    groups: list[PaperGroup]


_Sums = dict[str, int]
_REUSED, _OBTAINED = "reused", "obtained"


def count_papers(
    tx: Connection, chosen: PaperFilter, by: PapersBy | None, actor: Actor, now: datetime
) -> PaperCounts:
    """Count what the actor supervises; raises `NotPermitted`."""
    scope = _Scope.of(tx, chosen, actor, now)
    found: dict[tuple[Any, ...], _Sums] = {}
    for row in _sums(tx, scope):
        sums = found.setdefault((row.agency, row.procedure, row.version), {})
        for name in (*PaperFigure, _REUSED, _OBTAINED):
            sums[name] = sums.get(name, 0) + (getattr(row, name, 0) or 0)
    total = _group("", "", found.values())
    return PaperCounts(scope.since, scope.before, total, _groups(tx, scope, by, found))


def list_papers(
    tx: Connection,
    wanted: Slice,
    figure: PaperFigure,
    chosen: PaperFilter,
    viewer: tuple[Actor, datetime],
) -> Page[SupervisedDossier]:
    """The dossiers behind a figure, the latest handed in first; raises `NotPermitted`."""
    actor, now = viewer
    scope = _Scope.of(tx, chosen, actor, now)
    parts = [
        select(table.c.id).where(part, _MARKS[figure]) for part in scope.parts(figure in OF_RESULTS)
    ]
    keys = union_all(*parts).subquery()
    query = lines().where(table.c.id.in_(select(keys.c.id))).order_by(table.c.id.desc())
    query = query.where(table.c.id < wanted.after[0]) if wanted.after else query
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    return page(rows, wanted, shown(tx, rows), lambda row: (row.id,))


@dataclass(frozen=True)
class _Scope:
    """Whose dossiers, when, and what else is asked of them."""

    agencies: frozenset[str]
    since: datetime
    before: datetime
    more: tuple[ColumnElement[bool], ...]

    @classmethod
    def of(cls, tx: Connection, chosen: PaperFilter, actor: Actor, now: datetime) -> "_Scope":
        reached = supervised_agencies(actor)
        if chosen.agency is not None:
            reached &= frozenset(agencies.with_all_below(tx, chosen.agency))
        before = chosen.before or now + timedelta(seconds=1)
        since = chosen.since or before - PERIOD
        return cls(reached, since, before, tuple(_asked(tx, chosen)))

    def parts(self, results: bool) -> Iterator[ColumnElement[bool]]:
        """Conditions that each walk an index."""
        own, elsewhere = heaps(self.agencies)
        if results:
            yield and_(own, *self._within(table.c.processed_at), _GIVEN_OUT, *self.more)
            return
        received = table.c.receiving_agency.in_(sorted(self.agencies))
        for heap in (own, elsewhere):
            yield and_(heap, received, *self._within(table.c.received_at), *self.more)

    def _within(self, moment: ColumnElement[Any]) -> Iterator[ColumnElement[bool]]:
        yield moment.is_not(None)
        yield and_(moment >= self.since, moment < self.before)


def _asked(tx: Connection, chosen: PaperFilter) -> Iterator[ColumnElement[bool]]:
    if chosen.procedure is not None:
        yield table.c.procedure == chosen.procedure
    if chosen.unit is not None:
        digests = tx.execute(select(definition.c.digest)).scalars()
        theirs = [each for each in digests if _unit(tx, each) == chosen.unit]
        yield table.c.version.in_(theirs)


_GIVEN_OUT = table.c.standing.in_(FINISHED) & or_(
    table.c.outcome.is_(None), table.c.outcome == Outcome.DELIVERED
)
_DUE = table.c.components_due > 0
_ALL_DIGITISED = table.c.components_digitised >= table.c.components_due
_MARKS: dict[PaperFigure, ColumnElement[bool]] = {
    PaperFigure.RECEIVED: table.c.id.is_not(None),
    PaperFigure.REUSING: table.c.components_reused > 0,
    PaperFigure.WITH_PAPERS: _DUE,
    PaperFigure.DIGITISED: _DUE & _ALL_DIGITISED,
    PaperFigure.NOT_DIGITISED: _DUE & ~_ALL_DIGITISED,
    PaperFigure.RESULTS: table.c.id.is_not(None),
    PaperFigure.SIGNED: table.c.result_signed,
    PaperFigure.UNSIGNED: ~table.c.result_signed,
}


_LOOKED_UP = (
    select(func.count())
    .where(obtained_component.c.dossier_id == table.c.id)
    .correlate(table)
    .scalar_subquery()
)


def _sums(tx: Connection, scope: _Scope) -> Iterator[Any]:
    """Rows of agency, procedure and version with their figures; several for the same."""
    for results in (False, True):
        figures = [each for each in PaperFigure if (each in OF_RESULTS) is results]
        numbers = [func.sum(case((_MARKS[each], 1), else_=0)).label(each) for each in figures]
        if not results:
            numbers.append(func.sum(table.c.components_reused).label(_REUSED))
            numbers.append(func.sum(_LOOKED_UP).label(_OBTAINED))
        agency = table.c.competent_agency if results else table.c.receiving_agency
        keys = (agency.label("agency"), table.c.procedure, table.c.version)
        for part in scope.parts(results):
            yield from tx.execute(select(*keys, *numbers).where(part).group_by(*keys))


def _groups(
    tx: Connection,
    scope: _Scope,
    by: PapersBy | None,
    found: Mapping[tuple[Any, ...], _Sums],
) -> list[PaperGroup]:
    """The parts by key, agencies from the top down."""
    if by is None:
        return []
    parted: dict[str, list[_Sums]] = {}
    parents = agencies.parents(tx) if by is PapersBy.AGENCY else {}
    for (agency, procedure, version), sums in found.items():
        for key in _keys(tx, by, (agency, procedure, version), parents):
            parted.setdefault(key, []).append(sums)
    reached = parted.keys() & scope.agencies if by is PapersBy.AGENCY else parted.keys()
    names = names_for(tx, By(by.value), list(reached), scope.agencies)
    return [_group(key, names.get(key, key) or _ANY_UNIT, parted[key]) for key in sorted(reached)]


def _keys(
    tx: Connection, by: PapersBy, key: tuple[str, str, str], parents: Mapping[str, str | None]
) -> tuple[str, ...]:
    agency, procedure, version = key
    if by is PapersBy.AGENCY:
        return agencies.with_those_above(agency, parents)
    return (procedure,) if by is PapersBy.PROCEDURE else (_unit(tx, version),)


def _unit(tx: Connection, version: str) -> str:
    """The unit that a version of a procedure makes competent; empty where any may be."""
    return definitions.version(tx, version).facts.unit or ""


def _group(key: str, name: str, parts: Sequence[_Sums] | Any) -> PaperGroup:
    parts = list(parts)
    figures = {each: sum(sums.get(each, 0) for sums in parts) for each in PaperFigure}
    reused, obtained = (sum(sums.get(n, 0) for sums in parts) for n in (_REUSED, _OBTAINED))
    return PaperGroup(key, name, figures, reused, obtained)
