"""Categories of applicants for whom fees and charges are waived or reduced."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

_FILE = Path(__file__).with_name("applicants.toml")


@dataclass(frozen=True)
class ApplicantCategory:
    """A category with what shows that someone belongs to it, and from when to when it counts
    (`effective_to` is the last day; None: for ever)."""

    code: str
    name: str
    evidence: str
    effective_from: date
    effective_to: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.effective_from <= day <= (self.effective_to or day)


@cache
def applicant_categories() -> MappingProxyType[str, ApplicantCategory]:
    """All categories by code, in the order in which they are offered."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return MappingProxyType({code: ApplicantCategory(code, **each) for code, each in raw.items()})
