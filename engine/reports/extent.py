"""What a report looks at that counts rows of the tables: which agencies, which procedures, when."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from sqlalchemy import ColumnElement, Connection

from engine.deadlines.calendar import VIETNAM
from engine.reports.asked import Asked
from engine.reports.scene import Scene, scene_of
from engine.store.tables import dossier


@dataclass(frozen=True)
class Extent:
    """The scene of a report as conditions; `top` is the agency asked for."""

    top: str
    scene: Scene

    @classmethod
    def of(cls, tx: Connection, asked: Asked) -> "Extent":
        """What was asked for; raises `AgencyUnknown`, `ReportPeriodInvalid`."""
        return cls(asked.agency, scene_of(tx, asked))

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """The agencies that count, by code."""
        return tuple(sorted(self.scene.scope.agencies))

    @property
    def start(self) -> datetime:
        """The first moment that counts."""
        return _midnight(self.scene.scope.period.start)

    @property
    def end(self) -> datetime:
        """The first moment that does not count any more."""
        return _midnight(self.scene.scope.period.end + timedelta(days=1))

    @property
    def last_day(self) -> datetime:
        """The first moment of the last day: what was due before it is overdue when that ends."""
        return _midnight(self.scene.scope.period.end)

    def within(self, moment: ColumnElement[datetime]) -> ColumnElement[bool]:
        """Whether something happened in the period."""
        return moment.is_not(None) & (moment >= self.start) & (moment < self.end)

    @property
    def of_field(self) -> list[ColumnElement[bool]]:
        """That a procedure was of the field asked for, where one was."""
        procedures = self.scene.scope.procedures
        return [] if procedures is None else [dossier.c.procedure.in_(sorted(procedures))]

    def line(self, code: str) -> tuple[str, ...]:
        """From the top down to an agency, as they lay then."""
        found = [code]
        while found[0] != self.top and (above := self.scene.agencies[found[0]].parent):
            found.insert(0, above)
        return tuple(found)

    def all_below(self, code: str) -> list[str]:
        """An agency that counts, and those below it that do."""
        return [each for each in self.agencies if code in self.line(each)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
