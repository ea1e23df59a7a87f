"""A petition as a line of a list: to whom it is shown, and what of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission
from engine.model.petition import PetitionKind, PetitionSource, PetitionState
from engine.queries.agencies import names_of as agency_names
from engine.queries.people import names_of
from engine.store.petition_tables import petition as table
from engine.store.petition_tables import petition_payload
from engine.store.visibility import agencies_with

MOST_SHOWN = 160
"""Characters of a petition that a list shows."""


@dataclass(frozen=True)
class PetitionItem:
    """A line of the list; `step_due_at` is when the next thing is to have happened."""

    code: str
    kind: PetitionKind
    source: PetitionSource
    state: PetitionState
    agency: str
    agency_name: str
    dossier: str | None
    handler: int | None
    handler_name: str | None
    received_at: datetime
    due_at: datetime
    step_due_at: datetime | None
    overdue: bool
    on_time: bool | None
    stars: int | None
    shown: str | None = field(repr=False)


def items(tx: Connection, rows: Iterable[Any], now: datetime) -> list[PetitionItem]:
    """Lines out of rows of `listed`."""
    found = list(rows)
    people = names_of(tx, (row.handler for row in found))
    agencies = agency_names(tx, (row.agency for row in found))
    return [_item(row, people, agencies, now) for row in found]


def readable(actor: Actor) -> ColumnElement[bool]:
    """Rows that the actor may read; raises `NotPermitted` for whom may read none."""
    agencies = agencies_with(actor, Permission.PETITION_READ)
    if not agencies:
        raise NotPermitted(what="xem phản ánh, kiến nghị")
    return table.c.agency.in_(sorted(agencies))


def listed() -> Select[Any]:
    """Rows with how the petition begins."""
    text = petition_payload.c.body["text"].as_string().label("text")
    said = petition_payload.c.seq == table.c.opened_seq
    return select(*_SHOWN, text).outerjoin(petition_payload, said)


_SHOWN = [
    table.c[name]
    for name in (
        "id", "code", "kind", "source", "state", "agency", "dossier", "handler", "received_at",
        "due_at", "step_due_at", "on_time", "stars",
    )
]  # fmt: skip


def _item(
    row: Any, people: Mapping[int, str], agencies: Mapping[str, str], now: datetime
) -> PetitionItem:
    same = ("code", "agency", "dossier", "handler", "received_at", "due_at", "step_due_at",
            "on_time", "stars")  # fmt: skip
    state = PetitionState(row.state)
    text = " ".join((row.text or "").split())
    return PetitionItem(
        **{name: getattr(row, name) for name in same},
        kind=PetitionKind(row.kind),
        source=PetitionSource(row.source),
        state=state,
        agency_name=agencies.get(row.agency, row.agency),
        handler_name=people.get(row.handler),
        overdue=row.step_due_at is not None and row.step_due_at < now,
        shown=text[:MOST_SHOWN] + ("…" if len(text) > MOST_SHOWN else "") if text else None,
    )
