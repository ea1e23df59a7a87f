"""What surrounds a dossier while an act is applied: the rules and calendars it runs under."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bpmn.procedure import Procedure
from engine.deadlines.calendar import WorkingCalendar
from engine.life.rulebook import PauseReason, Rulebook


@dataclass(frozen=True)
class Setting:
    """The rules a dossier runs under; `calendar_of` and `procedure_of` give calendars and versions
    of procedures by their digests.

    `masked`: what people said was masked by law since, so that it no longer fits its forms.
    """

    procedure: Procedure
    rulebook: Rulebook
    calendar_of: Callable[[str], WorkingCalendar]
    procedure_of: Callable[[str], Procedure]
    masked: bool = False

    def under(self, version: str) -> "Setting":
        """The same rules with another version of the procedure, to which a dossier was taken."""
        if version == self.procedure.digest:
            return self
        return replace(self, procedure=self.procedure_of(version))

    def pause_reason(self, code: str) -> PauseReason:
        """A reason of the rulebook, with the terms that the procedure sets for it.

        Raises `UnknownPauseReason`.
        """
        reason = self.rulebook.pause_reason(code)
        terms = self.procedure.facts.pauses.get(code)
        if terms is None:
            return reason
        return replace(reason, limit=terms.limit or reason.limit, times=terms.times or reason.times)
