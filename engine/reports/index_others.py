"""What index 766 counts besides dossiers: decisions on procedures, what is offered online, and
petitions."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from bpmn.catalogue.entry import Standing
from engine.deadlines.calendar import WorkingCalendar, local
from engine.model.petition import OPEN_STATES, PetitionState
from engine.model.procedure_life import Origin
from engine.model.service_index import Share
from engine.model.status import Channel
from engine.reports.bases import RECEIVED
from engine.reports.extent import Extent
from engine.store import editions
from engine.store.petition_tables import petition
from engine.store.procedure_tables import standing
from engine.store.tables import definition, dossier, procedure, source_text

SATISFIED_STARS = 4
PUBLISH_DAYS = 5
"""Working days within which a province publishes a decision."""

_FACTS = "facts.toml"
_offered: dict[str, bool] = {}
"""Whether a version is offered online, by its digest: a version never changes."""


def _decisions(kinds: Iterable[Standing], tx: Connection, extent: Extent) -> Share:
    """Decisions recorded in the period for procedures of the agency's levels, and those in time."""
    levels = {extent.scene.agencies[code].level for code in extent.agencies}
    query = select(standing.c.effective_from, standing.c.recorded_at, standing.c.levels).where(
        standing.c.standing.in_(sorted(kinds)),
        standing.c.origin == Origin.CATALOGUE,
        extent.within(standing.c.recorded_at),
    )
    rows = [row for row in tx.execute(query) if levels.intersection(row.levels.split())]
    calendar = editions.calendar(tx, editions.in_force(tx, extent.top).calendar)
    return Share(
        sum(_in_time(row.effective_from, row.recorded_at, calendar) for row in rows), len(rows)
    )


def _in_time(since: date, recorded_at: datetime, calendar: WorkingCalendar) -> bool:
    return local(recorded_at).date() <= calendar.plus_working_days(since, PUBLISH_DAYS)


def _in_force(tx: Connection, extent: Extent) -> dict[str, str]:
    """Procedures of the levels of the agencies that count, with their versions."""
    levels = {extent.scene.agencies[code].level for code in extent.agencies}
    query = select(procedure.c.code, procedure.c.version, procedure.c.level, procedure.c.also_at)
    chosen = extent.scene.scope.procedures
    return {
        row.code: row.version
        for row in tx.execute(query.where(procedure.c.repealed_on.is_(None)))
        if levels.intersection([row.level, *row.also_at.split()])
        and (chosen is None or row.code in chosen)
    }


def _online(tx: Connection, extent: Extent) -> tuple[dict[str, str], set[str]]:
    """All procedures in force, and those of them that are offered online."""
    found = _in_force(tx, extent)
    _learn(tx, set(found.values()) - _offered.keys())
    return found, {code for code, digest in found.items() if _offered[digest]}


def _learn(tx: Connection, digests: set[str]) -> None:
    own, shared = definition.c.sources[_FACTS].as_string(), definition.c.files[_FACTS].as_string()
    query = (
        select(definition.c.digest, own.label("own"), source_text.c.text)
        .outerjoin(source_text, source_text.c.digest == shared)
        .where(definition.c.digest.in_(digests))
    )
    for row in tx.execute(query) if digests else ():
        _offered[row.digest] = "online" in tomllib.loads(row.own or row.text or "")


def _offered_online(tx: Connection, extent: Extent) -> Share:
    found, offered = _online(tx, extent)
    return Share(len(offered), len(found))


def _used_online(tx: Connection, extent: Extent) -> Share:
    _, offered = _online(tx, extent)
    used: set[str] = set()
    for part in RECEIVED.parts(extent):
        query = select(dossier.c.procedure).where(part, dossier.c.channel == Channel.ONLINE)
        used |= set(tx.execute(query.distinct()).scalars())
    return Share(len(used & offered), len(offered))


def _petitions(tx: Connection, query: Any) -> Share:
    return Share(*tx.execute(query).one())


def _ours(extent: Extent) -> ColumnElement[bool]:
    return petition.c.agency.in_(extent.agencies)


def _ended(extent: Extent) -> ColumnElement[bool]:
    left = petition.c.state != PetitionState.FORWARDED
    return _ours(extent) & extent.within(petition.c.ended_at) & left


def _petitions_on_time(tx: Connection, extent: Extent) -> Share:
    late = petition.c.state.in_(OPEN_STATES) & (petition.c.due_at < extent.last_day)
    query = select(
        func.count().filter(petition.c.ended_at.is_not(None), petition.c.on_time), func.count()
    ).where(or_(_ended(extent), _ours(extent) & late & (petition.c.due_at >= extent.start)))
    return _petitions(tx, query)


def _petitions_satisfied(tx: Connection, extent: Extent) -> Share:
    rated = _ended(extent) & petition.c.stars.is_not(None)
    content = func.count().filter(petition.c.stars >= SATISFIED_STARS)
    return _petitions(tx, select(content, func.count()).where(rated))


OTHER_FIGURES: Mapping[str, Callable[[Connection, Extent], Share]] = {
    "published_on_time": partial(_decisions, (Standing.ANNOUNCED, Standing.LOCALISED)),
    "updated_on_time": partial(_decisions, (Standing.AMENDED, Standing.REPEALED)),
    "online_offered": _offered_online,
    "online_used": _used_online,
    "petitions_on_time": _petitions_on_time,
    "petitions_satisfied": _petitions_satisfied,
}
