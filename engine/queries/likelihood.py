"""How likely it is that something ends late, judged by how long the same took others before.

Times are working seconds. Nothing here knows of dossiers or databases.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

FEWEST = 10
"""With fewer examples than this nothing is said from experience."""
_Z = 1.959964
"""Of the normal distribution 95 % lies within so many standard deviations."""
_NARROW, _MIDDLING = 0.2, 0.4


class Confidence(StrEnum):
    """How sure a likelihood is: by the width of its interval, or for want of examples."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    FEW_DATA = "few_data"


CONFIDENCE_NAMES = {
    Confidence.HIGH: "khá chắc",
    Confidence.MEDIUM: "tương đối",
    Confidence.LOW: "chưa chắc",
    Confidence.FEW_DATA: "ít dữ liệu",
}


@dataclass(frozen=True)
class Likelihood:
    """A probability with its 95 % interval; `samples` says how many examples it rests on."""

    probability: float
    low: float
    high: float
    samples: int
    confidence: Confidence


def from_experience(rests: Sequence[int], elapsed: float, left: float) -> Likelihood | None:
    """Of the examples that took longer than `elapsed` already, the share that took longer than
    `elapsed + left`. `rests` is how long each took from the same point to the result, in order.

    None where fewer than `FEWEST` took that long.
    """
    alike = longer(rests, elapsed)
    if alike < FEWEST:
        return None
    late = longer(rests, elapsed + max(left, 0.0))
    low, high = wilson(late, alike)
    return Likelihood(late / alike, low, high, alike, _confidence(high - low))


def longer(rests: Sequence[int], elapsed: float) -> int:
    """How many of the examples, which are in order, took longer than this."""
    return len(rests) - bisect_right(rests, elapsed)


def from_limits(needed: float, left: float, samples: int = 0) -> Likelihood:
    """Without experience: by what the limits of the remaining steps allow, beside what is left.

    Half where both are equal; the interval says that nothing is known.
    """
    probability = 1.0 if left <= 0 else needed / (needed + left)
    return Likelihood(probability, 0.0, 1.0, samples, Confidence.FEW_DATA)


def wilson(hits: int, number: int) -> tuple[float, float]:
    """The 95 % score interval of a share (E. B. Wilson, 1927); it always holds the share."""
    share, square = hits / number, _Z * _Z
    middle = (share + square / (2 * number)) / (1 + square / number)
    spread = sqrt(share * (1 - share) / number + square / (4 * number * number))
    half = _Z / (1 + square / number) * spread
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))


def _confidence(width: float) -> Confidence:
    if width <= _NARROW:
        return Confidence.HIGH
    return Confidence.MEDIUM if width <= _MIDDLING else Confidence.LOW
