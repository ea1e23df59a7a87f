"""Spans of time of many dossiers, in few figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Spans:
    """Hours by the clock on the wall: half of them took no longer than `typical`, nine of ten no
    longer than `long`."""

    count: int
    typical: float
    long: float


def spans(times: Iterable[timedelta]) -> Spans | None:
    """Of any number of spans; None of none."""
    ordered = sorted(times)
    if not ordered:
        return None
    count = len(ordered)
    typical, long = ordered[(count + 1) // 2 - 1], ordered[-(-count * 9 // 10) - 1]
    return Spans(count, round(typical / _HOUR, 1), round(long / _HOUR, 1))
