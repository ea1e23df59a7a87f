"""How a recount differs from a report that was sent: figure by figure, dossier by dossier, and why.

The dossiers behind the figures then are compared with those behind them now.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from engine.deadlines.calendar import VIETNAM
from engine.model.actor import Actor, Permission
from engine.model.event import EventType
from engine.model.event_names import EVENT_NAMES
from engine.model.report import as_json
from engine.queries.paging import Page, Slice, page
from engine.queries.sent_reports import SentInFull
from engine.reports.asked import Figure
from engine.reports.frozen import by_dossier, thaw
from engine.reports.kinds import COUNTINGS
from engine.reports.members import members
from engine.store.tables import dossier, event
from engine.store.visibility import visible_dossiers


class Why(StrEnum):
    """Why a dossier is counted otherwise.

    LATE_ENTRY: the log tells something of the period that was written after the report was sent.
    CATALOGUE: only the line is another, as field, level or agency turned out to be others then.
    ALTERED: nothing in the log explains it: what reports count was changed otherwise.
    """

    LATE_ENTRY = "late_entry"
    CATALOGUE = "catalogue"
    ALTERED = "altered"


WHY_NAMES = {
    Why.LATE_ENTRY: "Ghi sau khi gửi báo cáo, cho việc trong kỳ",
    Why.CATALOGUE: "Lĩnh vực, cấp hoặc cơ quan lúc cuối kỳ được ghi lại khác",
    Why.ALTERED: "Không có sự kiện nào giải thích: số liệu đã bị sửa, hãy kiểm chứng hồ sơ",
}


@dataclass(frozen=True)
class DifferentFigure:
    """A figure that is another now; None where the report has no such line."""

    row: str
    column: str
    sent: Any
    now: Any


@dataclass(frozen=True)
class DifferentDossier:
    """A dossier that is counted otherwise now: in which figures it was and is no longer, and the
    other way round. `events` are those of the period written since, as staff call them."""

    code: str
    no_longer: tuple[Figure, ...]
    newly: tuple[Figure, ...]
    why: Why
    why_name: str
    events: tuple[str, ...]


@dataclass(frozen=True)
class Recount:
    """How many dossiers are counted otherwise, which figures differ, and some of the dossiers."""

    different: int
    figures: tuple[DifferentFigure, ...]
    dossiers: Page[DifferentDossier]


def recount(
    tx: Connection, wanted: Slice, sent: SentInFull, actor: Actor, now: datetime
) -> Recount:
    """Count a sent report again; the dossiers are those that the actor may read."""
    kind, asked = sent.sent.kind, sent.asked(now)
    report = COUNTINGS[kind].count(tx, asked)
    then, found = thaw(sent.counted), by_dossier(members(tx, kind, asked, report))
    nothing: frozenset[Figure] = frozenset()
    changes = {
        id_: (then.figures.get(id_, nothing), found.get(id_, nothing))
        for id_ in then.figures.keys() | found.keys()
        if then.figures.get(id_, nothing) != found.get(id_, nothing)
    }
    after = wanted.after[0] if wanted.after else 0
    ids = _readable(tx, sorted(id_ for id_ in changes if id_ > after), actor, wanted.limit + 1)
    rows = [_Change(id_, code, *changes[id_], then.events.get(id_, 0)) for id_, code in ids]
    listed = page(rows, wanted, lambda row: _different(tx, row, sent), lambda row: (row.id,))
    return Recount(len(changes), tuple(_figures(sent.report, as_json(report))), listed)


@dataclass(frozen=True)
class _Change:
    id: int
    code: str
    before: frozenset[Figure]
    after: frozenset[Figure]
    events: int


def _different(tx: Connection, change: _Change, sent: SentInFull) -> DifferentDossier:
    events = _written_since(tx, change, sent)
    why = _why(change, events)
    gone, come = change.before - change.after, change.after - change.before
    names = tuple(EVENT_NAMES[each] for each in dict.fromkeys(events))
    return DifferentDossier(
        change.code, _in_order(gone), _in_order(come), why, WHY_NAMES[why], names
    )


def _why(change: _Change, events: Sequence[EventType]) -> Why:
    if events:
        return Why.LATE_ENTRY
    same = {f.column for f in change.before} == {f.column for f in change.after}
    return Why.CATALOGUE if same else Why.ALTERED


def _written_since(tx: Connection, change: _Change, sent: SentInFull) -> list[EventType]:
    """What the log tells of the period that it did not tell when the report was sent."""
    end = datetime.combine(sent.sent.end_on + timedelta(days=1), time(), VIETNAM)
    query = select(event.c.type).where(
        event.c.dossier_id == change.id, event.c.seq > change.events, event.c.at < end
    )
    return [EventType(each) for each in tx.execute(query.order_by(event.c.seq)).scalars()]


def _readable(
    tx: Connection, ids: Sequence[int], actor: Actor, limit: int
) -> list[tuple[int, str]]:
    """The first of these dossiers that the actor may read, with their codes."""
    found: list[tuple[int, str]] = []
    for start in range(0, len(ids), 500):
        query = (
            select(dossier.c.id, dossier.c.code)
            .where(dossier.c.id.in_(ids[start : start + 500]))
            .where(visible_dossiers(actor, Permission.DOSSIER_READ))
            .order_by(dossier.c.id)
        )
        found += [(row.id, row.code) for row in tx.execute(query)]
        if len(found) >= limit:
            break
    return found[:limit]


def _figures(sent: dict[str, Any], now: dict[str, Any]) -> Iterable[DifferentFigure]:
    before, after = _cells(sent), _cells(now)
    for figure in dict.fromkeys([*before, *after]):
        if before.get(figure) != after.get(figure):
            row, column = figure
            yield DifferentFigure(row, column, before.get(figure), after.get(figure))


def _cells(report: dict[str, Any]) -> dict[tuple[str, str], Any]:
    rows = (*report["rows"], report["total"])
    return {(row["key"], column): value for row in rows for column, value in row["cells"].items()}


def _in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(sorted(figures, key=lambda figure: (figure.row, figure.column)))
