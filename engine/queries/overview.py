"""What a supervisor must see first: how many dossiers want something done, counted at once."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, case

from engine.model.actor import Actor
from engine.model.standing import Standing
from engine.queries.supervised import narrowed, supervised_agencies
from engine.queries.supervision import SupervisionFilter
from engine.queries.supervision_counts import RECENT, By, names_for, tally
from engine.store.tables import dossier

PAUSED = (Standing.PAUSED, Standing.PAUSED_OVERDUE)


@dataclass(frozen=True)
class Overview:
    """Dossiers by group, finished ones of the last quarter; those of a group that nobody holds;
    those that are late without anyone having said why; paused ones by reason."""

    counts: Mapping[Standing, int]
    unassigned: Mapping[Standing, int]
    unexplained: Mapping[Standing, int]
    paused: Mapping[Standing, Mapping[str, int]]
    reasons: Mapping[str, str]
    agencies: frozenset[str] = field(repr=False)


def overview(tx: Connection, agency: str | None, actor: Actor, now: datetime) -> Overview:
    """Of all that the actor supervises, or of one agency; raises `NotPermitted`."""
    ours = supervised_agencies(actor)
    agencies, until = narrowed(ours, agency), now + timedelta(seconds=1)
    keys = [dossier.c.pause_reason, _flag(dossier.c.holder.is_(None)), _flag(_SILENT)]
    rows = tally(tx, keys, SupervisionFilter(agency), agencies, (until - RECENT, until))
    counts, unassigned, unexplained = (Counter(dict.fromkeys(Standing, 0)) for _ in range(3))
    paused: dict[Standing, Counter[str]] = {standing: Counter() for standing in PAUSED}
    for reason, free, silent, code, number in rows:
        standing = Standing(code)
        counts[standing] += number
        unassigned[standing] += number * free
        unexplained[standing] += number * silent
        if standing in PAUSED:
            paused[standing][reason] += number
    known = {reason for found in paused.values() for reason in found}
    reasons = names_for(tx, By.PAUSE_REASON, known, agencies)
    return Overview(counts, unassigned, unexplained, paused, reasons, ours)


_SILENT = and_(dossier.c.overdue, dossier.c.overdue_cause.is_(None))


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 or 0: SQLite and PostgreSQL do not agree on what a condition gives."""
    return case((condition, 1), else_=0)
