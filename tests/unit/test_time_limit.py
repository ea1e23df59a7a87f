"""Time limits: what may be written, and what is refused."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.time_limit import TimeLimit, TimeLimitError, Unit


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("3 working_days", "3", Unit.WORKING_DAYS),
        ("17 working_days", "17", Unit.WORKING_DAYS),
        ("0.5 working_days", "0.5", Unit.WORKING_DAYS),
        ("1.5 hours", "1.5", Unit.HOURS),
        ("0 hours", "0", Unit.HOURS),
        ("15 days", "15", Unit.DAYS),
        ("1 months", "1", Unit.MONTHS),
        ("1 same_day", "1", Unit.SAME_DAY),
        ("same_day", "1", Unit.SAME_DAY),
    ],
)
def test_a_limit_is_read_from_its_text(text: str, amount: str, unit: Unit) -> None:
    assert TimeLimit.parse(text) == TimeLimit(Decimal(amount), unit)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("1.50 hours", "1.5 hours"),
        (" 10  days ", "10 days"),
        ("007 days", "7 days"),
        ("2.0 days", "2 days"),
        ("1 same_day", "same_day"),
    ],
)
def test_the_canonical_text_is_the_shortest(text: str, canonical: str) -> None:
    assert str(TimeLimit.parse(text)) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3",
        "hours",
        "-1 hours",
        "-0 hours",
        "+3 days",
        "1e9 hours",
        "1e1 days",
        "NaN hours",
        "Infinity days",
        "٣ days",
        "３ days",
        "1,5 hours",
        "1. hours",
        ".5 hours",
        "1_0 days",
        "3 weeks",
        "3 day",
        "3 DAYS",
        "3days",
        "3\tdays",
        "3 days\n",
        "3 days 2 hours",
        "0 working_days",
        "0 days",
        "2 same_day",
        "0.5 same_day",
        "0.5 days",
        "1.5 months",
        "0.001 hours",
        "0.125 working_days",
        "3651 days",
        "121 months",
        "20881 hours",
        "2611 working_days",
        "9" * 10_000 + " days",
    ],
)
def test_anything_else_is_refused_with_a_short_sentence(text: str) -> None:
    with pytest.raises(TimeLimitError, match=r"[Tt]hời hạn|Số lẻ") as refusal:
        TimeLimit.parse(text)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-1", "-0", "1e9"])
def test_an_amount_that_is_no_length_of_time_is_refused(amount: str) -> None:
    with pytest.raises(TimeLimitError):
        TimeLimit(Decimal(amount), Unit.HOURS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3 working_days", "3 ngày làm việc"),
        ("1.5 hours", "1,5 giờ làm việc"),
        ("10 days", "10 ngày"),
        ("2 months", "2 tháng"),
        ("same_day", "trong ngày"),
    ],
)
def test_a_limit_is_said_as_staff_say_it(text: str, words: str) -> None:
    assert TimeLimit.parse(text).in_words() == words


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("1.5 hours", "1.5"),
        ("3 working_days", "24"),
        ("0.5 working_days", "4"),
        ("same_day", "8"),
        ("7 days", "40"),
        ("15 days", "86"),
        ("1 months", "176"),
    ],
)
def test_a_limit_grants_about_so_many_working_hours(text: str, hours: str) -> None:
    assert TimeLimit.parse(text).working_hours() == Decimal(hours)


def test_working_hours_follow_the_length_of_the_day() -> None:
    assert TimeLimit.parse("2 working_days").working_hours(Decimal("7.5")) == 15


@given(st.decimals(0, 20_880, places=2), st.sampled_from([Unit.HOURS, Unit.WORKING_DAYS]))
def test_the_text_of_a_limit_reads_back_to_it(amount: Decimal, unit: Unit) -> None:
    amount = amount if unit is Unit.HOURS else min(amount + 1, Decimal(2_610))
    limit = TimeLimit(amount, unit)
    assert TimeLimit.parse(str(limit)) == limit


@given(st.text(max_size=30))
def test_no_text_whatever_raises_anything_but_a_time_limit_error(text: str) -> None:
    with suppress(TimeLimitError):
        TimeLimit.parse(text)
