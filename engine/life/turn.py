"""One act in the course of being applied."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bpmn.procedure import Procedure
from engine.deadlines.calendar import WorkingCalendar
from engine.life.rulebook import Rulebook
from engine.life.setting import Setting
from engine.model.dossier import Dossier
from engine.model.event import Act, Event, EventType


@dataclass(frozen=True)
class Turn:
    """The dossier, the act, its surroundings, and the `seq` of the act in the log."""

    dossier: Dossier
    act: Act
    setting: Setting
    cause: int

    @classmethod
    def of(cls, dossier: Dossier, act: Act, setting: Setting) -> "Turn":
        """Record the act; from here on it happens."""
        return cls(dossier, act, setting, dossier.record(act).seq)

    def note(
        self, type_: EventType, said: Mapping[str, Any] | None = None, /, **data: Any
    ) -> Event:
        """Record a consequence of the act; what is `said` of people in it may be erased by law."""
        return self.dossier.record(self.act, type_, data, self.cause, said)

    @property
    def at(self) -> datetime:
        """The moment of the act."""
        return self.act.at

    @property
    def calendar(self) -> WorkingCalendar:
        """The working calendar that the dossier runs under."""
        return self.setting.calendar_of(self.dossier.calendar)

    @property
    def rulebook(self) -> Rulebook:
        """What the office laid down about time when the dossier came in."""
        return self.setting.rulebook

    @property
    def procedure(self) -> Procedure:
        """The version of the procedure that the dossier runs on."""
        return self.setting.procedure
