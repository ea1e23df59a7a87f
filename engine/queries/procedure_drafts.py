"""Drafts of procedures, for those who write and publish them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, granted
from engine.model.procedure_draft import DRAFT_STATE_NAMES, OPEN_STATES, DraftState
from engine.queries.paging import Page, Slice, page
from engine.store import agencies
from engine.store.procedure_tables import procedure_draft as table
from engine.store.tables import procedure, user


@dataclass(frozen=True)
class DraftItem:
    """A draft without its files; `agency` None is for everybody, `name` that of the procedure in
    force, empty for a new one."""

    id: int
    procedure: str
    name: str
    agency: str | None
    base_version: str | None
    version: str | None
    state: DraftState
    revision: int
    opened_at: datetime
    changed_at: datetime
    changed_by: str

    @property
    def state_name(self) -> str:
        """How far it has come, in words."""
        return DRAFT_STATE_NAMES[self.state]


def list_drafts(
    tx: Connection,
    wanted: Slice,
    actor: Actor,
    procedure_code: str | None = None,
    state: DraftState | None = None,
) -> Page[DraftItem]:
    """Drafts where the actor writes or publishes, the newest first; those still open where no
    state is asked for. Raises `NotPermitted`."""
    if not reach_of(actor):
        raise NotPermitted(what="xem bản thảo quy trình")
    states = OPEN_STATES if state is None else (state,)
    query = (
        select(
            *(column for column in table.c if column.name not in ("files", "findings", "authors")),
            procedure.c.name,
            user.c.full_name,
        )
        .join(user, user.c.id == table.c.changed_by)
        .outerjoin(procedure, procedure.c.code == table.c.procedure)
        .where(in_sight(tx, actor), table.c.state.in_(states))
        .order_by(table.c.id.desc())
        .limit(wanted.limit + 1)
    )
    if procedure_code is not None:
        query = query.where(table.c.procedure == procedure_code)
    if wanted.after:
        query = query.where(table.c.id < wanted.after[0])
    return page(tx.execute(query).all(), wanted, _item, lambda row: (row.id,))


def drafts_of(tx: Connection, code: str, actor: Actor) -> list[DraftItem]:
    """The open drafts of a procedure that the actor may see, the newest first."""
    return list_drafts(tx, Slice(50), actor, code).items if reach_of(actor) else []


def _item(row: Any) -> DraftItem:
    return DraftItem(
        row.id,
        row.procedure,
        row.name or "",
        row.agency,
        row.base_version,
        row.version,
        DraftState(row.state),
        row.revision,
        row.opened_at,
        row.changed_at,
        row.full_name,
    )


def reach_of(actor: Actor) -> frozenset[str]:
    """The agencies where the actor writes or publishes."""
    wanted = (Permission.PROCEDURE_DRAFT, Permission.PROCEDURE_DEPLOY)
    return frozenset(
        agency
        for permission in wanted
        for grant, reach in granted(actor, permission)
        for agency in grant.reached(reach)
    )


def in_sight(tx: Connection, actor: Actor) -> ColumnElement[bool]:
    """Rows of drafts that the actor may see; the twin of `procedure_drafts.in_sight`."""
    reached = reach_of(actor)
    ours = table.c.agency.in_(sorted(reached))
    everybody = bool(reached) and reached.issuperset(agencies.roots(tx))
    return or_(ours, table.c.agency.is_(None)) if everybody else ours
