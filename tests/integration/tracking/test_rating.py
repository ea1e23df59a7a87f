"""Ratings: after delivery, one a dossier, to be mended for a day, apart from the log."""

from datetime import timedelta
from typing import Any

import pytest

from engine.commands.rating import RateDossier, rate_dossier
from engine.errors import EngineError
from engine.errors.tracking import NothingTracked, RatingInvalid, RatingNotOpen, RatingSettled
from engine.model.status import Channel
from engine.store.database import Database
from engine.store.ratings import Rating
from engine.store.tracking import Claim
from tests.api.lives import contents
from tests.clock import FakeClock
from tests.integration.tracking.people import SECRET, by_slip
from tests.office import Office
from tests.processes.walker import Walker
from tests.samples import shipped

DELIVERED = "check_papers=accept digitise appraise=approve enter_register sign=approve seal deliver"


@pytest.fixture
def walker(office: Office, clock: FakeClock) -> Walker:
    walker = Walker(office, clock, shipped("1_001193"))
    walker.walk(Channel.DIRECT, {"late_registration": False}, DELIVERED)
    return walker


def rate(walker: Walker, stars: int, comment: Any = None, claim: Claim | None = None) -> Rating:
    command = RateDossier(claim or by_slip(walker.dossier.code), stars, comment)
    with walker.office.database.transaction() as tx:
        return rate_dossier(tx, command, SECRET, walker.clock())


def test_a_rating_with_a_comment(walker: Walker) -> None:
    said = rate(walker, 4, "  Nhanh, lịch sự. ")
    assert (said.stars, said.comment, said.rated_at) == (4, "Nhanh, lịch sự.", walker.clock())


def test_it_leaves_the_dossier_and_its_log_alone(walker: Walker, database: Database) -> None:
    before = contents(database)
    rate(walker, 5)
    after = contents(database)
    assert (before.pop("rating"), after.pop("rating")) == (0, 1)
    assert after == before
    assert walker.verified() is None


def test_it_may_be_mended_for_a_day(walker: Walker) -> None:
    first = rate(walker, 1, "Bấm nhầm")
    walker.clock.advance(timedelta(hours=23))
    again = rate(walker, 5)
    assert (again.stars, again.comment) == (5, None)
    assert (again.rated_at, again.changed_at) == (first.rated_at, walker.clock())
    walker.clock.advance(timedelta(hours=1))
    with pytest.raises(RatingSettled):
        rate(walker, 2)


@pytest.mark.parametrize(
    ("stars", "comment"), [(0, None), (6, None), (-1, None), (3, "a" * 1_001), (3, "a\0b")]
)
def test_impossible_ratings(walker: Walker, stars: int, comment: str | None) -> None:
    with pytest.raises(RatingInvalid):
        rate(walker, stars, comment)


def test_the_longest_comment(walker: Walker) -> None:
    assert rate(walker, 3, "ẫ" * 1_000).comment == "ẫ" * 1_000


def test_only_who_may_look_may_rate(walker: Walker) -> None:
    with pytest.raises(NothingTracked):
        rate(walker, 1, claim=Claim(walker.dossier.code, "0900000000"))


@pytest.mark.parametrize(
    "way", ["check_papers=refuse", "check_papers=accept digitise", "check_papers=supplement"]
)
def test_not_before_delivery_and_not_without(office: Office, clock: FakeClock, way: str) -> None:
    walker = Walker(office, clock, shipped("1_001193"))
    walker.walk(Channel.DIRECT, {}, way)
    refusal: type[EngineError] = RatingNotOpen
    with pytest.raises(refusal):
        rate(walker, 5)
