"""The catalogue of pause reasons, which is data (`pause_reasons.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.deadlines.clock import ClockPolicy
from engine.errors import UnknownPauseReason
from engine.model.status import Status


@dataclass(frozen=True)
class PauseReason:
    """A reason with what it does to the clock; `manual` ones may be chosen by a person."""

    code: str
    name: str
    policy: ClockPolicy
    status: Status
    manual: bool


@cache
def pause_reasons() -> dict[str, PauseReason]:
    """All reasons by code."""
    raw = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        code: PauseReason(
            code,
            reason["name"],
            ClockPolicy(reason["policy"]),
            Status(reason["status"]),
            reason["manual"],
        )
        for code, reason in raw.items()
    }


def pause_reason(code: str) -> PauseReason:
    """The reason with this code; raises `UnknownPauseReason`."""
    try:
        return pause_reasons()[code]
    except KeyError:
        raise UnknownPauseReason(reason=code) from None
