"""All logs of the house that are hash chains: where each ends, and which grew since it was last
anchored.

A new kind of log is a new `Source` in `SOURCES`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Table,
    func,
    literal,
    select,
    update,
)

from engine.model.anchor import ChainKind, Head
from engine.store.anchor_tables import anchor_leaf as leaf
from engine.store.office_tables import office_event, office_log
from engine.store.petition_tables import petition_event, petition_log
from engine.store.schema import Code
from engine.store.tables import dossier, event


@dataclass(frozen=True)
class Source:
    """Logs of one kind.

    `heads` has a row for each log with the number of its last entry (`seq`) and `head`; `name` is
    what calls it, and `grown` finds those that grew beyond the length at which they were anchored.
    `entries` has `hash` and `at` of each entry; `entry` finds one by name and number. `settle`
    notes that what an anchor has of them is anchored.
    """

    kind: ChainKind
    name: ColumnElement[str]
    heads: Any
    grown: Callable[[ColumnElement[int]], ColumnElement[bool]]
    entries: Any
    entry: Callable[[Any, Any], tuple[ColumnElement[bool], ...]]
    settle: Callable[[Connection, int], None] = lambda tx, number: None

    @property
    def since(self) -> ScalarSelect[int]:
        """How long a log was when it was last anchored; 0 where it never was."""
        length = func.coalesce(func.max(leaf.c.length), 0)
        same = (leaf.c.kind == self.kind, leaf.c.name == self.name)
        return select(length).where(*same).correlate(self.heads).scalar_subquery()

    def of_entry(self, column: Any, name: Any, seq: Any) -> ScalarSelect[Any]:
        """A column of one entry; null where there is none."""
        return select(column).where(*self.entry(name, seq)).scalar_subquery()


@dataclass(frozen=True)
class Grown:
    """A log as it is, and how long it was when last anchored (0: never)."""

    head: Head
    since: int


def grown(tx: Connection, limit: int) -> list[Grown]:
    """So many logs at most that grew since they were last anchored."""
    found: list[Grown] = []
    for source in SOURCES:
        heads, since = source.heads, source.since
        query = select(
            source.name.label("name"), heads.c.seq, heads.c.head, since.label("since")
        ).where(source.grown(since))
        for row in tx.execute(query.order_by(heads.c.id).limit(limit - len(found))):
            found.append(Grown(Head(source.kind, row.name, row.seq, row.head), row.since))
    return found


def settle(tx: Connection, number: int) -> None:
    """Note that what the anchor of this number has is anchored."""
    for source in SOURCES:
        source.settle(tx, number)


def _settle_dossiers(tx: Connection, number: int) -> None:
    """One that grew meanwhile is left for the next anchor."""
    same = (leaf.c.kind == ChainKind.DOSSIER, leaf.c.name == dossier.c.code)
    here = (*same, leaf.c.anchor == number, leaf.c.length == dossier.c.seq)
    tx.execute(update(dossier).where(*here).values(unanchored=False))


def _single(kind: ChainKind, heads: Table, entries: Table) -> Source:
    """The one log of a kind."""
    return Source(
        kind,
        name=literal("", Code),
        heads=heads,
        grown=lambda since: heads.c.seq > since,
        entries=entries,
        entry=lambda _, seq: (entries.c.seq == seq,),
    )


SOURCES = (
    _single(ChainKind.OFFICE, office_log, office_event),
    _single(ChainKind.PETITIONS, petition_log, petition_event),
    Source(
        ChainKind.DOSSIER,
        name=dossier.c.code,
        heads=dossier,
        grown=lambda _: dossier.c.unanchored,
        entries=event,
        entry=lambda name, seq: (
            dossier.c.code == name,
            event.c.dossier_id == dossier.c.id,
            event.c.seq == seq,
        ),
        settle=_settle_dossiers,
    ),
)
