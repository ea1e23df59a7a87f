"""Rework: steps done again, dossiers sent back, papers asked for after receipt."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from engine.mining.cases import Case, batches
from engine.model.event import EventType
from engine.store.tables import event

_ASKED = {EventType.DOSSIER_RETURNED: "returned", EventType.SUPPLEMENT_REQUESTED: "supplements"}


@dataclass(frozen=True)
class Repeated:
    """A step that `dossiers` came to more than once, `extra` times beyond the first."""

    step: str
    dossiers: int
    extra: int


@dataclass(frozen=True)
class Rework:
    """How many dossiers were sent back to an earlier step, and how often in all; the same of
    supplements asked for; how many needed neither and no step twice; which steps repeat."""

    dossiers: int
    straight: int
    returned: int
    returns: int
    supplemented: int
    supplements: int
    repeated: tuple[Repeated, ...]


def rework(tx: Connection, cases: Sequence[Case]) -> Rework:
    """Of these dossiers."""
    told = _told(tx, cases)
    returns = [told[case.id, "returned"] for case in cases]
    supplements = [told[case.id, "supplements"] for case in cases]
    again = [_again(case) for case in cases]
    alike = zip(returns, supplements, again, strict=True)
    return Rework(
        dossiers=len(cases),
        straight=sum(not any(each) for each in alike),
        returned=sum(map(bool, returns)),
        returns=sum(returns),
        supplemented=sum(map(bool, supplements)),
        supplements=sum(supplements),
        repeated=_repeated(again),
    )


def _told(tx: Connection, cases: Iterable[Case]) -> Counter[tuple[int, str]]:
    told: Counter[tuple[int, str]] = Counter()
    for some in batches(case.id for case in cases):
        query = (
            select(event.c.dossier_id, event.c.type, func.count().label("number"))
            .where(event.c.dossier_id.in_(some), event.c.type.in_(_ASKED))
            .group_by(event.c.dossier_id, event.c.type)
        )
        for row in tx.execute(query):
            told[row.dossier_id, _ASKED[EventType(row.type)]] = row.number
    return told


def _again(case: Case) -> dict[str, int]:
    times = Counter(visit.step for visit in case.done)
    return {step: number - 1 for step, number in times.items() if number > 1}


def _repeated(again: Iterable[dict[str, int]]) -> tuple[Repeated, ...]:
    dossiers: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    for steps in again:
        dossiers.update(steps.keys())
        extra.update(steps)
    return tuple(Repeated(step, dossiers[step], number) for step, number in extra.most_common())
