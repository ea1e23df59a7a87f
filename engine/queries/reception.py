"""What the counter looks at: where one receives, who decides, what waits to be answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bpmn.steps import Stage
from bpmn.time_limit import StartRule
from engine.deadlines.due import due
from engine.model.actor import Actor, Permission, granted
from engine.model.alert import Subject
from engine.model.status import Channel
from engine.queries.inbox import InboxFilter, list_inbox
from engine.queries.inbox_lines import InboxItem
from engine.queries.paging import Page, Slice
from engine.queries.procedures import procedure
from engine.store import agencies, editions, reception_drafts
from engine.store.reception_drafts import ReceptionDraft
from engine.store.tables import agency as agency_table
from engine.store.tables import dossier
from engine.store.tables import procedure as procedure_table

MOST_DRAFTS = 10


@dataclass(frozen=True)
class Agency:
    """An agency by code and name."""

    code: str
    name: str


@dataclass(frozen=True)
class AwaitedItem:
    """An application that came online or by post; `answer_by` is when it must be answered, None
    where the office's rulebook sets no such time."""

    task: InboxItem
    procedure_name: str
    channel: Channel
    submitted_at: datetime
    answer_by: datetime | None


@dataclass(frozen=True)
class DraftItem:
    """An application in the making, with the name of its procedure."""

    draft: ReceptionDraft
    procedure_name: str


def counters(tx: Connection, actor: Actor) -> list[Agency]:
    """The agencies at whose counter the actor receives, by code."""
    grants = {grant.agency for grant, _ in granted(actor, Permission.DOSSIER_RECEIVE)}
    return _named(tx, sorted(grants))


def deciding_agencies(tx: Connection, levels: Sequence[str], receiving: str) -> list[Agency]:
    """Who may be competent for a procedure of such levels that a counter receives: the agencies of
    these levels in the same province, the counter's own first."""
    found = _named(tx, agencies.deciding(tx, levels, receiving))
    return sorted(found, key=lambda each: (each.code != receiving, each.code))


def _named(tx: Connection, codes: Sequence[str]) -> list[Agency]:
    query = select(agency_table.c.code, agency_table.c.name).where(agency_table.c.code.in_(codes))
    return [Agency(*row) for row in tx.execute(query.order_by(agency_table.c.code))]


def drafts_of(tx: Connection, actor: Actor) -> list[DraftItem]:
    """What the actor has begun to receive, the latest first."""
    drafts = reception_drafts.latest(tx, actor.id, MOST_DRAFTS)
    return [DraftItem(draft, procedure(tx, draft.procedure).facts.name) for draft in drafts]


def awaiting_intake(
    tx: Connection, wanted: Slice, actor: Actor, now: datetime
) -> Page[AwaitedItem]:
    """Applications that the actor may accept or refuse, in the order of the inbox."""
    found = list_inbox(tx, wanted, InboxFilter(stage=Stage.RECEIPT), actor, now)
    query = (
        select(
            dossier.c.code, dossier.c.channel, dossier.c.submitted_at, dossier.c.calendar,
            dossier.c.rulebook, procedure_table.c.name.label("procedure_name"),
        )
        .join(procedure_table, procedure_table.c.code == dossier.c.procedure)
        .where(dossier.c.code.in_([item.dossier for item in found.items]))
    )  # fmt: skip
    rows = {row.code: row for row in tx.execute(query)}
    return Page([_awaited(tx, item, rows[item.dossier]) for item in found.items], found.next)


def _awaited(tx: Connection, item: InboxItem, row: Any) -> AwaitedItem:
    rule = editions.rulebook(tx, row.rulebook).alerts[Subject.INTAKE].after
    calendar = editions.calendar(tx, row.calendar)
    by = due(calendar, item.opened_at, rule, StartRule.INSTANT).due_at if rule else None
    return AwaitedItem(item, row.procedure_name, Channel(row.channel), row.submitted_at, by)
