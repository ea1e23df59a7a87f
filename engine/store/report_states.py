"""Dossiers as reports count them, day by day: one row for each stretch of days of the same.

Whatever happens to a dossier within a day, reports see how it stood at the end of it; so the rows
of a dossier are those of its last state of each day, and a stretch is never empty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from engine.deadlines.calendar import local
from engine.life.reporting import Reported, reported
from engine.model.dossier import Dossier
from engine.store.report_tables import report_state as table

LASTING = 0
"""The span of a state that lasts."""

_LASTING = table.c.dossier_id == bindparam("the_dossier"), table.c.until_on.is_(None)
_SINCE = select(table.c.since_on).where(*_LASTING)
_REPLACE = delete(table).where(*_LASTING)
_END = update(table).where(*_LASTING)
_INSERT = insert(table)


@dataclass(frozen=True)
class Stood:
    """How reports saw a dossier after an act, and on which day that was."""

    state: Reported | None
    day: date


def stood(dossier: Dossier) -> Stood:
    """How reports see a dossier now."""
    return Stood(reported(dossier), local(dossier.last_at or dossier.submitted_at).date())


def save(
    tx: Connection, dossier_id: int, before: Reported | None, dossier: Dossier
) -> Reported | None:
    """Write that a state has ended or begun; returns how reports see the dossier now."""
    now = stood(dossier)
    if now.state == before:
        return now.state
    since_on = tx.execute(_SINCE, {"the_dossier": dossier_id}).scalar_one_or_none()
    if since_on == now.day:
        tx.execute(_REPLACE, {"the_dossier": dossier_id})
    elif since_on is not None:
        tx.execute(_END, {"the_dossier": dossier_id, **_ended(since_on, now.day)})
    if now.state is not None:
        tx.execute(_INSERT, {"dossier_id": dossier_id, **_row(dossier, now.state, now.day)})
    return now.state


def rows_of(dossier: Dossier, course: Iterable[Stood]) -> list[dict[str, Any]]:
    """The rows that a dossier should have which reports saw so, act by act; without its id."""
    rows: list[dict[str, Any]] = []
    before: Reported | None = None
    for each in course:
        if each.state == before:
            continue
        before = each.state
        if rows and rows[-1]["until_on"] is None:
            last = rows.pop()
            if last["since_on"] != each.day:
                rows.append(last | _ended(last["since_on"], each.day))
        if each.state is not None:
            rows.append(_row(dossier, each.state, each.day))
    return rows


def _row(dossier: Dossier, state: Reported, day: date) -> dict[str, Any]:
    received_at = dossier.received_at or dossier.submitted_at
    return {
        "since_on": day,
        "until_on": None,
        "span": LASTING,
        "procedure": dossier.procedure,
        "competent_agency": dossier.competent_agency,
        "receiving_agency": dossier.receiving_agency,
        "channel": dossier.channel,
        "received_on": local(received_at).date(),
        **vars(state),
    }


def _ended(since_on: date, until_on: date) -> dict[str, Any]:
    return {"until_on": until_on, "span": (until_on - since_on).days.bit_length()}
