"""What is counted: dossiers that came in or were finished in a period, stood somewhere, and so on.

Each basis is a source of rows, one for each that counts, in parts that each walk an index; what it
costs depends on what happened in the period, not on what lies in the database.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, exists, or_

from engine.model.document import ISSUED
from engine.model.standing import Standing
from engine.reports.extent import Extent
from engine.store.board_tables import spell
from engine.store.money_tables import payment
from engine.store.paper_tables import document
from engine.store.tables import dossier, task
from engine.store.time_tables import holding

Parts = Callable[[Extent], Iterator[ColumnElement[bool]]]


@dataclass(frozen=True)
class Basis:
    """Rows that count; `agency` is the one that each is counted for."""

    source: FromClause
    agency: ColumnElement[Any]
    parts: Parts


_SPELLS = dossier.join(spell, spell.c.dossier_id == dossier.c.id)
_PAPERS = dossier.join(document, document.c.dossier_id == dossier.c.id)
_MONEY = dossier.join(payment, payment.c.dossier_id == dossier.c.id)
_HELD = dossier.join(holding, holding.c.dossier_id == dossier.c.id)
_DONE = _HELD.join(
    task, and_(task.c.dossier_id == holding.c.dossier_id, task.c.place == holding.c.place)
)
_FINISHED = dossier.c.standing.in_((Standing.DONE, Standing.DONE_LATE))
_ELSEWHERE = dossier.c.receiving_agency != dossier.c.competent_agency


def _decided(extent: Extent) -> ColumnElement[bool]:
    return dossier.c.competent_agency.in_(extent.agencies)


def _received(extent: Extent) -> Iterator[ColumnElement[bool]]:
    here = dossier.c.receiving_agency.in_(extent.agencies)
    when = extent.within(dossier.c.received_at)
    yield _decided(extent) & here & when
    yield and_(here, _ELSEWHERE, dossier.c.competent_agency.not_in(extent.agencies), when)


def _received_for_us(extent: Extent) -> Iterator[ColumnElement[bool]]:
    yield _decided(extent) & extent.within(dossier.c.received_at)


def _resolved(extent: Extent) -> Iterator[ColumnElement[bool]]:
    yield _decided(extent) & extent.within(dossier.c.processed_at) & _FINISHED


def _resolved_late(extent: Extent) -> Iterator[ColumnElement[bool]]:
    late = dossier.c.standing == Standing.DONE_LATE
    yield _decided(extent) & extent.within(dossier.c.processed_at) & late


def _standing_at_end(*standings: Standing) -> Parts:
    """Spells of dossiers that stood so when the period ended."""

    def parts(extent: Extent) -> Iterator[ColumnElement[bool]]:
        stood = and_(
            spell.c.competent_agency.in_(extent.agencies),
            spell.c.standing.in_(standings),
            spell.c.since < extent.end,
        )
        yield stood & spell.c.until.is_(None)
        yield stood & (spell.c.until >= extent.end)

    return parts


def _pauses_begun(extent: Extent) -> Iterator[ColumnElement[bool]]:
    begun = and_(
        spell.c.competent_agency.in_(extent.agencies),
        spell.c.standing == Standing.PAUSED,
        spell.c.since >= extent.start,
        spell.c.since < extent.end,
    )
    yield begun & or_(spell.c.until.is_(None), spell.c.until >= extent.start)


def _paid(extent: Extent) -> Iterator[ColumnElement[bool]]:
    settled = extent.within(payment.c.settled_at)
    yield payment.c.agency.in_(extent.agencies) & settled & payment.c.reversed_at.is_(None)


def _held(extent: Extent) -> Iterator[ColumnElement[bool]]:
    yield holding.c.agency.in_(extent.agencies) & extent.within(holding.c.until)


def _done(extent: Extent) -> Iterator[ColumnElement[bool]]:
    ended = (task.c.state == "completed") & (task.c.closed_at == holding.c.until)
    for part in _held(extent):
        yield part & ended & ~_HELD_ON


def _held_on() -> ColumnElement[bool]:
    """That someone had the task after this: it may be claimed and completed in one moment."""
    later = holding.alias()
    same = (later.c.dossier_id == holding.c.dossier_id, later.c.place == holding.c.place)
    return exists().where(*same, later.c.seq > holding.c.seq).correlate(holding)


_HELD_ON = _held_on()


def _issued(extent: Extent) -> Iterator[ColumnElement[bool]]:
    for part in _resolved(extent):
        yield part & document.c.kind.in_(sorted(ISSUED))


RECEIVED = Basis(dossier, dossier.c.receiving_agency, _received)
"""Dossiers received in the period, for whoever received them."""
RECEIVED_FOR_US = Basis(dossier, dossier.c.competent_agency, _received_for_us)
"""Dossiers received in the period, for whoever decides on them."""
RESOLVED = Basis(dossier, dossier.c.competent_agency, _resolved)
"""Dossiers whose result was ready, or whose life ended, in the period."""
RESOLVED_LATE = Basis(dossier, dossier.c.competent_agency, _resolved_late)
OVERDUE_AT_END = Basis(_SPELLS, spell.c.competent_agency, _standing_at_end(Standing.OVERDUE))
PAUSED_AT_END = Basis(
    _SPELLS,
    spell.c.competent_agency,
    _standing_at_end(Standing.PAUSED, Standing.PAUSED_OVERDUE),
)
PAUSES_BEGUN = Basis(_SPELLS, spell.c.competent_agency, _pauses_begun)
"""Pauses that began in the period, one row for each."""
ISSUED_PAPERS = Basis(_PAPERS, dossier.c.competent_agency, _issued)
"""Results and refusals of dossiers that were finished in the period, one row for each."""
PAYMENTS = Basis(_MONEY, payment.c.agency, _paid)
"""Money that came in in the period and was not taken back, one row for each payment."""
HOLDINGS = Basis(_HELD, holding.c.agency, _held)
"""Tasks as people had them, one row for each time that ended in the period."""
TASKS_DONE = Basis(_DONE, holding.c.agency, _done)
"""Tasks that people completed in the period."""
