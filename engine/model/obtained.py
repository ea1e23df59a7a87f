"""Papers that nobody had to hand in, because a database says the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Obtained:
    """A component taken from a database (`source`), by whom and when.

    What was looked up is personal and so stands in the payload of the event only.
    """

    component: str
    source: str
    by: str
    at: datetime


def to_json(obtained: Obtained) -> dict[str, Any]:
    """The inverse of `from_json`."""
    return {**vars(obtained), "at": obtained.at.isoformat()}


def from_json(raw: Mapping[str, Any]) -> Obtained:
    """What `to_json` described."""
    return Obtained(**{**raw, "at": datetime.fromisoformat(raw["at"])})
