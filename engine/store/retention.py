"""How long personal data are kept, by field, and which dossiers' time is over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from engine.store.retention_tables import retention as table
from engine.store.tables import dossier, procedure


@dataclass(frozen=True)
class Rule:
    """Dossiers of a field are kept so many years after their end (None: for ever), on a ground,
    from a day on."""

    field: str
    years: int | None
    ground: str
    effective_from: date


def add(tx: Connection, rule: Rule, now: datetime) -> None:
    """Lay a rule down."""
    tx.execute(insert(table).values(**vars(rule), recorded_at=now))


def rules(tx: Connection) -> list[Rule]:
    """All that was ever laid down, by field, the latest first."""
    order = (table.c.field, table.c.effective_from.desc(), table.c.id.desc())
    return [_rule(row) for row in tx.execute(select(table).order_by(*order))]


def in_force(tx: Connection, day: date) -> dict[str, Rule]:
    """What holds on a day, by field."""
    found: dict[str, Rule] = {}
    for rule in rules(tx):
        if rule.effective_from <= day:
            found.setdefault(rule.field, rule)
    return found


def _rule(row: Any) -> Rule:
    return Rule(row.field, row.years, row.ground, row.effective_from)


def over(tx: Connection, field: str, before: datetime, most: int) -> Iterator[str]:
    """Codes of dossiers of a field that ended before a moment and are not masked, the first to end
    first."""
    codes = select(procedure.c.code).where(procedure.c.field == field)
    query = (
        select(dossier.c.code)
        .where(dossier.c.procedure.in_(codes))
        .where(dossier.c.finished_at.is_not(None), dossier.c.masked_at.is_(None))
        .where(dossier.c.finished_at < before)
        .order_by(dossier.c.finished_at, dossier.c.id)
        .limit(most)
    )
    yield from tx.execute(query).scalars()
