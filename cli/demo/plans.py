"""Which dossiers the example office has: how each came, which way it goes, where it rests."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol, TypeVar

from cli.demo.kinds import (
    AT_THE_COUNTER,
    BIRTH,
    BUILDING,
    BUSINESS,
    COPIES,
    FUNERAL,
    HANDED_IN,
    JOINT,
    KINDS,
    LAND,
    MARRIAGE,
    SIGNATURES,
    STATUS,
)
from cli.demo.ways import INTAKE_SUPPLEMENT, PAUSED, STRAIGHT, SUPPLEMENT, WAYS, WITHDRAWN, Way
from engine.model.status import Channel, Status

HOURS_A_YEAR = 248 * 8.0
"""Working hours of the year that the office looks back on."""

_CHANNELS = {Channel.ONLINE: 50, Channel.DIRECT: 40, Channel.POSTAL: 10}
_LAPSING = 320.0
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


_WAITING = tuple(code for code in HANDED_IN if code != BUILDING)
OPEN = (
    Open(10, Status.SUBMITTED, "check_papers", HANDED_IN),
    Open(4, Status.SUPPLEMENT_REQUESTED_INTAKE, "await_intake_supplement", HANDED_IN, (4, 80),
         INTAKE_SUPPLEMENT),
    Open(6, Status.RECEIVED, "digitise", HANDED_IN),
    Open(7, Status.PROCESSING, "appraise", (BUSINESS, STATUS)),
    Open(7, Status.SUPPLEMENT_REQUESTED, "await_supplement", _WAITING, (4, 120), SUPPLEMENT),
    Open(5, Status.AWAITING_FINANCIAL_OBLIGATION, "await_obligation", (LAND,), (4, 330)),
    Open(3, Status.SUSPENDED, "appraise", (BUSINESS, LAND), (4, 60), PAUSED),
    Open(2, Status.WITHDRAWAL_REQUESTED, "return_papers", _WAITING, way=WITHDRAWN),
    Open(6, Status.PROCESSED, "deliver", (BIRTH, BUSINESS, COPIES), (0.5, 40)),
    Open(4, Status.PROCESSING, "appraise", (BIRTH, COPIES, SIGNATURES)),
    Open(3, Status.PROCESSING, "sign", (BIRTH, COPIES, MARRIAGE)),
    Open(4, Status.PROCESSING, "draft_certificate", (BUSINESS, STATUS)),
    Open(3, Status.PROCESSING, "sign", (BUSINESS, FUNERAL)),
    Open(3, Status.PROCESSING, "collect_fee", (BUSINESS, COPIES)),
    Open(2, Status.PROCESSING, "seal", (BUSINESS, FUNERAL)),
    Open(3, Status.PROCESSING, "appraise", (FUNERAL, JOINT)),
    Open(3, Status.PROCESSING, "review", (BUILDING,)),
    Open(5, Status.PROCESSING, "inspect_site", (BUILDING,)),
    Open(2, Status.PROCESSING, "draft_permit", (BUILDING,)),
    Open(3, Status.PROCESSING, "appraise", (LAND,)),
    Open(3, Status.SUSPENDED, "survey", (LAND,)),
    Open(2, Status.PROCESSING, "confirm_status", (LAND,)),
    Open(4, Status.SUSPENDED, "public_posting", (LAND,), (4, 70)),
    Open(2, Status.PROCESSING, "conclude_posting", (LAND,)),
    Open(2, Status.PROCESSING, "send_tax_information", (LAND,)),
    Open(1, Status.PROCESSING, "sign", (LAND,)),
    Open(1, Status.PROCESSED, "deliver", (LAND,), (2, 80)),
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
    procedure = _procedure(rng, way.procedures)
    shortest = KINDS[procedure].shortest + (0 if way.brings else _LAPSING)
    age = rng.uniform(shortest, HOURS_A_YEAR)
    pace = rng.uniform(*_SLOW if way.slow else KINDS[procedure].pace)
    return Plan(number, procedure, _channel(rng, procedure), way, pace, age)


def _open(rng: Random, number: int, sort: Open) -> Plan:
    procedure = _procedure(rng, sort.procedures)
    channel = _channel(rng, procedure)
    if sort.status is Status.SUBMITTED and channel is Channel.DIRECT:
        channel = Channel.ONLINE  # at the counter a dossier is received at once
    if sort.step == "collect_fee" and channel is Channel.ONLINE:
        channel = Channel.DIRECT  # who files online pays no fee
    late = rng.random() < _LATE_SHARE
    share = rng.uniform(1.2, 4.0) if late else rng.uniform(0.05, 0.9)
    rest = Rest(sort.status, sort.step, rng.uniform(*sort.hours), share)
    pace = rng.uniform(*_SLOW if late else KINDS[procedure].pace)
    return Plan(number, procedure, channel, sort.way, pace, rest=rest)


def _procedure(rng: Random, codes: Sequence[str]) -> str:
    return rng.choices(codes, [KINDS[code].weight for code in codes])[0]


def _channel(rng: Random, procedure: str) -> Channel:
    drawn = rng.choices(list(_CHANNELS), list(_CHANNELS.values()))[0]
    return Channel.DIRECT if procedure in AT_THE_COUNTER else drawn
