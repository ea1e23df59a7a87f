"""Who answers for a dossier or a task."""

from dataclasses import dataclass

from bpmn.roles import Role
from bpmn.steps import Stage


@dataclass(frozen=True)
class Responsible:
    """Who answers now; `holder` is the id of the person who has it, None while nobody does."""

    agency: str
    unit: str | None = None
    role: Role | None = None
    holder: int | None = None
    stage: Stage | None = None


@dataclass(frozen=True)
class Recipient:
    """An active user who is told; without an address only in the inbox."""

    id: int
    full_name: str
    email: str | None
