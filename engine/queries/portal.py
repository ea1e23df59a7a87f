"""How the national portal stands: of each dossier, in figures, and round by round."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from engine.errors import DossierUnknown, NotPermitted
from engine.model.actor import Actor, Permission, has
from engine.model.portal import DIFFERENCE_NAMES, SYNC_NAMES, Difference, SyncState
from engine.portal.statuses import standard_statuses
from engine.queries.paging import Page, Slice, page
from engine.store import portal_link, portal_syncs
from engine.store.portal_tables import portal_difference, portal_round
from engine.store.portal_tables import portal_sync as table
from engine.store.tables import dossier
from engine.store.visibility import visible_dossiers


@dataclass(frozen=True)
class SyncItem:
    """What the portal should show of a dossier (`number`, `code`), and what it took last."""

    dossier: str
    state: SyncState
    state_name: str
    number: int
    code: int
    code_name: str
    written_at: datetime
    waiting_since: datetime | None
    taken_number: int | None
    taken_code: int | None
    taken_name: str | None
    taken_at: datetime | None
    last_error: str | None
    asked: bool


@dataclass(frozen=True)
class Round:
    """One comparison with the portal; `failed` is why it came to no end."""

    id: int
    started_at: datetime
    ended_at: datetime | None
    compared: int
    healed: int
    failed: str | None


@dataclass(frozen=True)
class Figures:
    """`since`: None where the portal is not used. `bringing`: dossiers from before are still being
    brought over. `oldest`: since when the one waits that waits longest. Counts are of dossiers."""

    since: datetime | None
    bringing: bool
    waiting: int
    failed: int
    differs: int
    oldest: datetime | None
    last_round: Round | None

    def is_late(self, now: datetime, hours: int) -> bool:
        """Whether one has been waiting for longer than so many hours."""
        return self.oldest is not None and now - self.oldest > timedelta(hours=hours)


@dataclass(frozen=True)
class DifferenceItem:
    """A difference that a round found; `healed`: the dossier was told again."""

    kind: Difference
    kind_name: str
    dossier: str
    our_number: int | None
    our_code: int | None
    their_number: int | None
    their_code: str | None
    healed: bool


_COLUMNS = (
    dossier.c.code.label("dossier"), table.c.state, table.c.number, table.c.code,
    table.c.written_at, table.c.waiting_since, table.c.taken_number, table.c.taken_code,
    table.c.taken_at, table.c.last_error, table.c.asked,
)  # fmt: skip
_SYNCS = select(*_COLUMNS, table.c.dossier_id).join(dossier, dossier.c.id == table.c.dossier_id)
_PENDING = table.c.state != SyncState.SYNCHRONISED


def sync_of(tx: Connection, code: str, actor: Actor) -> SyncItem | None:
    """How a dossier stands with the portal that the actor may read, or resend; None where it was
    never told. Raises `DossierUnknown`.
    """
    known = or_(visible_dossiers(actor, Permission.DOSSIER_READ), _mine(actor))
    query = select(dossier.c.id).where(dossier.c.code == code, known)
    id_ = tx.execute(query).scalar_one_or_none()
    if id_ is None:
        raise DossierUnknown(code=code)
    row = tx.execute(_SYNCS.where(table.c.dossier_id == id_)).one_or_none()
    return _item(row) if row else None


def list_syncs(
    tx: Connection, wanted: Slice, state: SyncState | None, actor: Actor
) -> Page[SyncItem]:
    """Dossiers of agencies that the actor administers, in the order in which they came in; without
    a state all that are not synchronised."""
    _require(actor)
    query = _SYNCS.where(_mine(actor), table.c.state == state if state else _PENDING)
    if wanted.after:
        query = query.where(table.c.dossier_id > wanted.after[0])
    rows = tx.execute(query.order_by(table.c.dossier_id).limit(wanted.limit + 1)).all()
    return page(rows, wanted, _item, lambda row: (row.dossier_id,))


def figures(tx: Connection, actor: Actor) -> Figures:
    """The portal at a glance, of agencies that the actor administers."""
    _require(actor)
    query = (
        select(table.c.state, func.count().label("dossiers"), func.min(table.c.waiting_since))
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .where(_PENDING, _mine(actor))
        .group_by(table.c.state)
    )
    rows = tx.execute(query).all()
    counts = {row.state: row.dossiers for row in rows}
    latest = tx.execute(_ROUNDS.limit(1)).one_or_none()
    return Figures(
        since=portal_link.since(tx),
        bringing=portal_link.is_walking(tx),
        waiting=counts.get(SyncState.WAITING, 0),
        failed=counts.get(SyncState.FAILED, 0),
        differs=counts.get(SyncState.DIFFERS, 0),
        oldest=min((row[2] for row in rows if row[2]), default=None),
        last_round=Round(**latest._mapping) if latest else None,
    )


@dataclass(frozen=True)
class Signs:
    """Of the whole installation: for how long the one waits that waits longest, 0 where none does,
    and how many dossiers have a message that was refused."""

    waiting_seconds: float
    refused: int


def signs(tx: Connection, now: datetime) -> Signs:
    """What a machine watches."""
    oldest = portal_syncs.oldest_waiting(tx)
    waiting = max((now - oldest).total_seconds(), 0.0) if oldest else 0.0
    refused = select(func.count()).select_from(table).where(table.c.state == SyncState.FAILED)
    return Signs(waiting, tx.execute(refused).scalar_one())


_ROUNDS = select(portal_round).order_by(portal_round.c.id.desc())


def list_rounds(tx: Connection, wanted: Slice, actor: Actor) -> Page[Round]:
    """Comparisons, the latest first."""
    _require(actor)
    query = _ROUNDS.limit(wanted.limit + 1)
    if wanted.after:
        query = query.where(portal_round.c.id < wanted.after[0])
    rows = tx.execute(query).all()
    return page(rows, wanted, lambda row: Round(**row._mapping), lambda row: (row.id,))


def list_differences(
    tx: Connection, wanted: Slice, round_id: int, actor: Actor
) -> Page[DifferenceItem]:
    """What a round found, as far as it concerns the actor's agencies, or nobody's."""
    _require(actor)
    column = portal_difference.c
    query = (
        select(portal_difference)
        .outerjoin(dossier, dossier.c.code == column.dossier)
        .where(column.round_id == round_id, or_(dossier.c.id.is_(None), _mine(actor)))
        .order_by(column.id)
        .limit(wanted.limit + 1)
    )
    if wanted.after:
        query = query.where(column.id > wanted.after[0])
    return page(tx.execute(query).all(), wanted, _difference, lambda row: (row.id,))


def _require(actor: Actor) -> None:
    if not has(actor, Permission.PORTAL_MANAGE):
        raise NotPermitted(what="xem đồng bộ với Cổng")


def _mine(actor: Actor) -> ColumnElement[bool]:
    return visible_dossiers(actor, Permission.PORTAL_MANAGE)


def _item(row: Any) -> SyncItem:
    names, state = standard_statuses().names, SyncState(row.state)
    values = {column.key: getattr(row, column.key) for column in _COLUMNS}
    return SyncItem(
        **values | {"state": state},
        state_name=SYNC_NAMES[state],
        code_name=names[row.code],
        taken_name=names[row.taken_code] if row.taken_code else None,
    )


def _difference(row: Any) -> DifferenceItem:
    kind = Difference(row.kind)
    kept = ("dossier", "our_number", "our_code", "their_number", "their_code", "healed")
    return DifferenceItem(kind, DIFFERENCE_NAMES[kind], *(getattr(row, name) for name in kept))
