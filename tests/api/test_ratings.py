"""Ratings over HTTP: citizens give them without an account, supervisors read them."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import COMMUNE_1, COMMUNE_2

ID = "042090001234"


@pytest.fixture
def codes(lives: Lives) -> list[str]:
    """Three delivered dossiers of commune 1."""
    return [delivered(lives) for _ in range(3)]


def delivered(lives: Lives) -> str:
    """Brought to its end."""
    signed = lives.complete(lives.signing(), "leader1", decision="approve")
    return lives.complete(signed, "reception1").code


def rate(call: Caller, code: str, **said: Any) -> TestResponse:
    """As the owner."""
    return call.post(None, "/tracking/rating", {"code": code, "factor": ID, **said})


def test_rating_and_reading(call: Caller, codes: list[str], clock: FakeClock) -> None:
    for stars, code in enumerate(codes, start=3):
        json_of(rate(call, code, stars=stars, comment=f"Lời {stars}"))
        clock.advance(minutes=1)
    items = json_of(call.get("leader1", "/ratings"))["items"]
    assert [(i["code"], i["stars"], i["comment"]) for i in items] == [
        (codes[2], 5, "Lời 5"), (codes[1], 4, "Lời 4"), (codes[0], 3, "Lời 3"),
    ]  # fmt: skip
    assert {i["agency"] for i in items} == {COMMUNE_1}
    shown = json_of(call.post(None, "/tracking", {"code": codes[0], "factor": ID}))
    assert shown["rating_open"]
    assert shown["rating"]["stars"] == 3


def test_pages_and_filters(call: Caller, codes: list[str], clock: FakeClock) -> None:
    for code in codes:
        json_of(rate(call, code, stars=2))
    first = json_of(call.get("auditor", "/ratings?limit=2"))
    rest = json_of(call.get("auditor", f"/ratings?limit=2&cursor={first['next']}"))
    assert {i["code"] for page in (first, rest) for i in page["items"]} == set(codes)
    assert rest["next"] is None
    for query, found in (
        ("stars=2", 3), ("stars=5", 0), ("from=2026-07-06&to=2026-07-06", 3),
        ("from=2026-07-07", 0), (f"agency={COMMUNE_1}", 3), (f"agency={COMMUNE_2}", 0),
    ):  # fmt: skip
        assert len(json_of(call.get("auditor", f"/ratings?{query}"))["items"]) == found, query


def test_other_communes_read_none(call: Caller, codes: list[str]) -> None:
    json_of(rate(call, codes[0], stars=1))
    assert json_of(call.get("leader2", "/ratings"))["items"] == []
    assert json_of(call.get("leader2", f"/ratings?agency={COMMUNE_1}"))["items"] == []


@pytest.mark.parametrize("said", [{}, {"stars": 0}, {"stars": 6}, {"stars": "5"}, {"stars": 4.5}])
def test_impossible_stars(call: Caller, codes: list[str], said: dict[str, Any]) -> None:
    problem_of(rate(call, codes[0], **said), 422, "request_invalid")


def test_refusals(call: Caller, codes: list[str], lives: Lives, clock: FakeClock) -> None:
    problem_of(rate(call, lives.signing().code, stars=5), 409, "rating_not_open")
    problem_of(rate(call, codes[0], stars=5, comment="x" * 1_001), 422)
    problem_of(rate(call, codes[0], stars=5, factor="0900000000"), 404, "nothing_tracked")
    json_of(rate(call, codes[0], stars=5))
    clock.advance(days=1)
    problem_of(rate(call, codes[0], stars=4), 409, "rating_settled")
