"""From step to step, and from hand to hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from engine.mining.cases import Case, Visit
from engine.mining.spans import Spans, spans
from engine.model.event import person_of


@dataclass(frozen=True)
class Passage:
    """Dossiers in which `after` was the next step completed after `before`, and how long from one
    completion to the other."""

    before: str
    after: str
    spans: Spans


@dataclass(frozen=True)
class Handover:
    """How often a dossier went from one person's hands into another's (ids of people)."""

    giver: int
    taker: int
    count: int


def passages(cases: Iterable[Case]) -> list[Passage]:
    """Every pair of steps that followed each other, the most frequent first."""
    times: dict[tuple[str, str], list[timedelta]] = {}
    for before, after in _following(cases):
        if before.closed_at and after.closed_at:
            key = before.step, after.step
            times.setdefault(key, []).append(after.closed_at - before.closed_at)
    found = [Passage(*key, told) for key, each in times.items() if (told := spans(each))]
    return sorted(found, key=lambda passage: (-passage.spans.count, passage.before, passage.after))


def handovers(cases: Iterable[Case]) -> list[Handover]:
    """Every pair of people of whom one completed the step after the other's, the busiest first."""
    counts: dict[tuple[int, int], int] = {}
    for before, after in _following(cases):
        giver, taker = person_of(before.closed_by or ""), person_of(after.closed_by or "")
        if giver and taker and giver != taker:
            counts[giver, taker] = counts.get((giver, taker), 0) + 1
    found = [Handover(*pair, count) for pair, count in counts.items()]
    return sorted(found, key=lambda handover: (-handover.count, handover.giver, handover.taker))


def _following(cases: Iterable[Case]) -> Iterator[tuple[Visit, Visit]]:
    for case in cases:
        yield from pairwise(case.done)
