"""Which dossiers the example office has: how each came, which way it goes, where it rests."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol, TypeVar

from cli.demo.applications import BIRTH, BUSINESS, LAND
from cli.demo.ways import ANY, INTAKE_SUPPLEMENT, PAUSED, STRAIGHT, SUPPLEMENT, WAYS, WITHDRAWN, Way
from engine.model.status import Channel, Status

HOURS_A_YEAR = 248 * 8.0
"""Working hours of the year that the office looks back on."""

_MIX = {BIRTH: 45, BUSINESS: 35, LAND: 20}
_CHANNELS = {Channel.ONLINE: 50, Channel.DIRECT: 40, Channel.POSTAL: 10}
_SHORTEST = {BIRTH: 12.0, BUSINESS: 36.0, LAND: 300.0}
_LAPSING = 320.0
_PACES = {BIRTH: (0.05, 0.35), BUSINESS: (0.1, 0.65), LAND: (0.15, 0.7)}
_SLOW = (1.1, 2.2)
_LATE_SHARE = 0.15


@dataclass(frozen=True)
class Rest:
    """Where an open dossier stays, and for how many working hours it has been there.

    `share` is that time as a share of what the step allows, where the step has a time limit.
    """

    status: Status
    step: str
    hours: float
    share: float


@dataclass(frozen=True)
class Plan:
    """One life to be: work takes `pace` times what it may.

    Finished ones (without `rest`) begin `age` working hours before now.
    """

    number: int
    procedure: str
    channel: Channel
    way: Way
    pace: float
    age: float = 0.0
    rest: Rest | None = None


@dataclass(frozen=True)
class Open:
    """A sort of open dossier: of 100, `weight` are so.

    `hours` is for how long they rest, where no time limit of a step says what is usual.
    """

    weight: int
    status: Status
    step: str
    procedures: tuple[str, ...]
    hours: tuple[float, float] = (0.1, 4)
    way: Way = STRAIGHT


OPEN = (
    Open(10, Status.SUBMITTED, "check_papers", ANY),
    Open(4, Status.SUPPLEMENT_REQUESTED_INTAKE, "await_intake_supplement", ANY, (4, 80),
         INTAKE_SUPPLEMENT),
    Open(6, Status.RECEIVED, "digitise", ANY),
    Open(8, Status.PROCESSING, "appraise", (BUSINESS,)),
    Open(8, Status.SUPPLEMENT_REQUESTED, "await_supplement", ANY, (4, 120), SUPPLEMENT),
    Open(7, Status.AWAITING_FINANCIAL_OBLIGATION, "await_obligation", (LAND,), (4, 330)),
    Open(3, Status.SUSPENDED, "appraise", (BUSINESS, LAND), (4, 60), PAUSED),
    Open(2, Status.WITHDRAWAL_REQUESTED, "return_papers", ANY, way=WITHDRAWN),
    Open(7, Status.PROCESSED, "deliver", (BIRTH, BUSINESS), (0.5, 40)),
    Open(4, Status.PROCESSING, "appraise", (BIRTH,)),
    Open(3, Status.PROCESSING, "sign", (BIRTH,)),
    Open(5, Status.PROCESSING, "draft_certificate", (BUSINESS,)),
    Open(4, Status.PROCESSING, "sign", (BUSINESS,)),
    Open(2, Status.PROCESSING, "collect_fee", (BUSINESS,)),
    Open(3, Status.PROCESSING, "seal", (BUSINESS,)),
    Open(5, Status.PROCESSING, "appraise", (LAND,)),
    Open(5, Status.SUSPENDED, "survey", (LAND,)),
    Open(4, Status.PROCESSING, "confirm_status", (LAND,)),
    Open(6, Status.SUSPENDED, "public_posting", (LAND,), (4, 70)),
    Open(3, Status.PROCESSING, "conclude_posting", (LAND,)),
    Open(3, Status.PROCESSING, "send_tax_information", (LAND,)),
    Open(2, Status.PROCESSING, "sign", (LAND,)),
    Open(2, Status.PROCESSED, "deliver", (LAND,), (2, 80)),
)  # fmt: skip
"""The first nine have every status that an open dossier can have."""


class Weighted(Protocol):
    """Of 100, so many are of this sort."""

    @property
    def weight(self) -> int: ...


_Sort = TypeVar("_Sort", bound=Weighted)


def chance(*what: object) -> Random:
    """A source of chance that is the same for the same arguments."""
    return Random("/".join(map(str, what)))  # noqa: S311


def plans(seed: int, finished: int, open_: int) -> list[Plan]:
    """The lives of an office, the same for the same arguments; finished ones first."""
    rng = chance(seed, "plans")
    ways = _picked(rng, WAYS, 5, finished)
    sorts = _picked(rng, OPEN, 9, open_)
    done = [_finished(rng, number, way) for number, way in enumerate(ways)]
    return done + [_open(rng, number, sort) for number, sort in enumerate(sorts, start=finished)]


def _picked(rng: Random, sorts: Sequence[_Sort], first: int, count: int) -> list[_Sort]:
    """The `first` sorts once each, then all by weight."""
    weights = [sort.weight for sort in sorts]
    more: list[_Sort] = rng.choices(sorts, weights, k=max(0, count - first))
    return [*sorts[:first], *more][:count]


def _finished(rng: Random, number: int, way: Way) -> Plan:
    codes = way.procedures
    procedure = rng.choices(codes, [_MIX[code] for code in codes])[0]
    shortest = _SHORTEST[procedure] + (0 if way.brings else _LAPSING)
    age = rng.uniform(shortest, HOURS_A_YEAR)
    pace = rng.uniform(*_SLOW if way.slow else _PACES[procedure])
    return Plan(number, procedure, _channel(rng), way, pace, age)


def _open(rng: Random, number: int, sort: Open) -> Plan:
    procedure, channel = rng.choice(sort.procedures), _channel(rng)
    if sort.status is Status.SUBMITTED and channel is Channel.DIRECT:
        channel = Channel.ONLINE  # at the counter a dossier is received at once
    if sort.step == "collect_fee" and channel is Channel.ONLINE:
        channel = Channel.DIRECT  # who files online pays no fee
    late = rng.random() < _LATE_SHARE
    share = rng.uniform(1.2, 4.0) if late else rng.uniform(0.05, 0.9)
    rest = Rest(sort.status, sort.step, rng.uniform(*sort.hours), share)
    pace = rng.uniform(*_SLOW if late else _PACES[procedure])
    return Plan(number, procedure, channel, sort.way, pace, rest=rest)


def _channel(rng: Random) -> Channel:
    return rng.choices(list(_CHANNELS), list(_CHANNELS.values()))[0]
