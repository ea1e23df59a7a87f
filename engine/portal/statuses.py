"""The portal's status codes for our states, read from `statuses.toml` by date."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from engine.deadlines.clock_policy import ClockPolicy
from engine.life.rulebook import PauseReason
from engine.model.status import Status

FILE = Path(__file__).with_suffix(".toml")
_RESTING = frozenset({4, 8})


@dataclass(frozen=True)
class Edition:
    """The codes that hold from a day on.

    Of SUSPENDED `reasons` (by code of the rulebook) go before `policies`, and these before
    `otherwise`.
    """

    effective_from: date
    codes: Mapping[Status, int]
    otherwise: int
    policies: Mapping[ClockPolicy, int]
    reasons: Mapping[str, int]

    def code(self, status: Status, pause: PauseReason | None) -> int:
        """What a dossier in this status, resting for this reason if it rests, is told as."""
        if status is not Status.SUSPENDED:
            return self.codes[status]
        if pause is None:
            return self.otherwise
        by_policy = self.policies.get(pause.policy, self.otherwise)
        return self.reasons.get(pause.code, by_policy)


@dataclass(frozen=True)
class StatusMap:
    """All editions, the latest first, and what the portal calls its codes."""

    names: Mapping[int, str]
    editions: tuple[Edition, ...]

    def on(self, day: date) -> Edition:
        """The edition in force; before the first one, the first."""
        return next((e for e in self.editions if e.effective_from <= day), self.editions[-1])


def read_statuses(text: str) -> StatusMap:
    """Read the data; raises `ValueError` where a status has no code or a code has no name."""
    raw = tomllib.loads(text)
    names = {int(code): str(name) for code, name in raw["names"].items()}
    editions = [_edition(each, names) for each in raw["editions"]]
    latest_first = sorted(editions, key=lambda each: each.effective_from, reverse=True)
    return StatusMap(names, tuple(latest_first))


def _edition(raw: Mapping[str, Any], names: Mapping[int, str]) -> Edition:
    codes = {Status(status): code for status, code in raw["codes"].items()}
    suspended = raw["suspended"]
    if left := set(Status) - codes.keys() - {Status.SUSPENDED}:
        raise ValueError(f"no code for {', '.join(sorted(left))}")
    edition = Edition(
        effective_from=raw["effective_from"],
        codes=codes,
        otherwise=suspended["otherwise"],
        policies={ClockPolicy(name): code for name, code in suspended["policies"].items()},
        reasons=dict(suspended["reasons"]),
    )
    _require_known(edition, names)
    return edition


def _require_known(edition: Edition, names: Mapping[int, str]) -> None:
    paused = {edition.otherwise, *edition.policies.values(), *edition.reasons.values()}
    if unknown := {*edition.codes.values(), *paused} - names.keys():
        raise ValueError(f"no name for {', '.join(map(str, unknown))}")
    if not paused <= _RESTING:
        raise ValueError("a dossier that rests is told as 4 or 8")


@cache
def standard_statuses() -> StatusMap:
    """The data that the product ships."""
    return read_statuses(FILE.read_text(encoding="utf-8"))
