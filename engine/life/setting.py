"""What surrounds a dossier while an act is applied: its procedure's version and its calendar."""

from dataclasses import dataclass

from bpmn.procedure import Procedure
from engine.deadlines.calendar import WorkingCalendar


@dataclass(frozen=True)
class Setting:
    """The rules a dossier was received under."""

    procedure: Procedure
    calendar: WorkingCalendar
