"""The ways a dossier's life can go, the happy one and the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from cli.demo.kinds import ANY, BUILDING, BUSINESS, COPIES, LAND
from engine.model.status import Status

_SUPPLEMENTED = tuple(code for code in ANY if code != COPIES)


class Turning(StrEnum):
    """Something that comes over a dossier at a step, beside the diagram's own ways."""

    PAUSE = "pause"
    EXTEND = "extend"
    WITHDRAW = "withdraw"
    DISCONTINUE = "discontinue"


@dataclass(frozen=True)
class Way:
    """One way.

    `decisions` are taken at a step's first, second… visit, then the positive one. `turning`
    comes when the step `turning_at` is open. `brings` says whether the citizen brings what is
    asked for. `slow` ones miss deadlines. `weight` says how many go it, of 100 in the year.
    """

    weight: int
    ends: Status = Status.DELIVERED
    procedures: tuple[str, ...] = ANY
    decisions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    turning: Turning | None = None
    turning_at: str = "appraise"
    brings: bool = True
    slow: bool = False


STRAIGHT = Way(54)
INTAKE_SUPPLEMENT = Way(6, decisions={"check_papers": ("supplement",)})
SUPPLEMENT = Way(7, procedures=_SUPPLEMENTED, decisions={"appraise": ("supplement",)})
PAUSED = Way(4, turning=Turning.PAUSE)
EXTENDED = Way(3, procedures=(BUSINESS, BUILDING, LAND), turning=Turning.EXTEND, slow=True)
WITHDRAWN = Way(2, Status.WITHDRAWN, turning=Turning.WITHDRAW)

WAYS = (
    STRAIGHT,
    Way(4, Status.REFUSED_INTAKE, decisions={"check_papers": ("refuse",)}),
    Way(3, Status.REFUSED, decisions={"appraise": ("refuse",)}),
    WITHDRAWN,
    Way(2, Status.DISCONTINUED, turning=Turning.DISCONTINUE),
    Way(7, slow=True),
    EXTENDED,
    INTAKE_SUPPLEMENT,
    SUPPLEMENT,
    PAUSED,
    Way(4, decisions={"sign": ("return",)}),
    Way(1, Status.REFUSED, decisions={"sign": ("refuse",)}),
    Way(1, Status.REFUSED, decisions={"appraise": ("refuse",), "sign_refusal": ("return",)}),
    Way(1, Status.REFUSED, (LAND,), {"conclude_posting": ("refuse",)}),
    Way(1, Status.DISCONTINUED, _SUPPLEMENTED, {"appraise": ("supplement",)}, brings=False),
)
"""All ways to an end; the first five reach every end there is."""

POSTED = timedelta(days=17)
LAPSED = timedelta(days=36)


def calendar_wait(way: Way, procedure: str) -> timedelta:
    """Time that must pass by the calendar and that no hurry shortens, with a margin."""
    if not way.brings:
        return LAPSED
    stays_short = way.ends in (Status.REFUSED_INTAKE, Status.WITHDRAWN, Status.DISCONTINUED)
    return POSTED if procedure == LAND and not stays_short else timedelta(0)
