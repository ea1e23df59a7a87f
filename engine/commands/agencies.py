"""Agencies and their units: added, renamed, closed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.administering import Change
from engine.deadlines.calendar import local
from engine.errors import NotPermitted
from engine.errors.office import AgencyChanged, AgencyTaken, UnitNeeded, UnitTaken
from engine.model.actor import Actor, Permission, may_at
from engine.model.office_event import OfficeEvent, OfficeEventType, agency_subject
from engine.store import agencies, office_log, report_catalogue, units
from engine.store.agencies import Agency


@dataclass(frozen=True)
class AddAgency:
    """An agency below another, or below none; `code_prefix` begins the codes of its dossiers."""

    code: str
    name: str
    parent: str | None
    code_prefix: str
    level: str = "commune"


@dataclass(frozen=True)
class RenameAgency:
    """Another name for an agency, if nobody changed it since."""

    agency: str
    name: str
    revision: int | None = None


@dataclass(frozen=True)
class OnUnit:
    """A unit of an agency, if nobody changed the agency since."""

    agency: str
    unit: str
    revision: int | None = None


@dataclass(frozen=True)
class NameUnit(OnUnit):
    """The name that a unit, new or old, is to have."""

    name: str = ""


def add_agency(tx: Connection, command: AddAgency, actor: Actor, now: datetime) -> None:
    """Add an agency, with the calendar and rulebook of the one above it.

    One below none is added at the machine itself. Raises `AgencyUnknown`, `NotPermitted`,
    `AgencyTaken`.
    """
    office_log.one_at_a_time(tx)
    if command.parent is not None:
        agencies.level_of(tx, command.parent)
        _require(actor, command.parent, "thêm cơ quan dưới")
    elif actor.id:
        raise NotPermitted(what="thêm cơ quan không có cấp trên")
    if agencies.taken(tx, command.code, command.code_prefix):
        raise AgencyTaken(taken=f"{command.code} ({command.code_prefix})")
    agencies.add(tx, command.code, command.name, command.level, command.code_prefix, command.parent)
    _record(tx, OfficeEventType.AGENCY_ADDED, command.code, ({}, vars(command)), actor, now)


def rename_agency(tx: Connection, command: RenameAgency, actor: Actor, now: datetime) -> None:
    """Rename an agency: whoever administers the one above it may, as its name is given there.

    Raises `AgencyUnknown`, `NotPermitted`, `AgencyChanged`.
    """
    office_log.one_at_a_time(tx)
    agency = agencies.lock(tx, command.agency)
    _require(actor, agency.parent or agency.code, "đổi tên cơ quan dưới")
    _require_unchanged(agency, command.revision)
    if agency.name != command.name:
        report_catalogue.keep_agency(tx, agency.code, local(now).date())
        agencies.change(tx, agency.code, name=command.name)
        names = {"name": agency.name}, {"name": command.name}
        _record(tx, OfficeEventType.AGENCY_RENAMED, agency.code, names, actor, now)


def add_unit(tx: Connection, command: NameUnit, actor: Actor, now: datetime) -> None:
    """Add a unit; raises `AgencyUnknown`, `NotPermitted`, `AgencyChanged`, `UnitTaken`."""
    _agency_to_change(tx, command, actor)
    if units.known(tx, command.agency, command.unit):
        raise UnitTaken(agency=command.agency, unit=command.unit)
    agencies.add_unit(tx, command.agency, command.unit, command.name)
    after = {"unit": command.unit, "name": command.name}
    _changed(tx, OfficeEventType.UNIT_ADDED, command, ({}, after), actor, now)


def rename_unit(tx: Connection, command: NameUnit, actor: Actor, now: datetime) -> None:
    """Rename a unit; raises `AgencyUnknown`, `NotPermitted`, `AgencyChanged`, `UnitUnknown`."""
    _agency_to_change(tx, command, actor)
    unit = units.get(tx, command.agency, command.unit)
    if unit.name == command.name:
        return
    units.change(tx, command.agency, command.unit, name=command.name)
    before, after = ({"unit": unit.code, "name": name} for name in (unit.name, command.name))
    _changed(tx, OfficeEventType.UNIT_RENAMED, command, (before, after), actor, now)


def close_unit(tx: Connection, command: OnUnit, actor: Actor, now: datetime) -> None:
    """Close a unit that nobody works in; raises `UnitNeeded` where people or open tasks need it.

    And `AgencyUnknown`, `NotPermitted`, `AgencyChanged`, `UnitUnknown`.
    """
    _agency_to_change(tx, command, actor)
    unit = units.get(tx, command.agency, command.unit)
    if unit.closed_at is not None:
        return
    people, tasks = units.needing(tx, command.agency, command.unit)
    if people or tasks:
        raise UnitNeeded(unit=unit.name, people=people, tasks=tasks)
    units.change(tx, command.agency, command.unit, closed_at=now)
    named = {"unit": unit.code, "name": unit.name}
    _changed(tx, OfficeEventType.UNIT_CLOSED, command, (named, {}), actor, now)


def reopen_unit(tx: Connection, command: OnUnit, actor: Actor, now: datetime) -> None:
    """Open a unit again that was closed by mistake or for a time; raises as `close_unit`."""
    _agency_to_change(tx, command, actor)
    unit = units.get(tx, command.agency, command.unit)
    if unit.closed_at is None:
        return
    units.change(tx, command.agency, command.unit, closed_at=None)
    named = {"unit": unit.code, "name": unit.name}
    _changed(tx, OfficeEventType.UNIT_REOPENED, command, ({}, named), actor, now)


def _agency_to_change(tx: Connection, command: OnUnit, actor: Actor) -> None:
    office_log.one_at_a_time(tx)
    agency = agencies.lock(tx, command.agency)
    _require(actor, agency.code, "sửa đơn vị của")
    _require_unchanged(agency, command.revision)


def _require(actor: Actor, agency: str, what: str) -> None:
    if not may_at(actor, Permission.AGENCY_MANAGE, agency):
        raise NotPermitted(what=f"{what} cơ quan {agency}")


def _require_unchanged(agency: Agency, revision: int | None) -> None:
    if revision is not None and revision != agency.revision:
        raise AgencyChanged(agency=agency.name)


def _changed(
    tx: Connection,
    type_: OfficeEventType,
    command: OnUnit,
    change: Change,
    actor: Actor,
    now: datetime,
) -> None:
    agencies.change(tx, command.agency)
    _record(tx, type_, command.agency, change, actor, now)


def _record(
    tx: Connection,
    type_: OfficeEventType,
    agency: str,
    change: Change,
    actor: Actor,
    now: datetime,
) -> None:
    event = OfficeEvent(type_, agency, agency_subject(agency), *change)
    office_log.record(tx, event, actor.key, now)
