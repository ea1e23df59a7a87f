"""Variants: the different ways that dossiers took through the steps, the usual one first."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.mining.cases import Case
from engine.mining.spans import Spans, spans

EXAMPLES = 5


@dataclass(frozen=True)
class Variant:
    """One way: the steps completed, in order; how many dossiers took it, how they ended and how
    long they took from submission to their end; codes of the latest of them."""

    steps: tuple[str, ...]
    count: int
    outcomes: dict[str, int]
    spans: Spans | None
    examples: tuple[str, ...]


def variants(cases: Iterable[Case]) -> list[Variant]:
    """The ways that ended dossiers took; of ways equally usual the shorter first."""
    taken: dict[tuple[str, ...], list[Case]] = {}
    for case in cases:
        taken.setdefault(tuple(visit.step for visit in case.done), []).append(case)
    found = [_variant(steps, same) for steps, same in taken.items()]
    return sorted(found, key=lambda variant: (-variant.count, len(variant.steps), variant.steps))


def _variant(steps: tuple[str, ...], same: list[Case]) -> Variant:
    outcomes: dict[str, int] = {}
    for case in same:
        outcomes[case.outcome or ""] = outcomes.get(case.outcome or "", 0) + 1
    times = (case.finished_at - case.submitted_at for case in same if case.finished_at)
    examples = tuple(case.code for case in same[:EXAMPLES])
    return Variant(steps, len(same), outcomes, spans(times), examples)
