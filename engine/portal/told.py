"""Everything that a message to the portal is made of, gathered by the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bpmn.facts import Facts
from engine.model.dossier import Dossier
from engine.portal.history import History, StepDone


@dataclass(frozen=True)
class Owner:
    """Whose dossier it is; a number is None where none was given, or it was erased.

    Organisations are known by their tax code.
    """

    name: str
    personal_id: str | None = None
    tax_code: str | None = None


@dataclass(frozen=True)
class Desk:
    """A task as the portal's log of the process names it: who did it where, and by when."""

    task: str
    person: str
    title: str
    place: str
    opened_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class Told:
    """A dossier with its `code` for the portal.

    `agencies` are names by code, `people` names by actor, `desks` the completed tasks by place.
    """

    dossier: Dossier
    facts: Facts
    owner: Owner
    code: int
    history: History
    agencies: Mapping[str, str]
    people: Mapping[str, str] = field(default_factory=dict)
    desks: Mapping[int, Desk] = field(default_factory=dict)

    def steps_after(self, seq: int) -> list[StepDone]:
        """The steps whose events come later than one."""
        return [step for step in self.history.steps if step.seq > seq]
