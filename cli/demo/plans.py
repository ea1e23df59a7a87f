"""Which dossiers the example office has: when each came, which way it goes, where it rests."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TypeVar

from cli.demo.applications import BIRTH, BUSINESS, LAND
from cli.demo.ways import (
    ANY,
    INTAKE_SUPPLEMENT,
    PAUSED,
    POSTED,
    STRAIGHT,
    SUPPLEMENT,
    WAYS,
    WITHDRAWN,
    Way,
    calendar_wait,
)
from engine.model.status import Channel, Status

HOURS_A_YEAR = 248 * 8
"""Working hours of the year that the office looks back on."""

_MIX = {BIRTH: 45, BUSINESS: 35, LAND: 20}
_CHANNELS = {Channel.ONLINE: 50, Channel.DIRECT: 40, Channel.POSTAL: 10}
_SHORTEST = {BIRTH: 12, BUSINESS: 36, LAND: 300}
_LAPSING = 320


@dataclass(frozen=True)
class Rest:
    """Where an open dossier stays: in a status, and perhaps at one step."""

    status: Status
    step: str | None = None


@dataclass(frozen=True)
class Plan:
    """One life to be.

    It begins `age` working hours before now; work takes `pace` times what it may. `wait` is time
    that must pass by the calendar and that no hurry shortens. Without `rest` it goes to its end.
    """

    number: int
    procedure: str
    channel: Channel
    way: Way
    age: float
    pace: float
    wait: timedelta
    rest: Rest | None = None


@dataclass(frozen=True)
class Open:
    """A sort of open dossier: of 100, `weight` are so, handed in `ages` working hours ago.

    `posted` says that it has been posted in public before.
    """

    weight: int
    status: Status
    procedures: tuple[str, ...]
    ages: tuple[float, float]
    step: str | None = None
    way: Way = STRAIGHT
    posted: bool = False


OPEN = (
    Open(10, Status.SUBMITTED, ANY, (0.1, 5)),
    Open(4, Status.SUPPLEMENT_REQUESTED_INTAKE, ANY, (8, 120), way=INTAKE_SUPPLEMENT),
    Open(6, Status.RECEIVED, ANY, (0.3, 3)),
    Open(8, Status.PROCESSING, (BUSINESS,), (3, 20), "appraise"),
    Open(8, Status.SUPPLEMENT_REQUESTED, ANY, (10, 140), "await_supplement", SUPPLEMENT),
    Open(
        7,
        Status.AWAITING_FINANCIAL_OBLIGATION,
        (LAND,),
        (190, 420),
        "await_obligation",
        posted=True,
    ),
    Open(3, Status.SUSPENDED, (BUSINESS, LAND), (10, 60), way=PAUSED),
    Open(2, Status.WITHDRAWAL_REQUESTED, ANY, (4, 12), way=WITHDRAWN),
    Open(7, Status.PROCESSED, (BIRTH, BUSINESS), (8, 60), "deliver"),
    Open(4, Status.PROCESSING, (BIRTH,), (0.8, 4), "appraise"),
    Open(3, Status.PROCESSING, (BIRTH,), (2, 6), "sign"),
    Open(5, Status.PROCESSING, (BUSINESS,), (10, 24), "draft_certificate"),
    Open(4, Status.PROCESSING, (BUSINESS,), (12, 26), "sign"),
    Open(2, Status.PROCESSING, (BUSINESS,), (10, 24), "collect_fee"),
    Open(3, Status.PROCESSING, (BUSINESS,), (14, 30), "seal"),
    Open(5, Status.PROCESSING, (LAND,), (5, 30), "appraise"),
    Open(5, Status.SUSPENDED, (LAND,), (20, 60), "survey"),
    Open(4, Status.PROCESSING, (LAND,), (30, 90), "confirm_status"),
    Open(6, Status.SUSPENDED, (LAND,), (24, 70), "public_posting"),
    Open(3, Status.PROCESSING, (LAND,), (180, 260), "conclude_posting", posted=True),
    Open(3, Status.PROCESSING, (LAND,), (190, 280), "send_tax_information", posted=True),
    Open(2, Status.PROCESSING, (LAND,), (220, 320), "sign", posted=True),
    Open(2, Status.PROCESSED, (LAND,), (240, 400), "deliver", posted=True),
)
"""The first nine have every status that an open dossier can have."""


_Sort = TypeVar("_Sort", Way, Open)


def chance(*what: object) -> Random:
    """A source of chance that is the same for the same arguments."""
    return Random("/".join(map(str, what)))  # noqa: S311


def plans(seed: int, finished: int, open_: int) -> list[Plan]:
    """The lives of an office, the same for the same arguments; finished ones first."""
    rng = chance(seed, "plans")
    ways = _picked(rng, WAYS, 5, finished)
    rests = _picked(rng, OPEN, 9, open_)
    done = [_finished(rng, number, way) for number, way in enumerate(ways)]
    return done + [_open(rng, number, sort) for number, sort in enumerate(rests, start=finished)]


def _picked(rng: Random, sorts: tuple[_Sort, ...], first: int, count: int) -> list[_Sort]:
    """The `first` sorts once each, the others by weight."""
    more: list[_Sort] = rng.choices(sorts, [sort.weight for sort in sorts], k=max(0, count - first))
    return [*sorts[:first], *more][:count]


def _finished(rng: Random, number: int, way: Way) -> Plan:
    codes = way.procedures
    procedure = rng.choices(codes, [_MIX[code] for code in codes])[0]
    shortest = _SHORTEST[procedure] + (0 if way.brings else _LAPSING)
    age = rng.uniform(shortest, HOURS_A_YEAR)
    pace = rng.uniform(1.1, 2.2) if way.slow else rng.uniform(0.15, 0.9)
    wait = calendar_wait(way, procedure)
    return Plan(number, procedure, _channel(rng), way, age, pace, wait)


def _open(rng: Random, number: int, sort: Open) -> Plan:
    age = rng.uniform(*sort.ages)
    rest = Rest(sort.status, sort.step)
    channel = _channel(rng)
    if sort.status is Status.SUBMITTED and channel is Channel.DIRECT:
        channel = Channel.ONLINE
    procedure = rng.choice(sort.procedures)
    wait = POSTED if sort.posted else timedelta(0)
    return Plan(number, procedure, channel, sort.way, age, rng.uniform(0.2, 0.6), wait, rest)


def _channel(rng: Random) -> Channel:
    return rng.choices(list(_CHANNELS), list(_CHANNELS.values()))[0]
