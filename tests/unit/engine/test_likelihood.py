"""The arithmetic of the forecast."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from engine.queries.likelihood import (
    FEWEST,
    Confidence,
    from_experience,
    from_limits,
    wilson,
)

RESTS = st.lists(st.integers(0, 1_000), min_size=FEWEST, max_size=200).map(sorted)
SPANS = st.integers(0, 1_200)


@given(number=st.integers(1, 10_000), data=st.data())
def test_the_interval_holds_the_share(number: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, number))
    low, high = wilson(hits, number)
    assert 0 <= low <= hits / number <= high <= 1
    assert low < high


def test_the_interval_is_that_of_the_books() -> None:
    low, high = wilson(8, 10)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    low, high = wilson(0, 20)
    assert (low, round(high, 4)) == (0.0, 0.1611)


@given(rests=RESTS, elapsed=SPANS, left=SPANS, more=SPANS)
def test_the_more_time_is_left_the_less_likely(
    rests: list[int], elapsed: int, left: int, more: int
) -> None:
    sooner = from_experience(rests, elapsed, left)
    later = from_experience(rests, elapsed, left + more)
    assert (sooner is None) == (later is None)
    if sooner and later:
        assert later.probability <= sooner.probability
        assert later.low <= sooner.low
        assert later.high <= sooner.high
        assert sooner.low <= sooner.probability <= sooner.high


@given(rests=RESTS, elapsed=SPANS, left=SPANS)
def test_only_those_count_that_took_as_long_already(
    rests: list[int], elapsed: int, left: int
) -> None:
    alike = [rest for rest in rests if rest > elapsed]
    judged = from_experience(rests, elapsed, left)
    if len(alike) < FEWEST:
        assert judged is None
    else:
        assert judged
        assert judged.samples == len(alike)
        assert judged.probability == sum(r - elapsed > left for r in alike) / len(alike)


@given(needed=st.floats(0, 1e6), left=st.floats(-1e6, 1e6), more=st.floats(0, 1e6))
def test_limits_say_little_and_say_so(needed: float, left: float, more: float) -> None:
    judged, later = from_limits(needed, left), from_limits(needed, left + more)
    assert judged.low <= later.probability <= judged.probability <= judged.high
    assert judged.confidence is Confidence.FEW_DATA


def test_many_alike_are_surer_than_few() -> None:
    few, many = (
        from_experience([5] * 5 + [50] * 5, 1, 10),
        from_experience([5] * 100 + [50] * 100, 1, 10),
    )
    assert few
    assert many
    assert few.probability == many.probability == 0.5
    assert (few.confidence, many.confidence) == (Confidence.LOW, Confidence.HIGH)


def test_what_is_forecast_comes_about() -> None:
    """Lives of a step whose length varies widely, forecast at random moments of them."""
    random = Random(3)
    lives = [int(random.lognormvariate(3, 0.8) * 60) for _ in range(2_200)]
    seen, coming = sorted(lives[:200]), lives[200:]
    outcomes: list[tuple[float, bool]] = []
    for life in coming:
        elapsed, left = random.randrange(2_000), random.randrange(1, 3_000)
        judged = from_experience(seen, elapsed, left) if elapsed < life else None
        if judged:
            outcomes.append((judged.probability, life > elapsed + left))
    for least, most in ((0.0, 0.2), (0.4, 0.6), (0.8, 1.01)):
        late = [was for probability, was in outcomes if least <= probability < most]
        assert len(late) > 50
        assert least - 0.1 <= sum(late) / len(late) <= most + 0.1
