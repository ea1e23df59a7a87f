"""Who answers for what an alert is about, and who is told of it."""

from dataclasses import dataclass

from bpmn.roles import Role


@dataclass(frozen=True)
class Responsible:
    """Where a matter lies: the agency, the task's unit and role as far as it has them, and the
    user who holds it."""

    agency: str
    unit: str | None = None
    role: Role | None = None
    holder: int | None = None


@dataclass(frozen=True)
class Recipient:
    """An active user who is told; without an address only in the inbox."""

    id: int
    full_name: str
    email: str | None
