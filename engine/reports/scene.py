"""The office as it was at the end of a period, and what of it a report looks at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from engine.deadlines.calendar import local
from engine.errors import AgencyUnknown
from engine.errors.reports import ReportPeriodInvalid
from engine.model.report import Body, Period
from engine.reports.asked import Asked
from engine.reports.standing_then import Scope
from engine.store.report_catalogue import (
    AgencyThen,
    ProcedureThen,
    agencies_on,
    below,
    procedures_on,
)

LEVEL_NAMES = {
    "ministry": "Cấp bộ",
    "province": "Cấp tỉnh",
    "district": "Cấp huyện",
    "commune": "Cấp xã",
}
"""Levels of agencies, from the top; districts are those of before July 2025."""
LONGEST_YEARS = 5


@dataclass(frozen=True)
class Scene:
    """Agencies and procedures at the end of a period; `scope` is what is counted of it, up to the
    day to which the period has come."""

    agencies: Mapping[str, AgencyThen]
    procedures: Mapping[str, ProcedureThen]
    body: Body
    scope: Scope

    def at_level(self, level: str) -> Scope:
        """What is counted of the agencies of one level."""
        here = {code for code in self.scope.agencies if self.agencies[code].level == level}
        return replace(self.scope, agencies=frozenset(here))

    def of_fields(self, field: str) -> frozenset[str]:
        """Procedures of a field, as far as they are counted."""
        found = {each.code for each in self.procedures.values() if each.field == field}
        return frozenset(found if self.scope.procedures is None else found & self.scope.procedures)

    @property
    def levels(self) -> list[str]:
        """The levels of the agencies that are counted, from the top."""
        found = {self.agencies[code].level for code in self.scope.agencies}
        return [level for level in LEVEL_NAMES if level in found] + sorted(found - {*LEVEL_NAMES})


def scene_of(tx: Connection, asked: Asked) -> Scene:
    """What is asked, on the catalogue and the organisation of then.

    Raises `AgencyUnknown`, `ReportPeriodInvalid`.
    """
    period = reached(asked)
    agencies, procedures = agencies_on(tx, period.end), procedures_on(tx, period.end)
    if asked.agency not in agencies:
        raise AgencyUnknown(agency=asked.agency)
    codes = frozenset(below(agencies, asked.agency))
    scene = Scene(agencies, procedures, _body(agencies, asked.agency), Scope(codes, None, period))
    if asked.level is not None:
        scene = replace(scene, scope=scene.at_level(asked.level))
    if asked.field is not None:
        narrowed = scene.of_fields(asked.field)
        scene = replace(scene, scope=replace(scene.scope, procedures=narrowed))
    return scene


def reached(asked: Asked) -> Period:
    """The period as far as it has come; raises `ReportPeriodInvalid`."""
    start, end = asked.period.start, asked.period.end
    today = local(asked.now).date()
    why = _why_not(start, end, today)
    if why:
        raise ReportPeriodInvalid(start=f"{start:%d/%m/%Y}", end=f"{end:%d/%m/%Y}", why=why)
    return Period(start, min(end, today))


def _why_not(start: date, end: date, today: date) -> str | None:
    if end < start:
        return "ngày cuối ở trước ngày đầu"
    if start > today:
        return "kỳ chưa bắt đầu"
    if end.year - start.year > LONGEST_YEARS:
        return f"dài hơn {LONGEST_YEARS} năm"
    return None


def _body(agencies: Mapping[str, AgencyThen], code: str) -> Body:
    above = agencies.get(agencies[code].parent or "")
    return Body(code, agencies[code].name, above.name if above else None)
