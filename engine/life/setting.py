"""What surrounds a dossier while an act is applied: its procedure's version and the calendars."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bpmn.procedure import Procedure
from engine.deadlines.calendar import WorkingCalendar, local


@dataclass(frozen=True)
class Setting:
    """The rules a dossier was received under.

    `calendar_on` gives the calendar as it was known on a day: a swap of working days that is
    announced later must not change what an earlier act gave, when it is done again.
    """

    procedure: Procedure
    calendar_on: Callable[[date], WorkingCalendar]

    def calendar_at(self, moment: datetime) -> WorkingCalendar:
        """The calendar as it was known at a moment."""
        return self.calendar_on(local(moment).date())
