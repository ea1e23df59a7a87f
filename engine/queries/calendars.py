"""Calendars as agencies count with them, what was announced, and which dossiers it moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from engine.deadlines.announcement import compose
from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.edition import YEARS, read_calendar, standard_document
from engine.deadlines.holidays_vn import YearDays, days_of_year, standard_calendar
from engine.errors import AgencyUnknown
from engine.errors.calendars import AnnouncementUnknown
from engine.model.actor import Actor, Permission
from engine.queries.paging import Page, Slice, page
from engine.store import agencies, announcements, editions
from engine.store.tables import dossier, user
from engine.store.time_tables import announcement as table
from engine.store.time_tables import announcement_effect as effect
from engine.store.visibility import visible_dossiers


@dataclass(frozen=True)
class AnnouncementItem:
    """An announcement; `announced_by` is a name, `moved` how many due dates it has moved.

    `settled_at`: since when all open dossiers follow; None while they are being brought along.
    """

    id: int
    agency: str | None
    source: str
    days: list[Mapping[str, Any]]
    hours: list[Mapping[str, Any]]
    first_day: date
    announced_at: datetime
    announced_by: str | None
    settled_at: datetime | None
    moved: int


@dataclass(frozen=True)
class EffectItem:
    """A dossier whose due date an announcement moved."""

    code: str
    before: datetime
    after: datetime


def calendar_of(tx: Connection, agency: str | None) -> WorkingCalendar:
    """The calendar in force for an agency, or the national one; raises `AgencyUnknown`."""
    if agency is not None:
        return editions.calendar(tx, editions.in_force(tx, agency).calendar)
    announced = announcements.documents(tx, ())
    if not announced:
        return standard_calendar()
    return read_calendar(compose(standard_document(), announced))


def days_of(tx: Connection, year: int, agency: str | None) -> YearDays:
    """Days off and make-up days of a year; raises `AgencyUnknown`."""
    if agency is None and not YEARS[0] <= year <= YEARS[1]:
        return days_of_year(year)
    calendar = calendar_of(tx, agency)
    if calendar is standard_calendar():
        return days_of_year(year)
    return YearDays(_of(year, calendar.days_off), _of(year, calendar.makeup_days))


def _of(year: int, days: Mapping[date, str]) -> dict[date, str]:
    return {day: days[day] for day in sorted(days) if day.year == year}


def list_announcements(
    tx: Connection, wanted: Slice, agency: str | None = None
) -> Page[AnnouncementItem]:
    """Announcements, the newest first; with `agency` those that hold there."""
    query = _announcements().order_by(table.c.id.desc()).limit(wanted.limit + 1)
    if agency is not None:
        parents = agencies.parents(tx)
        if agency not in parents:
            raise AgencyUnknown(agency=agency)
        above = agencies.with_those_above(agency, parents)
        query = query.where(announcements.holding_for(above))
    if wanted.after:
        query = query.where(table.c.id < wanted.after[0])
    return page(tx.execute(query).all(), wanted, _item, lambda row: (row.id,))


def announcement(tx: Connection, id_: int) -> AnnouncementItem:
    """One announcement; raises `AnnouncementUnknown`."""
    row = tx.execute(_announcements().where(table.c.id == id_)).one_or_none()
    if row is None:
        raise AnnouncementUnknown(announcement=id_)
    return _item(row)


def list_effects(tx: Connection, id_: int, wanted: Slice, actor: Actor) -> Page[EffectItem]:
    """Dossiers that an announcement moved and that the actor may read, the oldest first."""
    announcement(tx, id_)
    query = (
        select(dossier.c.id, dossier.c.code, effect.c.before, effect.c.after)
        .join(effect, effect.c.dossier_id == dossier.c.id)
        .where(effect.c.announcement_id == id_, visible_dossiers(actor, Permission.DOSSIER_READ))
        .order_by(dossier.c.id)
        .limit(wanted.limit + 1)
    )
    if wanted.after:
        query = query.where(dossier.c.id > wanted.after[0])
    return page(
        tx.execute(query).all(),
        wanted,
        lambda row: EffectItem(row.code, row.before, row.after),
        lambda row: (row.id,),
    )


def _announcements() -> Select[Any]:
    moved = select(func.count()).where(effect.c.announcement_id == table.c.id)
    return select(table, user.c.full_name, moved.scalar_subquery().label("moved")).outerjoin(
        user, user.c.id == table.c.announced_by
    )


def _item(row: Row[Any]) -> AnnouncementItem:
    return AnnouncementItem(
        id=row.id,
        agency=row.agency,
        source=row.source,
        days=row.document["days"],
        hours=row.document["hours"],
        first_day=row.first_day,
        announced_at=row.announced_at,
        announced_by=row.full_name,
        settled_at=row.settled_at,
        moved=row.moved,
    )
