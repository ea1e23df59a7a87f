"""What was decided of a procedure, version after version, and how many dossiers run on each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, func, select

from bpmn.catalogue.entry import STANDING_NAMES
from engine.errors import ProcedureUnknown
from engine.model.procedure_life import Decided, Holding, holding
from engine.queries.agencies import names_of as agency_names
from engine.queries.people import names_of
from engine.store import opening, standings
from engine.store.procedure_tables import standing as table
from engine.store.tables import dossier


class Force(StrEnum):
    """Whether something that was decided holds today."""

    COMING = "coming"
    IN_FORCE = "in_force"
    PAST = "past"


FORCE_NAMES = {
    Force.COMING: "Sẽ có hiệu lực",
    Force.IN_FORCE: "Đang có hiệu lực",
    Force.PAST: "Hết hiệu lực",
}

REPLACED = "Được thay thế"


@dataclass(frozen=True)
class VersionItem:
    """Something decided of a procedure: what, for whom, by whom, on which decision, whether it
    holds, and how many dossiers run on its version now. `stale`: an own process that is left aside
    because the catalogue says something else to citizens."""

    decided: Decided
    agency_name: str | None
    recorded_at: datetime
    recorded_by: str | None
    force: Force
    running: int
    stale: bool

    @property
    def force_name(self) -> str:
        """Whether it holds, in words."""
        return FORCE_NAMES[self.force]

    @property
    def standing_name(self) -> str:
        """What was decided, in words."""
        if self.decided.replaced_by:
            return REPLACED
        return STANDING_NAMES[self.decided.standing]


def versions_of(tx: Connection, code: str, now: datetime) -> list[VersionItem]:
    """Everything decided of a procedure, the last day first; raises `ProcedureUnknown`."""
    decided = standings.decided(tx, code)
    if not decided:
        raise ProcedureUnknown(procedure=code)
    today = standings.day_of(now)
    holding_now = {
        agency: holding(d for d in decided if d.agency == agency and d.effective_from <= today)
        for agency in {d.agency for d in decided}
    }
    recorded = {row.id: row for row in tx.execute(_recorded(code))}
    people = names_of(tx, {int(row.recorded_by) for row in recorded.values()})
    places = agency_names(tx, (d.agency for d in decided if d.agency))
    running = running_on(tx, (d.version for d in decided))
    stale = _stale(tx, holding_now)
    return [
        VersionItem(
            each,
            places.get(each.agency or ""),
            recorded[each.id].recorded_at,
            people.get(int(recorded[each.id].recorded_by)),
            _force(each, holding_now[each.agency], today),
            running.get(each.version or "", 0),
            each.agency in stale and each == holding_now[each.agency].given,
        )
        for each in reversed(decided)
    ]


def running_on(tx: Connection, versions: Iterable[str | None]) -> Mapping[str, int]:
    """How many dossiers run on each of these versions and are not ended."""
    wanted = sorted({version for version in versions if version})
    query = select(dossier.c.version, func.count()).where(
        dossier.c.version.in_(wanted), dossier.c.outcome.is_(None)
    )
    return {row[0]: row[1] for row in tx.execute(query.group_by(dossier.c.version))}


def _recorded(code: str) -> Select[Any]:
    columns = (table.c.id, table.c.recorded_at, table.c.recorded_by)
    return select(*columns).where(table.c.procedure == code)


def _force(each: Decided, held: Holding, today: date) -> Force:
    if each.effective_from > today:
        return Force.COMING
    holds = held.ended or held.given
    return Force.IN_FORCE if holds and holds.id == each.id else Force.PAST


def _stale(tx: Connection, held: Mapping[str | None, Holding]) -> Sequence[str]:
    """The agencies whose own process promises something else than the catalogue."""
    catalogue = held.get(None, Holding()).version
    return [
        agency
        for agency, own in held.items()
        if agency
        and catalogue
        and own.version
        and not own.ended
        and not opening.keeps_promises(tx, own.version, catalogue)
    ]
