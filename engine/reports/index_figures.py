"""What index 766 counts of dossiers: each a whole, and the part of it that earns the points.

The part that is missing is what is to be done: the way from a figure to its dossiers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
    union,
)

from engine.model.document import DocumentKind
from engine.model.petition import PetitionKind, PetitionState
from engine.model.portal import SyncState
from engine.model.service_index import Share
from engine.model.standing import Standing
from engine.model.status import Channel
from engine.reports.bases import RECEIVED, RECEIVED_FOR_US, RESOLVED, Basis
from engine.reports.extent import Extent
from engine.reports.papers import ELECTRONIC, GIVEN_OUT, LOOKING_UP, REUSING
from engine.reports.payments import OWING, PAID_ONLINE
from engine.store.board_tables import spell
from engine.store.connector_tables import request
from engine.store.petition_tables import petition
from engine.store.portal_tables import portal_sync
from engine.store.rating_tables import rating
from engine.store.tables import dossier
from engine.store.vault_tables import vault_item

SUPPLEMENT = "bo_sung_ho_so"
POPULATION = "population_db"
DISLIKED_STARS = 2


@dataclass(frozen=True)
class DossierFigure:
    """Rows of a basis that are the `whole`, and which of them are the `part`; of dossiers, or of
    their procedures where `of_procedures`. `twice` are counted off the part once more."""

    basis: Basis
    part: ColumnElement[bool]
    whole: ColumnElement[bool] | None = None
    of_procedures: bool = False
    twice: ColumnElement[bool] | None = None

    def count(self, tx: Connection, extent: Extent) -> Share:
        """How many there are."""
        if self.of_procedures:
            return self._procedures(tx, extent)
        part, whole = 0, 0
        off = false() if self.twice is None else self.twice
        numbers = [func.count().filter(each) for each in (self.part, true(), off)]
        for condition in self._parts(extent):
            row = tx.execute(select(*numbers).select_from(dossier).where(condition)).one()
            part, whole = part + row[0] - row[2], whole + row[1]
        return Share(max(part, 0), whole)

    def missing(self, extent: Extent) -> Select[tuple[int]]:
        """The ids of the dossiers that keep it from being all."""
        lacking = not_(self.part)
        parts = [select(dossier.c.id).where(each, lacking) for each in self._parts(extent)]
        return select(union(*parts).subquery().c.id)

    def _parts(self, extent: Extent) -> Iterator[ColumnElement[bool]]:
        for condition in self.basis.parts(extent):
            whole = [] if self.whole is None else [self.whole]
            yield and_(condition, *whole, *extent.of_field)

    def _procedures(self, tx: Connection, extent: Extent) -> Share:
        found: dict[str, bool] = {}
        for condition in self._parts(extent):
            part = func.max(case((self.part, 1), else_=0))
            query = select(dossier.c.procedure, part).where(condition)
            for code, has in tx.execute(query.group_by(dossier.c.procedure)):
                found[code] = found.get(code, False) or bool(has)
        return Share(sum(found.values()), len(found))


def _due(extent: Extent) -> Iterator[ColumnElement[bool]]:
    """Done in the period, or due before its last day and not done by its end.

    While a clock is halted nothing is due, unless it was late before; of a dossier that waits for
    what the citizen adds the time ended when that was asked for."""
    yield from RESOLVED.parts(extent)
    ours = dossier.c.competent_agency.in_(extent.agencies)
    overdue = dossier.c.due_at < extent.last_day
    due = and_(ours, extent.within(dossier.c.due_at), overdue)
    halted = and_(dossier.c.paused_since <= dossier.c.due_at, dossier.c.pause_reason != SUPPLEMENT)
    yield and_(due, dossier.c.processed_at.is_(None), not_(func.coalesce(halted, false())))
    yield due & (dossier.c.processed_at >= extent.end)


DUE = Basis(dossier, dossier.c.competent_agency, _due)
_SUPPLEMENTS = (
    select(func.count())
    .where(spell.c.dossier_id == dossier.c.id, spell.c.reason == SUPPLEMENT)
    .correlate(dossier)
    .scalar_subquery()
)
_END = func.coalesce(dossier.c.processed_at, dossier.c.paused_since)
"""When the time of a dossier stopped: it was done, or it waits for what the citizen adds."""
_STOPPED = or_(dossier.c.processed_at.is_not(None), dossier.c.pause_reason == SUPPLEMENT)
_ON_TIME = and_(_STOPPED, dossier.c.due_at >= _END, _SUPPLEMENTS <= 1)
_TAKEN_IN = dossier.c.received_at.is_not(None)
_SYNCED = (
    exists()
    .where(
        portal_sync.c.dossier_id == dossier.c.id,
        portal_sync.c.state == SyncState.SYNCHRONISED,
    )
    .correlate(dossier)
)
_IN_VAULT = (
    exists()
    .where(
        vault_item.c.dossier_id == dossier.c.id,
        vault_item.c.kind == DocumentKind.RESULT,
        vault_item.c.withdrawn_at.is_(None),
    )
    .correlate(dossier)
)
_ASKED_POPULATION = (
    exists()
    .where(request.c.dossier_id == dossier.c.id, request.c.connector == POPULATION)
    .correlate(dossier)
)
_LATE = dossier.c.standing == Standing.DONE_LATE
_COMPLAINED_OF = exists().where(
    petition.c.dossier == dossier.c.code,
    petition.c.kind.in_((PetitionKind.CONDUCT, PetitionKind.PROCESSING)),
    petition.c.state != PetitionState.REFUSED,
)
_LOW_RATED = exists().where(rating.c.dossier_id == dossier.c.id, rating.c.stars <= DISLIKED_STARS)
_DISLIKED = or_(_COMPLAINED_OF.correlate(dossier), _LOW_RATED.correlate(dossier))
_DIGITISED = and_(dossier.c.components_digitised >= dossier.c.components_due, ELECTRONIC)

DOSSIER_FIGURES: Mapping[str, DossierFigure] = {
    "synced": DossierFigure(RECEIVED_FOR_US, _SYNCED),
    "on_time": DossierFigure(DUE, func.coalesce(_ON_TIME, false()), _TAKEN_IN),
    "online_share": DossierFigure(RECEIVED, dossier.c.channel == Channel.ONLINE),
    "paid_online": DossierFigure(RECEIVED, PAID_ONLINE, OWING),
    "procedures_paid_online": DossierFigure(RECEIVED, PAID_ONLINE, OWING, of_procedures=True),
    "electronic_result": DossierFigure(RESOLVED, ELECTRONIC, GIVEN_OUT),
    "digitised": DossierFigure(RESOLVED, _DIGITISED, GIVEN_OUT),
    "reused": DossierFigure(RECEIVED, or_(REUSING, LOOKING_UP)),
    "vault": DossierFigure(RESOLVED, _IN_VAULT, GIVEN_OUT),
    "population": DossierFigure(RECEIVED, _ASKED_POPULATION),
    "procedures_population": DossierFigure(RECEIVED, _ASKED_POPULATION, of_procedures=True),
    "satisfied": DossierFigure(
        RESOLVED, not_(or_(_LATE, _DISLIKED)), _TAKEN_IN, twice=and_(_LATE, _DISLIKED)
    ),
}
