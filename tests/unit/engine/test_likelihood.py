"""The arithmetic of the forecast."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from engine.queries.likelihood import (
    FEWEST,
    Confidence,
    Example,
    from_experience,
    from_limits,
    wilson,
)

PAIRS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=FEWEST, max_size=200)
EXAMPLES = PAIRS.map(lambda pairs: sorted(Example(own, own + more) for own, more in pairs))
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


@given(examples=EXAMPLES, elapsed=SPANS, left=SPANS, more=SPANS)
def test_the_more_time_is_left_the_less_likely(
    examples: list[Example], elapsed: int, left: int, more: int
) -> None:
    sooner = from_experience(examples, elapsed, left)
    later = from_experience(examples, elapsed, left + more)
    assert (sooner is None) == (later is None)
    if sooner and later:
        assert later.probability <= sooner.probability
        assert later.low <= sooner.low
        assert later.high <= sooner.high
        assert sooner.low <= sooner.probability <= sooner.high


@given(examples=EXAMPLES, elapsed=SPANS, left=SPANS)
def test_only_those_count_that_took_as_long_already(
    examples: list[Example], elapsed: int, left: int
) -> None:
    alike = [e.rest for e in examples if e.own > elapsed]
    judged = from_experience(examples, elapsed, left)
    if len(alike) < FEWEST:
        assert judged is None
    else:
        assert judged
        assert judged.samples == len(alike)
        assert judged.probability == sum(rest - elapsed > left for rest in alike) / len(alike)


@given(needed=st.floats(0, 1e6), left=st.floats(-1e6, 1e6), more=st.floats(0, 1e6))
def test_limits_say_little_and_say_so(needed: float, left: float, more: float) -> None:
    judged, later = from_limits(needed, left), from_limits(needed, left + more)
    assert judged.low <= later.probability <= judged.probability <= judged.high
    assert judged.confidence is Confidence.FEW_DATA


def test_many_alike_are_surer_than_few() -> None:
    quick, slow = Example(5, 5), Example(50, 50)
    few = from_experience([quick] * 5 + [slow] * 5, 1, 10)
    many = from_experience([quick] * 100 + [slow] * 100, 1, 10)
    assert few
    assert many
    assert few.probability == many.probability == 0.5
    assert (few.confidence, many.confidence) == (Confidence.LOW, Confidence.HIGH)


def test_what_is_forecast_comes_about() -> None:
    """Lives of two steps whose length varies widely, forecast at random moments of the first."""
    random = Random(3)
    lives = [Example(own, own + more) for own, more in _lengths(random, 2_200)]
    seen, coming = sorted(lives[:200]), lives[200:]
    outcomes: list[tuple[float, bool]] = []
    for life in coming:
        elapsed, left = random.randrange(2_000), random.randrange(1, 3_000)
        judged = from_experience(seen, elapsed, left) if elapsed < life.own else None
        if judged:
            outcomes.append((judged.probability, life.rest > elapsed + left))
    for least, most in ((0.0, 0.2), (0.4, 0.6), (0.8, 1.01)):
        late = [was for probability, was in outcomes if least <= probability < most]
        assert len(late) > 50
        assert least - 0.1 <= sum(late) / len(late) <= most + 0.1


def _lengths(random: Random, number: int) -> list[tuple[int, int]]:
    return [
        (int(random.lognormvariate(3, 0.8) * 60), int(random.lognormvariate(2, 0.8) * 60))
        for _ in range(number)
    ]
