"""Whose dossiers a report looks at, and over which moments."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, select

from engine.deadlines.calendar import VIETNAM
from engine.reports.asked import Asked
from engine.store import agencies
from engine.store.tables import agency, procedure


@dataclass(frozen=True)
class Scope:
    """`agencies` are those asked for, `top` is above them all or one of them; `start` counts,
    `end` does not."""

    top: str
    agencies: tuple[str, ...]
    start: datetime
    end: datetime
    field: str | None

    @classmethod
    def of(cls, tx: Connection, asked: Asked) -> "Scope":
        """What was asked for, in codes and moments."""
        codes = tuple(agencies.with_all_below(tx, asked.agency))
        if asked.level is not None:
            there = agency.c.code.in_(codes) & (agency.c.level == asked.level)
            codes = tuple(tx.execute(select(agency.c.code).where(there)).scalars())
        days = asked.period
        end = _midnight(days.end + timedelta(days=1))
        return cls(asked.agency, codes, _midnight(days.start), end, asked.field)

    def within(self, moment: ColumnElement[datetime]) -> ColumnElement[bool]:
        """Whether something happened in the period."""
        return moment.is_not(None) & (moment >= self.start) & (moment < self.end)

    @property
    def of_field(self) -> list[ColumnElement[bool]]:
        """That a procedure is of the field asked for, where one was."""
        return [procedure.c.field == self.field] if self.field is not None else []


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
