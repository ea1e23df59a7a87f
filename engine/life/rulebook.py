"""The rulebook: what an office lays down about time and turn, as data (`rulebook.toml`).

A rulebook is checked as a whole before it can be published, and a dossier keeps the edition
that it was received under.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bpmn.roles import Role
from bpmn.threshold import Threshold
from bpmn.time_limit import TimeLimit
from engine.deadlines.clock_policy import ClockPolicy
from engine.errors import UnknownPauseReason
from engine.errors.reception import UnknownPriorityReason
from engine.errors.time import UnknownOverdueCause
from engine.model.alert import Level, Rung, Subject
from engine.model.status import Status


@dataclass(frozen=True)
class PauseReason:
    """Why a dossier may rest, and what that does to its clock.

    `manual`: a person may order it; if `approvers` are named, only people of those roles, and
    others ask them. `limit`: how long the pause may last. `times`: how often in one dossier.
    `extension`: the further time that the policy EXTEND grants.
    """

    code: str
    name: str
    policy: ClockPolicy
    status: Status
    manual: bool
    limit: TimeLimit | None = None
    times: int | None = None
    evidence: bool = False
    approvers: frozenset[Role] = frozenset()
    extension: TimeLimit | None = None


@dataclass(frozen=True)
class AlertRule:
    """When a subject is warned of: levels before its due moment, or working time after."""

    near_due: tuple[Threshold, ...] = ()
    after: TimeLimit | None = None


@dataclass(frozen=True)
class Ladder:
    """Who is told later, in working time since the alert was raised, in the order of rungs."""

    rungs: Mapping[Rung, TimeLimit]
    until_acknowledged: bool = False


@dataclass(frozen=True)
class ExtensionRule:
    """How often a due date may be put off, and how long before it at the latest."""

    times: int
    notice: TimeLimit


@dataclass(frozen=True)
class OverdueCause:
    """Why something ended late: whose fault, and whether an outage must be named."""

    code: str
    name: str
    fault: str
    outage: bool = False


@dataclass(frozen=True)
class PriorityReason:
    """Why a dossier may go before others; `note`: it must be said in words as well."""

    code: str
    name: str
    note: bool = False


@dataclass(frozen=True)
class Rulebook:
    """Everything that an office lays down about time and turn."""

    pauses: Mapping[str, PauseReason]
    alerts: Mapping[Subject, AlertRule]
    ladders: Mapping[Level, Ladder]
    extension: ExtensionRule
    causes: Mapping[str, OverdueCause]
    demanded: frozenset[Subject]
    priorities: Mapping[str, PriorityReason]

    def pause_reason(self, code: str) -> PauseReason:
        """The reason with this code; raises `UnknownPauseReason`."""
        if code not in self.pauses:
            raise UnknownPauseReason(reason=code)
        return self.pauses[code]

    def cause(self, code: str) -> OverdueCause:
        """The overdue cause with this code; raises `UnknownOverdueCause`."""
        if code not in self.causes:
            raise UnknownOverdueCause(cause=code)
        return self.causes[code]

    def priority(self, code: str) -> PriorityReason:
        """The priority reason with this code; raises `UnknownPriorityReason`."""
        if code not in self.priorities:
            raise UnknownPriorityReason(reason=code)
        return self.priorities[code]


@cache
def standard_rulebook() -> dict[str, Any]:
    """The document of the rulebook that the product ships."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
