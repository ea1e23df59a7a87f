"""Differences between statements and books, as those who settle them see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.errors.statements import DifferenceUnknown
from engine.model.actor import Actor
from engine.model.gateway import (
    DIFFERENCE_ACT_NAMES,
    DIFFERENCE_KIND_NAMES,
    DifferenceAct,
    DifferenceKind,
)
from engine.queries.paging import Page, Slice, page
from engine.queries.people import names_of
from engine.queries.statements import reconciled_agencies
from engine.store.gateway_tables import payment_difference as table
from engine.store.tables import dossier


@dataclass(frozen=True)
class DifferenceFilter:
    """Which differences are wanted: of an agency, open ones or settled ones."""

    agency: str | None = None
    open: bool | None = None


@dataclass(frozen=True)
class DifferenceItem:
    """A difference: `amount` đồng were found, `expected` is what the books say (None: nothing).

    `dossier`, `obligation` and `payment` are of what it is about, as far as that is known.
    """

    id: int
    agency: str
    kind: DifferenceKind
    kind_name: str
    at: datetime
    amount: int
    expected: int | None
    text: str
    dossier: str | None
    obligation: int | None
    payment: int | None
    can_assign: bool
    can_reverse: bool
    closed_at: datetime | None
    closed_by: str | None
    act: DifferenceAct | None
    act_name: str | None
    note: str | None


def list_differences(
    tx: Connection, wanted: Slice, chosen: DifferenceFilter, actor: Actor
) -> Page[DifferenceItem]:
    """Differences that the actor may see, the last first; raises `NotPermitted`."""
    query = _query(actor).order_by(table.c.id.desc()).limit(wanted.limit + 1)
    if chosen.agency is not None:
        query = query.where(table.c.agency == chosen.agency)
    if chosen.open is not None:
        query = query.where(
            table.c.closed_at.is_(None) if chosen.open else table.c.closed_at.is_not(None)
        )
    if wanted.after:
        query = query.where(table.c.id < wanted.after[0])
    rows = tx.execute(query).all()
    names = names_of(tx, [row.closed_by for row in rows if row.closed_by])
    return page(rows, wanted, lambda row: _item(row, names), lambda row: (row.id,))


def difference(tx: Connection, number: int, actor: Actor) -> DifferenceItem:
    """One difference; raises `NotPermitted`, `DifferenceUnknown`."""
    row = tx.execute(_query(actor).where(table.c.id == number)).one_or_none()
    if row is None:
        raise DifferenceUnknown(difference=number)
    return _item(row, names_of(tx, [row.closed_by] if row.closed_by else []))


def _query(actor: Actor) -> Select[Any]:
    return (
        select(table, dossier.c.code)
        .outerjoin(dossier, dossier.c.id == table.c.dossier_id)
        .where(table.c.agency.in_(reconciled_agencies(actor)))
    )


def _item(row: Any, names: dict[int, str]) -> DifferenceItem:
    kind, act = DifferenceKind(row.kind), DifferenceAct(row.act) if row.act else None
    return DifferenceItem(
        id=row.id,
        agency=row.agency,
        kind=kind,
        kind_name=DIFFERENCE_KIND_NAMES[kind],
        at=row.at,
        amount=row.amount,
        expected=row.expected,
        text=row.text,
        dossier=row.code,
        obligation=row.obligation,
        payment=row.payment,
        can_assign=row.amount > 0 and kind is not DifferenceKind.UNCLEAR,
        can_reverse=row.payment is not None and row.refund_id is None,
        closed_at=row.closed_at,
        closed_by=names.get(row.closed_by),
        act=act,
        act_name=DIFFERENCE_ACT_NAMES[act] if act else None,
        note=row.note,
    )
